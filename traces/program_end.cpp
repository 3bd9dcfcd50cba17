#include "traces/program_end.h"

#include "core/trace/event_reader.h"

namespace loopscope::traces {

bool is_deadlock(const TraceStore& store, EventIndex i) {
  if (store.event(i).kind != EventKind::error) return false;
  const std::string_view text = store.text(i, TextField::text).value_or("");
  return text == "deadlock" || text.starts_with("deadlock:");
}

std::optional<EventIndex> error_that_ended(const TraceStore& store, const LoopState& state) {
  if (!state.last_error) return std::nullopt;
  const TraceEvent error = store.event(*state.last_error);
  const bool ends = !error.loop && !field::task(error) && error.thread == kMainThread.value;
  return ends ? state.last_error : std::nullopt;
}

}  // namespace loopscope::traces

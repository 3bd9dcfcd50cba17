#pragma once

#include <optional>

#include "traces/loop_state.h"
#include "traces/trace_store.h"

namespace loopscope::traces {

/// Whether event `i` says that nothing could ever run again.
bool is_deadlock(const TraceStore& store, EventIndex i);

/// The event of the error that has ended the program, in `state` of `store`: one that nobody caught on
/// the main thread, a limit or a deadlock. None where a task's error, or one that the loop's exception
/// handler told, was the last: it ends nothing.
std::optional<EventIndex> error_that_ended(const TraceStore& store, const LoopState& state);

}  // namespace loopscope::traces

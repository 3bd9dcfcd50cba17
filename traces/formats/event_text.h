#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/trace/event.h"
#include "core/trace/record.h"
#include "traces/trace_store.h"

namespace loopscope::traces {

/// What a text form of events needs to know of the events before: which handle runs on
/// a thread, and which thread is a loop's own.
class EventContext {
 public:
  /// `by` of an event that happens now on `thread`.
  HandleId running(ThreadId thread) const { return running_[thread.value]; }
  /// The thread that an event of `loop` happens on unless it says otherwise.
  ThreadId usual_thread(LoopId loop) const {
    return loop && loop.value <= loops_.size() && loops_[loop.value - 1u] ? loops_[loop.value - 1u]
                                                                          : kMainThread;
  }
  /// Call after each event.
  void pass(const TraceEvent& event);

 private:
  std::array<HandleId, 256> running_{};
  std::vector<ThreadId> loops_;
};

/// Where a writer looks up what an event refers to.
class EventTexts {
 public:
  virtual ~EventTexts() = default;
  virtual std::string_view label(LabelId id) const = 0;
  virtual std::vector<TraceStore::StackFrame> stack(StackId id) const = 0;
  /// Null when the event at hand has no such text.
  virtual std::optional<std::string_view> text(TextField field) const = 0;
};

/// Appends one event as a line of trace format 1, the newline included.
void append_event(std::string& out, const TraceEvent& event, const EventContext& context,
                  const EventTexts& texts);

/// Appends the header line, the newline included. A scenario that is no JSON becomes null.
void append_header(std::string& out, const TraceHeader& header);

}  // namespace loopscope::traces

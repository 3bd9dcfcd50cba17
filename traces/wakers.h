#pragma once

#include <optional>
#include <string>
#include <vector>

#include "traces/trace_store.h"

namespace loopscope::traces {

/// What made a handle ready, found by following callbacks back to something that a
/// program knows: a task, a timer, an fd, another thread, a signal.
struct WakeSource {
  enum class Kind : std::uint8_t {
    task,    ///< a task did it in its step, or by its end
    timer,   ///< its deadline came
    fd,      ///< an fd became ready
    thread,  ///< another thread called call_soon_threadsafe
    signal,
    callback,  ///< a callback of the program's, not of a task
    outside,   ///< code outside any handle: before the loop ran
  };
  Kind kind = Kind::outside;
  TaskId task = {};      ///< task
  bool ended = false;    ///< task: by its end
  HandleId handle = {};  ///< timer, callback: whose
  std::uint32_t fd = 0;  ///< fd
  ThreadId thread = {};  ///< thread: which
  LabelId label = {};    ///< callback, signal: its name
  EventIndex event = 0;  ///< where it happened: the first event that led to the queueing
};

/// One step of who woke whom: `source` made `task` ready at `queued`; it ran at `begin`.
struct WakeLink {
  TaskId task = {};
  EventIndex queued = 0;
  std::optional<EventIndex> begin;
  WakeSource source = {};
};

/// What made the handle of the handle.queued event `queued` ready.
WakeSource wake_source(const TraceStore& store, EventIndex queued);
/// The waking that `task`'s run at event `i` began with, or the last one before `i`.
std::optional<WakeLink> last_wake(const TraceStore& store, TaskId task, EventIndex i);
/// The first waking of `task` whose handle is queued after event `i`: who will wake it.
std::optional<WakeLink> next_wake(const TraceStore& store, TaskId task, EventIndex i);

/// Who woke `task` last before `i`, who woke that one, and so on: from the nearest to the
/// farthest, at most `most`. Ends where the source is no task.
std::vector<WakeLink> wake_ancestors(const TraceStore& store, TaskId task, EventIndex i,
                                     std::size_t most = 64);

/// One stretch of the critical path: what had to happen, one after the other, for a task to end.
struct PathPiece {
  enum class Kind : std::uint8_t { runs, queued, sleeps, outside };
  Kind kind = Kind::runs;
  TaskId task = {};      ///< who runs, waits in the queue or sleeps; none for a plain callback
  HandleId handle = {};  ///< its handle or timer
  EventIndex begin = 0, end = 0;
};

/// The critical path to event `to` (a task's end, say) back to the start of the trace: in
/// order of time, neighbours touch. At most `most` pieces, the latest ones.
std::vector<PathPiece> critical_path(const TraceStore& store, TaskId task, EventIndex to,
                                     std::size_t most = 4096);

}  // namespace loopscope::traces

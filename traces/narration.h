#pragma once

#include <string>

#include "traces/loop_state.h"
#include "traces/trace_store.h"

namespace loopscope::traces {

/// What one event means, for the narration bar and `explain`.
struct Narration {
  std::string place;                  ///< "Iteration 3 · timers", "Before the loop"
  LoopPhase phase = LoopPhase::idle;  ///< the hue
  std::string text;                   ///< one plain sentence, or two short ones
};

/// The sentence for event `i`: cause, move, consequence, with the numbers in it.
/// Costs two state_at; keep it while the cursor stands still.
Narration narrate(const TraceStore& store, EventIndex i);
/// The same for whoever has the states before (empty for event 0) and after event `i`.
Narration narrate(const TraceStore& store, EventIndex i, const LoopState& before, const LoopState& after);

/// A name for people (explicit name; else coroutine and first argument; else "Task-2"),
/// at most 40 characters. No two tasks of a trace share one.
std::string task_title(const TraceStore& store, const TaskState& task);
/// The same in at most 12 characters: "A", "fetch 0". No two tasks share one either.
std::string task_badge(const TraceStore& store, const LoopState& state, TaskId task);

/// A chip's two lines for a handle: "B · sleep over" and "#5 due 1.000".
struct HandleTitle {
  std::string title, detail;
};
HandleTitle handle_title(const TraceStore& store, const LoopState& state, const QueuedHandle& handle);

/// "for task A", "until 2.000 s", "its turn": what a task waits for, second line of its row.
std::string waits_for(const TraceStore& store, const LoopState& state, const TaskState& task);
/// One word for a task's state: "waits", "sleeps", "fired", "ready", "running", "done", "failed",
/// "cancelled".
std::string state_word(const TaskState& task);

/// 1.000 s; times on a real clock in ms.
std::string format_seconds(double seconds);

}  // namespace loopscope::traces

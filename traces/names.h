#pragma once

#include <string>
#include <string_view>

#include "traces/trace_store.h"

namespace loopscope::traces {

/// "ready", "running", "sleeping", "io", "waiting", "job", "done", "failed", "cancelled".
std::string_view name_of(TaskPhase phase);
/// "idle", "between", "select", "I/O", "timers", "run", "closed".
std::string_view name_of(LoopPhase phase);

/// How people call a callback: "run_until_complete’s callback" for asyncio's own
/// "_run_until_complete_cb"; the label itself for the program's.
std::string callback_name(std::string_view label);

/// The task's title, "task 5" when nothing is known of it.
std::string name_of_task(const TraceStore& store, const LoopState& state, TaskId task);

}  // namespace loopscope::traces

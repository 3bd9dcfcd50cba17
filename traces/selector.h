#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "traces/trace_store.h"

namespace loopscope::traces {

/// The event that `selector` names: "iteration 3", "loop 2 iteration 3",
/// "output 'B: done'" (with "#2" for the second), "line 7" (also "#2"), "task B done",
/// "time 1.5", "event 120" (from 1), "end". Else a sentence that says what is wrong.
std::variant<EventIndex, std::string> select_event(const TraceStore& store, std::string_view selector);

}  // namespace loopscope::traces

#pragma once

#include <string_view>

#include "traces/loop_state.h"

namespace loopscope::traces {

/// "ready", "running", "sleeping", "io", "waiting", "job", "done", "failed", "cancelled".
std::string_view name_of(TaskPhase phase);

}  // namespace loopscope::traces

#pragma once

#include <string>

#include "traces/trace_store.h"

namespace loopscope::traces {

/// Everything in `state` as lines of text, for tests and debug output. Equal states give
/// equal dumps and different ones different dumps.
std::string dump_state(const TraceStore& store, const LoopState& state);

}  // namespace loopscope::traces

#pragma once

#include <functional>
#include <string_view>

#include "traces/trace_store.h"

namespace loopscope::traces {

/// Writes Chrome Trace JSON (Perfetto UI, chrome://tracing, Speedscope): phases on one
/// track per loop, a track per task, flows for who woke whom. False when a write failed.
bool write_chrome(const TraceStore& store, std::function<bool(std::string_view)> write_bytes);

}  // namespace loopscope::traces

#pragma once

#include <functional>
#include <string_view>

#include "traces/trace_store.h"

namespace loopscope::traces {

enum class ExplainAs { text, markdown };

/// Writes the narration of a whole trace, an event a line, grouped by iteration; the
/// lines of a phase that has nothing to say are kept, so that every event is there.
/// False when a write failed.
bool explain(const TraceStore& store, ExplainAs as, std::function<bool(std::string_view)> write_bytes);

}  // namespace loopscope::traces

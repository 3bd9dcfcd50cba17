#pragma once

#include "traces/trace_store.h"

namespace loopscope::traces {

/// The sizes of step that the transport offers.
enum class Granularity : std::uint8_t { event, handle, phase, iteration, task_step, output };

/// The next stop after (`forward`) or before `from` at this granularity; clamped to the
/// ends. A stop of `handle` is a handle.begin/skipped, of `phase` the first event of a
/// phase, of `iteration` an iteration.begin; the first and last event are always stops.
EventIndex step_from(const TraceStore& store, EventIndex from, Granularity by, bool forward);

}  // namespace loopscope::traces

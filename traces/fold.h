#pragma once

#include "traces/loop_state.h"
#include "traces/trace_store.h"

namespace loopscope::traces {

/// Brings `state` from the moment before event `i` of `store` to the moment after it.
/// Pure: the same events give the same state. `event` is event `i`; `store` is asked
/// only for its texts. Returns the task whose phase it may have changed, if any.
///
/// Damaged and foreign traces (ids never introduced, a promoted timer that is not at
/// the head, gaps) degrade the picture; they never fail.
TaskId apply(LoopState& state, const TraceStore& store, const TraceEvent& event, EventIndex i);

}  // namespace loopscope::traces

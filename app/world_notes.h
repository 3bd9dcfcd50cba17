#pragma once

#include <string>
#include <vector>

#include "scenarios/scenario.h"
#include "traces/trace_store.h"

namespace loopscope::app {

/// What of a scenario's world cannot work as it is written: two peers of one name, events of a
/// peer before it connects, and after it has closed. A sentence each.
std::vector<std::string> world_notes(const scenarios::Scenario& scenario);
/// The peers that found nobody who listens, in the run of `store`. A sentence each.
std::vector<std::string> refused_connects(const scenarios::Scenario& scenario,
                                          const traces::TraceStore& store);
/// What ends a server that waits for ever, when that is what the run of `store` ended with; or "".
std::string server_advice(const scenarios::Scenario& scenario, const traces::TraceStore& store);

}  // namespace loopscope::app

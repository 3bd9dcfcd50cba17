#pragma once

#include <string>
#include <vector>

#include "scenarios/scenario.h"

namespace loopscope::app {

/// What of a scenario's world cannot work as it is written: two peers of one name, events of a
/// peer before it connects, and after it has closed. A sentence each.
std::vector<std::string> world_notes(const scenarios::Scenario& scenario);

}  // namespace loopscope::app

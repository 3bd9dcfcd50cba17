#pragma once

#include "scenarios/load/report.h"
#include "scenarios/scenario.h"

/// The parts of a scenario file beside its program. Each reader reports what is wrong
/// and leaves the default in its place.
namespace loopscope::scenarios {

LoopSettings read_loop(const JsonNode& node, Report& report);
Expect read_expect(const JsonNode& node, Report& report);
/// Shape only: lessons are read from Scenario::json by who shows them.
void check_lesson(const JsonNode& node, Report& report);
/// What happens outside the program. A peer must connect before (in the file) it does anything.
std::vector<WorldEvent> read_world(const JsonNode& node, Report& report);

}  // namespace loopscope::scenarios

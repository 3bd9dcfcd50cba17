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
/// Shape, and that it is empty: this version has no world events.
void check_world(const JsonNode& node, Report& report);

}  // namespace loopscope::scenarios

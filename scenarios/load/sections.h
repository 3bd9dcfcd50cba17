#pragma once

#include "scenarios/load/report.h"
#include "scenarios/scenario.h"

/// The parts of a scenario file beside its program. Each reader reports what is wrong
/// and leaves the default in its place.
namespace loopscope::scenarios {

LoopSettings read_loop(const JsonNode& node, Report& report);
Expect read_expect(const JsonNode& node, Report& report);
/// Whether a run reaches its places and bears its answers out is for who runs it to say.
std::vector<LessonStep> read_lesson(const JsonNode& node, Report& report);
/// What happens outside the program. A peer must connect before (in the file) it does anything.
std::vector<WorldEvent> read_world(const JsonNode& node, Report& report);

}  // namespace loopscope::scenarios

#pragma once

#include <string>
#include <vector>

#include "traces/lesson/lesson.h"
#include "traces/trace_store.h"

namespace loopscope::traces {

/// The lesson of the scenario that the header carries; empty when it has none. What is
/// unknown or of a wrong type is left out, so that a later format's lesson still opens.
std::vector<LessonStep> read_lesson(const TraceHeader& header);

/// The text that the header's scenario says about itself, in Markdown; empty when there is none.
std::string read_about(const TraceHeader& header);

}  // namespace loopscope::traces

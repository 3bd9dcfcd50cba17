#pragma once

#include <string>
#include <vector>

#include "scenarios/scenario.h"
#include "traces/trace_store.h"

namespace loopscope::app {

/// What is wrong with a scenario's lesson in the light of its run.
struct LessonReport {
  std::vector<scenarios::Diagnostic> errors;  ///< places that are not reached, answers that are wrong
  std::vector<scenarios::Diagnostic> notes;   ///< answers that nothing in the run can confirm
};

/// Holds each step of the lesson against `store`, the finished trace of a run of `scenario`.
LessonReport check_lesson(const scenarios::Scenario& scenario, const traces::TraceStore& store);

}  // namespace loopscope::app

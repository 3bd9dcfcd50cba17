#pragma once

#include <string>
#include <vector>

#include "scenarios/run/runner.h"
#include "scenarios/scenario.h"
#include "traces/trace_store.h"

namespace loopscope::app {

/// What a run showed, in the terms of `expect`.
struct Observed {
  std::vector<std::string> output;    ///< lines
  std::vector<std::string> warnings;  ///< rule names, in order
  scenarios::RunResult result;
};

/// Collects `observed` from a run's stdout text and trace.
Observed observe(const std::string& stdout_text, const traces::TraceStore& store, const scenarios::RunResult& result);

/// Every difference between what is expected and what was observed, as lines for
/// people; empty when the run is as expected. A run that ends badly without `expect`
/// saying so is a difference.
std::vector<std::string> differences(const scenarios::Expect& expect, const Observed& observed);

/// True when `line` is `pattern`, where each {*} stands for anything.
bool matches(std::string_view pattern, std::string_view line);

}  // namespace loopscope::app

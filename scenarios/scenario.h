#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/budget.h"
#include "core/world/world_script.h"
#include "scenarios/syntax/ast.h"

namespace loopscope::scenarios {

/// What a run must show (`expect`); what is absent is not checked.
struct Expect {
  std::optional<std::vector<std::string>> output;
  std::optional<std::string> error;
  std::optional<double> duration;
  std::optional<std::vector<std::string>> warnings;
  std::optional<std::string> limit;
};

struct LoopSettings {
  std::string model = "asyncio";
  bool debug = false;
  double slow_callback = 0.1;  ///< seconds
  double turn_cost = 0.001;    ///< seconds, for the trampoline model
  Budget::Limits limits;
};

/// A loaded, checked scenario file.
struct Scenario {
  std::string name;  ///< file name without directory and extension
  std::string title, about, source;
  std::vector<std::string> tags;
  LoopSettings loop;
  ast::Block program;
  std::vector<WorldEvent> world;  ///< what happens outside the program
  Expect expect;
  std::string json;  ///< the whole file as compact JSON without comments, for the trace's header
  std::vector<std::string> listing;  ///< the Python listing, one line each
  std::vector<std::string> imports;  ///< modules that the program uses, sorted
};

}  // namespace loopscope::scenarios

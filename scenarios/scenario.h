#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/budget.h"
#include "core/world/world_script.h"
#include "scenarios/syntax/ast.h"
#include "scenarios/syntax/source.h"

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

/// One stop of the guided tour, and where its parts stand in the file.
struct LessonStep {
  std::string at, say, ask;
  std::vector<std::string> choices;
  std::size_t answer = 0;  ///< the number of the right choice, from 1; 0: the question has no choices
  SourcePos at_pos, ask_pos, answer_pos;
  std::string pointer;  ///< JSON pointer of the step
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
  std::vector<LessonStep> lesson;
  std::string json;  ///< the whole file as compact JSON without comments, for the trace's header
  std::vector<std::string> listing;  ///< the Python listing, one line each
  std::vector<std::string> imports;  ///< modules that the program uses, sorted
};

}  // namespace loopscope::scenarios

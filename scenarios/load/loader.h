#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "scenarios/names.h"
#include "scenarios/scenario.h"

namespace loopscope::scenarios {

using LoadResult = std::variant<Scenario, std::vector<Diagnostic>>;

/// Reads scenario format 1 from `text`. All errors of a file at once (JSON syntax: the
/// first). Never throws for bad input. `name` is the scenario's name.
LoadResult load_scenario(std::string_view text, std::string name);
/// The same with the names that `names` knows instead of supported_names().
LoadResult load_scenario(std::string_view text, std::string name, const Names& names);

/// True when `text` looks like a scenario (a JSON object with the key "loopscope") and
/// not like a trace.
bool looks_like_scenario(std::string_view text);

}  // namespace loopscope::scenarios

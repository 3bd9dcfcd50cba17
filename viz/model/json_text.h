#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "viz/model/highlight.h"

namespace loopscope::viz {

/// `json` with one member or element a line, indented by two spaces; short lists stay
/// in one. Text that is no JSON comes out readable, whatever it is.
std::string indented_json(std::string_view json);

/// The tokens of one line of JSON: names of members are calls, true, false and null are
/// keywords. Strings do not span lines.
std::vector<Token> highlight_json(std::string_view line);

}  // namespace loopscope::viz

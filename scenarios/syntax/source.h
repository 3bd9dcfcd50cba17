#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace loopscope::scenarios {

/// A place in a scenario file. Lines and columns count from 1, columns in code points.
struct SourcePos {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  auto operator<=>(const SourcePos&) const = default;
};

/// One thing that is wrong with a scenario, for its author.
struct Diagnostic {
  SourcePos pos;
  std::string pointer;  ///< JSON pointer of the value it stands in: "/program/2/do/0"
  std::string message;  ///< what is wrong; what to do
};

/// "FILE:LINE:COL: error: MESSAGE (at POINTER)".
std::string to_string(const Diagnostic& diagnostic, const std::string& file);

}  // namespace loopscope::scenarios

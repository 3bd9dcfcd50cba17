#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scenarios/values/str.h"

/// Text formatting: f-strings, str.format and %.
namespace loopscope::scenarios {

/// [[fill]align][sign][z][#][0][width][grouping][.precision][type]
struct FormatSpec {
  std::string fill = " ";  ///< one code point
  char align = 0;          ///< '<' '>' '^' '=' or 0: the type's own
  char sign = 0;           ///< as given
  bool no_negative_zero = false, alternate = false;
  std::int64_t width = 0;
  char grouping = 0;  ///< ',' '_' or 0
  std::optional<int> precision;
  char type = 0;
};

/// format(value, spec).
std::string format_value(Runtime& runtime, const Value& value, std::string_view spec);
/// `conversion`: 'r', 's', 'a' or 0, then the spec.
std::string format_field(Runtime& runtime, const Value& value, char conversion, std::string_view spec);
/// str.format: values[0] is the template.
std::string format_template(Runtime& runtime, std::string_view pattern, const Arguments& arguments);
/// template % values
Value percent_format(Runtime& runtime, std::string_view pattern, const Value& values);
/// The same on bytes, which may hold no conversions.
Value percent_format(Runtime& runtime, const Bytes& pattern, const Value& values);

}  // namespace loopscope::scenarios

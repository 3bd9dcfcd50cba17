#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace loopscope::scenarios {

/// True when a Python identifier may begin with `c`.
bool is_identifier_start(char32_t c);
/// True when `c` may stand in a Python identifier after its first character.
bool is_identifier_continue(char32_t c);

struct DecodedChar {
  char32_t code_point;
  std::size_t size;  ///< in bytes; 0 when the bytes are not UTF-8
};

/// The character at `offset`, which must be inside `text`.
DecodedChar decode_utf8(std::string_view text, std::size_t offset);

/// Appends `c` (a scalar value: no surrogate) as UTF-8.
void append_utf8(std::string& out, char32_t c);

/// The number of code points of valid UTF-8.
std::size_t count_code_points(std::string_view text);

/// "U+00A0".
std::string code_point_name(char32_t c);

}  // namespace loopscope::scenarios

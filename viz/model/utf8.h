#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Walking through UTF-8 by code points. Bytes that are no UTF-8 are walked through too.
namespace loopscope::viz {

/// `c` as UTF-8.
std::string utf8(char32_t c);

/// Whether byte `i` of `text` goes on with a code point that an earlier byte began.
inline bool inside_code_point(std::string_view text, std::size_t i) {
  return i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80;
}

/// Where the code point after / before byte `i` begins; the text's end or begin stays.
std::size_t next_code_point(std::string_view text, std::size_t i);
std::size_t previous_code_point(std::string_view text, std::size_t i);

}  // namespace loopscope::viz

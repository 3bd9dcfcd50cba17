#include "viz/model/utf8.h"

#include <algorithm>

namespace loopscope::viz {

std::string utf8(char32_t c) {
  const auto tail = [c](int shift) { return static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x80) return {static_cast<char>(c)};
  if (c < 0x800) return {static_cast<char>(0xC0 | (c >> 6)), tail(0)};
  if (c < 0x10000) return {static_cast<char>(0xE0 | (c >> 12)), tail(6), tail(0)};
  return {static_cast<char>(0xF0 | (c >> 18)), tail(12), tail(6), tail(0)};
}

std::size_t next_code_point(std::string_view text, std::size_t i) {
  if (i >= text.size()) return text.size();
  do ++i;
  while (inside_code_point(text, i));
  return i;
}

std::size_t previous_code_point(std::string_view text, std::size_t i) {
  i = std::min(i, text.size());
  if (i == 0) return 0;
  do --i;
  while (i > 0 && inside_code_point(text, i));
  return i;
}

}  // namespace loopscope::viz

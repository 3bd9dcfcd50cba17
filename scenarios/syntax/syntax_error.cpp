#include "scenarios/syntax/syntax_error.h"

#include "scenarios/syntax/unicode.h"

namespace loopscope::scenarios {

std::string in_quotes(std::string_view text) {
  constexpr std::size_t kMaxBytes = 60;
  std::string out = "'";
  for (std::size_t i = 0; i < text.size();) {
    const DecodedChar c = decode_utf8(text, i);
    if (i > kMaxBytes) return out + "…'";
    if (c.size == 0 || c.code_point < 0x20 || c.code_point == 0x7F) {
      out += "?";
    } else {
      out += text.substr(i, c.size);
    }
    i += c.size == 0 ? 1 : c.size;
  }
  return out + "'";
}

}  // namespace loopscope::scenarios

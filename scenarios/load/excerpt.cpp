#include "scenarios/load/excerpt.h"

#include <algorithm>

#include "scenarios/syntax/unicode.h"

namespace loopscope::scenarios {

namespace {

constexpr std::size_t kBefore = 60, kAfter = 40;  // code points around the place

std::string_view line_of(std::string_view text, std::uint32_t number) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (; number > 1; --number) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  return text.substr(0, text.find_first_of("\r\n"));
}

/// The code points of a line, what would move the cursor shown as a space.
std::u32string code_points(std::string_view line) {
  std::u32string out;
  for (std::size_t at = 0; at < line.size();) {
    const DecodedChar c = decode_utf8(line, at);
    out.push_back(c.size == 0 ? U'?' : c.code_point < 0x20 || c.code_point == 0x7F ? U' ' : c.code_point);
    at += std::max<std::size_t>(c.size, 1);
  }
  return out;
}

std::string encoded(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) append_utf8(out, c);
  return out;
}

}  // namespace

std::string excerpt(std::string_view text, SourcePos pos) {
  const std::u32string line = code_points(line_of(text, pos.line));
  const std::size_t at = pos.column - 1;
  if (pos.line == 0 || pos.column == 0 || line.empty() || at > line.size()) return "";
  std::size_t first = at > kBefore ? at - kBefore : 0;
  const std::size_t last = std::min(line.size(), at + kAfter);
  if (first == 0) first = std::min(line.find_first_not_of(U' '), at);
  std::size_t end = at;
  while (end < last && is_identifier_continue(line[end])) ++end;
  const std::string cut_before = first > 0 && at > kBefore ? "..." : "";
  const std::string cut_after = last < line.size() ? "..." : "";
  const std::u32string_view shown(line.data() + first, last - first);
  return "    " + cut_before + encoded(shown) + cut_after + "\n    " +
         std::string(cut_before.size() + at - first, ' ') +
         std::string(std::max<std::size_t>(end - at, 1), '^') + "\n";
}

}  // namespace loopscope::scenarios

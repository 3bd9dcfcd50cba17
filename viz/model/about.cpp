#include "viz/model/about.h"

#include <algorithm>

namespace loopscope::viz {
namespace {

/// `line` without its marks of emphasis; what stands in backticks is left as it is.
std::string plain(std::string_view line) {
  std::string text;
  bool code = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '`') code = !code;
    // A star between spaces is a sign of its own.
    const bool alone = (i == 0 || line[i - 1] == ' ') && (i + 1 == line.size() || line[i + 1] == ' ');
    if (c == '*' && !code && !alone) continue;
    text += c;
  }
  return text;
}

/// Up to the first sign that ends a sentence and is followed by a space.
std::string first_sentence(const std::string& text) {
  bool code = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '`') code = !code;
    const bool stop = text[i] == '.' || text[i] == '!' || text[i] == '?' || text[i] == ':';
    if (!code && stop && (i + 1 == text.size() || text[i + 1] == ' '))
      return text.substr(0, i) + (text[i] == ':' ? '.' : text[i]);
  }
  return text;
}

}  // namespace

About read_about(std::string_view markdown) {
  About about;
  bool open = false;  // the last paragraph goes on
  while (!markdown.empty()) {
    const std::size_t end = std::min(markdown.find('\n'), markdown.size());
    std::string_view line = markdown.substr(0, end);
    markdown.remove_prefix(std::min(end + 1, markdown.size()));
    while (line.starts_with(' ') || line.starts_with('#')) line.remove_prefix(1);
    const bool item = line.starts_with("- ") || line.starts_with("* ");
    if (item) line.remove_prefix(2);
    if (line.empty()) {
      open = false;
      continue;
    }
    const std::string text = (item ? "• " : "") + plain(line);
    if (open && !item)
      about.paragraphs.back() += " " + text;
    else
      about.paragraphs.push_back(text);
    open = true;
  }
  if (!about.empty()) about.first = first_sentence(about.paragraphs.front());
  return about;
}

}  // namespace loopscope::viz

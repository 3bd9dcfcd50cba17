#include <algorithm>

#include "scenarios/load/loader.h"

/// Tells a scenario from a trace, also in files that are not well-formed JSON.
namespace loopscope::scenarios {

namespace {

/// Walks over JSON text and finds the keys of its outermost object.
class KeyScanner {
 public:
  explicit KeyScanner(std::string_view text) : text_(text) {}

  /// The next key, or nothing at the end.
  bool next(std::string_view& key) {
    while (at_ < text_.size()) {
      if (skip_comment()) continue;
      const char c = text_[at_++];
      if (c == '{' || c == '[') ++depth_;
      if (c == '}' || c == ']') --depth_;
      if (c != '"') continue;
      key = string();
      if (depth_ == 1 && colon_follows()) return true;
    }
    return false;
  }

 private:
  bool skip_comment() {
    const std::string_view opening = text_.substr(at_, 2);
    if (opening != "//" && opening != "/*") return false;
    const std::string_view closing = opening == "//" ? "\n" : "*/";
    const std::size_t end = text_.find(closing, at_ + 2);
    at_ = end == std::string_view::npos ? text_.size() : end + closing.size();
    return true;
  }

  std::string_view string() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    at_ = std::min(at_, text_.size());
    return text_.substr(begin, at_++ - begin);
  }

  bool colon_follows() {
    while (at_ < text_.size()) {
      if (skip_comment()) continue;
      if (std::string_view(" \t\r\n").find(text_[at_]) == std::string_view::npos) return text_[at_] == ':';
      ++at_;
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

bool looks_like_scenario(std::string_view text) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  KeyScanner scanner(text);
  std::string_view key;
  while (scanner.next(key)) {
    if (key == "loopscope_trace") return false;
    if (key == "loopscope") return true;
  }
  return false;
}

}  // namespace loopscope::scenarios

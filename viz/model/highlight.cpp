#include "viz/model/highlight.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace loopscope::viz {
namespace {

constexpr std::string_view kKeywords[] = {
    "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",   "break",
    "class", "continue", "def",   "del",    "elif", "else",   "except", "finally", "for",
    "from",  "global",   "if",    "import", "in",   "is",     "lambda", "not",     "nonlocal",
    "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"};

bool is_keyword(std::string_view word) {
  return std::find(std::begin(kKeywords), std::end(kKeywords), word) != std::end(kKeywords);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool starts_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool in_name(char c) { return starts_name(c) || is_digit(c); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// A string that the scanner is inside of.
struct Quote {
  char mark = 0;
  bool triple = false, format = false, raw = false;
  explicit operator bool() const { return mark != 0; }
};

class LineScanner {
 public:
  LineScanner(std::string_view line, Quote& quote) : line_(line), quote_(quote) {}

  std::vector<Token> run() {
    if (quote_) string_body(line_.size());
    code(line_.size());
    if (quote_ && !quote_.triple) quote_ = {};  // an unfinished string ends with its line
    return std::move(tokens_);
  }

 private:
  void emit(TokenKind kind, std::size_t end) {
    if (end <= at_) return;
    if (!tokens_.empty() && tokens_.back().kind == kind)
      tokens_.back().end = end;
    else
      tokens_.push_back({kind, at_, end});
    at_ = end;
  }

  void code(std::size_t stop) {
    while (at_ < stop) {
      const char c = line_[at_];
      if (c == '#')
        emit(TokenKind::comment, stop);
      else if (c == '\'' || c == '"')
        open_string(at_, stop);
      else if (is_digit(c) || (c == '.' && at_ + 1 < stop && is_digit(line_[at_ + 1])))
        number(stop);
      else if (starts_name(c))
        name(stop);
      else
        emit(TokenKind::plain, at_ + 1);
    }
  }

  void number(std::size_t stop) {
    std::size_t end = at_;
    while (end < stop) {
      const char c = line_[end];
      const bool sign =
          (c == '+' || c == '-') && end > at_ && lower(line_[end - 1]) == 'e' && lower(line_[at_ + 1]) != 'x';
      if (!in_name(c) && c != '.' && !sign) break;
      ++end;
    }
    emit(TokenKind::number, end);
  }

  void name(std::size_t stop) {
    std::size_t end = at_;
    while (end < stop && in_name(line_[end])) ++end;
    const std::string_view word = line_.substr(at_, end - at_);
    const bool quoted = end < stop && (line_[end] == '\'' || line_[end] == '"');
    if (quoted && is_prefix(word)) return open_string(end, stop);
    if (is_keyword(word)) return emit(TokenKind::keyword, end);
    std::size_t next = end;
    while (next < stop && line_[next] == ' ') ++next;
    emit(next < stop && line_[next] == '(' ? TokenKind::call : TokenKind::plain, end);
  }

  static bool is_prefix(std::string_view word) {
    return word.size() <= 2 && std::all_of(word.begin(), word.end(), [](char c) {
             return std::string_view("rbfu").find(lower(c)) != std::string_view::npos;
           });
  }

  /// A string whose quote stands at `mark`; its prefix begins at `at_`.
  void open_string(std::size_t mark, std::size_t stop) {
    Quote quote{line_[mark], false, false, false};
    for (std::size_t i = at_; i < mark; ++i) {
      quote.format |= lower(line_[i]) == 'f';
      quote.raw |= lower(line_[i]) == 'r';
    }
    quote.triple = mark + 2 < stop && line_[mark + 1] == quote.mark && line_[mark + 2] == quote.mark;
    emit(TokenKind::string, mark + (quote.triple ? 3 : 1));
    const Quote outer = quote_;
    quote_ = quote;
    string_body(stop);
    if (!quote_) quote_ = outer;
  }

  /// To the string's end, or to `stop`.
  void string_body(std::size_t stop) {
    std::size_t i = at_;
    while (i < stop) {
      const char c = line_[i];
      if (c == '\\') {
        i = std::min(i + 2, stop);
      } else if (closes(i, stop)) {
        emit(TokenKind::string, i + (quote_.triple ? 3 : 1));
        quote_ = {};
        return;
      } else if (c == '{' && quote_.format) {
        if (i + 1 < stop && line_[i + 1] == '{')
          i += 2;
        else
          i = field(i, stop);
      } else {
        ++i;
      }
    }
    emit(TokenKind::string, stop);
  }

  bool closes(std::size_t i, std::size_t stop) const {
    if (line_[i] != quote_.mark) return false;
    return !quote_.triple || (i + 2 < stop && line_[i + 1] == quote_.mark && line_[i + 2] == quote_.mark);
  }

  /// A replacement field: its expression is code, its braces and format are string.
  /// Returns where the string goes on.
  std::size_t field(std::size_t open, std::size_t stop) {
    emit(TokenKind::string, open + 1);
    std::size_t depth = 0, end = open + 1, expression_end = 0;
    for (; end < stop; ++end) {
      const char c = line_[end];
      if (c == quote_.mark && !quote_.triple) break;  // broken: the string ends here
      if (c == '(' || c == '[' || c == '{')
        ++depth;
      else if (depth > 0 && (c == ')' || c == ']' || c == '}'))
        --depth;
      else if (c == '}')
        break;
      else if (depth == 0 && expression_end == 0 &&
               (c == ':' || (c == '!' && end + 1 < stop && line_[end + 1] != '=')))
        expression_end = end;
    }
    const Quote string = quote_;
    quote_ = {};
    code(expression_end > 0 ? expression_end : end);
    quote_ = string;
    if (end < stop && line_[end] == '}') ++end;
    emit(TokenKind::string, end);
    return end;
  }

  std::string_view line_;
  Quote& quote_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<std::vector<Token>> highlight_python(const std::vector<std::string>& lines) {
  std::vector<std::vector<Token>> result;
  result.reserve(lines.size());
  Quote quote;
  for (const std::string& line : lines) result.push_back(LineScanner(line, quote).run());
  return result;
}

Color token_color(const Theme& theme, TokenKind kind) {
  switch (kind) {
    case TokenKind::keyword:
      return theme[Hue::timer].text;
    case TokenKind::string:
      return theme[Hue::io].text;
    case TokenKind::number:
      return theme[Hue::run].text;
    case TokenKind::call:
      return theme[Hue::ready].text;
    case TokenKind::comment:
      return theme.faint;
    case TokenKind::plain:
      break;
  }
  return theme.text;
}

}  // namespace loopscope::viz

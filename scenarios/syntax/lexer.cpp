#include "scenarios/syntax/lexer.h"

#include <algorithm>
#include <array>
#include <string>

#include "scenarios/syntax/number.h"
#include "scenarios/syntax/syntax_error.h"
#include "scenarios/syntax/unicode.h"

namespace loopscope::scenarios {

namespace {

constexpr std::array<std::string_view, 35> kKeywords = {
    "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
    "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
    "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
    "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"};

/// Longest first.
constexpr std::array<std::string_view, 48> kOperators = {
    "**=", "//=", "<<=", ">>=", "...", "->", "+=", "-=", "*=", "/=", "%=", "@=", "&=", "|=", "^=", ":=",
    "==",  "!=",  "<=",  ">=",  "<<",  ">>", "**", "//", "+",  "-",  "*",  "/",  "%",  "@",  "&",  "|",
    "^",   "~",   "<",   ">",   "(",   ")",  "[",  "]",  "{",  "}",  ",",  ":",  ".",  ";",  "=",  "!"};

constexpr std::size_t kMaxBrackets = 200;  // as CPython's tokenizer

bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Lexer {
 public:
  Lexer(std::string_view text, std::size_t begin, std::size_t end) : text_(text.substr(0, end)), at_(begin) {}

  TokenList run() {
    while (skip_space(), at_ < text_.size() && text_[at_] != '#') next();
    if (at_ < text_.size()) list_.comment = at_;
    if (!brackets_.empty()) {
      const std::size_t open = brackets_.back();
      fail(open, std::string("'") + text_[open] + "' was never closed");
    }
    list_.tokens.push_back({TokenKind::end, at_, text_.substr(at_, 0)});
    return std::move(list_);
  }

 private:
  [[noreturn]] static void fail(std::size_t at, std::string message) {
    throw SyntaxError{at, std::move(message)};
  }

  void skip_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\f')) ++at_;
  }

  void push(TokenKind kind, std::size_t size) {
    list_.tokens.push_back({kind, at_, text_.substr(at_, size)});
    at_ += size;
  }

  void next() {
    const char c = text_[at_];
    if (is_digit(c) || (c == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))) {
      list_.tokens.push_back(scan_number(text_, at_, text_.size()));
      at_ = list_.tokens.back().end();
    } else if (const std::size_t prefix = string_prefix(); prefix != std::string_view::npos) {
      string(prefix);
    } else if (const std::size_t size = name_size(); size > 0) {
      push(is_keyword(text_.substr(at_, size)) ? TokenKind::keyword : TokenKind::name, size);
    } else {
      op();
    }
  }

  /// The length of the string prefix when a string literal begins here, else npos.
  std::size_t string_prefix() const {
    static constexpr std::array<std::string_view, 9> kPrefixes = {"",   "r", "u",  "b", "br",
                                                                  "rb", "f", "fr", "rf"};
    std::string prefix;
    for (std::size_t i = at_; i < text_.size() && prefix.size() <= 2; ++i) {
      if (text_[i] == '\'' || text_[i] == '"') {
        return std::find(kPrefixes.begin(), kPrefixes.end(), prefix) == kPrefixes.end()
                   ? std::string_view::npos
                   : prefix.size();
      }
      prefix += static_cast<char>(text_[i] | 0x20);
    }
    return std::string_view::npos;
  }

  void string(std::size_t prefix) {
    std::size_t i = at_ + prefix;
    const char quote = text_[i];
    const std::string closing(text_.substr(i, 3) == std::string(3, quote) ? 3 : 1, quote);
    i += closing.size();
    while (text_.substr(i, closing.size()) != closing) {
      if (i >= text_.size()) fail(at_, "unterminated string literal: its closing " + closing + " is missing");
      check_line_break(i);
      if (text_[i] == '\\' && i + 1 < text_.size()) check_line_break(++i);
      ++i;
    }
    push(TokenKind::string, i + closing.size() - at_);
  }

  std::size_t name_size() const {
    std::size_t i = at_;
    while (i < text_.size()) {
      const DecodedChar c = decode_utf8(text_, i);
      if (c.size == 0 ||
          !(i == at_ ? is_identifier_start(c.code_point) : is_identifier_continue(c.code_point)))
        break;
      i += c.size;
    }
    return i - at_;
  }

  void check_line_break(std::size_t at) const {
    if (text_[at] == '\n' || text_[at] == '\r') {
      fail(at, "a line break in a statement; write one statement per string");
    }
    if (text_[at] == '\0') fail(at, "a NUL character in a statement");
  }

  void op() {
    const std::string_view rest = text_.substr(at_);
    const auto* found = std::find_if(kOperators.begin(), kOperators.end(),
                                     [&](std::string_view op) { return rest.substr(0, op.size()) == op; });
    if (found == kOperators.end()) unknown_character();
    bracket(rest[0]);
    push(TokenKind::op, found->size());
  }

  void bracket(char c) {
    if (c == '(' || c == '[' || c == '{') {
      if (brackets_.size() >= kMaxBrackets) fail(at_, "too many nested parentheses");
      brackets_.push_back(at_);
    } else if (c == ')' || c == ']' || c == '}') {
      if (brackets_.empty()) fail(at_, std::string("unmatched '") + c + "'");
      const char open = text_[brackets_.back()];
      if ((open == '(') != (c == ')') || (open == '[') != (c == ']')) {
        fail(at_, std::string("closing parenthesis '") + c + "' does not match opening parenthesis '" + open +
                      "'");
      }
      brackets_.pop_back();
    }
  }

  [[noreturn]] void unknown_character() const {
    check_line_break(at_);
    if (text_[at_] == '\\') fail(at_, "a line cannot be continued with '\\': a statement is one line");
    const DecodedChar c = decode_utf8(text_, at_);
    const std::string name = code_point_name(c.code_point);
    if (c.code_point < 0x20 || c.code_point == 0x7F || c.code_point == 0xA0 || c.code_point == 0xFEFF ||
        (c.code_point >= 0x2000 && c.code_point <= 0x200F) || c.code_point == 0x3000) {
      fail(at_, "invalid non-printable character " + name);
    }
    std::string message = "invalid character '" + std::string(text_.substr(at_, c.size)) + "' (" + name + ")";
    if (c.code_point == '`' || (c.code_point >= 0x2018 && c.code_point <= 0x201F))
      message += "; strings stand in ' or \"";
    if ((c.code_point >= 0x2010 && c.code_point <= 0x2015) || c.code_point == 0x2212) message += "; write -";
    if (c.code_point == '?') message += "; a ? b : c is written b if a else c";
    fail(at_, message);
  }

  std::string_view text_;
  std::size_t at_;
  std::vector<std::size_t> brackets_;  // where those still open stand
  TokenList list_;
};

}  // namespace

TokenList tokenize(std::string_view text, std::size_t begin, std::size_t end) {
  return Lexer(text, begin, end).run();
}

bool is_keyword(std::string_view word) {
  return std::find(kKeywords.begin(), kKeywords.end(), word) != kKeywords.end();
}

}  // namespace loopscope::scenarios

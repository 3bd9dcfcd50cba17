#include "scenarios/syntax/number.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <limits>
#include <string>

#include "scenarios/syntax/syntax_error.h"
#include "scenarios/syntax/unicode.h"

namespace loopscope::scenarios {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

int digit_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

/// Scans one literal; Python's tokenizer rules.
class NumberScanner {
 public:
  NumberScanner(std::string_view text, std::size_t begin, std::size_t end)
      : text_(text.substr(0, end)), begin_(begin), at_(begin) {}

  Token scan() {
    if (peek() == '0' && at_ + 1 < text_.size()) {
      switch (text_[at_ + 1] | 0x20) {
        case 'x':
          return radix(16, "hexadecimal");
        case 'o':
          return radix(8, "octal");
        case 'b':
          return radix(2, "binary");
        default:
          break;
      }
    }
    return decimal();
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  [[noreturn]] void fail(std::size_t at, std::string message) const {
    throw SyntaxError{at, std::move(message)};
  }

  /// Digits with single underscores between them; false when there are none.
  bool digits(int base, const std::string& kind) {
    const std::size_t first = at_;
    while (digit_value(peek()) < base) {
      ++at_;
      if (peek() == '_') {
        ++at_;
        if (digit_value(peek()) >= base)
          fail(at_ - 1, "invalid " + kind + " literal: '_' stands between two digits");
      }
    }
    return at_ > first;
  }

  Token radix(int base, const std::string& kind) {
    at_ += 2;
    if (peek() == '_') ++at_;
    if (!digits(base, kind)) fail(begin_, "invalid " + kind + " literal");
    if (is_digit(peek())) fail(at_, std::string("invalid digit '") + peek() + "' in " + kind + " literal");
    check_end(kind);
    Token token{TokenKind::integer, begin_, text_.substr(begin_, at_ - begin_)};
    accumulate(token, token.text.substr(2), base);
    return token;
  }

  Token decimal() {
    const bool whole = digits(10, "decimal");
    bool floating = false;
    if (peek() == '.') {
      floating = true;
      ++at_;
      digits(10, "decimal");
    }
    floating |= exponent();
    if ((peek() | 0x20) == 'j' && !continues_name(at_ + 1)) {
      fail(begin_, "complex numbers are not in the format");
    }
    check_end("decimal");
    Token token{floating ? TokenKind::floating : TokenKind::integer, begin_,
                text_.substr(begin_, at_ - begin_)};
    if (floating) {
      token.floating = to_double(token.text);
    } else {
      if (whole) check_leading_zeros(token.text);
      accumulate(token, token.text, 10);
    }
    return token;
  }

  bool exponent() {
    if ((peek() | 0x20) != 'e') return false;
    std::size_t next = at_ + 1;
    if (next < text_.size() && (text_[next] == '+' || text_[next] == '-')) ++next;
    if (next >= text_.size() || !is_digit(text_[next])) return false;
    at_ = next;
    return digits(10, "decimal");
  }

  void check_leading_zeros(std::string_view text) const {
    if (text[0] != '0' || text.find_first_not_of("0_") == std::string_view::npos) return;
    fail(begin_,
         "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers");
  }

  bool continues_name(std::size_t at) const {
    if (at >= text_.size()) return false;
    const DecodedChar c = decode_utf8(text_, at);
    return c.size > 0 && is_identifier_continue(c.code_point);
  }

  /// A literal may touch some keywords (`1if x else 2`), as in CPython 3.11, but no name.
  void check_end(const std::string& kind) const {
    if (!continues_name(at_)) return;
    static constexpr std::array<std::string_view, 8> kMayFollow = {"and", "else", "for", "if",
                                                                   "in",  "is",   "not", "or"};
    const std::string_view rest = text_.substr(at_);
    const bool keyword = std::any_of(kMayFollow.begin(), kMayFollow.end(), [&](std::string_view word) {
      return rest.substr(0, word.size()) == word && !continues_name(at_ + word.size());
    });
    if (!keyword) fail(begin_, "invalid " + kind + " literal");
  }

  static void accumulate(Token& token, std::string_view digits, unsigned base) {
    constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();
    for (char c : digits) {
      if (c == '_') continue;
      const auto digit = static_cast<std::uint64_t>(digit_value(c));
      if (token.integer > (kMax - digit) / base) token.too_large = true;
      token.integer = token.integer * base + digit;
    }
  }

  static double to_double(std::string_view literal) {
    std::string plain;
    std::copy_if(literal.begin(), literal.end(), std::back_inserter(plain), [](char c) { return c != '_'; });
    double value = 0;
    const auto result = std::from_chars(plain.data(), plain.data() + plain.size(), value);
    if (result.ec == std::errc::result_out_of_range) {
      return is_huge(plain) ? std::numeric_limits<double>::infinity() : 0.0;
    }
    return value;
  }

  /// Of a literal out of range: whether it is too large rather than too small.
  static bool is_huge(const std::string& plain) {
    const std::size_t e = std::min(plain.find_first_of("eE"), plain.size());
    const auto point = static_cast<long>(std::min(plain.find('.'), e));
    const auto leading = static_cast<long>(plain.find_first_of("123456789"));
    long exponent = 0;
    if (e < plain.size()) {
      const char* digits = plain.data() + e + (plain[e + 1] == '+' ? 2 : 1);
      const auto result = std::from_chars(digits, plain.data() + plain.size(), exponent);
      if (result.ec == std::errc::result_out_of_range) return *digits != '-';
    }
    return point - leading + exponent > 0;
  }

  std::string_view text_;
  std::size_t begin_, at_;
};

}  // namespace

Token scan_number(std::string_view text, std::size_t begin, std::size_t end) {
  return NumberScanner(text, begin, end).scan();
}

}  // namespace loopscope::scenarios

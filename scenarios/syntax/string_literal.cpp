#include "scenarios/syntax/string_literal.h"

#include "scenarios/syntax/syntax_error.h"
#include "scenarios/syntax/unicode.h"

namespace loopscope::scenarios {

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_octal(char c) { return c >= '0' && c <= '7'; }

class EscapeDecoder {
 public:
  EscapeDecoder(std::string_view text, std::size_t begin, std::size_t end, bool bytes)
      : text_(text.substr(0, end)), at_(begin), bytes_(bytes) {}

  std::string run() {
    while (at_ < text_.size()) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) {
        escape();
      } else {
        out_ += text_[at_++];
      }
    }
    return std::move(out_);
  }

 private:
  [[noreturn]] void fail(const std::string& message) const { throw SyntaxError{at_, message}; }

  void put(std::size_t size, char32_t c) {
    if (bytes_) {
      out_ += static_cast<char>(c);
    } else {
      append_utf8(out_, c);
    }
    at_ += size;
  }

  void escape() {
    const char c = text_[at_ + 1];
    static constexpr std::string_view kNames = "\\'\"abfnrtv", kValues = "\\'\"\a\b\f\n\r\t\v";
    if (const std::size_t i = kNames.find(c); i != std::string_view::npos) return put(2, kValues[i]);
    if (is_octal(c)) return octal();
    if (c == 'x') return hex(2, "\\xXX");
    if (!bytes_ && c == 'u') return hex(4, "\\uXXXX");
    if (!bytes_ && c == 'U') return hex(8, "\\UXXXXXXXX");
    if (!bytes_ && c == 'N')
      fail("character names (\\N{...}) are not in the format: write the character itself");
    out_ += text_[at_++];  // as CPython: an unknown escape keeps its backslash
    out_ += text_[at_++];
  }

  void octal() {
    char32_t value = 0;
    std::size_t size = 1;
    while (size <= 3 && at_ + size < text_.size() && is_octal(text_[at_ + size])) {
      value = value * 8 + static_cast<char32_t>(text_[at_ + size++] - '0');
    }
    put(size, value);
  }

  void hex(std::size_t digits, const char* form) {
    char32_t value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      const int digit = at_ + 2 + i < text_.size() ? hex_value(text_[at_ + 2 + i]) : -1;
      if (digit < 0) fail(std::string("truncated ") + form + " escape");
      value = value * 16 + static_cast<char32_t>(digit);
    }
    if (value > 0x10FFFF) fail("illegal Unicode character: the last one is \\U0010FFFF");
    if (value >= 0xD800 && value <= 0xDFFF) {
      fail("half a surrogate pair is not supported: write the character itself or \\UXXXXXXXX");
    }
    put(2 + digits, value);
  }

  std::string_view text_;
  std::size_t at_;
  bool bytes_;
  std::string out_;
};

}  // namespace

StringParts split_string(const Token& token) {
  StringParts parts;
  std::size_t i = 0;
  for (; token.text[i] != '\'' && token.text[i] != '"'; ++i) {
    const char c = static_cast<char>(token.text[i] | 0x20);
    parts.raw |= c == 'r';
    parts.bytes |= c == 'b';
    parts.formatted |= c == 'f';
  }
  const std::string_view quotes = token.text.substr(i);
  const bool triple = quotes.size() >= 6 && quotes[1] == quotes[0] && quotes[2] == quotes[0];
  const std::size_t width = triple ? 3 : 1;
  parts.begin = token.begin + i + width;
  parts.end = token.end() - width;
  return parts;
}

std::string decode_string(std::string_view text, std::size_t begin, std::size_t end,
                          const StringParts& parts) {
  if (parts.bytes) {
    for (std::size_t i = begin; i < end; ++i) {
      if ((text[i] & 0x80) != 0) throw SyntaxError{i, "bytes can only contain ASCII literal characters"};
    }
  }
  if (parts.raw) return std::string(text.substr(begin, end - begin));
  return EscapeDecoder(text, begin, end, parts.bytes).run();
}

}  // namespace loopscope::scenarios

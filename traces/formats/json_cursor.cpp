#include "traces/formats/json_cursor.h"

#include <charconv>
#include <utility>

#include "traces/formats/json_text.h"

namespace loopscope::traces::json {
namespace {

constexpr std::size_t kMostDepth = 256;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void append_utf8(std::string& out, std::uint32_t c) {
  const auto add = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) {
    add(c);
    return;
  }
  if (c < 0x800)
    add(0xC0 | c >> 6);
  else if (c < 0x10000)
    add(0xE0 | c >> 12), add(0x80 | (c >> 6 & 0x3F));
  else
    add(0xF0 | c >> 18), add(0x80 | (c >> 12 & 0x3F)), add(0x80 | (c >> 6 & 0x3F));
  add(0x80 | (c & 0x3F));
}

}  // namespace

bool Cursor::fail(std::size_t at, std::string message) {
  if (!failed()) {
    message_ = std::move(message);
    pos_ = at;
  }
  return false;
}

char Cursor::peek() {
  while (pos_ < text_.size() &&
         (text_[pos_] == ' ' || text_[pos_] == '\t' || text_[pos_] == '\r' || text_[pos_] == '\n'))
    ++pos_;
  return pos_ < text_.size() ? text_[pos_] : '\0';
}

bool Cursor::expect(char c, const char* what) {
  if (failed()) return false;
  if (peek() != c || pos_ >= text_.size()) return fail(std::string("expected ") + what);
  ++pos_;
  return true;
}

bool Cursor::begin_object() {
  first_ = true;
  return expect('{', "an object");
}

bool Cursor::next_key(std::string_view& key) {
  if (failed()) return false;
  if (peek() == '}') {
    ++pos_;
    first_ = false;
    return false;
  }
  if (!std::exchange(first_, false) && !expect(',', "',' or '}'")) return false;
  if (peek() != '"') return fail("expected a field name");
  return string(key) && expect(':', "':'");
}

bool Cursor::begin_array() {
  first_ = true;
  return expect('[', "an array");
}

bool Cursor::next_element() {
  if (failed()) return false;
  if (peek() == ']') {
    ++pos_;
    first_ = false;
    return false;
  }
  return std::exchange(first_, false) || expect(',', "',' or ']'");
}

bool Cursor::string(std::string_view& value) {
  if (failed()) return false;
  if (peek() != '"') return fail("expected a string");
  const std::size_t begin = pos_ + 1;
  for (std::size_t i = begin; i < text_.size();) {
    const auto c = static_cast<unsigned char>(text_[i]);
    if (c == '"') {
      value = text_.substr(begin, i - begin);
      pos_ = i + 1;
      return true;
    }
    if (c == '\\') return unescape(begin, value);
    if (c < 0x20) return fail(i, "a control character in a string must be escaped");
    const std::size_t length = c < 0x80 ? 1 : utf8_length(text_.substr(i, 4));
    if (length == 0) return fail(i, "the text is not UTF-8");
    i += length;
  }
  return fail(text_.size(), "the string has no end");
}

bool Cursor::unescape(std::size_t begin, std::string_view& value) {
  std::string& out = *unescaped_.emplace_back(std::make_unique<std::string>());
  for (pos_ = begin; pos_ < text_.size();) {
    const auto c = static_cast<unsigned char>(text_[pos_]);
    if (c == '"') {
      ++pos_;
      value = out;
      return true;
    }
    if (c == '\\') {
      if (!escape(out)) return false;
      continue;
    }
    if (c < 0x20) return fail("a control character in a string must be escaped");
    const std::size_t length = c < 0x80 ? 1 : utf8_length(text_.substr(pos_, 4));
    if (length == 0) return fail("the text is not UTF-8");
    out.append(text_, pos_, length);
    pos_ += length;
  }
  return fail("the string has no end");
}

bool Cursor::hex4(std::uint32_t& value) {
  if (pos_ + 4 > text_.size()) return fail("expected four hexadecimal digits");
  const char* begin = text_.data() + pos_;
  const auto [end, error] = std::from_chars(begin, begin + 4, value, 16);
  if (error != std::errc() || end != begin + 4) return fail("expected four hexadecimal digits");
  pos_ += 4;
  return true;
}

bool Cursor::escape(std::string& out) {
  constexpr std::string_view kNames = "\"\\/bfnrt", kValues = "\"\\/\b\f\n\r\t";
  const std::size_t begin = pos_++;
  const char c = pos_ < text_.size() ? text_[pos_++] : '\0';
  if (const std::size_t i = kNames.find(c); c != '\0' && i != std::string_view::npos) {
    out += kValues[i];
    return true;
  }
  if (c != 'u') return fail(begin, "unknown escape in a string");
  std::uint32_t code = 0;
  if (!hex4(code)) return false;
  if (code >= 0xDC00 && code <= 0xDFFF) return fail(begin, "half a surrogate pair");
  if (code >= 0xD800 && code <= 0xDBFF) {
    std::uint32_t low = 0;
    if (text_.substr(pos_, 2) != "\\u") return fail(begin, "half a surrogate pair");
    pos_ += 2;
    if (!hex4(low)) return false;
    if (low < 0xDC00 || low > 0xDFFF) return fail(begin, "half a surrogate pair");
    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
  }
  append_utf8(out, code);
  return true;
}

bool Cursor::number_text(std::string_view& text, bool& whole) {
  if (failed()) return false;
  peek();
  const std::size_t begin = pos_;
  std::size_t i = pos_;
  const auto at = [&] { return i < text_.size() ? text_[i] : '\0'; };
  const auto digits = [&] {
    const std::size_t from = i;
    while (is_digit(at())) ++i;
    return i > from;
  };
  whole = true;
  if (at() == '-') ++i;
  if (at() == '0')
    ++i;
  else if (!digits())
    return fail("expected a number");
  if (at() == '.') {
    whole = false;
    ++i;
    if (!digits()) return fail("expected a number");
  }
  if (at() == 'e' || at() == 'E') {
    whole = false;
    ++i;
    if (at() == '+' || at() == '-') ++i;
    if (!digits()) return fail("expected a number");
  }
  if (is_digit(at())) return fail("a number must not begin with 0");
  text = text_.substr(begin, i - begin);
  pos_ = i;
  return true;
}

bool Cursor::integer(std::int64_t& value) {
  std::string_view digits;
  bool whole = false;
  peek();
  const std::size_t begin = pos_;
  if (!number_text(digits, whole)) return false;
  if (!whole) return fail(begin, "expected a whole number");
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return result.ec == std::errc() || fail(begin, "the number is too large");
}

bool Cursor::unsigned_integer(std::uint64_t& value) {
  std::string_view digits;
  bool whole = false;
  peek();
  const std::size_t begin = pos_;
  if (!number_text(digits, whole)) return false;
  if (!whole || digits.front() == '-') return fail(begin, "expected a whole number that is not negative");
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return result.ec == std::errc() || fail(begin, "the number is too large");
}

bool Cursor::number(double& value) {
  std::string_view digits;
  bool whole = false;
  peek();
  const std::size_t begin = pos_;
  if (!number_text(digits, whole)) return false;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return result.ec == std::errc() || fail(begin, "the number is out of range");
}

bool Cursor::literal(std::string_view word) {
  peek();
  if (text_.substr(pos_, word.size()) != word) return false;
  pos_ += word.size();
  return true;
}

bool Cursor::boolean(bool& value) {
  if (failed()) return false;
  value = literal("true");
  return value || literal("false") || fail("expected true or false");
}

bool Cursor::take_null() { return !failed() && peek() == 'n' && (literal("null") || fail("expected null")); }

bool Cursor::scalar() {
  std::string_view ignored;
  bool flag = false;
  switch (peek()) {
    case '"':
      return string(ignored);
    case 't':
    case 'f':
      return boolean(flag);
    case 'n':
      return take_null();
    default:
      return number_text(ignored, flag) || fail("expected a value");
  }
}

bool Cursor::skip(std::string_view* raw) {
  if (failed()) return false;
  peek();
  const std::size_t begin = pos_;
  std::vector<char> open;  // '{' and '[' that are not closed
  std::string_view key;
  do {
    const char next = peek();
    if (next == '{' || next == '[') {
      if (open.size() == kMostDepth) return fail("too deeply nested");
      open.push_back(next);
      if (!(next == '{' ? begin_object() : begin_array())) return false;
    } else if (!scalar()) {
      return false;
    }
    // To the next value, closing what ends here.
    while (!open.empty()) {
      if (open.back() == '{' ? next_key(key) : next_element()) break;
      if (failed()) return false;
      open.pop_back();
    }
  } while (!open.empty());
  if (raw) *raw = text_.substr(begin, pos_ - begin);
  return true;
}

}  // namespace loopscope::traces::json

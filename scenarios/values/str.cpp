#include "scenarios/values/str.h"

#include <cstdio>
#include <cstring>

#include "scenarios/values/errors.h"
#include "scenarios/values/iterators.h"
#include "scenarios/values/sequences.h"
#include "scenarios/values/unicode_tables.h"

namespace loopscope::scenarios {
namespace {

// How many copied bytes take as long as one that is searched, or looked up among all characters.
constexpr std::uint64_t kCostOfSearching = 16, kCostOfDecoding = 128;

void append_escape(std::string& out, char32_t c) {
  char buffer[16];
  if (c <= 0xFF)
    std::snprintf(buffer, sizeof buffer, "\\x%02x", static_cast<unsigned>(c));
  else if (c <= 0xFFFF)
    std::snprintf(buffer, sizeof buffer, "\\u%04x", static_cast<unsigned>(c));
  else
    std::snprintf(buffer, sizeof buffer, "\\U%08x", static_cast<unsigned>(c));
  out += buffer;
}

/// Appends the escapes that text and bytes share; false when `c` needs none of them.
bool append_common_escape(std::string& out, char32_t c, char quote) {
  switch (c) {
    case '\n':
      out += "\\n";
      return true;
    case '\r':
      out += "\\r";
      return true;
    case '\t':
      out += "\\t";
      return true;
    case '\\':
      out += "\\\\";
      return true;
    default:
      break;
  }
  if (c != static_cast<char32_t>(quote)) return false;
  out.push_back('\\');
  out.push_back(quote);
  return true;
}

char choose_quote(std::string_view text) {
  return text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos ? '"' : '\'';
}

}  // namespace

Str::Str(Runtime& runtime, std::string text)
    : Object(Kind::str, *runtime.types().str), text_(std::move(text)), code_points_(utf8::length(text_)) {
  holds(text_.capacity());
}

std::string quote(std::string_view text, bool ascii) {
  const char mark = choose_quote(text);
  std::string out(1, mark);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t n = utf8::width(text, at);
    const char32_t c = utf8::decode(text, at);
    if (append_common_escape(out, c, mark)) {
    } else if (unicode::printable(c) && !(ascii && c > 0x7F)) {
      out += text.substr(at, n);
    } else {
      append_escape(out, c);
    }
    at += n;
  }
  out.push_back(mark);
  return out;
}

std::string Str::repr(Runtime& runtime) {
  runtime.spend_bytes(text_.size() * kCostOfDecoding);
  return quote(text_);
}

bool Str::equals(Runtime& runtime, const Value& other) {
  const Str* str = other.get_if<Str>();
  if (!str || str->text_.size() != text_.size()) return false;
  runtime.spend_bytes(text_.size());
  return str->text_ == text_;
}

std::string_view Str::slice(std::int64_t start, std::int64_t count) const {
  const std::string_view whole = text_;
  if (ascii()) return whole.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(count));
  std::size_t at = 0;
  for (; start > 0; --start) at += utf8::width(whole, at);
  const std::size_t begin = at;
  for (; count > 0; --count) at += utf8::width(whole, at);
  return whole.substr(begin, at - begin);
}

Value Str::iterate(Runtime& runtime) { return make_str_iterator(runtime, Ref<Str>(this)); }

Value Str::get_item(Runtime& runtime, const Value& key) {
  if (Slice* slice = key.get_if<Slice>()) {
    const auto range = slice->indices(runtime, code_points_);
    if (range.step == 1) return make_str(runtime, std::string(this->slice(range.start, range.count)));
    runtime.spend_bytes(static_cast<std::uint64_t>(range.count) * 64);
    if (!ascii()) runtime.spend_bytes(text_.size() * 32);
    // One walk over the text: where each code point begins, for those that are wider.
    std::vector<std::size_t> begins;
    if (!ascii()) {
      runtime.check_room(static_cast<std::uint64_t>(code_points_) * sizeof(std::size_t));
      for (std::size_t at = 0; at < text_.size(); at += utf8::width(text_, at)) begins.push_back(at);
    }
    std::string picked;
    for (std::int64_t i = 0; i < range.count; ++i) {
      const auto index = static_cast<std::size_t>(range.start + i * range.step);
      const std::size_t at = ascii() ? index : begins[index];
      picked.append(text_, at, utf8::width(text_, at));
    }
    return make_str(runtime, std::move(picked));
  }
  const std::int64_t index = checked_index(runtime, key, code_points_, "string");
  if (!ascii()) runtime.spend_bytes(text_.size());
  return make_str(runtime, std::string(slice(index, 1)));
}

std::optional<bool> Str::contains(Runtime& runtime, const Value& item) {
  const std::string* text = text_of(item);
  if (!text)
    type_error(runtime, "'in <string>' requires string as left operand, not " + type_name(runtime, item));
  return find_text(runtime, text_, *text) != std::string::npos;
}

Bytes::Bytes(Runtime& runtime, std::string data)
    : Object(Kind::bytes, *runtime.types().bytes), data_(std::move(data)) {
  holds(data_.capacity());
}

std::string Bytes::repr(Runtime& runtime) {
  runtime.spend_bytes(data_.size() * kCostOfDecoding);
  const char mark = choose_quote(data_);
  std::string out = std::string("b") + mark;
  for (const char byte : data_) {
    const auto c = static_cast<unsigned char>(byte);
    if (append_common_escape(out, c, mark)) continue;
    if (c >= 0x20 && c < 0x7F)
      out.push_back(byte);
    else
      append_escape(out, c);
  }
  out.push_back(mark);
  return out;
}

bool Bytes::equals(Runtime& runtime, const Value& other) {
  const Bytes* bytes = other.get_if<Bytes>();
  if (!bytes || bytes->data_.size() != data_.size()) return false;
  runtime.spend_bytes(data_.size());
  return bytes->data_ == data_;
}

Value Bytes::iterate(Runtime& runtime) { return make_index_iterator(runtime, "bytes_iterator", Value(this)); }

Value Bytes::get_item(Runtime& runtime, const Value& key) {
  const auto size = static_cast<std::int64_t>(data_.size());
  if (Slice* slice = key.get_if<Slice>()) {
    const auto range = slice->indices(runtime, size);
    runtime.spend_bytes(static_cast<std::uint64_t>(range.count) * 8);
    std::string picked;
    for (std::int64_t i = 0; i < range.count; ++i)
      picked.push_back(data_[static_cast<std::size_t>(range.start + i * range.step)]);
    return make_bytes(runtime, std::move(picked));
  }
  const std::int64_t index = checked_index(runtime, key, size, "byte");
  return Value::integer(static_cast<unsigned char>(data_[static_cast<std::size_t>(index)]));
}

std::optional<bool> Bytes::contains(Runtime& runtime, const Value& item) {
  if (item.is_integral()) {
    if (item.as_int() < 0 || item.as_int() > 255) value_error(runtime, "byte must be in range(0, 256)");
    runtime.spend_bytes(data_.size());
    return data_.find(static_cast<char>(item.as_int())) != std::string::npos;
  }
  const Bytes* bytes = item.get_if<Bytes>();
  if (!bytes) type_error(runtime, "a bytes-like object is required, not '" + type_name(runtime, item) + "'");
  return find_text(runtime, data_, bytes->data_) != std::string::npos;
}

std::size_t find_text(Runtime& runtime, std::string_view text, std::string_view what, std::size_t from) {
  if (from > text.size()) return std::string_view::npos;
  if (what.empty()) return from;
  // Linear in both, where std::string's search takes their product.
  const void* found = ::memmem(text.data() + from, text.size() - from, what.data(), what.size());
  const std::size_t at = found == nullptr
                             ? text.size()
                             : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
  runtime.spend_bytes((at - from + what.size()) * kCostOfSearching);
  return found == nullptr ? std::string_view::npos : at;
}

void spend_comparison(Runtime& runtime, std::string_view a, std::string_view b) {
  constexpr std::size_t kFew = 64;
  if (a.substr(0, kFew) == b.substr(0, kFew)) runtime.spend_bytes(std::min(a.size(), b.size()));
}

Ref<Str> make_str(Runtime& runtime, std::string text) {
  runtime.check_room(text.size());
  return runtime.make<Str>(runtime, std::move(text));
}

Ref<Bytes> make_bytes(Runtime& runtime, std::string data) {
  runtime.check_room(data.size());
  return runtime.make<Bytes>(runtime, std::move(data));
}

const std::string* text_of(const Value& value) {
  const Str* str = value.get_if<Str>();
  return str ? &str->text() : nullptr;
}

}  // namespace loopscope::scenarios

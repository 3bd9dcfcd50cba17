#pragma once

#include <string>
#include <string_view>

#include "scenarios/values/runtime.h"

namespace loopscope::scenarios {

/// Text: UTF-8, counted and indexed by code points.
class Str final : public Object {
 public:
  static constexpr Kind kKind = Kind::str;
  Str(Runtime& runtime, std::string text);

  const std::string& text() const { return text_; }
  std::int64_t code_points() const { return code_points_; }
  bool ascii() const { return static_cast<std::size_t>(code_points_) == text_.size(); }

  std::string repr(Runtime& runtime) override;
  std::string str(Runtime&) override { return text_; }
  bool truthy(Runtime&) override { return !text_.empty(); }
  bool equals(Runtime&, const Value& other) override;
  std::uint64_t hash(Runtime& runtime) override {
    runtime.spend_bytes(text_.size());
    return std::hash<std::string>{}(text_);
  }
  std::optional<std::int64_t> length(Runtime&) override { return code_points_; }
  Value iterate(Runtime& runtime) override;
  Value get_item(Runtime& runtime, const Value& key) override;
  std::optional<bool> contains(Runtime& runtime, const Value& item) override;

  /// The text from code point `start`, `count` of them.
  std::string_view slice(std::int64_t start, std::int64_t count) const;

 private:
  std::string text_;
  std::int64_t code_points_;
};

/// Where `what` stands in `text` from byte `from` on, or npos. Costs time in proportion to the
/// bytes that it reads, whatever they are.
std::size_t find_text(Runtime& runtime, std::string_view text, std::string_view what, std::size_t from = 0);

/// Counts the bytes that a comparison of two texts reads, when they are many.
void spend_comparison(Runtime& runtime, std::string_view a, std::string_view b);

/// Bytes, as Python's b'...'.
class Bytes final : public Object {
 public:
  static constexpr Kind kKind = Kind::bytes;
  Bytes(Runtime& runtime, std::string data);

  const std::string& data() const { return data_; }

  std::string repr(Runtime&) override;
  bool truthy(Runtime&) override { return !data_.empty(); }
  bool equals(Runtime&, const Value& other) override;
  std::uint64_t hash(Runtime& runtime) override {
    runtime.spend_bytes(data_.size());
    return std::hash<std::string>{}(data_);
  }
  std::optional<std::int64_t> length(Runtime&) override { return static_cast<std::int64_t>(data_.size()); }
  Value iterate(Runtime& runtime) override;
  Value get_item(Runtime& runtime, const Value& key) override;
  std::optional<bool> contains(Runtime& runtime, const Value& item) override;

 private:
  std::string data_;
};

Ref<Str> make_str(Runtime& runtime, std::string text);
Ref<Bytes> make_bytes(Runtime& runtime, std::string data);
/// The text of a str, or null.
const std::string* text_of(const Value& value);

/// UTF-8, which a Str always is (but for lone surrogates, encoded like other code points).
namespace utf8 {
std::int64_t length(std::string_view text);
/// Bytes of the code point that begins at `at`.
std::size_t width(std::string_view text, std::size_t at);
char32_t decode(std::string_view text, std::size_t at);
void append(std::string& text, char32_t code_point);
/// Position of the first byte that is not valid UTF-8, or npos.
std::size_t find_invalid(std::string_view text);
bool space(char32_t code_point);
}  // namespace utf8

/// repr of text, with the quotes that CPython chooses; `ascii` escapes all else, as ascii().
std::string quote(std::string_view text, bool ascii = false);

}  // namespace loopscope::scenarios

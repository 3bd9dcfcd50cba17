#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace loopscope::traces::json {

/// Reads one JSON value (RFC 8259, strictly) from front to back without building it.
/// Each reader returns false after an error; the first error stays. Nothing recurses,
/// and depth is limited, so that no input can overflow the stack.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  bool failed() const { return !message_.empty(); }
  const std::string& message() const { return message_; }
  /// Byte offset where the next token begins, or of the error.
  std::size_t position() const { return pos_; }
  /// Records an error at byte `at`; keeps an earlier one. Always false.
  bool fail(std::size_t at, std::string message);
  bool fail(std::string message) { return fail(pos_, std::move(message)); }

  /// The first byte of the next token, or 0 at the end.
  char peek();
  bool at_end() { return peek() == 0 && pos_ >= text_.size(); }

  /// {"key": ... }: begin_object, then next_key until it gives no key; each key's value
  /// must be read. Arrays alike with next_element.
  bool begin_object();
  bool next_key(std::string_view& key);
  bool begin_array();
  bool next_element();

  /// A string. The view is good as long as the text and, if it had escapes, this cursor.
  bool string(std::string_view& value);
  bool integer(std::int64_t& value);
  bool unsigned_integer(std::uint64_t& value);
  bool number(double& value);
  bool boolean(bool& value);
  /// Takes a null if one comes; false, without an error, when something else does.
  bool take_null();
  /// Checks and leaves out any value. `raw`: its text.
  bool skip(std::string_view* raw = nullptr);

 private:
  bool expect(char c, const char* what);
  bool literal(std::string_view word);
  bool number_text(std::string_view& text, bool& whole);
  bool unescape(std::size_t begin, std::string_view& value);
  bool escape(std::string& out);
  bool hex4(std::uint32_t& value);
  bool scalar();

  std::string_view text_;
  std::size_t pos_ = 0;
  bool first_ = false;  // the next key or element is the first of its parent
  std::string message_;
  std::vector<std::unique_ptr<std::string>> unescaped_;
};

}  // namespace loopscope::traces::json

#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "traces/formats/json_text.h"

namespace loopscope::traces {

/// Writes the objects of `traceEvents`, in chunks of whole objects.
class ChromeWriter {
 public:
  explicit ChromeWriter(std::function<bool(std::string_view)> write_bytes)
      : write_bytes_(std::move(write_bytes)) {
    text_ = "{\"traceEvents\":[";
  }

  // An object with its fixed fields; `field`s may follow until the next `begin`.
  void begin(char phase, std::string_view name, std::uint64_t track) {
    finish_object();
    text_ += count_++ == 0 ? "\n" : ",\n";
    text_ += "{\"ph\":\"";
    text_ += phase;
    text_ += "\",\"pid\":1,\"tid\":";
    json::append_uint(text_, track);
    if (!name.empty()) {
      text_ += ",\"name\":";
      json::append_string(text_, name);
    }
    open_ = true;
  }
  void at(std::int64_t ns) { time("ts", ns); }
  void lasts(std::int64_t ns) { time("dur", ns); }
  void raw(std::string_view fields) { text_ += fields; }
  void id(std::uint64_t value) {
    text_ += ",\"id\":";
    json::append_uint(text_, value);
  }
  // One argument: `,"args":{"key":value}`.
  void argument(std::string_view key, std::string_view value) {
    begin_args(key);
    json::append_string(text_, value);
    text_ += '}';
  }
  void argument(std::string_view key, std::uint64_t value) {
    begin_args(key);
    json::append_uint(text_, value);
    text_ += '}';
  }
  void argument_seconds(std::string_view key, double value) {
    begin_args(key);
    json::append_double(text_, value);
    text_ += '}';
  }

  bool end() {
    finish_object();
    text_ += "\n]}\n";
    flush();
    return ok_;
  }
  bool ok() const { return ok_; }

 private:
  static constexpr std::size_t kFull = 1 << 16;

  void begin_args(std::string_view key) {
    text_ += ",\"args\":{";
    json::append_string(text_, key);
    text_ += ':';
  }
  void time(std::string_view key, std::int64_t ns) {
    text_ += ",\"";
    text_ += key;
    text_ += "\":";
    json::append_int(text_, ns / 1000);
    const auto rest = static_cast<int>(ns % 1000);
    if (rest == 0) return;
    text_ += '.';
    for (const int digit : {rest / 100, rest / 10 % 10, rest % 10}) text_ += static_cast<char>('0' + digit);
  }
  void finish_object() {
    if (open_) text_ += '}';
    open_ = false;
    if (text_.size() >= kFull) flush();
  }
  void flush() {
    if (ok_ && !text_.empty()) ok_ = write_bytes_(text_);
    text_.clear();
  }

  std::function<bool(std::string_view)> write_bytes_;
  std::string text_;
  std::size_t count_ = 0;
  bool open_ = false, ok_ = true;
};

}  // namespace loopscope::traces

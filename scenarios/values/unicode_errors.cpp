#include "scenarios/values/unicode_errors.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "scenarios/values/repr.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {
namespace {

constexpr std::array<std::string_view, 5> kArguments{"encoding", "object", "start", "end", "reason"};

[[noreturn]] void fail(Runtime& runtime, std::string_view type, Value object, const CodecFailure& failure) {
  const auto place = [](std::size_t n) { return Value::integer(static_cast<std::int64_t>(n)); };
  throw PyError(runtime.make<Exception>(
      runtime.exception_type(type),
      std::vector<Value>{make_str(runtime, failure.encoding), std::move(object), place(failure.begin),
                         place(failure.end), make_str(runtime, failure.reason)}));
}

/// "byte 0xff" or "character '\xe9'" where `object` has one at `at`; else "".
std::string shown_at(const Value& object, std::int64_t at) {
  if (at < 0) return "";
  const auto wanted = static_cast<std::size_t>(at);
  if (const Bytes* bytes = object.get_if<Bytes>()) {
    const std::string& data = bytes->data();
    return wanted < data.size() ? fmt::format("byte {:#04x}", static_cast<unsigned char>(data[wanted])) : "";
  }
  const std::string* text = text_of(object);
  if (!text || at >= utf8::length(*text)) return "";
  std::size_t byte = 0;
  for (std::size_t i = 0; i < wanted; ++i) byte += utf8::width(*text, byte);
  return "character '" + escaped_code_point(utf8::decode(*text, byte)) + "'";
}

}  // namespace

void decode_error(Runtime& runtime, const std::string& data, const CodecFailure& failure) {
  fail(runtime, "UnicodeDecodeError", make_bytes(runtime, data), failure);
}

void encode_error(Runtime& runtime, const std::string& text, const CodecFailure& failure) {
  fail(runtime, "UnicodeEncodeError", make_str(runtime, text), failure);
}

bool is_unicode_error(Runtime& runtime, const Exception& error) {
  if (error.args.size() != kArguments.size() || !error.args[2].is_integral() || !error.args[3].is_integral())
    return false;
  return error.type().is_subtype_of(runtime.exception_type("UnicodeDecodeError")) ||
         error.type().is_subtype_of(runtime.exception_type("UnicodeEncodeError"));
}

std::string unicode_error_text(Runtime& runtime, const Exception& error) {
  const std::int64_t begin = error.args[2].as_int(), end = error.args[3].as_int();
  const bool decoding = error.type().is_subtype_of(runtime.exception_type("UnicodeDecodeError"));
  const std::string one = end == begin + 1 ? shown_at(error.args[1], begin) : "";
  return fmt::format("'{}' codec can't {} {} in position {}: {}", str(runtime, error.args[0]),
                     decoding ? "decode" : "encode", one.empty() ? decoding ? "bytes" : "characters" : one,
                     one.empty() ? fmt::format("{}-{}", begin, end - 1) : std::to_string(begin),
                     str(runtime, error.args[4]));
}

Value unicode_error_attribute(const Exception& error, std::string_view name) {
  const auto found = std::find(kArguments.begin(), kArguments.end(), name);
  return found == kArguments.end() ? Value::missing()
                                   : error.args[static_cast<std::size_t>(found - kArguments.begin())];
}

std::string escaped_code_point(char32_t c) {
  const auto number = static_cast<std::uint32_t>(c);
  return c < 0x100     ? fmt::format("\\x{:02x}", number)
         : c < 0x10000 ? fmt::format("\\u{:04x}", number)
                       : fmt::format("\\U{:08x}", number);
}

}  // namespace loopscope::scenarios

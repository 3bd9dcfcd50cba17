#pragma once

#include <cstddef>
#include <string>

#include "scenarios/values/errors.h"

/// UnicodeDecodeError and UnicodeEncodeError: their five arguments say what is wrong and where.
namespace loopscope::scenarios {

/// Where a codec failed, in bytes or in code points, and why.
struct CodecFailure {
  std::string encoding;
  std::size_t begin = 0, end = 0;
  std::string reason;
};

[[noreturn]] void decode_error(Runtime& runtime, const std::string& data, const CodecFailure& failure);
[[noreturn]] void encode_error(Runtime& runtime, const std::string& text, const CodecFailure& failure);

/// Whether `error` is one of the two, with its five arguments.
bool is_unicode_error(Runtime& runtime, const Exception& error);
/// "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte".
std::string unicode_error_text(Runtime& runtime, const Exception& error);
/// encoding, object, start, end, reason; `missing` for other names.
Value unicode_error_attribute(const Exception& error, std::string_view name);

/// A code point as error messages and backslashreplace show it: "\xe9", "\u20ac".
std::string escaped_code_point(char32_t c);

}  // namespace loopscope::scenarios

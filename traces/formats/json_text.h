#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// Writing JSON by hand, for formats whose lines are too many for a document model.
namespace loopscope::traces::json {

/// Appends `text` quoted and escaped. Bytes that are not UTF-8 become U+FFFD.
void append_string(std::string& out, std::string_view text);

/// Appends the shortest decimal that reads back as `value`, in Python's form (1.0,
/// 1e-09). Infinities, which JSON has no number for, become the strings "inf" and "-inf"; NaN null.
void append_double(std::string& out, double value);

void append_int(std::string& out, std::int64_t value);
void append_uint(std::string& out, std::uint64_t value);

/// The number of bytes of the valid UTF-8 character at the beginning of `text`, or 0.
std::size_t utf8_length(std::string_view text);

}  // namespace loopscope::traces::json

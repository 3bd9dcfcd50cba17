#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// Properties of code points, for all of Unicode.
namespace loopscope::scenarios::unicode {

/// str.isprintable() of one code point.
bool printable(char32_t code_point);
/// str.upper() and str.lower() of one code point: sometimes several.
std::u32string upper(char32_t code_point);
std::u32string lower(char32_t code_point);
/// Whether it is a letter of either case.
bool cased(char32_t code_point);

}  // namespace loopscope::scenarios::unicode

#include "core/base/repr.h"

#include <array>
#include <charconv>
#include <cmath>

namespace loopscope {
namespace {

void append_escaped(std::string& out, char c, char quote) {
  constexpr std::string_view kHex = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  if (c == quote || c == '\\')
    out += {'\\', c};
  else if (c == '\n')
    out += "\\n";
  else if (c == '\r')
    out += "\\r";
  else if (c == '\t')
    out += "\\t";
  else if (byte < 0x20 || byte == 0x7f)
    out += {'\\', 'x', kHex[byte >> 4], kHex[byte & 15]};
  else
    out += c;
}

}  // namespace

std::string repr_of_text(std::string_view text) {
  const bool has_single = text.find('\'') != text.npos, has_double = text.find('"') != text.npos;
  const char quote = has_single && !has_double ? '"' : '\'';
  std::string out(1, quote);
  for (const char c : text) append_escaped(out, c, quote);
  return out + quote;
}

std::string repr_of_number(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  // Python writes exponents below -4 and from 16 on, to_chars wherever that is shorter.
  const double size = std::fabs(value);
  const bool fixed = value == 0 || (size >= 1e-4 && size < 1e16);
  std::array<char, 40> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 fixed ? std::chars_format::fixed : std::chars_format::scientific);
  std::string text(buffer.data(), end.ptr);
  if (fixed && text.find('.') == text.npos) text += ".0";
  return text;
}

std::string fixed_number(double value, int digits) {
  std::array<char, 350> buffer;
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, digits);
  return end.ec == std::errc() ? std::string(buffer.data(), end.ptr) : repr_of_number(value);
}

std::string short_number(double value) {
  std::string text = repr_of_number(value);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

}  // namespace loopscope

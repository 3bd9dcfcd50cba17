#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "scenarios/values/numbers.h"

namespace loopscope::scenarios {
namespace {

std::string not_finite(double value, bool upper) {
  std::string text = std::isnan(value) ? "nan" : value < 0 ? "-inf" : "inf";
  if (upper)
    for (char& c : text) c = static_cast<char>(c >= 'a' ? c - 32 : c);
  return text;
}

}  // namespace

std::string float_repr(double value) {
  if (!std::isfinite(value)) return not_finite(value, false);
  char buffer[64];
  const auto [end, error] =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific);
  (void)error;
  // d.ddde±xx: the shortest digits, and the exponent that decides the form.
  std::string text(buffer, end);
  std::string sign;
  if (text[0] == '-') {
    sign = "-";
    text.erase(0, 1);
  }
  const std::size_t e = text.find('e');
  const int exponent = std::stoi(text.substr(e + 1));
  std::string digits = text.substr(0, 1) + (e > 2 ? text.substr(2, e - 2) : "");
  if (exponent < -4 || exponent >= 16) {
    std::string mantissa = digits.substr(0, 1);
    if (digits.size() > 1) mantissa += "." + digits.substr(1);
    char tail[16];
    std::snprintf(tail, sizeof tail, "e%c%02d", exponent < 0 ? '-' : '+', std::abs(exponent));
    return sign + mantissa + tail;
  }
  if (exponent < 0) return sign + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  const auto whole = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() <= whole) return sign + digits + std::string(whole - digits.size(), '0') + ".0";
  return sign + digits.substr(0, whole) + "." + digits.substr(whole);
}

std::string float_format(double value, char type, int precision, bool alternate) {
  if (!std::isfinite(value)) return not_finite(value, type >= 'A' && type <= 'Z');
  const char format[] = {
      '%', alternate ? '#' : '.', alternate ? '.' : '*', alternate ? '*' : type, alternate ? type : '\0',
      '\0'};
  constexpr int kMost = 1100;  // no double has more digits on either side of its point: zeros follow
  const int computed = std::min(precision, kMost);
  const int size = std::snprintf(nullptr, 0, format, computed, value);
  std::string text(static_cast<std::size_t>(size) + 1, '\0');
  std::snprintf(text.data(), text.size(), format, computed, value);
  text.pop_back();
  if (precision > computed && (alternate || (type | 32) != 'g'))
    text.insert(std::min(text.find_first_of("eE"), text.size()),
                static_cast<std::size_t>(precision - computed), '0');
  return text;
}

double round_to(double value, int digits) {
  if (!std::isfinite(value) || digits > 323) return value;
  if (digits < -308) return std::copysign(0.0, value);
  if (digits >= 0) return std::strtod(float_format(value, 'f', digits, false).c_str(), nullptr);
  // Left of the point: round the exact decimal expansion by hand, half to even.
  std::string text = float_format(std::fabs(value), 'f', 1074, false);
  const std::size_t point = text.find('.');
  const auto drop = static_cast<std::size_t>(-digits);
  std::string kept = drop < point ? text.substr(0, point - drop) : "0";
  std::string rest = drop > point ? std::string(drop - point, '0') + text : text.substr(point - drop);
  rest.erase(rest.find('.'), 1);
  const std::string half = "5" + std::string(rest.size() - 1, '0');
  const bool up = rest > half || (rest == half && (kept.back() - '0') % 2 == 1);
  if (up) {
    std::size_t at = kept.size();
    while (at > 0 && kept[at - 1] == '9') kept[--at] = '0';
    if (at == 0)
      kept.insert(0, "1");
    else
      ++kept[at - 1];
  }
  const double result = std::strtod((kept + "e" + std::to_string(drop)).c_str(), nullptr);
  return std::copysign(result, value);
}

}  // namespace loopscope::scenarios

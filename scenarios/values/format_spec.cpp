#include <cmath>
#include <cstdio>

#include "scenarios/values/errors.h"
#include "scenarios/values/format.h"
#include "scenarios/values/numbers.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {
namespace {

constexpr std::int64_t kLargest = 2'000'000'000;

bool is_align(char c) { return c == '<' || c == '>' || c == '^' || c == '='; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::int64_t take_number(Runtime& runtime, std::string_view& text) {
  std::int64_t number = 0;
  while (!text.empty() && is_digit(text[0])) {
    number = number * 10 + (text[0] - '0');
    if (number > kLargest) value_error(runtime, "Too many decimal digits in format string");
    text.remove_prefix(1);
  }
  return number;
}

/// Thousands are for numbers in base 10; '_' also groups the other bases.
void check_grouping(Runtime& runtime, const FormatSpec& spec, char type) {
  const char* allowed = spec.grouping == '_' ? "deEfFgG%boxX" : "deEfFgG%";
  if (type == 0 || std::string_view(allowed).find(type) != std::string_view::npos) return;
  value_error(runtime, std::string("Cannot specify '") + spec.grouping + "' with '" + type + "'.");
}

/// Reads "[[fill]align][sign][z][#][0][width][grouping][.precision][type]", with CPython's errors.
class SpecReader {
 public:
  SpecReader(Runtime& runtime, std::string_view text, const std::string& type)
      : runtime_(runtime), whole_(text), text_(text), type_(type) {}

  FormatSpec read() {
    read_alignment();
    if (!text_.empty() && (text_[0] == '+' || text_[0] == '-' || text_[0] == ' ')) {
      spec_.sign = text_[0];
      text_.remove_prefix(1);
    }
    spec_.no_negative_zero = take('z');
    spec_.alternate = take('#');
    read_zero();
    spec_.width = take_number(runtime_, text_);
    read_grouping();
    read_precision();
    read_type();
    return spec_;
  }

 private:
  bool take(char c) {
    const bool there = !text_.empty() && text_[0] == c;
    if (there) text_.remove_prefix(1);
    return there;
  }

  void read_alignment() {
    const std::size_t first = text_.empty() ? 0 : utf8::width(text_, 0);
    if (text_.size() > first && is_align(text_[first])) {
      spec_.fill = std::string(text_.substr(0, first));
      spec_.align = text_[first];
      text_.remove_prefix(first + 1);
      filled_ = true;
    } else if (!text_.empty() && is_align(text_[0])) {
      spec_.align = text_[0];
      text_.remove_prefix(1);
    }
  }

  /// A 0 before the width fills with zeros, unless a fill was named.
  void read_zero() {
    if (filled_ || !take('0')) return;
    spec_.fill = "0";
    if (spec_.align == 0 && type_ != "str") spec_.align = '=';
  }

  void read_grouping() {
    if (take(',')) spec_.grouping = ',';
    if (take('_')) {
      if (spec_.grouping) value_error(runtime_, "Cannot specify both ',' and '_'.");
      spec_.grouping = '_';
    }
    if (take(','))
      value_error(runtime_, spec_.grouping == ',' ? "Cannot specify ',' with ','."
                                                  : "Cannot specify both ',' and '_'.");
  }

  void read_precision() {
    if (!take('.')) return;
    if (text_.empty() || !is_digit(text_[0])) value_error(runtime_, "Format specifier missing precision");
    spec_.precision = static_cast<int>(take_number(runtime_, text_));
  }

  void read_type() {
    const std::string of_type = "' for object of type '" + type_ + "'";
    if (utf8::length(text_) > 1)
      value_error(runtime_, "Invalid format specifier '" + std::string(whole_) + of_type);
    if (!text_.empty() && (text_[0] & 0x80) != 0) {
      char code[16];
      std::snprintf(code, sizeof code, "\\x%x", static_cast<unsigned>(utf8::decode(text_, 0)));
      value_error(runtime_, "Unknown format code '" + std::string(code) + of_type);
    }
    if (!text_.empty()) spec_.type = text_[0];
    const char usual = type_ == "str" ? 's' : '\0';
    if (spec_.grouping) check_grouping(runtime_, spec_, spec_.type ? spec_.type : usual);
  }

  Runtime& runtime_;
  std::string_view whole_, text_;
  const std::string& type_;
  FormatSpec spec_;
  bool filled_ = false;
};

FormatSpec parse_spec(Runtime& runtime, std::string_view text, const std::string& type) {
  return SpecReader(runtime, text, type).read();
}

[[noreturn]] void unknown_code(Runtime& runtime, char code, const std::string& type) {
  value_error(runtime, std::string("Unknown format code '") + code + "' for object of type '" + type + "'");
}

std::string pad(Runtime& runtime, const std::string& prefix, const std::string& body, const FormatSpec& spec,
                char default_align) {
  const std::int64_t missing = spec.width - utf8::length(prefix) - utf8::length(body);
  if (missing <= 0) return prefix + body;
  runtime.check_room(static_cast<std::uint64_t>(missing) * spec.fill.size());
  runtime.spend_bytes(static_cast<std::uint64_t>(missing) * 4);
  const char align = spec.align ? spec.align : default_align;
  const auto fill = [&](std::int64_t times) {
    std::string text;
    for (; times > 0; --times) text += spec.fill;
    return text;
  };
  switch (align) {
    case '>':
      return fill(missing) + prefix + body;
    case '^':
      return fill(missing / 2) + prefix + body + fill(missing - missing / 2);
    case '=':
      return prefix + fill(missing) + body;
    default:
      return prefix + body + fill(missing);
  }
}

std::string group(const std::string& digits, char separator, std::size_t every) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % every == 0) out.push_back(separator);
    out.push_back(digits[i]);
  }
  return out;
}

/// Zero padding inside grouped digits keeps the groups: f'{1:08,}' is '0,000,001'.
std::string group_padded(Runtime& runtime, const std::string& digits, const std::string& tail,
                         const FormatSpec& spec, std::size_t every, std::size_t prefix) {
  if (spec.fill != "0" || spec.align != '=') return group(digits, spec.grouping, every);
  const auto wanted = static_cast<std::size_t>(std::max<std::int64_t>(spec.width, 0));
  const auto grouped_size = [&](std::size_t count) { return count + (count - 1) / every; };
  const std::size_t taken = std::min(wanted, tail.size() + prefix), room = wanted - taken;
  runtime.check_room(2 * wanted);
  runtime.spend_bytes(wanted * 16);
  std::size_t count = std::max(digits.size(), room * every / (every + 1));
  while (grouped_size(count) < room) ++count;
  return group(std::string(count - digits.size(), '0') + digits, spec.grouping, every);
}

std::string format_str(Runtime& runtime, const std::string& text, const FormatSpec& spec) {
  if (spec.type && spec.type != 's') unknown_code(runtime, spec.type, "str");
  if (spec.sign)
    value_error(runtime, spec.sign == ' ' ? "Space not allowed in string format specifier"
                                          : "Sign not allowed in string format specifier");
  if (spec.no_negative_zero)
    value_error(runtime, "Negative zero coercion (z) not allowed in string format specifier");
  if (spec.alternate) value_error(runtime, "Alternate form (#) not allowed in string format specifier");
  if (spec.align == '=') value_error(runtime, "'=' alignment not allowed in string format specifier");
  std::string shown = text;
  if (spec.precision && utf8::length(shown) > *spec.precision) {
    std::size_t at = 0;
    for (int n = 0; n < *spec.precision; ++n) at += utf8::width(shown, at);
    shown.resize(at);
  }
  return pad(runtime, "", shown, spec, '<');
}

std::string sign_of(bool negative, const FormatSpec& spec) {
  return negative ? "-" : spec.sign == '+' ? "+" : spec.sign == ' ' ? " " : "";
}

std::string to_base(std::uint64_t value, unsigned base, bool upper) {
  std::string text;
  do {
    const auto digit = static_cast<char>(value % base);
    text.insert(text.begin(), static_cast<char>(digit < 10 ? '0' + digit : (upper ? 'A' : 'a') + digit - 10));
    value /= base;
  } while (value != 0);
  return text;
}

std::string format_float(Runtime& runtime, double value, const FormatSpec& spec);

std::string format_int(Runtime& runtime, std::int64_t value, const FormatSpec& spec,
                       const std::string& type_name) {
  const char type = spec.type ? spec.type : 'd';
  if (std::string_view("eEfFgG%").find(type) != std::string_view::npos)
    return format_float(runtime, static_cast<double>(value), spec);
  if (std::string_view("bcdnoxX").find(type) == std::string_view::npos)
    unknown_code(runtime, type, type_name);
  if (spec.precision) value_error(runtime, "Precision not allowed in integer format specifier");
  if (spec.no_negative_zero)
    value_error(runtime, "Negative zero coercion (z) not allowed in integer format specifier");
  if (type == 'c') {
    if (spec.sign) value_error(runtime, "Sign not allowed with integer format specifier 'c'");
    if (spec.alternate)
      value_error(runtime, "Alternate form (#) not allowed with integer format specifier 'c'");
    if (value < 0 || value > 0x10FFFF) overflow_error(runtime, "%c arg not in range(0x110000)");
    std::string text;
    utf8::append(text, static_cast<char32_t>(value));
    return pad(runtime, "", text, spec, '>');
  }
  const unsigned base = type == 'b' ? 2 : type == 'o' ? 8 : type == 'x' || type == 'X' ? 16 : 10;
  const std::uint64_t magnitude =
      value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
  std::string digits = to_base(magnitude, base, type == 'X');
  std::string prefix = sign_of(value < 0, spec);
  if (spec.alternate && base != 10) prefix += std::string("0") + type;
  if (spec.grouping) {
    runtime.check_room(static_cast<std::uint64_t>(spec.width) * 2);
    digits = group_padded(runtime, digits, "", spec, base == 10 ? 3 : 4, prefix.size());
  }
  return pad(runtime, prefix, digits, spec, '>');
}

/// As 'g', but with one digit after the point, and one digit less before the exponent form.
std::string short_digits(double magnitude, int precision, bool alternate) {
  std::string mantissa = float_format(magnitude, 'e', precision - 1, true);  // d.ddde+XX
  const std::size_t e = mantissa.find('e');
  const std::string tail = mantissa.substr(e);
  const int point = std::stoi(tail.substr(1)) + 1;
  std::string digits = mantissa.substr(0, 1) + mantissa.substr(2, e - 2);
  if (!alternate)
    while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  if (point <= -4 || point > precision - 1) {
    const bool dot = alternate || digits.size() > 1;
    return digits.substr(0, 1) + (dot ? "." : "") + digits.substr(1) + tail;
  }
  if (point <= 0) return "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  const auto whole = static_cast<std::size_t>(point);
  if (digits.size() <= whole) digits.append(whole - digits.size() + 1, '0');
  return digits.substr(0, whole) + "." + digits.substr(whole);
}

/// The digits of a float without sign: str()'s form when the spec has no type.
std::string float_digits(double magnitude, const FormatSpec& spec) {
  const char type = spec.type == '%' ? 'f' : spec.type == 'n' ? 'g' : spec.type;
  const double shown = spec.type == '%' ? magnitude * 100 : magnitude;
  if (type) return float_format(shown, type, spec.precision.value_or(6), spec.alternate);
  if (!std::isfinite(magnitude)) return float_repr(magnitude);
  if (spec.precision) return short_digits(magnitude, std::max(1, *spec.precision), spec.alternate);
  std::string text = float_repr(magnitude);
  const std::size_t e = text.find('e');
  if (spec.alternate && e != std::string::npos && text.find('.') == std::string::npos) text.insert(e, ".");
  return text;
}

std::string format_float(Runtime& runtime, double value, const FormatSpec& spec) {
  if (spec.type && std::string_view("eEfFgGn%").find(spec.type) == std::string_view::npos)
    unknown_code(runtime, spec.type, "float");
  if (spec.precision) {
    runtime.check_room(static_cast<std::uint64_t>(*spec.precision) + 400);
    runtime.spend_bytes(static_cast<std::uint64_t>(*spec.precision) * 16);
  }
  std::string text = float_digits(std::fabs(value), spec);
  bool negative = std::signbit(value) && !std::isnan(value);
  if (spec.no_negative_zero && text.find_first_of("123456789in") == std::string::npos) negative = false;
  if (spec.type == '%') text += '%';
  const std::string prefix = sign_of(negative, spec);
  if (spec.grouping) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const std::string tail = text.substr(digits);
    runtime.check_room(static_cast<std::uint64_t>(spec.width) * 2);
    text = digits == 0 ? text
                       : group_padded(runtime, text.substr(0, digits), tail, spec, 3, prefix.size()) + tail;
  }
  return pad(runtime, prefix, text, spec, '>');
}

}  // namespace

std::string format_value(Runtime& runtime, const Value& value, std::string_view spec_text) {
  if (spec_text.empty()) return str(runtime, value);
  const std::string type = type_name(runtime, value);
  if (value.is_number()) {
    const FormatSpec spec = parse_spec(runtime, spec_text, type);
    if (value.is_float()) return format_float(runtime, value.as_float(), spec);
    return format_int(runtime, value.as_int(), spec, type);
  }
  if (const std::string* text = text_of(value))
    return format_str(runtime, *text, parse_spec(runtime, spec_text, type));
  type_error(runtime, "unsupported format string passed to " + type + ".__format__");
}

std::string format_field(Runtime& runtime, const Value& value, char conversion, std::string_view spec) {
  if (conversion == 0) return format_value(runtime, value, spec);
  std::string text = conversion == 'r'   ? repr(runtime, value)
                     : conversion == 'a' ? ascii_repr(runtime, value)
                                         : str(runtime, value);
  if (spec.empty()) return text;
  return format_str(runtime, text, parse_spec(runtime, spec, "str"));
}

}  // namespace loopscope::scenarios

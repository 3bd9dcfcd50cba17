#include "scenarios/values/numbers.h"

#include <charconv>
#include <cmath>
#include <limits>

#include "scenarios/values/errors.h"

namespace loopscope::scenarios {
namespace {

[[noreturn]] void zero_division(Runtime& runtime, std::string message) {
  raise_error(runtime, "ZeroDivisionError", std::move(message));
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  const std::int64_t quotient = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

std::int64_t floor_modulo(std::int64_t a, std::int64_t b) {
  const std::int64_t rest = b == -1 ? 0 : a % b;
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

Value int_power(Runtime& runtime, std::int64_t base, std::int64_t exponent) {
  if (exponent < 0) {
    if (base == 0) zero_division(runtime, "0.0 cannot be raised to a negative power");
    return Value::floating(std::pow(static_cast<double>(base), static_cast<double>(exponent)));
  }
  std::int64_t result = 1;
  for (std::int64_t factor = base, left = exponent; left > 0; left >>= 1) {
    if ((left & 1) && __builtin_mul_overflow(result, factor, &result)) integer_overflow(runtime);
    if (left > 1 && __builtin_mul_overflow(factor, factor, &factor)) {
      if (result != 0) integer_overflow(runtime);
    }
  }
  return Value::integer(result);
}

Value int_shift(Runtime& runtime, bool left, std::int64_t a, std::int64_t by) {
  if (by < 0) value_error(runtime, "negative shift count");
  if (!left) return Value::integer(by > 62 ? (a < 0 ? -1 : 0) : a >> by);
  std::int64_t result = 0;
  if (a == 0) return Value::integer(0);
  if (by > 62 || __builtin_mul_overflow(a, std::int64_t{1} << by, &result)) {
    if (a == -1 && by == 63) return Value::integer(std::numeric_limits<std::int64_t>::min());
    integer_overflow(runtime);
  }
  return Value::integer(result);
}

struct DivMod {
  double quotient, rest;
};

DivMod float_divmod(double a, double b) {
  double rest = std::fmod(a, b);
  double quotient = (a - rest) / b;
  if (rest != 0) {
    if ((b < 0) != (rest < 0)) {
      rest += b;
      quotient -= 1.0;
    }
  } else {
    rest = std::copysign(0.0, b);
  }
  if (quotient == 0) return {std::copysign(0.0, a / b), rest};
  double floored = std::floor(quotient);
  if (quotient - floored > 0.5) floored += 1.0;
  return {floored, rest};
}

Value float_power(Runtime& runtime, double a, double b) {
  if (a == 0 && b < 0) zero_division(runtime, "0.0 cannot be raised to a negative power");
  if (a < 0 && std::isfinite(a) && std::isfinite(b) && b != std::floor(b))
    value_error(runtime,
                "a negative number to a fractional power is complex; scenarios have no complex numbers");
  const double result = std::pow(a, b);
  if (std::isinf(result) && std::isfinite(a) && std::isfinite(b))
    throw PyError(runtime.make<Exception>(
        runtime.exception_type("OverflowError"),
        std::vector<Value>{Value::integer(34), runtime.intern("Numerical result out of range")}));
  return Value::floating(result);
}

}  // namespace

Value int_binary(Runtime& runtime, BinaryOp op, std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
  switch (op) {
    case BinaryOp::add:
      if (__builtin_add_overflow(a, b, &result)) integer_overflow(runtime);
      return Value::integer(result);
    case BinaryOp::sub:
      if (__builtin_sub_overflow(a, b, &result)) integer_overflow(runtime);
      return Value::integer(result);
    case BinaryOp::mul:
      if (__builtin_mul_overflow(a, b, &result)) integer_overflow(runtime);
      return Value::integer(result);
    case BinaryOp::div:
      if (b == 0) zero_division(runtime, "division by zero");
      return Value::floating(true_divide(a, b));
    case BinaryOp::floordiv:
      if (b == 0) zero_division(runtime, "integer division or modulo by zero");
      if (a == kLeast && b == -1) integer_overflow(runtime);
      return Value::integer(floor_divide(a, b));
    case BinaryOp::mod:
      if (b == 0) zero_division(runtime, "integer modulo by zero");
      return Value::integer(floor_modulo(a, b));
    case BinaryOp::pow:
      return int_power(runtime, a, b);
    case BinaryOp::bit_and:
      return Value::integer(a & b);
    case BinaryOp::bit_or:
      return Value::integer(a | b);
    case BinaryOp::bit_xor:
      return Value::integer(a ^ b);
    case BinaryOp::shl:
      return int_shift(runtime, true, a, b);
    case BinaryOp::shr:
      return int_shift(runtime, false, a, b);
  }
  return {};
}

Value float_binary(Runtime& runtime, BinaryOp op, double a, double b) {
  switch (op) {
    case BinaryOp::add:
      return Value::floating(a + b);
    case BinaryOp::sub:
      return Value::floating(a - b);
    case BinaryOp::mul:
      return Value::floating(a * b);
    case BinaryOp::div:
      if (b == 0) zero_division(runtime, "float division by zero");
      return Value::floating(a / b);
    case BinaryOp::floordiv:
      if (b == 0) zero_division(runtime, "float floor division by zero");
      return Value::floating(float_divmod(a, b).quotient);
    case BinaryOp::mod:
      if (b == 0) zero_division(runtime, "float modulo");
      return Value::floating(float_divmod(a, b).rest);
    case BinaryOp::pow:
      return float_power(runtime, a, b);
    default:
      return Value::missing();
  }
}

double true_divide(std::int64_t a, std::int64_t b) {
  constexpr std::int64_t kExact = std::int64_t{1} << 53;
  if (a >= -kExact && a <= kExact && b >= -kExact && b <= kExact)
    return static_cast<double>(a) / static_cast<double>(b);
  // In 128 bits; a rest that is left decides ties (sticky bit).
  using Wide = unsigned __int128;
  const bool negative = (a < 0) != (b < 0);
  const auto magnitude = [](std::int64_t v) {
    return v < 0 ? ~static_cast<std::uint64_t>(v) + 1 : static_cast<std::uint64_t>(v);
  };
  const std::uint64_t top = magnitude(a), bottom = magnitude(b);
  if (top == 0) return negative ? -0.0 : 0.0;
  const int by = 64 + __builtin_clzll(top);  // the quotient has 63 bits or more
  const Wide scaled = Wide{top} << by;
  Wide quotient = scaled / bottom;
  if (scaled % bottom != 0) quotient |= 1;
  // A 128-bit integer to double rounds once, to nearest even, over all its bits.
  const double result = std::ldexp(static_cast<double>(quotient), -by);
  return negative ? -result : result;
}

std::partial_ordering compare_numbers(std::int64_t a, double b) {
  if (std::isnan(b)) return std::partial_ordering::unordered;
  if (b >= 9223372036854775808.0) return std::partial_ordering::less;
  if (b < -9223372036854775808.0) return std::partial_ordering::greater;
  const auto whole = static_cast<std::int64_t>(b);  // towards zero
  if (a != whole) return a < whole ? std::partial_ordering::less : std::partial_ordering::greater;
  return 0.0 <=> b - static_cast<double>(whole);
}

std::int64_t to_integer(Runtime& runtime, double value) {
  if (std::isnan(value)) value_error(runtime, "cannot convert float NaN to integer");
  if (std::isinf(value)) overflow_error(runtime, "cannot convert float infinity to integer");
  if (value >= 9223372036854775808.0 || value < -9223372036854775808.0) integer_overflow(runtime);
  return static_cast<std::int64_t>(value);
}

double to_float(Runtime& runtime, const Value& value) {
  if (value.is_float()) return value.as_float();
  if (value.is_integral()) return static_cast<double>(value.as_int());
  type_error(runtime, "must be real number, not " + type_name(runtime, value));
}

std::optional<std::int64_t> parse_int(std::string_view text, int base, bool& overflow) {
  overflow = false;
  bool negative = false;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  }
  const auto has_prefix = [&](char letter) {
    return text.size() > 1 && text[0] == '0' && (text[1] | 32) == letter;
  };
  const int prefix = has_prefix('x') ? 16 : has_prefix('o') ? 8 : has_prefix('b') ? 2 : 0;
  bool underscore_allowed = false;
  if (prefix != 0 && (base == 0 || base == prefix)) {
    text.remove_prefix(2);
    base = prefix;
    underscore_allowed = true;
  } else if (base == 0) {
    base = 10;
    if (text.size() > 1 && text[0] == '0' && text.find_first_not_of("0_") != std::string_view::npos)
      return std::nullopt;
  }
  std::uint64_t value = 0;
  bool digit_before = underscore_allowed, any = false;
  for (const char c : text) {
    if (c == '_') {
      if (!digit_before) return std::nullopt;
      digit_before = false;
      continue;
    }
    const int digit = c >= '0' && c <= '9'                 ? c - '0'
                      : (c | 32) >= 'a' && (c | 32) <= 'z' ? (c | 32) - 'a' + 10
                                                           : 99;
    if (digit >= base) return std::nullopt;
    overflow |= __builtin_mul_overflow(value, static_cast<std::uint64_t>(base), &value);
    overflow |= __builtin_add_overflow(value, static_cast<std::uint64_t>(digit), &value);
    digit_before = any = true;
  }
  if (!any || !digit_before) return std::nullopt;
  const std::uint64_t most = std::uint64_t{INT64_MAX} + (negative ? 1 : 0);
  overflow |= value > most;
  return static_cast<std::int64_t>(negative ? ~value + 1 : value);
}

std::optional<double> parse_float(std::string_view text) {
  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') {
      digits.push_back(text[i]);
      continue;
    }
    const auto is_digit = [&](std::size_t at) {
      return at < text.size() && text[at] >= '0' && text[at] <= '9';
    };
    if (i == 0 || !is_digit(i - 1) || !is_digit(i + 1)) return std::nullopt;
  }
  const char* begin = digits.data();
  const char* end = begin + digits.size();
  bool negative = false;
  if (begin != end && (*begin == '+' || *begin == '-')) negative = *begin++ == '-';
  if (begin == end || *begin == '-' || *begin == '+') return std::nullopt;
  double value = 0;
  const auto [stop, error] = std::from_chars(begin, end, value);
  if (stop != end || digits.find('(') != std::string::npos) return std::nullopt;
  if (error == std::errc::invalid_argument) return std::nullopt;
  // from_chars leaves the value alone when it is out of range: strtod knows infinity from zero.
  if (error == std::errc::result_out_of_range) value = std::strtod(begin, nullptr);
  return negative ? -value : value;
}

}  // namespace loopscope::scenarios

#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/values/operators.h"

/// Python's arithmetic on ints (64 bits) and floats.
namespace loopscope::scenarios {

Value int_binary(Runtime& runtime, BinaryOp op, std::int64_t a, std::int64_t b);
Value float_binary(Runtime& runtime, BinaryOp op, double a, double b);
/// a / b, correctly rounded.
double true_divide(std::int64_t a, std::int64_t b);
/// Exact comparison of an int with a float; unordered for NaN.
std::partial_ordering compare_numbers(std::int64_t a, double b);
/// The float as an int; OverflowError or ValueError when it has none.
std::int64_t to_integer(Runtime& runtime, double value);
/// float() of any number; TypeError names `what` otherwise.
double to_float(Runtime& runtime, const Value& value);

/// round(value, digits), half to even on the exact value.
double round_to(double value, int digits);

/// repr(float): shortest digits that read back the same, CPython's exponents.
std::string float_repr(double value);
/// %-style conversion of a float: type in "eEfFgG", `alternate` is '#'.
std::string float_format(double value, char type, int precision, bool alternate);

/// int(text, base): none when it is no integer. `overflow` is set when it is one beyond 64 bits.
std::optional<std::int64_t> parse_int(std::string_view text, int base, bool& overflow);
/// float(text).
std::optional<double> parse_float(std::string_view text);

}  // namespace loopscope::scenarios

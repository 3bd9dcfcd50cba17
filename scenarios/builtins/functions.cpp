// The built-in functions that do not iterate.
#include <cmath>

#include "scenarios/builtins/arguments.h"
#include "scenarios/builtins/registry.h"
#include "scenarios/values/attributes.h"
#include "scenarios/values/iterators.h"
#include "scenarios/values/numbers.h"
#include "scenarios/values/repr.h"

namespace loopscope::scenarios {
namespace {

std::string text_keyword(Interpreter& in, Arguments& args, std::string_view name, std::string otherwise) {
  const Value value = take_keyword(args, name);
  if (value.is_missing() || value.is_none()) return otherwise;
  const std::string* text = text_of(value);
  if (!text) type_error(in, std::string(name) + " must be None or a string, not " + type_name(in, value));
  return *text;
}

Value print(Interpreter& in, Arguments& args) {
  const std::string separator = text_keyword(in, args, "sep", " ");
  const std::string end = text_keyword(in, args, "end", "\n");
  take_keyword(args, "flush");
  no_more_keywords(in, args, "print");
  std::string text;
  for (std::size_t i = 0; i < args.values.size(); ++i) {
    if (i > 0) text += separator;
    text += str(in, args.values[i]);
    in.check_room(text.size());
  }
  in.write_out(text, end);
  return {};
}

Value len(Interpreter& in, Arguments& args) { return Value::integer(length(in, args.values[0])); }
Value repr_(Interpreter& in, Arguments& args) { return make_str(in, repr(in, args.values[0])); }

Value chr(Interpreter& in, Arguments& args) {
  const std::int64_t code = integer_argument(in, args.values[0]);
  if (code < 0 || code > 0x10FFFF) value_error(in, "chr() arg not in range(0x110000)");
  std::string text;
  utf8::append(text, static_cast<char32_t>(code));
  return make_str(in, std::move(text));
}

Value ord(Interpreter& in, Arguments& args) {
  std::int64_t size = -1;
  if (const Str* str = args.values[0].get_if<Str>()) {
    if (str->code_points() == 1) return Value::integer(utf8::decode(str->text(), 0));
    size = str->code_points();
  } else if (const Bytes* bytes = args.values[0].get_if<Bytes>()) {
    if (bytes->data().size() == 1) return Value::integer(static_cast<unsigned char>(bytes->data()[0]));
    size = static_cast<std::int64_t>(bytes->data().size());
  }
  if (size < 0)
    type_error(in, "ord() expected string of length 1, but " + type_name(in, args.values[0]) + " found");
  type_error(in, "ord() expected a character, but string of length " + std::to_string(size) + " found");
}

bool is_instance(Interpreter& in, const Value& value, const Value& types, int depth) {
  if (const Type* type = types.get_if<Type>()) return in.type_of(value).is_subtype_of(*type);
  const Tuple* several = types.get_if<Tuple>();
  if (!several || depth > 100)
    type_error(in, "isinstance() arg 2 must be a type, a tuple of types, or a union");
  for (const Value& one : several->items())
    if (is_instance(in, value, one, depth + 1)) return true;
  return false;
}

Value isinstance(Interpreter& in, Arguments& args) {
  return Value::boolean(is_instance(in, args.values[0], args.values[1], 0));
}

Value id(Interpreter& in, Arguments& args) {
  const Value& value = args.values[0];
  if (value.is_object()) return Value::integer(value.object()->id());
  // Values without identity: a number that is the same for the same value.
  return Value::integer(0x7e0000000000 + static_cast<std::int64_t>(hash(in, value) & 0xffffffff) * 16);
}

Value callable(Interpreter&, Arguments& args) { return Value::boolean(is_callable(args.values[0])); }

const std::string& attribute_name(Interpreter& in, const Value& value) {
  const std::string* name = text_of(value);
  if (!name) type_error(in, "attribute name must be string, not '" + type_name(in, value) + "'");
  return *name;
}

Value hasattr(Interpreter& in, Arguments& args) {
  return Value::boolean(!find_attribute(in, args.values[0], attribute_name(in, args.values[1])).is_missing());
}

Value getattr(Interpreter& in, Arguments& args) {
  const std::string& name = attribute_name(in, args.values[1]);
  if (args.values.size() < 3) return get_attribute(in, args.values[0], name);
  Value found = find_attribute(in, args.values[0], name);
  return found.is_missing() ? args.values[2] : found;
}

Value abs_(Interpreter& in, Arguments& args) {
  const Value& value = args.values[0];
  if (value.is_float()) return Value::floating(std::fabs(value.as_float()));
  if (!value.is_integral()) type_error(in, "bad operand type for abs(): '" + type_name(in, value) + "'");
  return value.as_int() < 0 ? unary(in, UnaryOp::negative, value) : Value::integer(value.as_int());
}

/// Half to even, left of the decimal point.
std::int64_t round_integer(Interpreter& in, std::int64_t value, std::int64_t digits) {
  if (digits >= 0) return value;
  if (digits < -19) return 0;
  __int128 unit = 1;
  for (; digits < 0; ++digits) unit *= 10;
  const __int128 rest = ((value % unit) + unit) % unit;
  __int128 down = value - rest;
  if (rest * 2 > unit || (rest * 2 == unit && (down / unit) % 2 != 0)) down += unit;
  if (down > INT64_MAX || down < INT64_MIN) integer_overflow(in);
  return static_cast<std::int64_t>(down);
}

Value round_(Interpreter& in, Arguments& args) {
  takes_at_most(in, args, 0, "round", 2);
  const Value value = take(args, 0, "number");
  const Value digits = take(args, 1, "ndigits");
  if (value.is_missing()) type_error(in, "round() missing required argument 'number' (pos 1)");
  no_more_keywords(in, args, "round");
  if (!value.is_number()) type_error(in, "type " + type_name(in, value) + " doesn't define __round__ method");
  const bool whole = digits.is_missing() || digits.is_none();
  const std::int64_t places = whole ? 0 : integer_argument(in, digits);
  if (value.is_integral()) return Value::integer(round_integer(in, value.as_int(), places));
  const int bounded = static_cast<int>(std::min<std::int64_t>(std::max<std::int64_t>(places, -400), 400));
  const double rounded = round_to(value.as_float(), bounded);
  if (whole) return Value::integer(to_integer(in, rounded));
  if (std::isinf(rounded) && std::isfinite(value.as_float()))
    overflow_error(in, "rounded value too large to represent");
  return Value::floating(rounded);
}

Value divmod_(Interpreter& in, Arguments& args) {
  const Value &a = args.values[0], &b = args.values[1];
  if (!a.is_number() || !b.is_number())
    type_error(in, "unsupported operand type(s) for divmod(): '" + type_name(in, a) + "' and '" +
                       type_name(in, b) + "'");
  const bool floats = a.is_float() || b.is_float();
  if (floats && to_float(in, b) == 0) raise_error(in, "ZeroDivisionError", "float divmod()");
  const Value quotient = binary(in, BinaryOp::floordiv, a, b);
  return new_tuple(in, {quotient, binary(in, BinaryOp::mod, a, b)});
}

/// Burns processor time: on the virtual clock, time passes and nothing else happens.
Value work(Interpreter& in, Arguments& args) {
  const Value& seconds = args.values[0];
  if (!seconds.is_number())
    type_error(in, "unsupported operand type(s) for +: 'float' and '" + type_name(in, seconds) + "'");
  if (to_float(in, seconds) > 0) in.environment().world.threads.sleep(to_float(in, seconds));
  return {};
}

constexpr BuiltinRow kRows[] = {
    {"print", print, 0, kAny, true},
    {"len", len, 1, 1},
    {"repr", repr_, 1, 1},
    {"chr", chr, 1, 1},
    {"ord", ord, 1, 1},
    {"isinstance", isinstance, 2, 2},
    {"id", id, 1, 1},
    {"callable", callable, 1, 1},
    {"hasattr", hasattr, 2, 2},
    {"getattr", getattr, 2, 3},
    {"abs", abs_, 1, 1},
    {"round", round_, 0, kAny, true},
    {"divmod", divmod_, 2, 2},
    {"work", work, 1, 1, false, "seconds"},
};

}  // namespace

std::span<const BuiltinRow> basic_functions() { return kRows; }

}  // namespace loopscope::scenarios

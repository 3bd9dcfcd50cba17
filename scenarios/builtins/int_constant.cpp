#include "scenarios/builtins/int_constant.h"

#include "scenarios/values/operators.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {

bool IntConstant::equals(Runtime& runtime, const Value& other) {
  const std::optional<std::int64_t> number = int_of(other);
  return number ? *number == value_ : other.is_float() && equal(runtime, Value::integer(value_), other);
}

std::uint64_t IntConstant::hash(Runtime& runtime) { return scenarios::hash(runtime, Value::integer(value_)); }

Value IntConstant::own_attribute(Runtime& runtime, std::string_view name) {
  if (name == "name") return make_str(runtime, name_);
  if (name == "value") return Value::integer(value_);
  return Value::missing();
}

std::optional<std::int64_t> int_of(const Value& value) {
  if (value.is_integral()) return value.as_int();
  if (const IntConstant* constant = as<IntConstant>(value)) return constant->value();
  return std::nullopt;
}

std::int64_t require_int(Runtime& runtime, const Value& value) {
  const std::optional<std::int64_t> number = int_of(value);
  if (!number)
    type_error(runtime, "'" + type_name(runtime, value) + "' object cannot be interpreted as an integer");
  return *number;
}

}  // namespace loopscope::scenarios

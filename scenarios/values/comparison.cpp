#include <bit>
#include <cmath>

#include "scenarios/values/dict.h"
#include "scenarios/values/errors.h"
#include "scenarios/values/instance.h"
#include "scenarios/values/iterators.h"
#include "scenarios/values/numbers.h"
#include "scenarios/values/operators.h"

namespace loopscope::scenarios {
namespace {

std::string_view symbol(CompareOp op) {
  switch (op) {
    case CompareOp::lt:
      return "<";
    case CompareOp::le:
      return "<=";
    case CompareOp::gt:
      return ">";
    default:
      return ">=";
  }
}

std::partial_ordering order_numbers(const Value& a, const Value& b) {
  if (a.is_float() && b.is_float()) return a.as_float() <=> b.as_float();
  if (a.is_float()) return 0 <=> compare_numbers(b.as_int(), a.as_float());
  if (b.is_float()) return compare_numbers(a.as_int(), b.as_float());
  return a.as_int() <=> b.as_int();
}

bool holds(CompareOp op, std::partial_ordering order) {
  switch (op) {
    case CompareOp::lt:
      return order < 0;
    case CompareOp::le:
      return order <= 0;
    case CompareOp::gt:
      return order > 0;
    default:
      return order >= 0;
  }
}

bool order_items(Runtime& runtime, CompareOp op, const std::vector<Value>& a, const std::vector<Value>& b) {
  const Runtime::Nested nested(runtime, " in comparison");
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    runtime.spend_work();
    const Value left = a[i], right = b[i];
    if (!same_or_equal(runtime, left, right)) return compare(runtime, op, left, right);
  }
  return holds(op, a.size() <=> b.size());
}

bool subset(Runtime& runtime, const Value& inner, const Value& outer) {
  bool all = true;
  for_each(runtime, inner, [&](const Value& item) { return all = contains(runtime, outer, item); });
  return all;
}

bool order_sets(Runtime& runtime, CompareOp op, const Value& a, const Value& b) {
  const std::int64_t left = length(runtime, a), right = length(runtime, b);
  switch (op) {
    case CompareOp::lt:
      return left < right && subset(runtime, a, b);
    case CompareOp::le:
      return left <= right && subset(runtime, a, b);
    case CompareOp::gt:
      return left > right && subset(runtime, b, a);
    default:
      return left >= right && subset(runtime, b, a);
  }
}

/// <, <=, > and >=.
bool ordered(Runtime& runtime, CompareOp op, const Value& left, const Value& right) {
  if (left.is_number() && right.is_number()) return holds(op, order_numbers(left, right));
  if (const std::string* a = text_of(left))
    if (const std::string* b = text_of(right)) {
      spend_comparison(runtime, *a, *b);
      return holds(op, *a <=> *b);  // UTF-8 keeps code points' order
    }
  if (const Bytes* a = left.get_if<Bytes>())
    if (const Bytes* b = right.get_if<Bytes>()) {
      spend_comparison(runtime, a->data(), b->data());
      return holds(op, a->data() <=> b->data());
    }
  if (const List* a = left.get_if<List>())
    if (const List* b = right.get_if<List>()) return order_items(runtime, op, a->items(), b->items());
  if (const Tuple* a = left.get_if<Tuple>())
    if (const Tuple* b = right.get_if<Tuple>()) return order_items(runtime, op, a->items(), b->items());
  if (left.get_if<Set>() && right.get_if<Set>()) return order_sets(runtime, op, left, right);
  if (left.is_object())
    if (const std::optional<bool> answer = left.object()->compares(runtime, op, right)) return *answer;
  type_error(runtime, "'" + std::string(symbol(op)) + "' not supported between instances of '" +
                          type_name(runtime, left) + "' and '" + type_name(runtime, right) + "'");
}

}  // namespace

bool compare(Runtime& runtime, CompareOp op, const Value& left, const Value& right) {
  switch (op) {
    case CompareOp::eq:
      return equal(runtime, left, right);
    case CompareOp::ne:
      return !equal(runtime, left, right);
    case CompareOp::in:
      return contains(runtime, right, left);
    case CompareOp::not_in:
      return !contains(runtime, right, left);
    case CompareOp::is:
      return left.is(right);
    case CompareOp::is_not:
      return !left.is(right);
    default:
      return ordered(runtime, op, left, right);
  }
}

bool truthy(Runtime& runtime, const Value& value) {
  switch (value.tag()) {
    case Value::Tag::boolean:
    case Value::Tag::integer:
      return value.as_int() != 0;
    case Value::Tag::floating:
      return value.as_float() != 0;
    case Value::Tag::object:
      return value.object()->truthy(runtime);
    default:
      return false;
  }
}

bool equal(Runtime& runtime, const Value& left, const Value& right) {
  if (left.is_number() && right.is_number()) return order_numbers(left, right) == 0;
  // The right one's __eq__ is asked when the left one has nothing to say.
  if (right.get_if<Instance>() && !left.get_if<Instance>()) return equal(runtime, right, left);
  if (left.is_object()) {
    const Runtime::Nested nested(runtime, " in comparison");
    return left.object()->equals(runtime, right);
  }
  if (right.is_object()) return right.object()->equals(runtime, left);
  return left.is(right);
}

bool same_or_equal(Runtime& runtime, const Value& left, const Value& right) {
  return left.is(right) || equal(runtime, left, right);
}

bool less(Runtime& runtime, const Value& left, const Value& right) {
  return ordered(runtime, CompareOp::lt, left, right);
}

std::uint64_t hash(Runtime& runtime, const Value& value) {
  switch (value.tag()) {
    case Value::Tag::boolean:
    case Value::Tag::integer:
      return static_cast<std::uint64_t>(value.as_int());
    case Value::Tag::floating: {
      const double number = value.as_float();
      if (number >= -9223372036854775808.0 && number < 9223372036854775808.0 && number == std::floor(number))
        return static_cast<std::uint64_t>(static_cast<std::int64_t>(number));
      return std::bit_cast<std::uint64_t>(number);
    }
    case Value::Tag::object:
      return value.object()->hash(runtime);
    default:
      return 0xfca86420;
  }
}

}  // namespace loopscope::scenarios

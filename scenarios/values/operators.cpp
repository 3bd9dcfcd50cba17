#include "scenarios/values/operators.h"

#include <algorithm>
#include <array>

#include "scenarios/values/dict.h"
#include "scenarios/values/errors.h"
#include "scenarios/values/format.h"
#include "scenarios/values/iterators.h"
#include "scenarios/values/numbers.h"

namespace loopscope::scenarios {
namespace {

[[noreturn]] void unsupported(Runtime& runtime, std::string_view symbol, const Value& left,
                              const Value& right) {
  const std::string shown = symbol == "**" ? "** or pow()" : std::string(symbol);
  type_error(runtime, "unsupported operand type(s) for " + shown + ": '" + type_name(runtime, left) +
                          "' and '" + type_name(runtime, right) + "'");
}

Value numeric(Runtime& runtime, BinaryOp op, const Value& left, const Value& right) {
  const bool bits = op == BinaryOp::bit_and || op == BinaryOp::bit_or || op == BinaryOp::bit_xor;
  if (bits && left.is_bool() && right.is_bool())
    return Value::boolean(int_binary(runtime, op, left.as_int(), right.as_int()).as_int() != 0);
  if (left.is_integral() && right.is_integral())
    return int_binary(runtime, op, left.as_int(), right.as_int());
  return float_binary(runtime, op, to_float(runtime, left), to_float(runtime, right));
}

Value concatenate(Runtime& runtime, const Value& left, const Value& right) {
  const std::string other = type_name(runtime, right);
  if (const std::string* a = text_of(left)) {
    const std::string* b = text_of(right);
    if (!b) type_error(runtime, "can only concatenate str (not \"" + other + "\") to str");
    runtime.check_room(a->size() + b->size());
    return make_str(runtime, *a + *b);
  }
  if (const Bytes* a = left.get_if<Bytes>()) {
    const Bytes* b = right.get_if<Bytes>();
    if (!b) type_error(runtime, "can't concat " + other + " to bytes");
    runtime.check_room(a->data().size() + b->data().size());
    return make_bytes(runtime, a->data() + b->data());
  }
  const auto join = [&](const std::vector<Value>& a, const std::vector<Value>& b) {
    runtime.check_room((a.size() + b.size()) * sizeof(Value));
    std::vector<Value> all;
    all.reserve(a.size() + b.size());
    all.insert(all.end(), a.begin(), a.end());
    all.insert(all.end(), b.begin(), b.end());
    return all;
  };
  if (const List* a = left.get_if<List>()) {
    const List* b = right.get_if<List>();
    if (!b) type_error(runtime, "can only concatenate list (not \"" + other + "\") to list");
    return make_list(runtime, join(a->items(), b->items()));
  }
  if (const Tuple* a = left.get_if<Tuple>()) {
    const Tuple* b = right.get_if<Tuple>();
    if (!b) type_error(runtime, "can only concatenate tuple (not \"" + other + "\") to tuple");
    return new_tuple(runtime, join(a->items(), b->items()));
  }
  return Value::missing();
}

template <class Items>
Items repeated(Runtime& runtime, const Items& items, std::int64_t times, std::size_t item_size) {
  Items all;
  if (times <= 0 || items.empty()) return all;
  std::uint64_t bytes = 0;
  if (__builtin_mul_overflow(items.size() * item_size, static_cast<std::uint64_t>(times), &bytes))
    bytes = UINT64_MAX;
  runtime.check_room(bytes);
  const std::size_t size = items.size() * static_cast<std::size_t>(times);
  all.reserve(size);
  all.insert(all.end(), items.begin(), items.end());
  while (all.size() < size) {  // doubling: reserved, so that the iterators stay good
    const auto more = static_cast<std::ptrdiff_t>(std::min(all.size(), size - all.size()));
    all.insert(all.end(), all.begin(), all.begin() + more);
  }
  return all;
}

bool is_sequence(const Value& value) {
  return value.get_if<Str>() || value.get_if<Bytes>() || value.get_if<List>() || value.get_if<Tuple>();
}

Value repeat(Runtime& runtime, const Value& left, const Value& right) {
  const bool left_is = is_sequence(left);
  if (!left_is && !is_sequence(right)) return Value::missing();
  const Value& sequence = left_is ? left : right;
  const Value& times = left_is ? right : left;
  if (!times.is_integral())
    type_error(runtime, "can't multiply sequence by non-int of type '" + type_name(runtime, times) + "'");
  const std::int64_t n = times.as_int();
  if (const Str* str = sequence.get_if<Str>()) return make_str(runtime, repeated(runtime, str->text(), n, 1));
  if (const Bytes* bytes = sequence.get_if<Bytes>())
    return make_bytes(runtime, repeated(runtime, bytes->data(), n, 1));
  if (const List* list = sequence.get_if<List>())
    return make_list(runtime, repeated(runtime, list->items(), n, sizeof(Value)));
  return new_tuple(runtime, repeated(runtime, sequence.get_if<Tuple>()->items(), n, sizeof(Value)));
}

/// Adds to `into` what the set operation keeps of `left` and `right`.
void combine_sets(Runtime& runtime, BinaryOp op, const Value& left, const Value& right, Set& into) {
  const std::vector<Value> ours = collect(runtime, left), theirs = collect(runtime, right);
  for (const Value& item : ours) {
    const bool both = op != BinaryOp::bit_or && contains(runtime, right, item);
    if (op == BinaryOp::bit_or || (op == BinaryOp::bit_and) == both) into.add(runtime, item);
  }
  if (op == BinaryOp::bit_and || op == BinaryOp::sub) return;
  for (const Value& item : theirs)
    if (op == BinaryOp::bit_or || !contains(runtime, left, item)) into.add(runtime, item);
}

bool is_set_operator(BinaryOp op) {
  return op == BinaryOp::bit_or || op == BinaryOp::bit_and || op == BinaryOp::sub || op == BinaryOp::bit_xor;
}

bool set_like(const Value& value) {
  return value.get_if<Set>() || (value.get_if<DictView>() && value.object()->type().name() != "dict_values");
}

Value merge(Runtime& runtime, BinaryOp op, const Value& left, const Value& right) {
  if (is_set_operator(op) && set_like(left) && set_like(right)) {
    Ref<Set> result = make_set(runtime);
    combine_sets(runtime, op, left, right, *result);
    return result;
  }
  if (op == BinaryOp::bit_or && left.get_if<Dict>() && right.get_if<Dict>()) {
    Ref<Dict> result = make_dict(runtime);
    result->update(runtime, left);
    result->update(runtime, right);
    return result;
  }
  return Value::missing();
}

/// The result, or `missing` when the operator does not take these types.
Value try_binary(Runtime& runtime, BinaryOp op, const Value& left, const Value& right) {
  if (left.is_number() && right.is_number()) return numeric(runtime, op, left, right);
  if (op == BinaryOp::add) return concatenate(runtime, left, right);
  if (op == BinaryOp::mul) return repeat(runtime, left, right);
  if (op == BinaryOp::mod && text_of(left)) return percent_format(runtime, *text_of(left), right);
  if (const Bytes* pattern = left.get_if<Bytes>(); pattern && op == BinaryOp::mod)
    return percent_format(runtime, *pattern, right);
  return merge(runtime, op, left, right);
}

}  // namespace

std::string_view symbol(BinaryOp op, bool in_place) {
  static constexpr std::array<std::string_view, 12> kPlain = {"+",  "-", "*", "/", "//", "%",
                                                              "**", "&", "|", "^", "<<", ">>"};
  static constexpr std::array<std::string_view, 12> kInPlace = {
      "+=", "-=", "*=", "/=", "//=", "%=", "**=", "&=", "|=", "^=", "<<=", ">>="};
  return (in_place ? kInPlace : kPlain)[static_cast<std::size_t>(op)];
}

Value binary(Runtime& runtime, BinaryOp op, const Value& left, const Value& right) {
  Value result = try_binary(runtime, op, left, right);
  if (result.is_missing()) unsupported(runtime, symbol(op), left, right);
  return result;
}

Value in_place(Runtime& runtime, BinaryOp op, const Value& left, const Value& right) {
  if (List* list = left.get_if<List>()) {
    const auto size = static_cast<std::int64_t>(list->items().size());
    if (op == BinaryOp::add) {
      list->replace(size, 0, collect(runtime, right));
      return left;
    }
    if (op == BinaryOp::mul && right.is_integral()) {
      std::vector<Value> all = repeated(runtime, list->items(), right.as_int(), sizeof(Value));
      list->replace(0, size, std::move(all));
      return left;
    }
  }
  if (Set* set = left.get_if<Set>(); set && is_set_operator(op) && set_like(right)) {
    Ref<Set> result = make_set(runtime);
    combine_sets(runtime, op, left, right, *result);
    set->clear();
    for (const Value& item : collect(runtime, result)) set->add(runtime, item);
    return left;
  }
  if (Dict* dict = left.get_if<Dict>(); dict && op == BinaryOp::bit_or) {
    dict->update(runtime, right);
    return left;
  }
  Value result = try_binary(runtime, op, left, right);
  if (result.is_missing()) unsupported(runtime, symbol(op, true), left, right);
  return result;
}

Value unary(Runtime& runtime, UnaryOp op, const Value& operand) {
  if (op == UnaryOp::logical_not) return Value::boolean(!truthy(runtime, operand));
  if (operand.is_integral()) {
    const std::int64_t value = operand.as_int();
    if (op == UnaryOp::positive) return Value::integer(value);
    if (op == UnaryOp::invert) return Value::integer(~value);
    if (value == INT64_MIN) integer_overflow(runtime);
    return Value::integer(-value);
  }
  if (operand.is_float() && op != UnaryOp::invert)
    return Value::floating(op == UnaryOp::negative ? -operand.as_float() : operand.as_float());
  const char* sign = op == UnaryOp::negative ? "-" : op == UnaryOp::positive ? "+" : "~";
  type_error(runtime,
             std::string("bad operand type for unary ") + sign + ": '" + type_name(runtime, operand) + "'");
}

Value get_item(Runtime& runtime, const Value& object, const Value& key) {
  if (object.is_object()) return object.object()->get_item(runtime, key);
  type_error(runtime, "'" + type_name(runtime, object) + "' object is not subscriptable");
}

void set_item(Runtime& runtime, const Value& object, const Value& key, const Value& value) {
  if (object.is_object()) return object.object()->set_item(runtime, key, value);
  type_error(runtime, "'" + type_name(runtime, object) + "' object does not support item assignment");
}

void delete_item(Runtime& runtime, const Value& object, const Value& key) {
  if (object.is_object()) return object.object()->delete_item(runtime, key);
  type_error(runtime, "'" + type_name(runtime, object) + "' object does not support item deletion");
}

std::int64_t length(Runtime& runtime, const Value& value) {
  if (value.is_object())
    if (const auto size = value.object()->length(runtime)) return *size;
  type_error(runtime, "object of type '" + type_name(runtime, value) + "' has no len()");
}

bool contains(Runtime& runtime, const Value& container, const Value& item) {
  if (container.is_object())
    if (const auto answer = container.object()->contains(runtime, item)) return *answer;
  if (!is_iterable(runtime, container))
    type_error(runtime, "argument of type '" + type_name(runtime, container) + "' is not iterable");
  bool found = false;
  for_each(runtime, container, [&](const Value& candidate) {
    found = same_or_equal(runtime, candidate, item);
    return !found;
  });
  return found;
}

}  // namespace loopscope::scenarios

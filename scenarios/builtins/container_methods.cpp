// Methods of list, dict and set. values[0] is the object.
#include <algorithm>

#include "scenarios/builtins/arguments.h"
#include "scenarios/builtins/registry.h"
#include "scenarios/builtins/sorting.h"
#include "scenarios/values/dict.h"
#include "scenarios/values/iterators.h"
#include "scenarios/values/operators.h"
#include "scenarios/values/repr.h"

namespace loopscope::scenarios {
namespace {

List& list(const Arguments& args) { return *args.values[0].get_if<List>(); }
const Tuple& tuple(const Arguments& args) { return *args.values[0].get_if<Tuple>(); }
Dict& dict(const Arguments& args) { return *args.values[0].get_if<Dict>(); }
Set& set(const Arguments& args) { return *args.values[0].get_if<Set>(); }

[[noreturn]] void key_error(Interpreter& in, const Value& key) {
  throw PyError(in.make<Exception>(in.exception_type("KeyError"), std::vector<Value>{key}));
}

Value append(Interpreter&, Arguments& args) {
  list(args).append(args.values[1]);
  return {};
}

Value extend(Interpreter& in, Arguments& args) {
  std::vector<Value> more = collect(in, args.values[1]);
  list(args).replace(static_cast<std::int64_t>(list(args).items().size()), 0, std::move(more));
  return {};
}

Value insert(Interpreter& in, Arguments& args) {
  list(args).insert(integer_argument(in, args.values[1]), args.values[2]);
  return {};
}

Value list_pop(Interpreter& in, Arguments& args) {
  const auto size = static_cast<std::int64_t>(list(args).items().size());
  std::int64_t index = args.values.size() > 1 ? integer_argument(in, args.values[1]) : -1;
  if (size == 0) index_error(in, "pop from empty list");
  if (index < 0) index += size;
  if (index < 0 || index >= size) index_error(in, "pop index out of range");
  Value item = list(args).items()[static_cast<std::size_t>(index)];
  list(args).replace(index, 1, {});
  return item;
}

/// The position of an item from `begin` to `end`, or -1.
template <class Items>  // List, whose items may change meanwhile, or Tuple
std::int64_t find(Interpreter& in, Items& items, const Value& item, std::int64_t begin, std::int64_t end) {
  for (std::int64_t i = begin; i < end && i < static_cast<std::int64_t>(items.items().size()); ++i) {
    in.spend_work();
    if (same_or_equal(in, Value(items.items()[static_cast<std::size_t>(i)]), item)) return i;
  }
  return -1;
}

Value list_remove(Interpreter& in, Arguments& args) {
  const std::int64_t at = find(in, list(args), args.values[1], 0, INT64_MAX);
  if (at < 0) value_error(in, "list.remove(x): x not in list");
  list(args).replace(at, 1, {});
  return {};
}

template <class Items>
std::int64_t index_in(Interpreter& in, Items& items, const Arguments& args) {
  const auto size = static_cast<std::int64_t>(items.items().size());
  const auto bound = [&](std::size_t index, std::int64_t otherwise) {
    if (index >= args.values.size()) return otherwise;
    if (!args.values[index].is_integral())
      type_error(in, "slice indices must be integers or have an __index__ method");
    const std::int64_t value = args.values[index].as_int();
    return value < 0 ? std::max<std::int64_t>(0, value + size) : value;
  };
  return find(in, items, args.values[1], bound(2, 0), bound(3, INT64_MAX));
}

template <class Items>
Value count_in(Interpreter& in, Items& items, const Value& item) {
  std::int64_t count = 0;
  for (std::int64_t at = 0; (at = find(in, items, item, at, INT64_MAX)) >= 0; ++at) ++count;
  return Value::integer(count);
}

Value list_index(Interpreter& in, Arguments& args) {
  const std::int64_t at = index_in(in, list(args), args);
  if (at < 0) value_error(in, repr(in, args.values[1]) + " is not in list");
  return Value::integer(at);
}

Value list_count(Interpreter& in, Arguments& args) { return count_in(in, list(args), args.values[1]); }

Value tuple_index(Interpreter& in, Arguments& args) {
  const std::int64_t at = index_in(in, tuple(args), args);
  if (at < 0) value_error(in, "tuple.index(x): x not in tuple");
  return Value::integer(at);
}

Value tuple_count(Interpreter& in, Arguments& args) { return count_in(in, tuple(args), args.values[1]); }

Value sort(Interpreter& in, Arguments& args) {
  if (args.values.size() > 1) type_error(in, "sort() takes no positional arguments");
  const Value key = take_keyword(args, "key");
  const Value reverse = take_keyword(args, "reverse");
  no_more_keywords(in, args, "sort");
  const bool backwards = !reverse.is_missing() && integer_argument(in, reverse) != 0;
  // The list looks empty while it is sorted; what a key function puts in is dropped.
  std::vector<Value> items;
  list(args).swap(items);
  std::vector<Value> sorted = items;
  try {
    sort_values(in, sorted, key.is_missing() ? Value() : key, backwards);
  } catch (...) {
    list(args).swap(items);
    throw;
  }
  list(args).swap(sorted);
  if (!sorted.empty()) value_error(in, "list modified during sort");
  return {};
}

Value reverse(Interpreter&, Arguments& args) {
  list(args).reverse();
  return {};
}

Value list_clear(Interpreter&, Arguments& args) {
  list(args).clear_references();
  return {};
}

Value list_copy(Interpreter& in, Arguments& args) { return make_list(in, list(args).items()); }

constexpr BuiltinRow kList[] = {
    {"append", append, 1, 1},    {"extend", extend, 1, 1},      {"insert", insert, 2, 2},
    {"pop", list_pop, 0, 1},     {"remove", list_remove, 1, 1}, {"sort", sort, 0, kAny, true},
    {"reverse", reverse, 0, 0},  {"index", list_index, 1, 3},   {"count", list_count, 1, 1},
    {"clear", list_clear, 0, 0}, {"copy", list_copy, 0, 0},
};

constexpr BuiltinRow kTuple[] = {{"index", tuple_index, 1, 3}, {"count", tuple_count, 1, 1}};

Value dict_get(Interpreter& in, Arguments& args) {
  Value value = dict(args).get(in, args.values[1]);
  return value.is_missing() ? argument_or(args, 2) : value;
}

template <DictView::What kWhat>
Value view(Interpreter& in, Arguments& args) {
  return in.make<DictView>(in, Ref<Dict>(&dict(args)), kWhat);
}

Value dict_pop(Interpreter& in, Arguments& args) {
  const bool empty = dict(args).table().size() == 0;  // then nothing is hashed
  Value value = empty ? Value::missing() : dict(args).remove(in, args.values[1]);
  if (!value.is_missing()) return value;
  if (args.values.size() < 3) key_error(in, args.values[1]);
  return args.values[2];
}

Value setdefault(Interpreter& in, Arguments& args) {
  Value value = dict(args).get(in, args.values[1]);
  if (!value.is_missing()) return value;
  dict(args).set(in, args.values[1], argument_or(args, 2));
  return argument_or(args, 2);
}

Value update(Interpreter& in, Arguments& args) {
  if (args.values.size() > 1) dict(args).update(in, args.values[1]);
  for (auto& [name, value] : args.keywords) dict(args).set(in, in.intern(name), std::move(value));
  return {};
}

constexpr BuiltinRow kDict[] = {
    {"get", dict_get, 1, 2},
    {"items", view<DictView::What::items>, 0, 0},
    {"keys", view<DictView::What::keys>, 0, 0},
    {"values", view<DictView::What::values>, 0, 0},
    {"pop", dict_pop, 1, 2},
    {"setdefault", setdefault, 1, 2},
    {"update", update, 0, 1, true},
};

Value add(Interpreter& in, Arguments& args) {
  set(args).add(in, args.values[1]);
  return {};
}

Value discard(Interpreter& in, Arguments& args) {
  set(args).remove(in, args.values[1]);
  return {};
}

Value set_remove(Interpreter& in, Arguments& args) {
  if (!set(args).remove(in, args.values[1])) key_error(in, args.values[1]);
  return {};
}

Value set_pop(Interpreter& in, Arguments& args) {
  Value item = set(args).pop();
  if (item.is_missing()) raise_error(in, "KeyError", "pop from an empty set");
  return item;
}

Value set_copy(Interpreter& in, Arguments& args) { return make_set(in, args.values[0]); }

constexpr BuiltinRow kSet[] = {
    {"add", add, 1, 1},     {"discard", discard, 1, 1}, {"remove", set_remove, 1, 1},
    {"pop", set_pop, 0, 0}, {"copy", set_copy, 0, 0},
};

}  // namespace

std::span<const BuiltinRow> list_methods() { return kList; }
std::span<const BuiltinRow> tuple_methods() { return kTuple; }
std::span<const BuiltinRow> dict_methods() { return kDict; }
std::span<const BuiltinRow> set_methods() { return kSet; }

}  // namespace loopscope::scenarios

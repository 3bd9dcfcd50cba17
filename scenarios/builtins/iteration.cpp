// The built-in functions and types that iterate.
#include "scenarios/builtins/arguments.h"
#include "scenarios/builtins/registry.h"
#include "scenarios/builtins/sorting.h"
#include "scenarios/run/generator.h"
#include "scenarios/values/dict.h"
#include "scenarios/values/instance.h"
#include "scenarios/values/iterators.h"
#include "scenarios/values/operators.h"

namespace loopscope::scenarios {
namespace {

Value any(Interpreter& in, Arguments& args) {
  bool found = false;
  for_each(in, args.values[0], [&](const Value& item) { return !(found = truthy(in, item)); });
  return Value::boolean(found);
}

Value all(Interpreter& in, Arguments& args) {
  bool every = true;
  for_each(in, args.values[0], [&](const Value& item) { return every = truthy(in, item); });
  return Value::boolean(every);
}

/// min and max; `sign` is < or >.
Value extreme(Interpreter& in, Arguments& args, const std::string& name, CompareOp sign) {
  const Value given_key = take_keyword(args, "key");
  const Value key = given_key.is_missing() ? Value() : given_key;
  const Value otherwise = take_keyword(args, "default");
  no_more_keywords(in, args, name);
  if (args.values.empty()) type_error(in, name + " expected at least 1 argument, got 0");
  const bool several = args.values.size() > 1;
  if (several && !otherwise.is_missing())
    type_error(in, "Cannot specify a default for " + name + "() with multiple positional arguments");
  Value best = Value::missing(), best_key;
  const auto consider = [&](const Value& item) {
    Value item_key = key.is_none() ? item : in.call(key, {item});
    if (best.is_missing() || compare(in, sign, item_key, best_key)) {
      best = item;
      best_key = std::move(item_key);
    }
    return true;
  };
  if (several)
    for (const Value& item : args.values) consider(item);
  else
    for_each(in, args.values[0], consider);
  if (!best.is_missing()) return best;
  if (otherwise.is_missing()) value_error(in, name + "() arg is an empty sequence");
  return otherwise;
}

Value min(Interpreter& in, Arguments& args) { return extreme(in, args, "min", CompareOp::lt); }
Value max(Interpreter& in, Arguments& args) { return extreme(in, args, "max", CompareOp::gt); }

Value sum(Interpreter& in, Arguments& args) {
  takes_at_most(in, args, 0, "sum", 2);
  if (args.values.empty()) type_error(in, "sum() takes at least 1 positional argument (0 given)");
  const Value start = take(args, 1, "start");
  no_more_keywords(in, args, "sum");
  const Value items = iterate(in, args.values[0]);
  Value total = start.is_missing() ? Value::integer(0) : start;
  if (total.get_if<Str>()) type_error(in, "sum() can't sum strings [use ''.join(seq) instead]");
  if (total.get_if<Bytes>()) type_error(in, "sum() can't sum bytes [use b''.join(seq) instead]");
  for (Value item; next(in, items, item);) {
    in.spend_work();
    total = binary(in, BinaryOp::add, total, item);
  }
  return total;
}

Value sorted(Interpreter& in, Arguments& args) {
  const Value key = take_keyword(args, "key");
  const Value reverse = take_keyword(args, "reverse");
  if (args.values.size() != 1)
    type_error(in, "sorted expected 1 argument, got " + std::to_string(args.values.size()));
  std::vector<Value> items = collect(in, args.values[0]);
  no_more_keywords(in, args, "sort");
  const bool backwards = !reverse.is_missing() && integer_argument(in, reverse) != 0;
  sort_values(in, items, key.is_missing() ? Value() : key, backwards);
  return make_list(in, std::move(items));
}

Value iter(Interpreter& in, Arguments& args) {
  if (args.values.size() == 1) return iterate(in, args.values[0]);
  if (!is_callable(args.values[0])) type_error(in, "iter(v, w): v must be callable");
  return make_iterator(in, "callable_iterator",
                       [&in, call = args.values[0], last = args.values[1]](Runtime&) {
                         Value value = in.call(call, {});
                         return equal(in, value, last) ? Value::missing() : value;
                       });
}

Value next_(Interpreter& in, Arguments& args) {
  if (!is_iterator(in, args.values[0]))
    type_error(in, "'" + type_name(in, args.values[0]) + "' object is not an iterator");
  Value item, end;
  const Value own = program_method(in, args.values[0], "__next__");
  if (args.values.size() == 1 && !own.is_missing()) return in.call(own, {args.values[0]});
  if (next(in, args.values[0], item, &end)) return item;
  if (args.values.size() > 1) return args.values[1];
  stop_iteration(in, end);
}

constexpr BuiltinRow kRows[] = {
    {"any", any, 1, 1},          {"all", all, 1, 1},          {"min", min, 0, kAny, true},
    {"max", max, 0, kAny, true}, {"sum", sum, 0, kAny, true}, {"sorted", sorted, 0, kAny, true},
    {"iter", iter, 1, 2},        {"next", next_, 1, 2},
};

// --- types; values[0] is the type

Value make_enumerate(Interpreter& in, Arguments& args) {
  takes_at_most(in, args, 1, "enumerate", 2);
  const Value iterable = take(args, 1, "iterable");
  const Value start = take(args, 2, "start");
  no_more_keywords(in, args, "enumerate");
  if (iterable.is_missing()) type_error(in, "enumerate() missing required argument 'iterable'");
  const std::int64_t first = start.is_missing() ? 0 : integer_argument(in, start);
  return make_iterator(in, "enumerate",
                       [inner = iterate(in, iterable), n = first](Runtime& rt) mutable -> Value {
                         Value item;
                         if (!next(rt, inner, item)) return Value::missing();
                         const Value index = Value::integer(n);
                         if (__builtin_add_overflow(n, std::int64_t{1}, &n)) integer_overflow(rt);
                         return new_tuple(rt, {index, item});
                       });
}

std::vector<Value> iterate_all(Interpreter& in, const std::vector<Value>& values, std::size_t from) {
  std::vector<Value> iterators;
  for (std::size_t i = from; i < values.size(); ++i) iterators.push_back(iterate(in, values[i]));
  return iterators;
}

/// zip(strict=True): the arguments have to end together.
[[noreturn]] void unequal(Runtime& runtime, std::size_t which, const char* how) {
  const std::string others = which == 1 ? " 1" : "s 1-" + std::to_string(which);
  value_error(runtime,
              "zip() argument " + std::to_string(which + 1) + " is " + how + " than argument" + others);
}

Value make_zip(Interpreter& in, Arguments& args) {
  const Value given = take_keyword(args, "strict");
  no_more_keywords(in, args, "zip");
  const bool strict = !given.is_missing() && truthy(in, given);
  return make_iterator(in, "zip", [inner = iterate_all(in, args.values, 1), strict](Runtime& rt) -> Value {
    std::vector<Value> items;
    for (const Value& iterator : inner) {
      Value item;
      if (!next(rt, iterator, item)) break;
      items.push_back(std::move(item));
    }
    if (!inner.empty() && items.size() == inner.size()) return new_tuple(rt, std::move(items));
    if (strict && !items.empty()) unequal(rt, items.size(), "shorter");
    for (std::size_t i = 1; strict && i < inner.size(); ++i) {
      Value item;
      if (next(rt, inner[i], item)) unequal(rt, i, "longer");
    }
    return Value::missing();
  });
}

Value make_map(Interpreter& in, Arguments& args) {
  takes_no_keywords(in, args, "map");
  if (args.values.size() < 3) type_error(in, "map() must have at least two arguments.");
  const std::vector<Value> inner = iterate_all(in, args.values, 2);
  return make_iterator(in, "map", [&in, call = args.values[1], inner](Runtime& rt) -> Value {
    Arguments one;
    for (const Value& iterator : inner) {
      Value item;
      if (!next(rt, iterator, item)) return Value::missing();
      one.values.push_back(std::move(item));
    }
    return in.call(call, std::move(one));
  });
}

Value make_filter(Interpreter& in, Arguments& args) {
  takes_no_keywords(in, args, "filter");
  if (args.values.size() != 3)
    type_error(in, "filter expected 2 arguments, got " + std::to_string(args.values.size() - 1));
  const Value inner = iterate(in, args.values[2]);
  return make_iterator(in, "filter", [&in, test = args.values[1], inner](Runtime& rt) -> Value {
    for (Value item; next(rt, inner, item);) {
      rt.spend_work();
      if (truthy(rt, test.is_none() ? item : in.call(test, {item}))) return item;
    }
    return Value::missing();
  });
}

Value make_reversed(Interpreter& in, Arguments& args) {
  takes_no_keywords(in, args, "reversed");
  if (args.values.size() != 2)
    type_error(in, "reversed expected 1 argument, got " + std::to_string(args.values.size() - 1));
  const Value& sequence = args.values[1];
  if (sequence.get_if<List>()) return make_index_iterator(in, "list_reverseiterator", sequence, true);
  if (sequence.get_if<Tuple>() || sequence.get_if<Str>() || sequence.get_if<Bytes>())
    return make_index_iterator(in, "reversed", sequence, true);
  if (sequence.get_if<Range>()) return make_index_iterator(in, "range_iterator", sequence, true);
  if (Dict* dict = sequence.get_if<Dict>()) return make_reverse_dict_iterator(in, Ref<Dict>(dict));
  type_error(in, "'" + type_name(in, sequence) + "' object is not reversible");
}

constexpr TypeRow kTypes[] = {
    {"", "enumerate", "", "object", make_enumerate},
    {"", "zip", "", "object", make_zip},
    {"", "map", "", "object", make_map},
    {"", "filter", "", "object", make_filter},
    {"", "reversed", "", "object", make_reversed},
    {"-", "generator", "", "object", nullptr, kLibraryGenerator},
};

}  // namespace

std::span<const BuiltinRow> iteration_functions() { return kRows; }
std::span<const TypeRow> iterator_types() { return kTypes; }

}  // namespace loopscope::scenarios

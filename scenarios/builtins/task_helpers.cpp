// asyncio.wait, wait_for, shield and as_completed.
#include "core/sync/as_completed.h"
#include "core/task/helpers.h"
#include "core/task/wait.h"
#include "scenarios/builtins/arguments.h"
#include "scenarios/builtins/native_coroutines.h"
#include "scenarios/builtins/registry.h"
#include "scenarios/run/generator_task.h"
#include "scenarios/values/dict.h"
#include "scenarios/values/iterators.h"
#include "scenarios/values/numbers.h"
#include "scenarios/values/operators.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/sequences.h"

namespace loopscope::scenarios {
namespace {

constexpr const char* kNotAwaitable = "An asyncio.Future, a coroutine or an awaitable is required";

/// A future or a coroutine stands where several are wanted.
void check_several(Interpreter& in, const Value& given, const std::string& expected) {
  if (given.get_if<FutureObject>() || is_coroutine(given))
    type_error(in, "expect " + expected + " of futures, not " + in.type_of(given).name());
}

/// The items of set(iterable).
std::vector<Value> each_once(Interpreter& in, const Value& iterable) {
  std::vector<Value> items;
  const Ref<Set> set = make_set(in, iterable);
  for (const HashTable::Entry& entry : set->table().entries())
    if (!entry.key.is_missing()) items.push_back(entry.key);
  return items;
}

/// A timeout that is added to the loop's time; none for None.
std::optional<double> timeout_argument(Interpreter& in, const Value& value) {
  if (value.is_none() || value.is_missing()) return std::nullopt;
  if (!value.is_number())
    type_error(in, "unsupported operand type(s) for +: 'float' and '" + type_name(in, value) + "'");
  return to_float(in, value);
}

// --- wait

ReturnWhen return_when(Interpreter& in, const Value& value) {
  if (value.is_missing()) return ReturnWhen::all_completed;
  const auto is = [&](const char* name) { return equal(in, value, in.intern(name)); };
  if (is("FIRST_COMPLETED")) return ReturnWhen::first_completed;
  if (is("FIRST_EXCEPTION")) return ReturnWhen::first_exception;
  if (is("ALL_COMPLETED")) return ReturnWhen::all_completed;
  value_error(in, "Invalid return_when value: " + str(in, value));
}

std::vector<Ref<Future>> futures_to_wait_for(Interpreter& in, const Value& given) {
  const std::vector<Value> items = each_once(in, given);
  for (const Value& item : items)
    if (is_coroutine(item)) type_error(in, "Passing coroutines is forbidden, use tasks explicitly.");
  std::vector<Ref<Future>> futures;
  for (const Value& item : items) {
    in.budget().spend_step();
    const FutureObject* future = item.get_if<FutureObject>();
    if (!future)
      raise_error(in, "AttributeError",
                  "'" + type_name(in, item) + "' object has no attribute 'add_done_callback'");
    in.budget().spend_step();  // its callback comes and goes
    futures.emplace_back(&future->future());
  }
  return futures;
}

Value set_of(Interpreter& in, const std::vector<Ref<Future>>& futures) {
  Ref<Set> set = make_set(in);
  for (const Ref<Future>& future : futures) set->add(in, in.wrap(future));
  return set;
}

Coroutine<AnyValue> wait_for_several(Interpreter& in, Value given, Value timeout, Value when) {
  WaitOptions options;
  std::vector<Ref<Future>> futures;
  try {
    check_several(in, given, "a list");
    if (!truthy(in, given)) value_error(in, "Set of Tasks/Futures is empty.");
    options.return_when = return_when(in, when);
    futures = futures_to_wait_for(in, given);
    options.timeout = timeout_argument(in, timeout);
  } catch (const ProgramError& error) {
    error.keep(make_ref<KeptValue>(given));
    throw;
  }
  given = Value();
  const WaitResult result = co_await loopscope::wait(std::move(futures), options);
  std::vector<Value> sets;
  sets.push_back(set_of(in, result.done));
  sets.push_back(set_of(in, result.pending));
  co_return AnyValue(Value(new_tuple(in, std::move(sets))));
}

Value wait(Interpreter& in, Arguments& args) {
  const Value timeout = take_keyword(args, "timeout"), when = take_keyword(args, "return_when");
  no_unexpected_keywords(in, args, "wait");
  return coroutine_value(in, {}, wait_for_several(in, args.values[0], timeout, when), "wait",
                         short_repr(in, args.values[0], 40));
}

// --- wait_for

Coroutine<AnyValue> bad_timeout(Interpreter& in, Value timeout) {
  type_error(in, "'<=' not supported between instances of '" + type_name(in, timeout) + "' and 'int'");
  co_return AnyValue();
}

Value wait_for(Interpreter& in, Arguments& args) {
  const Value &given = args.values[0], &timeout = args.values[1];
  const std::string shown = short_repr(in, given, 40) + ", " + short_repr(in, timeout, 40);
  if (!timeout.is_none() && !timeout.is_number())
    return coroutine_value(in, given, bad_timeout(in, timeout), "wait_for", shown);
  const std::string otherwise =
      timeout.is_none() ? "object " + type_name(in, given) + " can't be used in 'await' expression"
                        : kNotAwaitable;
  // With a timeout it becomes a task, which can be a generator's.
  const Value awaited = !timeout.is_none() && is_coroutine(given) ? Value(coroutine_of(in, given)) : given;
  return coroutine_value(
      in, given, loopscope::wait_for(awaitable_from(in, awaited, otherwise), timeout_argument(in, timeout)),
      "wait_for", shown);
}

// --- shield

Value shield(Interpreter& in, Arguments& args) {
  const Value& given = args.values[0];
  if (const FutureObject* future = given.get_if<FutureObject>())
    return in.wrap(loopscope::shield(Ref<Future>(&future->future())));
  if (!is_coroutine(given)) type_error(in, kNotAwaitable);
  const std::shared_ptr<EventLoop> loop = get_event_loop(in);
  return in.wrap(loopscope::shield(scenarios::ensure_future(in, *loop, given)));
}

// --- as_completed

/// The generator that as_completed is: nothing happens before its first item is asked for.
class CompletionGenerator {
 public:
  CompletionGenerator(Value given, Value timeout) : given_(std::move(given)), timeout_(std::move(timeout)) {}

  Value next(Interpreter& in) {
    if (!completed_) start(in);
    if (given_out_ == completed_->count()) return Value::missing();
    ++given_out_;
    return coroutine_value(in, {}, completed_->next(), "as_completed.<locals>._wait_for_one");
  }

 private:
  void start(Interpreter& in) {
    check_several(in, given_, "an iterable");
    const std::shared_ptr<EventLoop> loop = get_event_loop(in);
    std::vector<Ref<Future>> futures;
    for (const Value& item : each_once(in, given_)) {
      const FutureObject* future = item.get_if<FutureObject>();
      if (future && &future->future().loop() != loop.get())
        value_error(in, "The future belongs to a different loop than the one specified as the loop argument");
      futures.push_back(scenarios::ensure_future(in, *loop, item));
    }
    given_ = Value();
    completed_ = AsCompleted::start(*loop, futures, timeout_argument(in, timeout_));
  }

  Value given_, timeout_;
  Ref<AsCompleted> completed_;
  std::size_t given_out_ = 0;
};

Value as_completed(Interpreter& in, Arguments& args) {
  const Value timeout = take_keyword(args, "timeout");
  no_unexpected_keywords(in, args, "as_completed");
  const auto generator = std::make_shared<CompletionGenerator>(args.values[0], timeout);
  return make_generator(in, "as_completed", [&in, generator](Runtime&) { return generator->next(in); });
}

constexpr BuiltinRow kRows[] = {
    {"wait", wait, 1, 1, true, "fs"},
    {"wait_for", wait_for, 2, 2, false, "fut, timeout"},
    {"shield", shield, 1, 1, false, "arg"},
    {"as_completed", as_completed, 1, 1, true, "fs"},
};

}  // namespace

std::span<const BuiltinRow> task_helper_functions() { return kRows; }

}  // namespace loopscope::scenarios

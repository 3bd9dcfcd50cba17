// asyncio's functions.
#include "core/task/helpers.h"
#include "scenarios/builtins/arguments.h"
#include "scenarios/builtins/asyncio_objects.h"
#include "scenarios/builtins/registry.h"
#include "scenarios/run/generator_task.h"
#include "scenarios/values/callables.h"
#include "scenarios/values/dict.h"
#include "scenarios/values/numbers.h"
#include "scenarios/values/operators.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/sequences.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {
namespace {

EventLoop& require_running_loop(Interpreter& in) {
  EventLoop* loop = in.running_loop();
  if (!loop) runtime_error(in, "no running event loop");
  return *loop;
}

/// A `loop` argument was given, and is not None.
bool is_given(const Value& loop) { return !loop.is_missing() && !loop.is_none(); }

/// The loop that is given; null for anything else, which no task belongs to.
EventLoop* loop_of(const Value& value) {
  LoopObject* loop = value.get_if<LoopObject>();
  return loop ? &loop->loop() : nullptr;
}

TaskOptions named(Interpreter& in, const Value& name) {
  TaskOptions options;
  if (!name.is_missing() && !name.is_none()) options.name = str(in, name);
  return options;
}

Value run(Interpreter& in, Arguments& args) {
  const Value debug = take_keyword(args, "debug");
  no_unexpected_keywords(in, args, "run");
  if (in.running_loop()) runtime_error(in, "asyncio.run() cannot be called from a running event loop");
  // Refused only when the loop is there, as by CPython: it is shut down all the same.
  const MakeSteppable make_main = [&in, &main = args.values[0]] {
    if (!is_coroutine(main)) value_error(in, "a coroutine was expected, got " + repr(in, main));
    return stepper_of(in, main);
  };
  in.thread().loop_calls = 6;
  Environment& environment = in.environment();
  const bool debugging = debug.is_missing() || debug.is_none() ? environment.debug : truthy(in, debug);
  return value_from(loopscope::run(environment.world, environment.tracer, environment.budget,
                                   environment.model, in.loop_options(debugging), make_main,
                                   {.line = in.current_line(), .made_at = made_at::kRunner}));
}

Value create_task(Interpreter& in, Arguments& args) {
  const Value name = take_keyword(args, "name");
  take_keyword(args, "context");
  no_unexpected_keywords(in, args, "create_task");
  EventLoop& loop = require_running_loop(in);
  if (!is_coroutine(args.values[0]))
    type_error(in, "a coroutine was expected, got " + repr(in, args.values[0]));
  TaskOptions options = named(in, name);
  options.made_at = made_at::kCreateTask;
  return in.wrap(start_task(in, loop, args.values[0], std::move(options)));
}

Value ensure_future(Interpreter& in, Arguments& args) {
  const Value given = take_keyword(args, "loop");
  no_unexpected_keywords(in, args, "ensure_future");
  EventLoop* loop = loop_of(given);
  if (FutureObject* future = args.values[0].get_if<FutureObject>()) {
    if (is_given(given) && loop != &future->future().loop())
      value_error(in, "The future belongs to a different loop than the one specified as the loop argument");
    return args.values[0];
  }
  if (!is_coroutine(args.values[0]))
    type_error(in, "An asyncio.Future, a coroutine or an awaitable is required");
  if (is_given(given) && !loop)
    raise_error(in, "AttributeError", "'" + type_name(in, given) + "' object has no attribute 'create_task'");
  const std::shared_ptr<EventLoop> keep = loop ? nullptr : get_event_loop(in);
  return in.wrap(scenarios::ensure_future(in, loop ? *loop : *keep, args.values[0]));
}

Value render_list(Interpreter& in, const std::vector<AnyValue>& results) {
  std::vector<Value> values;
  for (const AnyValue& result : results) values.push_back(value_from(result));
  return make_list(in, std::move(values));
}

/// Makes futures of gather's arguments, one after the other; the same coroutine given twice
/// is one task.
class GatherArguments {
 public:
  GatherArguments(Interpreter& in, const std::vector<Value>& values) : in_(in), values_(values) {}

  Ref<Future> operator()(std::size_t i) {
    const Value& value = values_[i];
    in_.budget().spend_step();
    hash(in_, value);  // CPython keeps them in a dict: gather(tasks) without the star fails here
    const auto [known, is_new] = futures_.try_emplace(value.object());
    if (is_new) known->second = make(value);
    return known->second;
  }

 private:
  Ref<Future> make(const Value& value) {
    FutureObject* future = value.get_if<FutureObject>();
    if (!future && !is_coroutine(value))
      type_error(in_, "An asyncio.Future, a coroutine or an awaitable is required");
    if (!loop_) loop_ = future ? future->future().loop().shared_from_this() : get_event_loop(in_);
    if (future && &future->future().loop() != loop_.get())
      value_error(in_, "The future belongs to a different loop than the one specified as the loop argument");
    const Ref<Future> made = scenarios::ensure_future(in_, *loop_, value);
    if (!future) made->as_task()->set_log_destroy_pending(false);
    return made;
  }

  Interpreter& in_;
  const std::vector<Value>& values_;
  std::shared_ptr<EventLoop> loop_;
  std::unordered_map<const Object*, Ref<Future>> futures_;
};

Value gather(Interpreter& in, Arguments& args) {
  const Value return_exceptions = take_keyword(args, "return_exceptions");
  no_unexpected_keywords(in, args, "gather");
  GatherOptions options;
  options.return_exceptions = !return_exceptions.is_missing() && truthy(in, return_exceptions);
  constexpr std::int64_t kChildBytes = 64;  // what gather's future keeps for each
  const auto charge =
      std::make_shared<MemoryCharge>(in, static_cast<std::int64_t>(args.values.size()) * kChildBytes);
  options.render = [&in, charge](const std::vector<AnyValue>& results) {
    return AnyValue(render_list(in, results));
  };
  options.as_value = [&in](const std::exception_ptr& error) {
    return AnyValue(Value(exception_from(in, error)));
  };
  if (args.values.empty()) return in.wrap(loopscope::gather(*get_event_loop(in), {}, std::move(options)));
  GatherArguments arguments(in, args.values);
  return in.wrap(loopscope::gather(
      args.values.size(), [&](std::size_t i) { return arguments(i); }, std::move(options)));
}

/// What asyncio.sleep does when its delay is no number: the error comes with the await.
Coroutine<AnyValue> bad_sleep(Interpreter& in, Value delay) {
  type_error(in, "'<=' not supported between instances of '" + type_name(in, delay) + "' and 'int'");
  co_return AnyValue();
}

Value sleep(Interpreter& in, Arguments& args) {
  const Value& delay = args.values[0];
  const Value result = argument_or(args, 1);
  AnyValue value(result);
  std::unique_ptr<Steppable> steppable;
  if (delay.is_number())
    steppable = loopscope::sleep(to_float(in, delay), std::move(value));
  else
    steppable = bad_sleep(in, delay);
  return in.make<NativeCoroutine>(in, std::move(steppable), "sleep", repr(in, delay));
}

Value current_task(Interpreter& in, Arguments& args) {
  const Value given = argument_or(args, 0);
  if (is_given(given)) hash(in, given);  // a dict knows the tasks by their loops
  EventLoop* loop = is_given(given) ? loop_of(given) : &require_running_loop(in);
  Task* task = loop ? loopscope::current_task(*loop) : nullptr;
  return task ? Value(in.wrap(Ref<Future>(task))) : Value();
}

Value all_tasks(Interpreter& in, Arguments& args) {
  const Value given = argument_or(args, 0);
  EventLoop* loop = is_given(given) ? loop_of(given) : &require_running_loop(in);
  Ref<Set> tasks = make_set(in);
  if (!loop) return tasks;
  for (const Ref<Task>& task : loopscope::all_tasks(*loop)) {
    in.budget().spend_step();
    tasks->add(in, in.wrap(task));
  }
  return tasks;
}

Value get_event_loop_(Interpreter& in, Arguments&) { return in.wrap(get_event_loop(in)); }

Value get_running_loop(Interpreter& in, Arguments&) {
  return in.wrap(require_running_loop(in).shared_from_this());
}

Value new_event_loop(Interpreter& in, Arguments&) {
  Environment& e = in.environment();
  return in.wrap(
      std::make_shared<EventLoop>(e.world, e.tracer, e.budget, e.model, in.loop_options(e.debug_all)));
}

Value set_event_loop(Interpreter& in, Arguments& args) {
  LoopObject* loop = args.values[0].get_if<LoopObject>();
  if (!loop && !args.values[0].is_none())
    type_error(in, "loop must be an instance of AbstractEventLoop or None, not '" +
                       in.type_of(args.values[0]).name() + "'");
  in.thread().current = loop ? loop->shared() : nullptr;
  in.thread().current_was_set = true;
  return {};
}

Value iscoroutine(Interpreter&, Arguments& args) { return Value::boolean(is_coroutine(args.values[0])); }

constexpr BuiltinRow kRows[] = {
    {"run", run, 1, 1, true, "main"},
    {"create_task", create_task, 1, 1, true, "coro"},
    {"gather", gather, 0, kAny, true},
    {"sleep", sleep, 1, 2, false, "delay, result"},
    {"current_task", current_task, 0, 1, false, "loop"},
    {"all_tasks", all_tasks, 0, 1, false, "loop"},
    {"get_event_loop", get_event_loop_, 0, 0},
    {"get_running_loop", get_running_loop, 0, 0},
    {"new_event_loop", new_event_loop, 0, 0},
    {"set_event_loop", set_event_loop, 1, 1, false, "loop"},
    {"iscoroutine", iscoroutine, 1, 1, false, "obj"},
    {"ensure_future", ensure_future, 1, 1, true, "coro_or_future"},
};

// --- time

double now(Interpreter& in) { return in.environment().world.clock.now(); }
Value time_now(Interpreter& in, Arguments&) { return Value::floating(now(in)); }

Value time_sleep(Interpreter& in, Arguments& args) {
  if (!args.values[0].is_number())
    type_error(in, "'" + type_name(in, args.values[0]) + "' object cannot be interpreted as an integer");
  const double seconds = to_float(in, args.values[0]);
  if (seconds != seconds) value_error(in, "Invalid value NaN (not a number)");
  if (seconds < 0) value_error(in, "sleep length must be non-negative");
  in.environment().world.threads.sleep(seconds);
  return {};
}

constexpr BuiltinRow kTime[] = {
    {"sleep", time_sleep, 1, 1},
    {"time", time_now, 0, 0},
    {"monotonic", time_now, 0, 0},
    {"perf_counter", time_now, 0, 0},
};

}  // namespace

std::span<const BuiltinRow> asyncio_functions() { return kRows; }
std::span<const BuiltinRow> time_functions() { return kTime; }

}  // namespace loopscope::scenarios

// asyncio.timeout, timeout_at, TaskGroup and Runner: what `with` and `async with` open.
// values[0] is the object, or the type.
#include "core/task/runner.h"
#include "core/task/task_group.h"
#include "core/task/timeout.h"
#include "scenarios/builtins/arguments.h"
#include "scenarios/builtins/lock_objects.h"
#include "scenarios/builtins/native_coroutines.h"
#include "scenarios/builtins/registry.h"
#include "scenarios/run/generator_task.h"
#include "scenarios/values/numbers.h"
#include "scenarios/values/operators.h"

namespace loopscope::scenarios {
namespace {

/// The exception that a body ended with, from the arguments of __aexit__.
std::exception_ptr body_error(const Arguments& args) {
  Exception* error = args.values[2].get_if<Exception>();
  return error ? std::make_exception_ptr(PyError(Ref<Exception>(error))) : nullptr;
}

EventLoop& require_running_loop(Interpreter& in) {
  EventLoop* loop = in.running_loop();
  if (!loop) runtime_error(in, "no running event loop");
  return *loop;
}

// --- Timeout

class TimeoutObject final : public Object {
 public:
  static constexpr Kind kKind = Kind::timeout;
  TimeoutObject(Type& type, Ref<Timeout> timeout, Value when)
      : Object(Kind::timeout, type), core(std::move(timeout)), when(std::move(when)) {}

  const Ref<Timeout> core;
  Value when;  ///< as the program gave it: 2 is no 2.0

  std::string repr(Runtime& runtime) override {
    if (core->state() != Timeout::State::active || !when.is_integral()) return core->repr();
    return "<Timeout [active] when=" + scenarios::repr(runtime, when) + ">";
  }
};

TimeoutObject& timeout(const Arguments& args) { return *args.values[0].get_if<TimeoutObject>(); }

std::optional<double> deadline(Interpreter& in, const Value& when) {
  if (when.is_none()) return std::nullopt;
  if (!when.is_number())
    type_error(in, "'<=' not supported between instances of '" + type_name(in, when) + "' and 'float'");
  return to_float(in, when);
}

Value make_timeout(Interpreter& in, const Value& when) {
  return in.make<TimeoutObject>(in.type_named("Timeout"), make_ref<Timeout>(deadline(in, when)), when);
}

Value timeout_after(Interpreter& in, Arguments& args) {
  const Value& delay = args.values[0];
  EventLoop& loop = require_running_loop(in);
  if (delay.is_none()) return make_timeout(in, delay);
  return make_timeout(in, binary(in, BinaryOp::add, Value::floating(loop.time()), delay));
}

Value timeout_at(Interpreter& in, Arguments& args) { return make_timeout(in, args.values[0]); }

Coroutine<AnyValue> enter_timeout(Value self) {
  StepContext here = co_await ThisStep{};
  self.get_if<TimeoutObject>()->core->enter(Ref<Task>(&here.task));
  co_return AnyValue(self);
}

Value enter(Interpreter& in, Arguments& args) {
  return coroutine_value(in, {}, enter_timeout(args.values[0]), "Timeout.__aenter__");
}

Coroutine<> exit_timeout(Ref<Timeout> timeout, std::exception_ptr error) {
  timeout->exit(error);
  co_return;
}

Value exit(Interpreter& in, Arguments& args) {
  return coroutine_value(in, {}, exit_timeout(timeout(args).core, body_error(args)), "Timeout.__aexit__");
}

Value when(Interpreter&, Arguments& args) { return timeout(args).when; }
Value expired(Interpreter&, Arguments& args) { return Value::boolean(timeout(args).core->expired()); }

Value reschedule(Interpreter& in, Arguments& args) {
  TimeoutObject& self = timeout(args);
  const std::optional<double> when = deadline(in, args.values[1]);
  if (when && self.core->state() == Timeout::State::active) require_running_loop(in);
  self.core->reschedule(when);
  self.when = args.values[1];
  return {};
}

constexpr BuiltinRow kTimeout[] = {
    {"when", when, 0, 0, false, "", "Timeout"},
    {"expired", expired, 0, 0, false, "", "Timeout"},
    {"reschedule", reschedule, 1, 1, false, "when", "Timeout"},
    {"__aenter__", enter, 0, 0, false, "", "Timeout"},
    {"__aexit__", exit, 3, 3, false, "exc_type, exc_val, exc_tb", "Timeout"},
};

// --- TaskGroup

class TaskGroupObject final : public Object {
 public:
  static constexpr Kind kKind = Kind::task_group;
  explicit TaskGroupObject(Type& type) : Object(Kind::task_group, type) {}

  const Ref<TaskGroup> core = make_ref<TaskGroup>();

  std::string repr(Runtime&) override { return core->repr(); }
};

TaskGroup& group(const Arguments& args) { return *args.values[0].get_if<TaskGroupObject>()->core; }

Value make_group(Interpreter& in, Arguments& args) {
  take_init_arguments(in, args, "TaskGroup", "");
  return in.make<TaskGroupObject>(*args.values[0].get_if<Type>());
}

Value create_task(Interpreter& in, Arguments& args) {
  const Value name = take_keyword(args, "name");
  take_keyword(args, "context");
  no_unexpected_keywords(in, args, "TaskGroup.create_task");
  group(args).check_open();
  if (!is_coroutine(args.values[1]))
    type_error(in, "a coroutine was expected, got " + repr(in, args.values[1]));
  TaskOptions options;
  options.line = in.current_line();
  if (!name.is_missing() && !name.is_none()) options.name = str(in, name);
  return in.wrap(group(args).create_task(stepper_of(in, args.values[1]), std::move(options)));
}

Coroutine<AnyValue> enter_group(Value self) {
  StepContext here = co_await ThisStep{};
  self.get_if<TaskGroupObject>()->core->enter(here);
  co_return AnyValue(self);
}

Value enter_group_(Interpreter& in, Arguments& args) {
  return coroutine_value(in, {}, enter_group(args.values[0]), "TaskGroup.__aenter__");
}

/// __aexit__ has what it raises in a variable: its frame and the error keep each other.
Coroutine<AnyValue> join_group(Interpreter& in, Coroutine<> join) {
  try {
    co_await std::move(join);
  } catch (const ProgramError&) {
    const Ref<Exception> error = exception_from(in, std::current_exception());
    error->keep(make_ref<KeptValue>(Value(error)));
    throw PyError(error);
  }
  co_return AnyValue();
}

Value exit_group(Interpreter& in, Arguments& args) {
  return coroutine_value(in, args.values[0], join_group(in, group(args).join(body_error(args))),
                         "TaskGroup.__aexit__");
}

constexpr BuiltinRow kTaskGroup[] = {
    {"create_task", create_task, 1, 1, true, "coro", "TaskGroup"},
    {"__aenter__", enter_group_, 0, 0, false, "", "TaskGroup"},
    {"__aexit__", exit_group, 3, 3, false, "et, exc, tb", "TaskGroup"},
};

// --- Runner

class RunnerObject final : public Tracked {
 public:
  static constexpr Kind kKind = Kind::runner;
  RunnerObject(Type& type, LoopSetting setting, Runner::LoopFactory factory)
      : Tracked(Kind::runner, type), runner(std::move(setting), std::move(factory)) {}

  Runner runner;

  void clear_references() override { runner.abandon(); }
};

Runner& runner(const Arguments& args) { return args.values[0].get_if<RunnerObject>()->runner; }

Value make_runner(Interpreter& in, Arguments& args) {
  const Value debug = take_keyword(args, "debug"), factory = take_keyword(args, "loop_factory");
  take_init_arguments(in, args, "Runner", "");
  const bool debugging = !debug.is_missing() && truthy(in, debug);
  Environment& e = in.environment();
  Runner::LoopFactory make_loop;
  if (!factory.is_missing() && !factory.is_none())
    make_loop = [&in, factory] {
      const Value made = in.call(factory, {});
      const LoopObject* loop = made.get_if<LoopObject>();
      if (!loop) type_error(in, "loop_factory must return an event loop, not " + type_name(in, made));
      return loop->shared();
    };
  return in.make<RunnerObject>(*args.values[0].get_if<Type>(),
                               LoopSetting{e.world, e.tracer, e.budget, e.model, in.loop_options(debugging)},
                               std::move(make_loop));
}

Value run(Interpreter& in, Arguments& args) {
  take_keyword(args, "context");
  no_unexpected_keywords(in, args, "Runner.run");
  if (!is_coroutine(args.values[1]))
    value_error(in, "a coroutine was expected, got " + repr(in, args.values[1]));
  runner(args).check_can_run();
  in.thread().loop_calls = 5;
  TaskOptions options;
  options.line = in.current_line();
  const Value keep = args.values[0];
  return value_from(runner(args).run(stepper_of(in, args.values[1]), std::move(options)));
}

Value get_loop(Interpreter& in, Arguments& args) { return in.wrap(runner(args).loop().shared_from_this()); }
Value close(Interpreter&, Arguments& args) {
  const Value keep = args.values[0];
  return runner(args).close(), Value();
}
Value enter_runner(Interpreter&, Arguments& args) {
  runner(args).loop();
  return args.values[0];
}

constexpr BuiltinRow kRunner[] = {
    {"run", run, 1, 1, true, "coro", "Runner"},
    {"get_loop", get_loop, 0, 0, false, "", "Runner"},
    {"close", close, 0, 0, false, "", "Runner"},
    {"__enter__", enter_runner, 0, 0, false, "", "Runner"},
    {"__exit__", close, 3, 3, false, "exc_type, exc_val, exc_tb", "Runner"},
};

constexpr FunctionTable kMethods[] = {{"Timeout", kTimeout}, {"TaskGroup", kTaskGroup}, {"Runner", kRunner}};
constexpr BuiltinRow kFunctions[] = {
    {"timeout", timeout_after, 1, 1, false, "delay"},
    {"timeout_at", timeout_at, 1, 1, false, "when"},
};
constexpr TypeRow kTypes[] = {
    {"-", "Timeout", "asyncio.timeouts", "object", nullptr},
    {"asyncio", "TaskGroup", "asyncio.taskgroups", "object", make_group},
    {"asyncio", "Runner", "asyncio.runners", "object", make_runner},
};

}  // namespace

std::span<const FunctionTable> scope_methods() { return kMethods; }
std::span<const BuiltinRow> scope_functions() { return kFunctions; }
std::span<const TypeRow> scope_types() { return kTypes; }

}  // namespace loopscope::scenarios

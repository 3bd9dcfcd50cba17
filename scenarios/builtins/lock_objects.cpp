// asyncio.Lock, Event, Condition, Semaphore, BoundedSemaphore and Barrier. values[0] is the
// object, or the type.
#include "scenarios/builtins/lock_objects.h"

#include "scenarios/builtins/arguments.h"
#include "scenarios/builtins/native_coroutines.h"
#include "scenarios/builtins/registry.h"
#include "scenarios/values/attributes.h"
#include "scenarios/values/operators.h"

namespace loopscope::scenarios {

void take_init_arguments(Interpreter& in, Arguments& args, std::string_view class_name,
                         std::string_view parameters, int least) {
  const BuiltinRow row{"__init__", nullptr, least, 0, false, parameters, class_name};
  prepare_as_python(in, row, 1, args);
  const auto names = static_cast<std::size_t>(std::count(parameters.begin(), parameters.end(), ','));
  args.values.resize(parameters.empty() ? 1 : names + 2, Value::missing());
}

namespace {

template <class Wrapped>
auto& core(const Arguments& args) {
  return *args.values[0].get_if<Wrapped>()->core();
}

Type& made_type(const Arguments& args) { return *args.values[0].get_if<Type>(); }

/// An int that CPython would only ever compare with another.
std::int64_t count_argument(Interpreter& in, const Value& value, const char* compared) {
  if (value.is_integral()) return value.as_int();
  if (value.is_float()) type_error(in, "a float is no count (a limit of scenarios): use an int");
  type_error(in, "'" + std::string(compared) + "' not supported between instances of '" +
                     type_name(in, value) + "' and 'int'");
}

// --- Lock, and what Semaphore and Condition have like it

/// The object of `args` as something that can be acquired.
Lockable& lockable(const Arguments& args) {
  const Value& self = args.values[0];
  if (const LockObject* lock = self.get_if<LockObject>()) return *lock->core();
  if (const SemaphoreObject* semaphore = self.get_if<SemaphoreObject>()) return *semaphore->core();
  return *self.get_if<ConditionObject>()->core()->lock();
}

Value make_lock(Interpreter& in, Arguments& args) {
  take_init_arguments(in, args, "Lock", "");
  return in.make<LockObject>(made_type(args), make_ref<Lock>(in.tracer()));
}

Value locked(Interpreter&, Arguments& args) { return Value::boolean(lockable(args).locked()); }

Value acquire(Interpreter& in, Arguments& args) {
  Lockable& lock = lockable(args);
  const bool semaphore = dynamic_cast<Semaphore*>(&lock) != nullptr;
  return coroutine_value(in, args.values[0], lock.acquire(),
                         semaphore ? "Semaphore.acquire" : "Lock.acquire");
}

Value release(Interpreter&, Arguments& args) { return lockable(args).release(), Value(); }

Coroutine<> enter(Ref<Lockable> lock) { co_await lock->acquire(); }

Value aenter(Interpreter& in, Arguments& args) {
  return coroutine_value(in, args.values[0], enter(Ref<Lockable>(&lockable(args))),
                         "_ContextManagerMixin.__aenter__");
}

Coroutine<> exit(Ref<Lockable> lock) {
  lock->release();
  co_return;
}

Value aexit(Interpreter& in, Arguments& args) {
  return coroutine_value(in, args.values[0], exit(Ref<Lockable>(&lockable(args))),
                         "_ContextManagerMixin.__aexit__");
}

constexpr std::string_view kMixin = "_ContextManagerMixin";

constexpr BuiltinRow kLock[] = {
    {"locked", locked, 0, 0, false, "", "Lock"},
    {"acquire", acquire, 0, 0, false, "", "Lock"},
    {"release", release, 0, 0, false, "", "Lock"},
    {"__aenter__", aenter, 0, 0, false, "", kMixin},
    {"__aexit__", aexit, 3, 3, false, "exc_type, exc, tb", kMixin},
};

// --- Semaphore

Value make_semaphore(Interpreter& in, Arguments& args, bool bounded) {
  take_init_arguments(in, args, bounded ? "BoundedSemaphore" : "Semaphore", "value");
  const std::int64_t value = args.values[1].is_missing() ? 1 : count_argument(in, args.values[1], "<");
  return in.make<SemaphoreObject>(made_type(args), make_ref<Semaphore>(in.tracer(), value, bounded));
}

Value make_semaphore(Interpreter& in, Arguments& args) { return make_semaphore(in, args, false); }
Value make_bounded_semaphore(Interpreter& in, Arguments& args) { return make_semaphore(in, args, true); }

constexpr BuiltinRow kSemaphore[] = {
    {"locked", locked, 0, 0, false, "", "Semaphore"},
    {"acquire", acquire, 0, 0, false, "", "Semaphore"},
    {"release", release, 0, 0, false, "", "Semaphore"},
    {"__aenter__", aenter, 0, 0, false, "", kMixin},
    {"__aexit__", aexit, 3, 3, false, "exc_type, exc, tb", kMixin},
};

// --- Event

Value make_event(Interpreter& in, Arguments& args) {
  take_init_arguments(in, args, "Event", "");
  return in.make<EventObject>(made_type(args), make_ref<Event>(in.tracer()));
}

Value is_set(Interpreter&, Arguments& args) { return Value::boolean(core<EventObject>(args).is_set()); }
Value set(Interpreter&, Arguments& args) { return core<EventObject>(args).set(), Value(); }
Value clear(Interpreter&, Arguments& args) { return core<EventObject>(args).clear(), Value(); }
Value wait_event(Interpreter& in, Arguments& args) {
  return coroutine_value(in, args.values[0], core<EventObject>(args).wait(), "Event.wait");
}

constexpr BuiltinRow kEvent[] = {
    {"is_set", is_set, 0, 0, false, "", "Event"},
    {"set", set, 0, 0, false, "", "Event"},
    {"clear", clear, 0, 0, false, "", "Event"},
    {"wait", wait_event, 0, 0, false, "", "Event"},
};

// --- Condition

Value make_condition(Interpreter& in, Arguments& args) {
  take_init_arguments(in, args, "Condition", "lock");
  const Value lock = argument_or(args, 1);
  Ref<Lockable> stands_on;
  if (const LockObject* object = lock.get_if<LockObject>())
    stands_on = object->core();
  else if (const SemaphoreObject* semaphore = lock.get_if<SemaphoreObject>())
    stands_on = semaphore->core();
  else if (!lock.is_none()) {
    get_attribute(in, lock, "locked");  // as CPython fails; what has it all the same is refused
    type_error(in, "the lock of a Condition must be an asyncio.Lock, not " + type_name(in, lock));
  }
  return in.make<ConditionObject>(made_type(args), make_ref<Condition>(in.tracer(), std::move(stands_on)));
}

Value wait_condition(Interpreter& in, Arguments& args) {
  return coroutine_value(in, args.values[0], core<ConditionObject>(args).wait(), "Condition.wait");
}

Coroutine<AnyValue> wait_until(Interpreter& in, Ref<Condition> condition, Value predicate) {
  for (;;) {
    Value result = in.call(predicate, {});
    if (truthy(in, result)) co_return AnyValue(std::move(result));
    co_await condition->wait();
  }
}

Value wait_for_condition(Interpreter& in, Arguments& args) {
  const Ref<Condition> condition(&core<ConditionObject>(args));
  return coroutine_value(in, args.values[0], wait_until(in, condition, args.values[1]), "Condition.wait_for",
                         short_repr(in, args.values[1], 40));
}

Value notify(Interpreter& in, Arguments& args) {
  const Value count = argument_or(args, 1, Value::integer(1));
  Condition& condition = core<ConditionObject>(args);
  if (!condition.locked()) condition.notify();  // which says so
  condition.notify(count_argument(in, count, ">="));
  return {};
}

Value notify_all(Interpreter&, Arguments& args) { return core<ConditionObject>(args).notify_all(), Value(); }

constexpr BuiltinRow kCondition[] = {
    {"locked", locked, 0, 0, false, "", "Lock"},
    {"acquire", acquire, 0, 0, false, "", "Lock"},
    {"release", release, 0, 0, false, "", "Lock"},
    {"wait", wait_condition, 0, 0, false, "", "Condition"},
    {"wait_for", wait_for_condition, 1, 1, false, "predicate", "Condition"},
    {"notify", notify, 0, 1, false, "n", "Condition"},
    {"notify_all", notify_all, 0, 0, false, "", "Condition"},
    {"__aenter__", aenter, 0, 0, false, "", kMixin},
    {"__aexit__", aexit, 3, 3, false, "exc_type, exc, tb", kMixin},
};

// --- Barrier

Value make_barrier(Interpreter& in, Arguments& args) {
  take_init_arguments(in, args, "Barrier", "parties", 1);
  const std::int64_t parties = count_argument(in, args.values[1], "<");
  return in.make<BarrierObject>(made_type(args), make_ref<Barrier>(in.tracer(), parties));
}

Value wait_barrier(Interpreter& in, Arguments& args) {
  return coroutine_value(in, args.values[0], core<BarrierObject>(args).wait(), "Barrier.wait");
}
Value reset(Interpreter& in, Arguments& args) {
  return coroutine_value(in, args.values[0], core<BarrierObject>(args).reset(), "Barrier.reset");
}
Value abort(Interpreter& in, Arguments& args) {
  return coroutine_value(in, args.values[0], core<BarrierObject>(args).abort(), "Barrier.abort");
}
Value enter_barrier(Interpreter& in, Arguments& args) {
  return coroutine_value(in, args.values[0], core<BarrierObject>(args).wait(), "Barrier.__aenter__");
}
Coroutine<> nothing() { co_return; }
Value exit_barrier(Interpreter& in, Arguments& args) {
  return coroutine_value(in, args.values[0], nothing(), "Barrier.__aexit__");
}

constexpr BuiltinRow kBarrier[] = {
    {"wait", wait_barrier, 0, 0, false, "", "Barrier"},
    {"reset", reset, 0, 0, false, "", "Barrier"},
    {"abort", abort, 0, 0, false, "", "Barrier"},
    {"__aenter__", enter_barrier, 0, 0, false, "", "Barrier"},
    {"__aexit__", exit_barrier, 0, kAny, false, "", "Barrier"},
};

Value parties(Interpreter&, Arguments& args) { return Value::integer(core<BarrierObject>(args).parties()); }
Value n_waiting(Interpreter&, Arguments& args) {
  return Value::integer(core<BarrierObject>(args).n_waiting());
}
Value broken(Interpreter&, Arguments& args) { return Value::boolean(core<BarrierObject>(args).broken()); }

constexpr BuiltinRow kBarrierProperties[] = {
    {"parties", parties}, {"n_waiting", n_waiting}, {"broken", broken}};

constexpr FunctionTable kMethods[] = {{"Lock", kLock},
                                      {"Semaphore", kSemaphore},
                                      {"Event", kEvent},
                                      {"Condition", kCondition},
                                      {"Barrier", kBarrier}};
constexpr PropertyTable kProperties[] = {{"Barrier", kBarrierProperties}};
constexpr TypeRow kTypes[] = {
    {"asyncio", "Lock", "asyncio.locks", "object", make_lock},
    {"asyncio", "Event", "asyncio.locks", "object", make_event},
    {"asyncio", "Condition", "asyncio.locks", "object", make_condition},
    {"asyncio", "Semaphore", "asyncio.locks", "object", make_semaphore},
    {"asyncio", "BoundedSemaphore", "asyncio.locks", "Semaphore", make_bounded_semaphore},
    {"asyncio", "Barrier", "asyncio.locks", "object", make_barrier},
};

}  // namespace

std::span<const FunctionTable> lock_methods() { return kMethods; }
std::span<const PropertyTable> lock_properties() { return kProperties; }
std::span<const TypeRow> lock_types() { return kTypes; }

}  // namespace loopscope::scenarios

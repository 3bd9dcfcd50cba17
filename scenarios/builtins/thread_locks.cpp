// threading.Lock and Event, queue.Queue. values[0] is the object, or the type.
#include "scenarios/builtins/arguments.h"
#include "scenarios/builtins/registry.h"
#include "scenarios/builtins/thread_objects.h"
#include "scenarios/values/callables.h"
#include "scenarios/values/operators.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {

ThreadLockObject::ThreadLockObject(Interpreter& interpreter)
    : Object(Kind::thread_lock, interpreter.type_named("threading.Lock")),
      lock(interpreter.environment().world) {}

std::string ThreadLockObject::repr(Runtime&) {
  return std::string("<") + (lock.locked() ? "locked" : "unlocked") + " _thread.lock object at " +
         address(*this) + ">";
}

ThreadEventObject::ThreadEventObject(Interpreter& interpreter)
    : Object(Kind::thread_event, interpreter.type_named("threading.Event")),
      event(make_ref<threading::Event>(interpreter.environment().world)) {}

std::string ThreadEventObject::repr(Runtime&) {
  return "<threading.Event at " + address(*this) + ": " + (event->is_set() ? "set" : "unset") + ">";
}

ThreadQueueObject::ThreadQueueObject(Interpreter& interpreter, std::int64_t maxsize)
    : Tracked(Kind::thread_queue, interpreter.type_named("queue.Queue")),
      queue(make_ref<threading::Queue>(interpreter.environment().world, maxsize)),
      world_(interpreter.environment().world) {}

std::string ThreadQueueObject::repr(Runtime&) { return "<queue.Queue object at " + address(*this) + ">"; }

Value ThreadQueueObject::own_attribute(Runtime&, std::string_view name) {
  return name == "maxsize" ? Value::integer(queue->maxsize()) : Value::missing();
}

namespace {

// --- Lock

threading::Lock& lock(const Arguments& args) { return args.values[0].get_if<ThreadLockObject>()->lock; }

Value make_lock(Interpreter& in, Arguments& args) {
  takes_no_keywords(in, args, "_thread.allocate_lock");
  if (const std::size_t given = args.values.size() - 1; given > 0)
    type_error(in, "_thread.allocate_lock() takes no arguments (" + std::to_string(given) + " given)");
  return in.make<ThreadLockObject>(in);
}

Value acquire(Interpreter& in, Arguments& args) {
  const Value blocking = take(args, 1, "blocking"), given = take(args, 2, "timeout");
  no_more_keywords(in, args, "acquire");
  const bool block = blocking.is_missing() || truthy(in, blocking);
  std::optional<double> timeout = timeout_argument(in, given);
  if (timeout && *timeout == -1) timeout.reset();
  if (timeout && !block) value_error(in, "can't specify a timeout for a non-blocking call");
  if (timeout && *timeout < 0) value_error(in, "timeout value must be a non-negative number");
  return Value::boolean(lock(args).acquire(block, timeout));
}

Value release(Interpreter&, Arguments& args) { return lock(args).release(), Value(); }
Value locked(Interpreter&, Arguments& args) { return Value::boolean(lock(args).locked()); }
Value enter(Interpreter&, Arguments& args) { return Value::boolean(lock(args).acquire()); }

constexpr BuiltinRow kLock[] = {
    {"acquire", acquire, 0, 2, true}, {"release", release, 0, 0},     {"locked", locked, 0, 0},
    {"__enter__", enter, 0, 0},       {"__exit__", release, 0, kAny},
};

// --- Event

threading::Event& event(const Arguments& args) { return *args.values[0].get_if<ThreadEventObject>()->event; }

Value make_event(Interpreter& in, Arguments& args) {
  if (args.values.size() > 1 || !args.keywords.empty())
    type_error(in, "Event.__init__() takes 1 positional argument but " + std::to_string(args.values.size()) +
                       " were given");
  return in.make<ThreadEventObject>(in);
}

Value set(Interpreter&, Arguments& args) { return event(args).set(), Value(); }
Value clear(Interpreter&, Arguments& args) { return event(args).clear(), Value(); }
Value is_set(Interpreter&, Arguments& args) { return Value::boolean(event(args).is_set()); }
Value wait(Interpreter& in, Arguments& args) {
  return Value::boolean(event(args).wait(timeout_argument(in, argument_or(args, 1))));
}

constexpr BuiltinRow kEvent[] = {
    {"set", set, 0, 0, false, "", "Event"},
    {"clear", clear, 0, 0, false, "", "Event"},
    {"is_set", is_set, 0, 0, false, "", "Event"},
    {"wait", wait, 0, 1, false, "timeout", "Event"},
};

// --- Queue

threading::Queue& queue(const Arguments& args) { return *args.values[0].get_if<ThreadQueueObject>()->queue; }

Value make_queue(Interpreter& in, Arguments& args) {
  const Value maxsize = take(args, 1, "maxsize");
  no_unexpected_keywords(in, args, "Queue.__init__");
  return in.make<ThreadQueueObject>(in, maxsize.is_missing() ? 0 : integer_argument(in, maxsize));
}

bool blocks(Interpreter& in, const Value& block) { return block.is_missing() || truthy(in, block); }

Value put(Interpreter& in, Arguments& args) {
  const Value block = argument_or(args, 2, Value::boolean(true)), timeout = argument_or(args, 3);
  queue(args).put(AnyValue(args.values[1]), blocks(in, block), timeout_argument(in, timeout));
  return {};
}

Value get(Interpreter& in, Arguments& args) {
  const Value block = argument_or(args, 1, Value::boolean(true)), timeout = argument_or(args, 2);
  return value_from(queue(args).get(blocks(in, block), timeout_argument(in, timeout)));
}

Value put_nowait(Interpreter&, Arguments& args) {
  return queue(args).put(AnyValue(args.values[1]), false), Value();
}
Value get_nowait(Interpreter&, Arguments& args) { return value_from(queue(args).get(false)); }
Value task_done(Interpreter&, Arguments& args) { return queue(args).task_done(), Value(); }
Value join(Interpreter&, Arguments& args) { return queue(args).join(), Value(); }
Value qsize(Interpreter&, Arguments& args) { return Value::integer(queue(args).qsize()); }
Value empty(Interpreter&, Arguments& args) { return Value::boolean(queue(args).empty()); }
Value full(Interpreter&, Arguments& args) { return Value::boolean(queue(args).full()); }

constexpr BuiltinRow kQueue[] = {
    {"put", put, 1, 3, false, "item, block, timeout", "Queue"},
    {"get", get, 0, 2, false, "block, timeout", "Queue"},
    {"put_nowait", put_nowait, 1, 1, false, "item", "Queue"},
    {"get_nowait", get_nowait, 0, 0, false, "", "Queue"},
    {"task_done", task_done, 0, 0, false, "", "Queue"},
    {"join", join, 0, 0, false, "", "Queue"},
    {"qsize", qsize, 0, 0, false, "", "Queue"},
    {"empty", empty, 0, 0, false, "", "Queue"},
    {"full", full, 0, 0, false, "", "Queue"},
};

constexpr TypeRow kTypes[] = {
    {"threading", "Lock", "_thread", "object", make_lock, "threading.Lock", "lock"},
    {"threading", "Event", "threading", "object", make_event, "threading.Event"},
    {"queue", "Queue", "queue", "object", make_queue, "queue.Queue"},
    {"-", "Empty", "_queue", "Exception", nullptr},
    {"-", "Full", "queue", "Exception", nullptr},
};
constexpr FunctionTable kMethodTables[] = {
    {"threading.Lock", kLock}, {"threading.Event", kEvent}, {"queue.Queue", kQueue}};

}  // namespace

std::span<const FunctionTable> thread_lock_methods() { return kMethodTables; }
std::span<const TypeRow> thread_lock_types() { return kTypes; }

}  // namespace loopscope::scenarios

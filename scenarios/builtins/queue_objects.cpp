// asyncio.Queue, LifoQueue and PriorityQueue. values[0] is the object, or the type.
#include <cmath>

#include "scenarios/builtins/arguments.h"
#include "scenarios/builtins/lock_objects.h"
#include "scenarios/builtins/native_coroutines.h"
#include "scenarios/builtins/registry.h"
#include "scenarios/values/operators.h"
#include "scenarios/values/sequences.h"

namespace loopscope::scenarios {

QueueObject::QueueObject(Type& type, Ref<Queue> core, Value maxsize)
    : AttributedObject(Kind::queue, type), core_(std::move(core)), maxsize_(std::move(maxsize)) {
  core_->show_as([this] { return repr(runtime()); });
}

std::string QueueObject::format(Runtime& runtime) {
  std::string text = "maxsize=" + scenarios::repr(runtime, maxsize_);
  if (core_->empty()) return text + core_->state();
  const Runtime::Nested nested(runtime, " while getting the repr of an object");
  std::vector<Value> items;
  for (const AnyValue& item : core_->items()) {
    runtime.budget().spend_step();
    items.push_back(value_from(item));
  }
  return text + " _queue=" + scenarios::repr(runtime, make_list(runtime, std::move(items))) + core_->state();
}

std::string QueueObject::repr(Runtime& runtime) {
  return "<" + type().name() + " at " + address(*this) + " " + format(runtime) + ">";
}

std::string QueueObject::str(Runtime& runtime) { return "<" + type().name() + " " + format(runtime) + ">"; }

std::string QueueObject::brief(Runtime&) {
  return "<" + type().name() + " of " + std::to_string(core_->qsize()) + ">";
}

namespace {

Queue& queue(const Arguments& args) { return *args.values[0].get_if<QueueObject>()->core(); }

/// CPython compares `_maxsize` with the size: 2.5 holds three items. None for what is no number.
std::int64_t bound_of(const Value& maxsize) {
  if (maxsize.is_integral()) return maxsize.as_int();
  if (!maxsize.is_float()) return 0;
  const double bound = std::ceil(maxsize.as_float());
  return bound > 0 && bound < 1e18 ? static_cast<std::int64_t>(bound) : 0;
}

Value make_queue(Interpreter& in, Arguments& args, Queue::Order order) {
  take_init_arguments(in, args, "Queue", "maxsize");
  const Value maxsize = argument_or(args, 1, Value::integer(0));
  const Queue::Less less = [&in](const AnyValue& a, const AnyValue& b) {
    return scenarios::less(in, value_from(a), value_from(b));
  };
  return in.make<QueueObject>(*args.values[0].get_if<Type>(),
                              make_ref<Queue>(in.tracer(), bound_of(maxsize), order, less), maxsize);
}

Value make_fifo(Interpreter& in, Arguments& args) { return make_queue(in, args, Queue::Order::fifo); }
Value make_lifo(Interpreter& in, Arguments& args) { return make_queue(in, args, Queue::Order::lifo); }
Value make_priority(Interpreter& in, Arguments& args) { return make_queue(in, args, Queue::Order::priority); }

/// A queue takes any maxsize, and asks at each put whether it is full.
void check_bound(Interpreter& in, const Value& self) {
  const Value& maxsize = self.get_if<QueueObject>()->maxsize();
  if (!maxsize.is_number())
    type_error(in, "'<=' not supported between instances of '" + type_name(in, maxsize) + "' and 'int'");
}

Coroutine<> put_counted(Interpreter& in, Value self, Value item) {
  check_bound(in, self);
  QueueObject& object = *self.get_if<QueueObject>();
  co_await object.core()->put(AnyValue(item));
  object.count_items();
}

Value put(Interpreter& in, Arguments& args) {
  return coroutine_value(in, {}, put_counted(in, args.values[0], args.values[1]), "Queue.put",
                         short_repr(in, args.values[1], 40));
}
Value get(Interpreter& in, Arguments& args) {
  return coroutine_value(in, args.values[0], queue(args).get(), "Queue.get");
}
Value join(Interpreter& in, Arguments& args) {
  return coroutine_value(in, args.values[0], queue(args).join(), "Queue.join");
}
Value put_nowait(Interpreter& in, Arguments& args) {
  check_bound(in, args.values[0]);
  args.values[0].get_if<QueueObject>()->count_items(1);
  return queue(args).put_nowait(AnyValue(args.values[1])), Value();
}
Value get_nowait(Interpreter&, Arguments& args) {
  Value item = value_from(queue(args).get_nowait());
  args.values[0].get_if<QueueObject>()->count_items();
  return item;
}
Value task_done(Interpreter&, Arguments& args) { return queue(args).task_done(), Value(); }
Value qsize(Interpreter&, Arguments& args) {
  return Value::integer(static_cast<std::int64_t>(queue(args).qsize()));
}
Value empty(Interpreter&, Arguments& args) { return Value::boolean(queue(args).empty()); }
Value full(Interpreter& in, Arguments& args) {
  check_bound(in, args.values[0]);
  return Value::boolean(queue(args).full());
}
Value maxsize(Interpreter&, Arguments& args) { return args.values[0].get_if<QueueObject>()->maxsize(); }

constexpr BuiltinRow kQueue[] = {
    {"put", put, 1, 1, false, "item", "Queue"},
    {"get", get, 0, 0, false, "", "Queue"},
    {"join", join, 0, 0, false, "", "Queue"},
    {"put_nowait", put_nowait, 1, 1, false, "item", "Queue"},
    {"get_nowait", get_nowait, 0, 0, false, "", "Queue"},
    {"task_done", task_done, 0, 0, false, "", "Queue"},
    {"qsize", qsize, 0, 0, false, "", "Queue"},
    {"empty", empty, 0, 0, false, "", "Queue"},
    {"full", full, 0, 0, false, "", "Queue"},
};
constexpr BuiltinRow kQueueProperties[] = {{"maxsize", maxsize}};

constexpr FunctionTable kMethods[] = {{"Queue", kQueue}};
constexpr PropertyTable kProperties[] = {{"Queue", kQueueProperties}};
constexpr TypeRow kTypes[] = {
    {"asyncio", "Queue", "asyncio.queues", "object", make_fifo},
    {"asyncio", "LifoQueue", "asyncio.queues", "Queue", make_lifo},
    {"asyncio", "PriorityQueue", "asyncio.queues", "Queue", make_priority},
};

}  // namespace

std::span<const FunctionTable> queue_methods() { return kMethods; }
std::span<const PropertyTable> queue_properties() { return kProperties; }
std::span<const TypeRow> queue_types() { return kTypes; }

}  // namespace loopscope::scenarios

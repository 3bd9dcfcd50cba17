#include "scenarios/builtins/asyncio_objects.h"

#include "core/task/helpers.h"
#include "scenarios/run/coroutine.h"
#include "scenarios/run/frame.h"
#include "scenarios/run/function.h"
#include "scenarios/values/callables.h"
#include "scenarios/values/operators.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {

FutureObject::FutureObject(Interpreter& interpreter, Type& type, Ref<Future> future)
    : Tracked(Kind::future, type), interpreter_(interpreter), future_(std::move(future)) {
  holds(300);  // the core's future
  if (future_->loop_is_alive()) loop_ = future_->loop().shared_from_this();
  const Task* task = future_->as_task();
  const auto* stepper = task ? dynamic_cast<const CoroutineStepper*>(task->steppable()) : nullptr;
  if (stepper) coroutine_ = stepper->coroutine();
}

FutureObject::~FutureObject() {
  if (future_) interpreter_.forget(future_.get());
}

void FutureObject::clear_references() {
  if (future_) interpreter_.forget(future_.get());
  const Ref<Future> gone = std::exchange(future_, nullptr);
  const Value coroutine_gone = std::exchange(coroutine_, Value());
  // What the loop has queued may hold this object.
  if (const std::shared_ptr<EventLoop> loop = std::exchange(loop_, nullptr)) loop->abandon();
}

namespace {

/// coro=<main() running at <listing>:5>
std::string coroutine_text(const Task& task, const Value& coroutine) {
  const CoroutineObject* object = coroutine.get_if<CoroutineObject>();
  const ScriptCoroutine* script = object ? const_cast<CoroutineObject*>(object)->script() : nullptr;
  const std::string text = "coro=<" + task.coroutine_name() + "() ";
  if (!script) return text + (task.done() ? "done>" : "running>");
  if (task.done())
    return text + "done, defined at <listing>:" + std::to_string(script->frame().code.first_line) + ">";
  return text + "running at <listing>:" + std::to_string(script->frame().line) + ">";
}

}  // namespace

std::string FutureObject::repr(Runtime& runtime) {
  // A result can lead back here. A step each, because tasks can show each other in very many ways.
  if (!runtime.enter_repr(this)) return "...";
  struct Leave {
    Runtime& runtime;
    ~Leave() { runtime.leave_repr(); }
  } leave{runtime};
  runtime.budget().spend_step();
  if (!future_->done() || future_->cancelled()) return text("");
  if (const std::exception_ptr error = future_->stored_error())
    return text(" exception=" + exception_from(runtime, error)->repr(runtime));
  return text(" result=" + limited_repr(runtime, value_from(future_->result())));
}

std::string FutureObject::brief(Runtime&) { return text(""); }

std::string FutureObject::text(const std::string& outcome) {
  const Future& future = *future_;
  const std::string state = future.cancelled() ? "cancelled" : future.done() ? "finished" : "pending";
  const Task* task = this->task();
  if (!task) return "<" + type().name() + " " + state + outcome + ">";
  const bool cancelling = !future.done() && task->cancelling() > 0;
  std::string text = std::string("<Task ") + (cancelling ? "cancelling" : state) +
                     " name=" + quote(task->name()) + " " + coroutine_text(*task, coroutine_);
  if (!future.done() && task->waiter())
    text += std::string(" wait_for=<") + (task->waiter()->as_task() ? "Task" : "Future") +
            (task->waiter()->done() ? " finished" : " pending") + ">";
  return text + outcome + ">";
}

HandleObject::HandleObject(Interpreter& interpreter, Ref<Handle> handle)
    : Object(Kind::handle, interpreter.type_named(handle->when() ? "TimerHandle" : "Handle")),
      interpreter_(interpreter),
      handle_(std::move(handle)) {}

std::string HandleObject::repr(Runtime& runtime) {
  std::string text = "<" + type().name();
  if (handle_->cancelled()) text += " cancelled";
  if (handle_->when()) text += " when=" + scenarios::repr(runtime, Value::floating(*handle_->when()));
  if (!handle_->cancelled()) text += " " + std::string(interpreter_.tracer().label_text(handle_->label()));
  return text + ">";
}

LoopObject::LoopObject(Interpreter& interpreter, std::shared_ptr<EventLoop> loop)
    : Tracked(Kind::loop, interpreter.type_named("_UnixSelectorEventLoop")),
      interpreter_(interpreter),
      loop_(std::move(loop)) {}

LoopObject::~LoopObject() {
  if (loop_) interpreter_.forget(loop_.get());
}

std::string LoopObject::repr(Runtime&) {
  const auto shown = [](bool value) { return value ? "True" : "False"; };
  return std::string("<_UnixSelectorEventLoop running=") + shown(loop_->is_running()) +
         " closed=" + shown(loop_->is_closed()) + " debug=" + shown(loop_->debug()) + ">";
}

void LoopObject::clear_references() {
  if (!loop_) return;
  interpreter_.forget(loop_.get());
  loop_->abandon();
  loop_.reset();
}

Ref<FutureObject> Interpreter::wrap(const Ref<Future>& future) {
  if (const auto found = futures_.find(future.get()); found != futures_.end())
    return Ref<FutureObject>(found->second);
  const bool gathering = future->waits_on().kind == WaitKind::gather;
  const char* type = future->as_task() ? "Task" : gathering ? "_GatheringFuture" : "Future";
  Ref<FutureObject> object = make<FutureObject>(*this, type_named(type), future);
  futures_.emplace(future.get(), object.get());
  return object;
}

Ref<LoopObject> Interpreter::wrap(std::shared_ptr<EventLoop> loop) {
  if (const auto found = loops_.find(loop.get()); found != loops_.end())
    return Ref<LoopObject>(found->second);
  const EventLoop* key = loop.get();
  Ref<LoopObject> object = make<LoopObject>(*this, std::move(loop));
  loops_.emplace(key, object.get());
  return object;
}

// --- callbacks

Callback make_callback(Interpreter& interpreter, Value callable, std::vector<Value> arguments) {
  constexpr std::int64_t kHandleBytes = 400;
  auto charge = std::make_shared<MemoryCharge>(interpreter, kHandleBytes);
  return [&interpreter, callable = std::move(callable), arguments = std::move(arguments),
          charge = std::move(charge)] {
    const Interpreter::CalledByLoop called(interpreter);
    interpreter.call(callable, Arguments{arguments, {}});
  };
}

std::string callback_label(Interpreter& interpreter, const Value& callable,
                           const std::vector<Value>& arguments) {
  constexpr std::size_t kLongest = 40;
  std::string name = callable_name(interpreter, callable);
  // The last part is what people know the function by: main.<locals>.tick is tick.
  if (const std::size_t dot = name.rfind("<locals>."); dot != std::string::npos) name = name.substr(dot + 9);
  std::vector<Value> all;
  if (const Partial* partial = callable.get_if<Partial>()) all = partial->arguments.values;
  all.insert(all.end(), arguments.begin(), arguments.end());
  std::string shown;
  for (std::size_t i = 0; i < all.size() && shown.size() <= 4 * kLongest; ++i)
    shown += (i > 0 ? ", " : "") + short_repr(interpreter, all[i], kLongest);
  return interpreter.bounded_label(name, "(" + shortened(std::move(shown), kLongest) + ")");
}

/// A program's done-callback, known to the interpreter while the core keeps it.
class DoneCallbacks {
 public:
  struct Entry {
    Future* future;
    Value callback;
    Future::CallbackId id = 0;
    Interpreter* interpreter;
    ~Entry() { interpreter->done_callbacks_.erase(this); }
  };

  static Future::CallbackId add(Interpreter& in, Future& future, const Value& callback) {
    auto entry = std::shared_ptr<Entry>(new Entry{&future, callback, 0, &in});
    in.done_callbacks_.insert(entry.get());
    const auto run = [entry](Future& done) {
      Interpreter& in = *entry->interpreter;
      const Interpreter::CalledByLoop called(in);
      in.call(entry->callback, {Value(in.wrap(Ref<Future>(&done)))});
    };
    // Once the core has its copy, this entry lives as long as that.
    return entry->id = future.add_done_callback({run, callback_label(in, callback, {}), {}});
  }

  static std::int64_t remove(Interpreter& in, Future& future, const Value& callback) {
    std::vector<Future::CallbackId> ids;
    for (const void* known : in.done_callbacks_) {
      const Entry& entry = *static_cast<const Entry*>(known);
      if (entry.future == &future && same_or_equal(in, entry.callback, callback)) ids.push_back(entry.id);
    }
    std::int64_t removed = 0;
    for (const Future::CallbackId id : ids) removed += future.remove_done_callback(id) ? 1 : 0;
    return removed;
  }
};

Future::CallbackId add_done_callback(Interpreter& interpreter, Future& future, const Value& callback) {
  return DoneCallbacks::add(interpreter, future, callback);
}

std::int64_t remove_done_callbacks(Interpreter& interpreter, Future& future, const Value& callback) {
  return DoneCallbacks::remove(interpreter, future, callback);
}

// --- tasks

namespace {

/// A coroutine that is one of the core's already: the task still finds its object.
std::unique_ptr<Steppable> wrapped(Interpreter& interpreter, Ref<CoroutineObject> coroutine) {
  return std::make_unique<CoroutineStepper>(interpreter, std::move(coroutine));
}

}  // namespace

std::unique_ptr<Steppable> stepper_of(Interpreter& interpreter, const Value& coroutine) {
  return wrapped(interpreter, Ref<CoroutineObject>(coroutine.get_if<CoroutineObject>()));
}

Ref<Task> start_task(Interpreter& interpreter, EventLoop& loop, const Value& coroutine, TaskOptions options) {
  options.line = interpreter.current_line();
  return create_task(loop, stepper_of(interpreter, coroutine), std::move(options));
}

Ref<Future> ensure_future(Interpreter& interpreter, EventLoop& loop, const Value& value) {
  if (FutureObject* future = value.get_if<FutureObject>()) return Ref<Future>(&future->future());
  if (value.get_if<CoroutineObject>()) return start_task(interpreter, loop, value, {});
  type_error(interpreter, "An asyncio.Future, a coroutine or an awaitable is required");
}

std::shared_ptr<EventLoop> get_event_loop(Interpreter& interpreter) {
  ThreadSlots& thread = interpreter.thread();
  if (thread.running) return thread.running->shared_from_this();
  if (thread.current) return thread.current;
  if (thread.current_was_set || thread.id != kMainThread)  // S72
    runtime_error(interpreter, "There is no current event loop in thread '" + thread.name + "'.");
  Environment& environment = interpreter.environment();
  thread.current = std::make_shared<EventLoop>(environment.world, environment.tracer, environment.budget,
                                               environment.model, interpreter.loop_options(false));
  thread.current_was_set = true;
  return thread.current;
}

}  // namespace loopscope::scenarios

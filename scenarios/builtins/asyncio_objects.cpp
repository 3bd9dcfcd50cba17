#include "scenarios/builtins/asyncio_objects.h"

#include <algorithm>

#include "core/task/future_registry.h"
#include "core/task/helpers.h"
#include "scenarios/run/coroutine_stepper.h"
#include "scenarios/run/frame.h"
#include "scenarios/run/function.h"
#include "scenarios/run/generator_task.h"
#include "scenarios/run/traceback.h"
#include "scenarios/values/attributes.h"
#include "scenarios/values/callables.h"
#include "scenarios/values/numbers.h"
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
  if (!stepper) return;
  const auto* generator = dynamic_cast<const GeneratorCoroutine*>(stepper->coroutine().get());
  coroutine_ = generator ? Value(generator->generator()) : Value(stepper->coroutine());
  attributes_ = stepper->attributes;
}

FutureObject::~FutureObject() {
  if (!future_) return;
  interpreter_.forget(future_.get());
  if (!loop_ || interpreter_.closing()) return;
  // What the future says when it goes was caused here (S78).
  loop_->set_position(interpreter_.traced_task(), interpreter_.current_line());
  future_ = nullptr;
  loop_->set_position({}, 0);
}

Value FutureObject::own_attribute(Runtime&, std::string_view name) {
  return attributes_ ? attributes_->find(name) : Value::missing();
}

bool FutureObject::set_attribute(Runtime&, std::string_view name, const Value& value) {
  if (!can_set_attribute(type(), name)) return false;
  if (!attributes_) attributes_ = std::make_shared<AttributeMap>();
  const Task* task = future_->as_task();
  // This object may go before the task does, and another take its place.
  if (const auto* stepper = task ? dynamic_cast<const CoroutineStepper*>(task->steppable()) : nullptr)
    stepper->attributes = attributes_;
  attributes_->set(name, value);
  return true;
}

bool FutureObject::delete_attribute(Runtime&, std::string_view name) {
  return attributes_ && attributes_->erase(name);
}

void FutureObject::clear_references() {
  if (attributes_) attributes_->clear();
  if (future_) interpreter_.forget(future_.get());
  const Ref<Future> gone = std::exchange(future_, nullptr);
  const Value coroutine_gone = std::exchange(coroutine_, Value());
  // What the loop has queued may hold this object.
  if (const std::shared_ptr<EventLoop> loop = std::exchange(loop_, nullptr)) loop->abandon();
}

std::string FutureObject::repr(Runtime& runtime) {
  // A result can lead back here. A step each, because tasks can show each other in very many ways.
  if (!runtime.enter_repr(this)) return "...";
  struct Leave {
    Runtime& runtime;
    ~Leave() { runtime.leave_repr(); }
  } leave{runtime};
  runtime.budget().spend_step();
  if (!future_->done() || future_->cancelled()) return future_->repr_with("");
  if (const std::exception_ptr error = future_->stored_error())
    return future_->repr_with(" exception=" + exception_from(runtime, error)->repr(runtime));
  return future_->repr_with(" result=" + limited_repr(runtime, value_from(future_->stored_value())));
}

/// Neither callbacks nor what it waits for: these can be much.
std::string FutureObject::brief(Runtime&) { return future_->brief(); }

Value FutureObject::iterate(Runtime&) { return future_iterator(interpreter_, Value(this)); }

HandleObject::HandleObject(Interpreter& interpreter, Ref<Handle> handle)
    : Object(Kind::handle, interpreter.type_named(handle->when() ? "TimerHandle" : "Handle")),
      interpreter_(interpreter),
      handle_(std::move(handle)) {}

std::string HandleObject::repr(Runtime&) { return handle_->repr(); }

bool HandleObject::equals(Runtime&, const Value& other) {
  const HandleObject* that = other.get_if<HandleObject>();
  if (that == this || !that || !handle_->when() || !that->handle_->when()) return that == this;
  if (handle_->when() != that->handle_->when() || handle_->cancelled() != that->handle_->cancelled())
    return false;
  const auto* mine = dynamic_cast<const ScriptCallback*>(handle_->source().get());
  const auto* theirs = dynamic_cast<const ScriptCallback*>(that->handle_->source().get());
  return mine && theirs ? mine->equals(*theirs) : mine == theirs;
}

std::uint64_t HandleObject::hash(Runtime& runtime) {
  return handle_->when() ? scenarios::hash(runtime, Value::floating(*handle_->when()))
                         : Object::hash(runtime);
}

std::optional<bool> HandleObject::compares(Runtime& runtime, CompareOp op, const Value& other) {
  const HandleObject* that = other.get_if<HandleObject>();
  if (!that || !handle_->when() || !that->handle_->when()) return std::nullopt;
  const double mine = *handle_->when(), theirs = *that->handle_->when();
  const bool before = op == CompareOp::lt || op == CompareOp::le;
  if (before ? mine < theirs : mine > theirs) return true;
  return (op == CompareOp::le || op == CompareOp::ge) && equals(runtime, other);
}

LoopObject::LoopObject(Interpreter& interpreter, std::shared_ptr<EventLoop> loop)
    : Tracked(Kind::loop, interpreter.type_named("_UnixSelectorEventLoop")),
      interpreter_(interpreter),
      loop_(std::move(loop)) {}

LoopObject::~LoopObject() {
  if (!loop_) return;
  interpreter_.forget(loop_.get());
  // An open loop is part of a circle, through its self-pipe's handle, and goes at the end; so
  // does one that futures in circles have.
  if (interpreter_.closing()) return;
  if (!loop_->is_closed() || !FutureRegistry::of(*loop_).empty()) interpreter_.keep_open(std::move(loop_));
}

std::string LoopObject::repr(Runtime&) {
  const auto shown = [](bool value) { return value ? "True" : "False"; };
  return std::string("<_UnixSelectorEventLoop running=") + shown(loop_->is_running()) +
         " closed=" + shown(loop_->is_closed()) + " debug=" + shown(loop_->debug()) + ">";
}

Value LoopObject::own_attribute(Runtime&, std::string_view name) {
  if (name != "slow_callback_duration") return Value::missing();
  return slow_callback_.is_missing() ? Value::floating(loop_->slow_callback_duration()) : slow_callback_;
}

bool LoopObject::set_attribute(Runtime& runtime, std::string_view name, const Value& value) {
  if (name != "slow_callback_duration" || !value.is_number()) return false;
  slow_callback_ = value;
  loop_->set_slow_callback_duration(to_float(runtime, value));
  return true;
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
  Ref<FutureObject> object = make<FutureObject>(*this, type_named(future->class_name()), future);
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

namespace {

constexpr std::int64_t kHandleBytes = 400;

}  // namespace

ScriptCallback::ScriptCallback(Interpreter& interpreter, Value callable, std::vector<Value> arguments)
    : interpreter_(interpreter),
      callable_(std::move(callable)),
      arguments_(std::move(arguments)),
      charge_(interpreter, kHandleBytes) {}

ScriptCallback::~ScriptCallback() = default;

namespace {

/// CPython's Handle._run tells of an error with a dictionary that the traceback's frame has, and
/// the handle with it: all three keep each other.
class KeptCallback final : public RefCounted {
 public:
  KeptCallback(Value callable, std::vector<Value> arguments, Value error)
      : callable_(std::move(callable)), arguments_(std::move(arguments)), error_(std::move(error)) {}

 private:
  const Value callable_;
  const std::vector<Value> arguments_;
  const Value error_;
};

void call_back(Interpreter& in, const Value& callable, const std::vector<Value>& arguments) {
  const Interpreter::CalledByLoop called(in);
  try {
    in.call(callable, Arguments{arguments, {}});
  } catch (const PyError& error) {
    if (!leaves_the_loop(std::current_exception()))
      error.exception()->keep(make_ref<KeptCallback>(callable, arguments, Value(error.exception())));
    throw;
  }
}

}  // namespace

bool ScriptCallback::equals(const ScriptCallback& other) const {
  if (!same_or_equal(interpreter_, callable_, other.callable_)) return false;
  return std::ranges::equal(arguments_, other.arguments_, [this](const Value& a, const Value& b) {
    return same_or_equal(interpreter_, a, b);
  });
}

void ScriptCallback::run() const { call_back(interpreter_, callable_, arguments_); }

namespace {

/// asyncio's format_helpers._format_args_and_kwargs.
std::string arguments_text(Interpreter& in, const Arguments& arguments) {
  std::string text;
  for (const Value& value : arguments.values) text += (text.empty() ? "" : ", ") + limited_repr(in, value);
  for (const auto& [name, value] : arguments.keywords)
    text += (text.empty() ? "" : ", ") + name + "=" + limited_repr(in, value);
  return "(" + text + ")";
}

/// asyncio's format_helpers._format_callback_source: "f(1) at <listing>:3".
std::string source_text(Interpreter& in, const Value& callable, const Arguments& arguments) {
  std::string suffix = arguments_text(in, arguments);
  const Value* called = &callable;
  for (; called->get_if<Partial>(); called = &called->get_if<Partial>()->function)
    suffix = arguments_text(in, called->get_if<Partial>()->arguments) + suffix;
  const std::string text = callable_name(in, *called) + suffix;
  const Function* function = called->get_if<Function>();
  if (!function) return text;
  return text + " at " + kListingFile + ":" + std::to_string(function->code.first_line);
}

/// A repr can fail, as any code of the program can; then there is the type's name.
template <class Make>
std::string told(Interpreter& in, const Value& callable, Make make) {
  try {
    return make();
  } catch (const PyError&) {
    return "<" + type_name(in, callable) + ">";
  }
}

}  // namespace

std::string ScriptCallback::text() const {
  return told(interpreter_, callable_, [&] {
    return source_text(interpreter_, callable_, {arguments_, {}});
  });
}

std::string ScriptCallback::text_with(const Ref<RefCounted>& argument) const {
  return told(interpreter_, callable_, [&] {
    std::vector<Value> all = arguments_;
    if (Future* future = dynamic_cast<Future*>(argument.get()))
      all.emplace_back(interpreter_.wrap(Ref<Future>(future)));
    return source_text(interpreter_, callable_, {std::move(all), {}});
  });
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
      call_back(in, entry->callback, {Value(in.wrap(Ref<Future>(&done)))});
    };
    // Once the core has its copy, this entry lives as long as that.
    return entry->id =
               future.add_done_callback({run,
                                         callback_label(in, callback, {}),
                                         {},
                                         make_ref<ScriptCallback>(in, callback, std::vector<Value>())});
  }

  static std::int64_t remove(Interpreter& in, Future& future, const Value& callback) {
    // Copies, in order of registration: an __eq__ of the program may add and remove callbacks.
    std::vector<std::pair<Future::CallbackId, Value>> registered;
    for (const void* known : in.done_callbacks_) {
      in.spend_work();
      const Entry& entry = *static_cast<const Entry*>(known);
      if (entry.future == &future) registered.emplace_back(entry.id, entry.callback);
    }
    std::sort(registered.begin(), registered.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    std::int64_t removed = 0;
    for (const auto& [id, known] : registered) {
      in.spend_work();
      if (same_or_equal(in, known, callback) && future.remove_done_callback(id)) ++removed;
    }
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
  return wrapped(interpreter, coroutine_of(interpreter, coroutine));
}

Ref<Task> start_task(Interpreter& interpreter, EventLoop& loop, const Value& coroutine, TaskOptions options) {
  options.line = interpreter.current_line();
  return create_task(loop, stepper_of(interpreter, coroutine), std::move(options));
}

Ref<Future> ensure_future(Interpreter& interpreter, EventLoop& loop, const Value& value) {
  if (FutureObject* future = value.get_if<FutureObject>()) return Ref<Future>(&future->future());
  if (is_coroutine(value)) return start_task(interpreter, loop, value, {.made_at = made_at::kEnsureFuture});
  type_error(interpreter, "An asyncio.Future, a coroutine or an awaitable is required");
}

std::shared_ptr<EventLoop> get_event_loop(Interpreter& interpreter) {
  ThreadSlots& thread = interpreter.thread();
  if (thread.running) return thread.running->shared_from_this();
  if (thread.current) return thread.current;
  if (thread.current_was_set || thread.id != kMainThread)  // S72
    runtime_error(interpreter, "There is no current event loop in thread '" + thread.name + "'.");
  Environment& environment = interpreter.environment();
  thread.current =
      std::make_shared<EventLoop>(environment.world, environment.tracer, environment.budget,
                                  environment.model, interpreter.loop_options(environment.debug_all));
  thread.current_was_set = true;
  return thread.current;
}

}  // namespace loopscope::scenarios

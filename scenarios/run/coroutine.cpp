#include "scenarios/run/coroutine.h"

#include "scenarios/builtins/asyncio_objects.h"
#include "scenarios/run/closing.h"
#include "scenarios/run/coroutine_stepper.h"
#include "scenarios/run/function.h"
#include "scenarios/run/traceback.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {

std::string CoroutineObject::repr(Runtime&) {
  return "<coroutine object " + name() + " at " + address(*this) + ">";
}

Value CoroutineObject::own_attribute(Runtime& runtime, std::string_view attribute) {
  if (attribute == "__qualname__") return make_str(runtime, name());
  if (attribute == "__name__") return make_str(runtime, short_name());
  return Value::missing();
}

std::string CoroutineObject::short_name() const {
  const std::string qualified = name();
  return qualified.substr(qualified.rfind('.') + 1);
}

namespace {
constexpr std::size_t kOriginDepth = 10;  // asyncio.constants.DEBUG_STACK_DEPTH
}  // namespace

void CoroutineObject::note_creation(Interpreter& interpreter) {
  wants_finalize(true);
  const EventLoop* loop = interpreter.running_loop();
  if (loop && loop->debug()) creation_ = interpreter.diagnostics().creation(kOriginDepth);
}

void CoroutineObject::finalize() {
  if (state_ != State::created) return;
  static_cast<Interpreter&>(runtime()).diagnostics().never_awaited(name(), creation_.get());
}

ScriptCoroutine::ScriptCoroutine(Interpreter& interpreter, const Function& function, Arguments& arguments)
    : FrameCoroutine(interpreter), frame_(interpreter, function.code) {
  holds(frame_.slots.size() * sizeof(Value));
  interpreter.enter_function(frame_, function, arguments);
  note_creation(interpreter);
}

std::string ScriptCoroutine::arguments() const {
  return bound_arguments_repr(frame_.interpreter, frame_.code, frame_.slots);
}

void ScriptCoroutine::clear_references() {
  set_state(State::closed);
  const Value gone = std::exchange(awaiting, Value());
  frame_.clear();
}

bool ScriptCoroutine::start(Resume& resume) {
  if (!resume.error) return true;
  // S35: the body never runs.
  resume.error->traceback.push_back({frame_.code.name, frame_.code.first_line});
  set_state(State::closed);
  frame_.clear();
  return false;
}

void ScriptCoroutine::end(Exit, Resume& resume) {
  if (resume.error) no_stop_iteration(frame_.interpreter, "coroutine", resume.error);
  frame_.clear();
}

Ref<Task> CoroutineObject::driving_task() const {
  return driver && driver->context() ? Ref<Task>(&driver->context()->task) : nullptr;
}

void ScriptCoroutine::close() {
  const Ref<Task> alive = driving_task();  // what runs now may let go of it
  const bool suspended = state() == State::suspended;
  Interpreter& in = frame_.interpreter;
  if (!suspended) {
    awaiting = Value();
    set_state(State::closed);
    return frame_.clear();
  }
  set_state(State::running);
  bool ignored = false;
  try {
    Ref<Exception> error = close_awaited();
    if (!error) error = make_exception(in, "GeneratorExit", "");
    Exit exit = in.run_with_error(frame_, std::move(error));
    while (exit == Exit::awaits) {
      Resume resume;
      ignored = !run_without_task(in, driver, std::exchange(frame_.result, Value()), resume);
      if (ignored) break;
      frame_.result = std::move(resume.value);
      exit = resume.error ? in.run_with_error(frame_, std::move(resume.error)) : in.run(frame_);
    }
    set_state(ignored ? State::suspended : State::closed);
  } catch (const PyError& error) {
    set_state(State::closed);
    if (!error.exception()->type().is_subtype_of(in.exception_type("GeneratorExit"))) throw;
  }
  if (ignored) runtime_error(in, "coroutine ignored GeneratorExit");
}

void NativeCoroutine::finalize() {
  if (state() != State::suspended) return CoroutineObject::finalize();
  const Ref<Task> alive = driving_task();
  Interpreter& in = static_cast<Interpreter&>(runtime());
  in.finalizing(repr(in), [&] { close_native(in, driver, *this); });
  set_state(State::closed);
}

/// What it waits for is closed first. Gives what that raises, or null.
Ref<Exception> ScriptCoroutine::close_awaited() {
  const Value awaited = std::exchange(awaiting, Value());
  CoroutineObject* coroutine = awaited.get_if<CoroutineObject>();
  if (!coroutine || coroutine->state() != State::suspended) return nullptr;
  try {
    if (ScriptCoroutine* script = coroutine->script())
      script->close();
    else if (coroutine->native())
      close_native(frame_.interpreter, driver, *coroutine);
  } catch (const PyError& error) {
    return error.exception();
  }
  return nullptr;
}

void ScriptCoroutine::finalize() {
  if (state() != State::suspended) return CoroutineObject::finalize();
  const Ref<Task> alive = driving_task();  // CPython's traceback has it until it is shown
  frame_.interpreter.finalizing(repr(frame_.interpreter), [this] { close(); });
}

void no_stop_iteration(Interpreter& interpreter, const std::string& what, Ref<Exception>& error) {
  const bool stops = error->type().is_subtype_of(interpreter.exception_type("StopIteration"));
  const bool stops_async = what == "async generator" &&
                           error->type().is_subtype_of(interpreter.exception_type("StopAsyncIteration"));
  if (!stops && !stops_async) return;
  Ref<Exception> changed = make_exception(
      interpreter, "RuntimeError", what + " raised " + (stops ? "StopIteration" : "StopAsyncIteration"));
  changed->cause = changed->context = error;
  changed->suppress_context = true;
  error = changed;
}

void CoroutineObject::check_startable(Interpreter& interpreter) const {
  if (state() == State::closed) runtime_error(interpreter, "cannot reuse already awaited coroutine");
  if (state() == State::running) value_error(interpreter, "coroutine already executing");
  if (state() != State::created) runtime_error(interpreter, "coroutine is being awaited already");
}

void check_awaitable(Interpreter& interpreter, const Value& value, std::string_view giver) {
  if (CoroutineObject* coroutine = value.get_if<CoroutineObject>())
    return coroutine->check_startable(interpreter);
  if (value.get_if<FutureObject>()) return;
  const std::string type = type_name(interpreter, value);
  type_error(interpreter, giver.empty() ? "object " + type + " can't be used in 'await' expression"
                                        : std::string(giver) + " that does not implement __await__: " + type);
}

}  // namespace loopscope::scenarios

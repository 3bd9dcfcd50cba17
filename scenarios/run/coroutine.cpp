#include "scenarios/run/coroutine.h"

#include "scenarios/builtins/asyncio_objects.h"
#include "scenarios/run/function.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {

std::string CoroutineObject::repr(Runtime&) {
  return "<coroutine object " + name() + " at " + address(*this) + ">";
}

Value CoroutineObject::own_attribute(Runtime& runtime, std::string_view attribute) {
  const std::string qualified = name();
  if (attribute == "__qualname__") return make_str(runtime, qualified);
  if (attribute == "__name__") return make_str(runtime, qualified.substr(qualified.rfind('.') + 1));
  return Value::missing();
}

ScriptCoroutine::ScriptCoroutine(Interpreter& interpreter, const Function& function, Arguments& arguments)
    : CoroutineObject(interpreter), frame(interpreter, function.code) {
  holds(frame.slots.size() * sizeof(Value));
  interpreter.enter_function(frame, function, arguments);
}

ScriptCoroutine::~ScriptCoroutine() {
  // Not while an exception unwinds the native stack: it may be the end of the run.
  const bool unwinding = std::uncaught_exceptions() > 0;
  if (state() == State::suspended && !unwinding && !frame.interpreter.closing()) close();
}

std::string ScriptCoroutine::arguments() const {
  return bound_arguments_repr(frame.interpreter, frame.code, frame.slots);
}

void ScriptCoroutine::clear_references() {
  set_state(State::closed);
  const Value gone = std::exchange(awaiting, Value());
  frame.clear();
}

/// Raises GeneratorExit where this stands. Nothing can be awaited any more.
void ScriptCoroutine::close() {
  Interpreter& in = frame.interpreter;
  awaiting = Value();  // what it waits for is closed first
  set_state(State::running);
  try {
    const Exit exit = in.run_with_error(frame, make_exception(in, "GeneratorExit", ""));
    if (exit == Exit::awaits) runtime_error(in, "coroutine ignored GeneratorExit");
  } catch (const PyError& error) {
    if (error.type_name() != "GeneratorExit")
      in.report_ignored("<coroutine object " + name() + ">", error.exception());
  } catch (const RunEnded&) {
    in.defer(std::current_exception());
  }
  set_state(State::closed);
}

void check_awaitable(Interpreter& interpreter, const Value& value, std::string_view giver) {
  if (CoroutineObject* coroutine = value.get_if<CoroutineObject>()) {
    if (coroutine->state() == CoroutineObject::State::closed)
      runtime_error(interpreter, "cannot reuse already awaited coroutine");
    if (coroutine->state() == CoroutineObject::State::running)
      value_error(interpreter, "coroutine already executing");
    if (coroutine->state() != CoroutineObject::State::created)
      runtime_error(interpreter, "coroutine is being awaited already");
    return;
  }
  if (value.get_if<FutureObject>()) return;
  const std::string type = type_name(interpreter, value);
  type_error(interpreter, giver.empty() ? "object " + type + " can't be used in 'await' expression"
                                        : std::string(giver) + " that does not implement __await__: " + type);
}

CoroutineStepper::CoroutineStepper(Interpreter& interpreter, Ref<CoroutineObject> coroutine)
    : interpreter_(interpreter), root_(std::move(coroutine)) {}

StepOutcome CoroutineStepper::step(StepContext& context, StepInput input) {
  const Interpreter::CalledByLoop called(interpreter_);
  // All of an await chain run while its last one does.
  for (ScriptCoroutine* coroutine : stack_) coroutine->set_state(CoroutineObject::State::running);
  try {
    StepOutcome outcome = drive(context, std::move(input));
    for (ScriptCoroutine* coroutine : stack_) coroutine->set_state(CoroutineObject::State::suspended);
    return outcome;
  } catch (const PyError& error) {
    // Only what goes wrong outside any frame: a coroutine that runs already.
    return Raised{to_exception_ptr(error.exception())};
  }
}

StepOutcome CoroutineStepper::drive(StepContext& context, StepInput input) {
  Resume resume;
  if (root_->native()) {
    root_->set_state(CoroutineObject::State::running);
    StepOutcome outcome = root_->native()->step(context, std::move(input));
    const bool over = std::holds_alternative<Returned>(outcome) || std::holds_alternative<Raised>(outcome);
    root_->set_state(over ? CoroutineObject::State::closed : CoroutineObject::State::suspended);
    return outcome;
  }
  if (stack_.empty()) {
    check_awaitable(interpreter_, Value(root_));
    stack_.push_back(root_->script());
    if (const Throw* thrown = std::get_if<Throw>(&input)) {
      // S35: the body never runs.
      resume.error = exception_from(interpreter_, thrown->error);
      resume.error->traceback.push_back(
          {stack_.back()->frame.code.name, stack_.back()->frame.code.first_line});
      finish_top();
      return Raised{to_exception_ptr(resume.error)};
    }
  } else if (auto outcome = deliver(context, input, resume)) {
    return std::move(*outcome);
  }
  for (;;) {
    bool awaits = false;
    if (!run_top(resume, awaits)) {  // ended: `resume` is what came of it
      finish_top();
      if (!stack_.empty()) continue;
      if (resume.error) return Raised{to_exception_ptr(resume.error)};
      return Returned{AnyValue(std::move(resume.value))};
    }
    const Value awaited = std::exchange(stack_.back()->frame.result, Value());
    if (auto outcome = begin_await(context, awaited, resume)) return std::move(*outcome);
  }
}

/// Hands what the task sends to what the top frame waits for. An outcome: it goes on
/// waiting; none: the frame resumes with `resume`.
std::optional<StepOutcome> CoroutineStepper::deliver(StepContext& context, StepInput& input, Resume& resume) {
  ScriptCoroutine& top = *stack_.back();
  const Value awaited = top.awaiting;
  if (CoroutineObject* coroutine = awaited.get_if<CoroutineObject>())
    return step_native(context, *coroutine->native(), std::move(input), resume);
  if (const Throw* thrown = std::get_if<Throw>(&input)) {
    resume.error = exception_from(interpreter_, thrown->error);
    return std::nullopt;
  }
  Future& future = awaited.get_if<FutureObject>()->future();
  try {
    if (!future.done()) runtime_error(interpreter_, "await wasn't used with future");
    resume.value = value_from(future.result());
  } catch (const ProgramError&) {
    resume.error = exception_from(interpreter_, std::current_exception());
    resume.error->take_from_future();
  }
  return std::nullopt;
}

std::optional<StepOutcome> CoroutineStepper::step_native(StepContext& context, Steppable& native,
                                                         StepInput input, Resume& resume) {
  StepOutcome outcome = native.step(context, std::move(input));
  CoroutineObject& coroutine = *stack_.back()->awaiting.get_if<CoroutineObject>();
  if (Returned* returned = std::get_if<Returned>(&outcome)) {
    resume.value = value_from(returned->value);
  } else if (const Raised* raised = std::get_if<Raised>(&outcome)) {
    resume.error = exception_from(interpreter_, raised->error);
  } else {
    coroutine.set_state(CoroutineObject::State::suspended);
    return outcome;
  }
  coroutine.set_state(CoroutineObject::State::closed);
  return std::nullopt;
}

/// The top frame starts to wait for `awaited`. An outcome: the task suspends.
std::optional<StepOutcome> CoroutineStepper::begin_await(StepContext& context, const Value& awaited,
                                                         Resume& resume) {
  ScriptCoroutine& top = *stack_.back();
  top.awaiting = awaited;
  if (FutureObject* future = awaited.get_if<FutureObject>()) {
    if (!future->future().done()) return Awaits{Ref<Future>(&future->future())};
    StepInput nothing = Send{};
    return deliver(context, nothing, resume);
  }
  CoroutineObject& coroutine = *awaited.get_if<CoroutineObject>();
  if (coroutine.native()) return step_native(context, *coroutine.native(), Send{}, resume);
  if (static_cast<int>(stack_.size()) + interpreter_.depth() >= Runtime::kRecursionLimit) {
    resume.error = make_exception(interpreter_, "RecursionError", "maximum recursion depth exceeded");
    return std::nullopt;
  }
  stack_.push_back(coroutine.script());
  return std::nullopt;
}

/// Runs the top frame with `resume`. True: it `awaits`; false: it ended, and `resume` is
/// its result or error.
bool CoroutineStepper::run_top(Resume& resume, bool& awaits) {
  ScriptCoroutine& top = *stack_.back();
  top.set_state(CoroutineObject::State::running);
  top.awaiting = Value();
  const Ref<Exception> error = std::exchange(resume.error, nullptr);
  if (!error) top.frame.result = std::move(resume.value);
  resume.value = Value();
  try {
    // The frames below wait for this one: they are its callers.
    const Interpreter::CallChain chain(interpreter_, stack_);
    const Exit exit = error ? interpreter_.run_with_error(top.frame, error) : interpreter_.run(top.frame);
    awaits = exit == Exit::awaits;
    if (!awaits) resume.value = std::exchange(top.frame.result, Value());
  } catch (const PyError& raised) {
    resume.error = raised.exception();
    if (raised.type_name() == "StopIteration") {
      Ref<Exception> changed = make_exception(interpreter_, "RuntimeError", "coroutine raised StopIteration");
      changed->cause = changed->context = raised.exception();
      changed->suppress_context = true;
      resume.error = changed;
    }
  }
  return awaits;
}

void CoroutineStepper::finish_top() {
  ScriptCoroutine& top = *stack_.back();
  stack_.pop_back();
  top.set_state(CoroutineObject::State::closed);
  top.frame.clear();
}

Position CoroutineStepper::position() const {
  Position position;
  Tracer& tracer = interpreter_.tracer();
  for (const ScriptCoroutine* coroutine : stack_) {
    const Frame& frame = coroutine->frame;
    position.line = frame.line;
    position.stack = tracer.stack(position.stack, tracer.label(frame.code.name), frame.line);
  }
  return position;
}

}  // namespace loopscope::scenarios

#include "scenarios/run/coroutine_stepper.h"

#include <algorithm>

#include "core/base/asyncio_source.h"
#include "core/task/future_registry.h"
#include "scenarios/builtins/asyncio_objects.h"
#include "scenarios/run/function.h"
#include "scenarios/run/traceback.h"
#include "scenarios/values/repr.h"

namespace loopscope::scenarios {

CoroutineStepper::CoroutineStepper(Interpreter& interpreter, Ref<CoroutineObject> coroutine)
    : interpreter_(interpreter), root_(std::move(coroutine)) {}

CoroutineStepper::~CoroutineStepper() {
  if (root_->driver == this) root_->driver = nullptr;
  follow_awaits();
  for (FrameCoroutine* coroutine : stack_)
    if (coroutine->driver == this) coroutine->driver = nullptr;
}

StepOutcome CoroutineStepper::step(StepContext& context, StepInput input) {
  const Interpreter::CalledByLoop called(interpreter_);
  // A coroutine of the core can drive another of the program's: wait_for(f(), None).
  const Runtime::Nested nested(interpreter_);
  follow_awaits();
  context_.emplace(context);
  // All of an await chain run while its last one does.
  for (FrameCoroutine* coroutine : stack_) {
    coroutine->set_state(CoroutineObject::State::running);
    coroutine->driver = this;
  }
  try {
    StepOutcome outcome = drive(context, std::move(input));
    for (FrameCoroutine* coroutine : stack_) coroutine->set_state(CoroutineObject::State::suspended);
    awaits_future_ = std::holds_alternative<Awaits>(outcome);
    return outcome;
  } catch (const PyError& error) {
    // Only what goes wrong outside any frame: a coroutine that runs already.
    if (error.exception()->context.is_none())
      interpreter_.set_context(*error.exception(), interpreter_.handled_below());
    return Raised{to_exception_ptr(error.exception())};
  }
}

StepOutcome CoroutineStepper::drive(StepContext& context, StepInput input) {
  if (root_->native()) {
    if (root_->state() == CoroutineObject::State::closed) root_->check_startable(interpreter_);
    root_->set_state(CoroutineObject::State::running);
    root_->driver = this;
    StepOutcome outcome = root_->native()->step(context, std::move(input));
    const bool over = std::holds_alternative<Returned>(outcome) || std::holds_alternative<Raised>(outcome);
    root_->set_state(over ? CoroutineObject::State::closed : CoroutineObject::State::suspended);
    return outcome;
  }
  Resume resume;
  bool runs = true;                                   // the top frame, with `resume`
  bool called = std::holds_alternative<Send>(input);  // which came out of what it awaits, by itself
  thrown_through_ = called ? 0 : stack_.size();
  if (stack_.empty()) {
    check_awaitable(interpreter_, Value(root_));
    if (const Throw* thrown = std::get_if<Throw>(&input))
      resume.error = made_of_thrown(context, thrown->error);
    runs = push(*root_->framed(), resume);
  } else {
    if (std::holds_alternative<Send>(input))
      if (const Ref<Exception> error = stack_.front()->start_late()) input = Throw{to_exception_ptr(error)};
    if (auto outcome = deliver(context, input, resume)) return std::move(*outcome);
  }
  for (;;) {
    if (runs && run_top(resume, called)) {
      const Value awaited = std::exchange(stack_.back()->frame().result, Value());
      called = true;
      if (auto outcome = begin_await(context, awaited, resume, runs)) return std::move(*outcome);
      continue;
    }
    pop();  // it is over, and `resume` is what came of it
    runs = true;
    called = stack_.size() >= thrown_through_;
    if (!stack_.empty()) continue;
    if (resume.error) return Raised{to_exception_ptr(resume.error)};
    return Returned{AnyValue(std::move(resume.value))};
  }
}

Ref<Exception> CoroutineStepper::made_of_thrown(StepContext& context, const std::exception_ptr& error) {
  Ref<Exception> exception = exception_from(interpreter_, error);
  context.task.hold_thrown(std::make_exception_ptr(PyError(exception)));
  return exception;
}

/// The same for what wakes the task. A cancelled future's error is raised on the loop's level first.
Ref<Exception> CoroutineStepper::made_of_wakeup(StepContext& context, const std::exception_ptr& error,
                                                bool asked) {
  Ref<Exception> exception = made_of_thrown(context, error);
  if (const Ref<Exception> handled = interpreter_.handled_below();
      handled && awaits_future_ && (asked || is_cancellation(error)))
    interpreter_.set_context(*exception, handled);
  return exception;
}

/// Another task may have driven the coroutine since: it stands where its awaits lead.
void CoroutineStepper::follow_awaits() {
  stack_.clear();
  if (root_->state() != CoroutineObject::State::suspended) return;
  for (FrameCoroutine* at = root_->framed(); at;) {
    stack_.push_back(at);
    CoroutineObject* awaited = at->awaiting.get_if<CoroutineObject>();
    at = awaited ? awaited->framed() : nullptr;
  }
}

namespace {

bool refuses_awaits(Future& future) {
  return future.loop_is_alive() && FutureRegistry::of(future.loop()).refuses_awaits(future);
}

}  // namespace

/// Puts `coroutine` on top. False: it is over already.
bool CoroutineStepper::push(FrameCoroutine& coroutine, Resume& resume) {
  stack_.push_back(&coroutine);
  coroutine.driver = this;
  coroutine.set_state(CoroutineObject::State::running);
  return coroutine.start(resume);
}

void CoroutineStepper::pop() {
  FrameCoroutine& top = *stack_.back();
  stack_.pop_back();
  top.driver = nullptr;
  top.set_state(CoroutineObject::State::closed);
}

/// Hands what the task sends to what the top frame waits for. An outcome: it goes on
/// waiting; none: the frame resumes with `resume`.
std::optional<StepOutcome> CoroutineStepper::deliver(StepContext& context, StepInput& input, Resume& resume) {
  FrameCoroutine& top = *stack_.back();
  const Value awaited = top.awaiting;
  if (CoroutineObject* coroutine = awaited.get_if<CoroutineObject>())
    return step_native(context, *coroutine->native(), std::move(input), resume);
  if (const Throw* thrown = std::get_if<Throw>(&input)) {
    const FutureObject* future = awaited.get_if<FutureObject>();
    const bool asked = future && future->future().class_name() == "_GatheringFuture";  // by its result()
    resume.error = made_of_wakeup(context, thrown->error, asked);
    return std::nullopt;
  }
  Future& future = awaited.get_if<FutureObject>()->future();
  if (!future.done()) return Awaits{Ref<Future>(&future)};  // another task shares this
  try {
    resume.value = value_from(future.result());
  } catch (const ProgramError&) {
    resume.error = exception_from(interpreter_, std::current_exception());
    resume.error->take_from_future();
    chain(*resume.error);
  }
  return std::nullopt;
}

/// What a coroutine of the core's raised, or a future had, gets what is being dealt with at the end
/// of its contexts.
void CoroutineStepper::chain(Exception& raised) const {
  Ref<Exception> handled = interpreter_.handled_below();
  for (auto at = stack_.rbegin(); at != stack_.rend(); ++at) {
    if ((*at)->frame().handled.empty()) continue;
    handled = (*at)->frame().handled.back();
    break;
  }
  Exception* last = &raised;
  for (int most = 100; handled && last != handled.get() && most > 0; --most) {
    Exception* next = last->context.get_if<Exception>();
    if (!next) return interpreter_.set_context(*last, handled);
    last = next;
  }
}

std::optional<StepOutcome> CoroutineStepper::step_native(StepContext& context, Steppable& native,
                                                         StepInput input, Resume& resume) {
  const Throw* thrown = std::get_if<Throw>(&input);
  const std::exception_ptr given = thrown ? thrown->error : nullptr;
  StepOutcome outcome = native.step(context, std::move(input));
  CoroutineObject& coroutine = *stack_.back()->awaiting.get_if<CoroutineObject>();
  if (Returned* returned = std::get_if<Returned>(&outcome)) {
    resume.value = value_from(returned->value);
  } else if (const Raised* raised = std::get_if<Raised>(&outcome)) {
    if (raised->error == given) {
      resume.error = made_of_wakeup(context, given);
    } else {
      resume.error = exception_from(interpreter_, raised->error);
      chain(*resume.error);
    }
  } else {
    coroutine.set_state(CoroutineObject::State::suspended);
    return outcome;
  }
  coroutine.set_state(CoroutineObject::State::closed);
  return std::nullopt;
}

/// The top frame starts to wait for `awaited`. An outcome: the task suspends; none: the
/// frame then on top `runs` with `resume`, or is over.
std::optional<StepOutcome> CoroutineStepper::begin_await(StepContext& context, const Value& awaited,
                                                         Resume& resume, bool& runs) {
  FrameCoroutine& top = *stack_.back();
  top.awaiting = awaited;
  if (FutureObject* future = awaited.get_if<FutureObject>()) {
    if (!future->future().done() && refuses_awaits(future->future())) {
      resume.error = make_exception(interpreter_, "RuntimeError", "await wasn't used with future");
      chain(*resume.error);
      return std::nullopt;
    }
    if (!future->future().done()) return Awaits{Ref<Future>(&future->future())};
    StepInput nothing = Send{};
    return deliver(context, nothing, resume);
  }
  if (context.loop.model().queues_awaited_coroutines()) {
    const Ref<Task> child = create_child(context, stepper_of(interpreter_, awaited), top.frame().line);
    top.awaiting = interpreter_.wrap(child);
    return Awaits{child};
  }
  CoroutineObject& coroutine = *awaited.get_if<CoroutineObject>();
  if (coroutine.native()) return step_native(context, *coroutine.native(), Send{}, resume);
  if (static_cast<int>(stack_.size()) + interpreter_.depth() >= Runtime::kRecursionLimit) {
    resume.error = make_exception(interpreter_, "RecursionError", "maximum recursion depth exceeded");
    return std::nullopt;
  }
  runs = push(*coroutine.framed(), resume);
  return std::nullopt;
}

/// Runs the top frame with `resume`. True: it awaits; false: it is over, and `resume` is
/// what came of it.
bool CoroutineStepper::run_top(Resume& resume, bool called) {
  FrameCoroutine& top = *stack_.back();
  Frame& frame = top.frame();
  top.awaiting = Value();
  Ref<Exception> error = std::exchange(resume.error, nullptr);  // given away: the frame may forget it
  if (!error) frame.result = std::move(resume.value);
  resume.value = Value();
  Exit exit = Exit::returned;
  // The frames below wait for this one: they are its callers, also when it lets go of its variables.
  const Interpreter::CallChain chain(interpreter_, stack_);
  try {
    exit = error ? interpreter_.run_with_error(frame, std::move(error), called) : interpreter_.run(frame);
    if (exit == Exit::awaits) return true;
    resume.value = std::exchange(frame.result, Value());
  } catch (const PyError& raised) {
    resume.error = raised.exception();
  }
  top.end(exit, resume);
  return false;
}

bool CoroutineStepper::drives(const Object& object) const {
  return root_.get() == &object || std::ranges::find(stack_, &object) != stack_.end();
}

Position CoroutineStepper::position() const {
  Position position;
  Tracer& tracer = interpreter_.tracer();
  for (FrameCoroutine* coroutine : stack_) {
    const Frame& frame = coroutine->frame();
    position.line = frame.line;
    position.stack = tracer.stack(position.stack, tracer.label(frame.code.name), frame.line);
  }
  const Frame* shown = stack_.empty() && root_->native() ? root_->shown_frame() : nullptr;  // a generator's
  if (shown) {
    position.line = shown->line;
    position.stack = tracer.stack({}, tracer.label(shown->code.name), shown->line);
  }
  return position;
}

Place CoroutineStepper::running_at() const {
  if (root_->is_over()) return {};
  if (const Frame* frame = root_->shown_frame()) return {kListingFile, frame->line};
  const AsyncioCoroutine* known = find_asyncio_coroutine(root_->name());
  if (!known) return {};
  const bool begun = root_->state() != CoroutineObject::State::created;
  return {known->file, begun ? known->await_line : known->first_line};
}

Place CoroutineStepper::defined_at() const {
  if (const Frame* frame = root_->shown_frame()) return {kListingFile, frame->code.first_line};
  const AsyncioCoroutine* known = find_asyncio_coroutine(root_->name());
  return known ? Place{known->file, known->first_line} : Place();
}

}  // namespace loopscope::scenarios

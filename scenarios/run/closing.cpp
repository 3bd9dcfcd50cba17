#include "scenarios/run/closing.h"

#include <algorithm>
#include <cstdlib>

#include "scenarios/builtins/asyncio_objects.h"

namespace loopscope::scenarios {
namespace {

/// asyncio's coroutines that begin with get_running_loop().
constexpr std::string_view kAskForTheLoop[] = {"open_connection", "sleep", "start_server",
                                               "to_thread",       "wait",  "wait_for"};

bool asks_for_the_loop(const CoroutineObject& coroutine) {
  if (std::ranges::find(kAskForTheLoop, coroutine.name()) == std::end(kAskForTheLoop)) return false;
  // sleep(0) just yields.
  return coroutine.name() != "sleep" || std::strtod(coroutine.arguments().c_str(), nullptr) > 0;
}

bool take_result(Interpreter& in, Future& future, Resume& resume) {
  if (!future.done()) return false;
  try {
    resume.value = value_from(future.result());
  } catch (const ProgramError&) {
    resume.error = exception_from(in, std::current_exception());
    resume.error->take_from_future();
  }
  return true;
}

/// Runs a frame to its end. False: it suspends, and is closed as what drove it is.
bool run_frame(Interpreter& in, const CoroutineStepper* driver, FrameCoroutine& coroutine, Resume& resume) {
  const Runtime::Nested nested(in);
  Frame& frame = coroutine.frame();
  coroutine.set_state(CoroutineObject::State::running);
  for (;;) {
    Exit exit = Exit::returned;
    try {
      Ref<Exception> error = std::exchange(resume.error, nullptr);
      if (!error) frame.result = std::exchange(resume.value, Value());
      exit = error ? in.run_with_error(frame, std::move(error)) : in.run(frame);
    } catch (const PyError& raised) {
      resume.error = raised.exception();
    }
    if (exit != Exit::awaits) {
      if (!resume.error) resume.value = std::exchange(frame.result, Value());
      coroutine.end(exit, resume);
      coroutine.set_state(CoroutineObject::State::closed);
      return true;
    }
    if (!run_without_task(in, driver, std::exchange(frame.result, Value()), resume)) {
      coroutine.set_state(CoroutineObject::State::closed);
      return false;
    }
  }
}

/// Steps a coroutine of the core's once. False: it waits.
bool step_once(Interpreter& in, const CoroutineStepper* driver, CoroutineObject& coroutine, StepInput input,
               Resume& resume) {
  if (!driver || !driver->context()) return false;
  StepContext context = *driver->context();
  StepOutcome outcome = coroutine.native()->step(context, std::move(input));
  if (Returned* returned = std::get_if<Returned>(&outcome))
    resume.value = value_from(returned->value);
  else if (const Raised* raised = std::get_if<Raised>(&outcome))
    resume.error = exception_from(in, raised->error);
  else
    return false;
  return true;
}

}  // namespace

void close_native(Interpreter& interpreter, const CoroutineStepper* driver, CoroutineObject& coroutine) {
  if (!driver || !driver->context()) return;
  const Ref<Exception> error = make_exception(interpreter, "GeneratorExit", "");
  Resume resume;
  if (!step_once(interpreter, driver, coroutine, Throw{std::make_exception_ptr(PyError(error))}, resume))
    runtime_error(interpreter, "coroutine ignored GeneratorExit");
  coroutine.set_state(CoroutineObject::State::closed);
  if (resume.error && resume.error != error) throw PyError(resume.error);
}

bool run_without_task(Interpreter& interpreter, const CoroutineStepper* driver, const Value& awaited,
                      Resume& resume) {
  if (FutureObject* future = awaited.get_if<FutureObject>())
    return take_result(interpreter, future->future(), resume);
  CoroutineObject* coroutine = awaited.get_if<CoroutineObject>();
  if (!coroutine) return false;
  if (FrameCoroutine* framed = coroutine->framed()) {
    coroutine->set_state(CoroutineObject::State::running);
    return framed->start(resume) ? run_frame(interpreter, driver, *framed, resume) : true;
  }
  if (coroutine->name().ends_with(".__aexit__")) {
    const bool over = step_once(interpreter, driver, *coroutine, Send{}, resume);
    coroutine->set_state(CoroutineObject::State::closed);
    return over;
  }
  coroutine->set_state(CoroutineObject::State::closed);
  if (interpreter.running_loop() || !asks_for_the_loop(*coroutine)) return false;
  resume.error = make_exception(interpreter, "RuntimeError", "no running event loop");
  return true;
}

}  // namespace loopscope::scenarios

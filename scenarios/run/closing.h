#pragma once

#include "scenarios/run/coroutine_stepper.h"

namespace loopscope::scenarios {

/// Runs what a coroutine awaits while it is being closed: no task drives it any more (`driver` is
/// who did, or null), so whatever has to wait fails. False: it would suspend; else `resume` is what
/// came of it.
bool run_without_task(Interpreter& interpreter, const CoroutineStepper* driver, const Value& awaited,
                      Resume& resume);

/// Raises GeneratorExit where a coroutine of the core's waits. PyError when it raises anything
/// else, or goes on waiting.
void close_native(Interpreter& interpreter, const CoroutineStepper* driver, CoroutineObject& coroutine);

}  // namespace loopscope::scenarios

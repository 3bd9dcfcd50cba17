#pragma once

#include "scenarios/run/coroutine.h"

namespace loopscope::scenarios {

/// Runs what a coroutine awaits while it is being closed: no task drives it, so whatever has to
/// wait fails. False: it would suspend; else `resume` is what came of it.
bool run_without_task(Interpreter& interpreter, const Value& awaited, Resume& resume);

}  // namespace loopscope::scenarios

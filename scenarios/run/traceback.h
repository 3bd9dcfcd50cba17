#pragma once

#include <string>

#include "scenarios/run/interpreter.h"

namespace loopscope::scenarios {

/// The traceback that CPython prints for an uncaught exception, with what it chains to;
/// the listing is its source.
std::string format_traceback(Interpreter& interpreter, Exception& exception);

}  // namespace loopscope::scenarios

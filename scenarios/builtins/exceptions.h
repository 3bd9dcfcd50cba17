#pragma once

#include "scenarios/run/interpreter.h"

namespace loopscope::scenarios {

/// What the __init__ of the error's built-in class makes of the arguments behind values[0]: its args
/// and attributes. TypeErrors are CPython's.
void init_exception(Interpreter& in, Exception& error, Arguments& args);

}  // namespace loopscope::scenarios

#pragma once

#include <string>

#include "scenarios/run/interpreter.h"

namespace loopscope::scenarios {

/// ". Did you mean: 'put'?": what CPython 3.11 adds to the last line of a NameError or an
/// AttributeError that nothing catches. Empty when no name is near.
std::string suggested_name(Interpreter& interpreter, const Exception& exception);

/// A line for the reader when the name that was not found, or the one suggested, is Python's
/// and the format does without it: what there is instead. Else empty.
std::string missing_in_format(Interpreter& interpreter, const Exception& exception);

}  // namespace loopscope::scenarios

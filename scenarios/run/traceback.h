#pragma once

#include <string>

#include "scenarios/run/interpreter.h"

namespace loopscope::scenarios {

/// What the program is called in messages: the listing's file name.
inline constexpr const char* kListingFile = "<listing>";

/// The listing's line, without its indentation; empty when there is none.
std::string source_line(Interpreter& interpreter, std::uint32_t line);
/// Calls as a traceback shows them, outermost first, without a newline at the end. `calls`
/// are innermost first.
std::string stack_text(Interpreter& interpreter, const std::vector<TracebackEntry>& calls);

/// What is shown of an exception that nobody can catch: it alone, and the colon even when it says nothing.
std::string format_unraisable(Interpreter& interpreter, Exception& exception);
/// The traceback of an exception, with what it chains to, as the module traceback has it: in
/// logs. The listing is its source.
std::string format_traceback(Interpreter& interpreter, Exception& exception);
/// As CPython prints it when nothing catches it: with "Did you mean: 'x'?" where a name was
/// not found. Behind it, a line for what Python has and the format has not.
std::string uncaught_traceback(Interpreter& interpreter, Exception& exception);

}  // namespace loopscope::scenarios

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

/// The traceback that CPython prints for an uncaught exception, with what it chains to;
/// the listing is its source.
std::string format_traceback(Interpreter& interpreter, Exception& exception);

}  // namespace loopscope::scenarios

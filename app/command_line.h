#pragma once

namespace loopscope::app {

/// Parses the command line, runs the command, and returns the exit code.
int command_line(int argc, const char* const* argv);

}  // namespace loopscope::app

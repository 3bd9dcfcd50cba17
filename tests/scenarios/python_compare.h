#pragma once

#include <string>
#include <vector>

/// Programs and expressions that are run here and on CPython, and must do the same. Those that are
/// written down stand in tests/scenarios/python/.
namespace loopscope::scenarios::test {

/// The programs of a file; lines "# ---" stand between them.
std::vector<std::string> programs_in(const std::string& file);
/// The expressions of a file, one a line.
std::vector<std::string> expressions_in(const std::string& file);

/// Runs each program here, and its listing on CPython: output, error and lines are the same,
/// but for addresses.
void compare_programs(const std::vector<std::string>& programs);

/// Evaluates each expression here and on CPython: values and errors are the same, but for addresses.
void compare_expressions(const std::vector<std::string>& expressions);

/// One line for each expression: its value's repr, or the type and the arguments of its error.
std::vector<std::string> values_of(const std::vector<std::string>& expressions);

}  // namespace loopscope::scenarios::test

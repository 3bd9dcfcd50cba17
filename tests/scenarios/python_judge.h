#pragma once

#include <string>
#include <vector>

/// CPython as the judge of what programs print.
namespace loopscope::scenarios::test {

struct Verdict {
  std::string out;
  std::string error;       ///< last line of the traceback, empty when it ended well
  std::vector<int> lines;  ///< the lines that ran, as sys.settrace tells them
};

/// Runs every program in one CPython process, each in a module of its own. Empty when
/// there is no CPython.
std::vector<Verdict> judge(const std::vector<std::string>& programs);

/// One line for each expression: the repr of its value, or "TypeError ('the text',)". Empty
/// without CPython.
std::vector<std::string> judge_expressions(const std::vector<std::string>& expressions);

}  // namespace loopscope::scenarios::test

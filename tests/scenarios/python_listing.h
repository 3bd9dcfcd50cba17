#pragma once

#include <string>
#include <vector>

namespace loopscope::scenarios::test {

/// Runs each program here, and its listing on CPython: output, error and lines are the same,
/// but for addresses.
void compare_listings(const std::vector<std::string>& programs);

}  // namespace loopscope::scenarios::test

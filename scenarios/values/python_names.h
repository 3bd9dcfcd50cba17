#pragma once

#include <string_view>
#include <vector>

namespace loopscope::scenarios {

/// What CPython's dir() lists of an object of the type called `type` ("str",
/// "asyncio.queues.Queue"), less what every object has: that is "object". "builtins" lists
/// the builtins, in Python's order. Empty for types that are not known.
std::vector<std::string_view> python_names(std::string_view type);

}  // namespace loopscope::scenarios

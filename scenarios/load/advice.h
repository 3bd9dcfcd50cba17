#pragma once

#include <string_view>

/// What to write instead of things that Python has and the format has not.
namespace loopscope::scenarios {

/// "take asyncio.sleep(delay) with numbers of your own"; empty: there is no better advice than
/// the list of what there is.
std::string_view instead_of_module(std::string_view module);
std::string_view instead_of_builtin(std::string_view name);

}  // namespace loopscope::scenarios

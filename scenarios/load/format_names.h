#pragma once

#include <string_view>

/// Which names the whole scenario format has, and which Python has: what tells "not in this
/// version" and "not in the format" from a slip of the pen. What this version has is in Names.
namespace loopscope::scenarios {

bool is_format_builtin(std::string_view name);
bool is_format_module(std::string_view name);
bool is_format_member(std::string_view module, std::string_view member);

/// A builtin of CPython.
bool is_python_builtin(std::string_view name);
/// A module of CPython's library, or a well-known package.
bool is_python_module(std::string_view name);

}  // namespace loopscope::scenarios

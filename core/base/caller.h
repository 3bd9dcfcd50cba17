#pragma once

#include <source_location>

namespace loopscope {

/// The function that a call stands in, as a default argument sees it.
struct Caller {
#ifdef __cpp_lib_source_location
  /// With its return type, namespaces and parameters: "Coroutine<int> net::fetch(int)".
  static constexpr Caller here(const std::source_location where = std::source_location::current()) {
    return {where.function_name()};
  }
#else  // clang 14 knows only the name: "fetch"
  static constexpr Caller here(const char* function = __builtin_FUNCTION()) { return {function}; }
#endif
  const char* function;
};

}  // namespace loopscope

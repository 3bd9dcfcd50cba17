#pragma once

#include <string>
#include <utility>

#include "scenarios/builtins/native_coroutines.h"

/// Coroutines of the core whose results must be made values first.
namespace loopscope::scenarios {

/// `inner` with its result made a value by `convert`.
template <class T, class Convert>
Coroutine<AnyValue> converted(Coroutine<T> inner, Convert convert) {
  T result = co_await std::move(inner);
  Value value = convert(std::move(result));
  co_return AnyValue(std::move(value));
}

inline Coroutine<AnyValue> converted(Coroutine<> inner) {
  co_await std::move(inner);
  co_return AnyValue();
}

/// The coroutine object that a call of `name` returns.
inline Value coroutine_value(Interpreter& in, Coroutine<AnyValue> coroutine, std::string name,
                             std::string arguments) {
  return coroutine_value(in, Value(), std::move(coroutine), std::move(name), std::move(arguments));
}

}  // namespace loopscope::scenarios

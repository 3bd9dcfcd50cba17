#pragma once

#include <string>
#include <type_traits>
#include <utility>

#include "core/task/awaitable.h"
#include "scenarios/builtins/asyncio_objects.h"
#include "scenarios/run/coroutine.h"

/// Coroutines of the core as values.
namespace loopscope::scenarios {

/// A value that a traceback's frame has.
class KeptValue final : public RefCounted {
 public:
  explicit KeptValue(Value value) : value_(std::move(value)) {}

 private:
  const Value value_;
};

/// Turns what `body` returns into a value.
template <class T>
Coroutine<AnyValue> with_value(Coroutine<T> body) {
  if constexpr (std::is_void_v<T>) {
    co_await std::move(body);
    co_return AnyValue();
  } else {
    T result = co_await std::move(body);
    if constexpr (std::is_same_v<T, bool>)
      co_return AnyValue(Value::boolean(result));
    else if constexpr (std::is_integral_v<T>)
      co_return AnyValue(Value::integer(result));
    else
      co_return result;
  }
}

/// The same. `keep` lives as long, and as an error that leaves it: the object whose method it is.
template <class T>
Coroutine<AnyValue> with_value(Value keep, Coroutine<T> body) {
  if (!keep.object()) {
    AnyValue result = co_await with_value(std::move(body));
    co_return result;
  }
  try {
    AnyValue result = co_await with_value(std::move(body));
    co_return result;
  } catch (const ProgramError& error) {
    error.keep(make_ref<KeptValue>(keep));
    throw;
  }
}

/// A coroutine object called `name` ("Lock.acquire"): nothing of it runs before it is awaited.
template <class T>
Value coroutine_value(Interpreter& in, Value keep, Coroutine<T> body, std::string name,
                      std::string arguments = {}) {
  std::unique_ptr<Steppable> steppable = with_value(std::move(keep), std::move(body));
  return in.make<NativeCoroutine>(in, std::move(steppable), std::move(name), std::move(arguments));
}

/// What wait_for and its like take: a future, or a coroutine. Anything else fails with
/// `otherwise` when it is used.
inline Awaitable awaitable_from(Interpreter& in, const Value& value, const std::string& otherwise) {
  if (FutureObject* future = value.get_if<FutureObject>()) return Awaitable(Ref<Future>(&future->future()));
  if (value.get_if<CoroutineObject>()) {
    TaskOptions options;
    options.line = in.current_line();
    return Awaitable(stepper_of(in, value), std::move(options));
  }
  return Awaitable(std::make_exception_ptr(PyError(make_exception(in, "TypeError", otherwise))));
}

}  // namespace loopscope::scenarios

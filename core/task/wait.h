#pragma once

#include <concepts>
#include <optional>
#include <vector>

#include "core/task/awaitable.h"

namespace loopscope {

/// When wait() returns; ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION.
enum class ReturnWhen { all_completed, first_completed, first_exception };

struct WaitOptions {
  std::optional<double> timeout = {};  ///< seconds; none: for ever
  ReturnWhen return_when = ReturnWhen::all_completed;
};

/// What wait() gives, each in order of the arguments.
struct WaitResult {
  std::vector<Ref<Future>> done, pending;
};

/// asyncio.wait (S44): suspends always, cancels nothing. Each future counts once.
/// ValueError when there are none.
Coroutine<WaitResult> wait(std::vector<Ref<Future>> futures, WaitOptions options = {});
/// The same for tasks.
template <class Kind>
requires std::derived_from<Kind, Ref<Task>> Coroutine<WaitResult> wait(const std::vector<Kind>& tasks,
                                                                       WaitOptions options = {}) {
  return wait(std::vector<Ref<Future>>(tasks.begin(), tasks.end()), options);
}

/// asyncio.wait_for as in 3.11 (S45): the result, or TimeoutError after `timeout` seconds and
/// the end of the cancelled work. Without a timeout, a plain await.
Coroutine<AnyValue> wait_for(Awaitable awaitable, std::optional<double> timeout);
/// The same, of a known type.
template <class A>
requires(!std::same_as<typename detail::AwaitedAs<A>::Type, AnyValue>)
    Coroutine<typename detail::AwaitedAs<A>::Type> wait_for(A awaitable, std::optional<double> timeout) {
  Awaitable what(std::move(awaitable));
  AnyValue result = co_await wait_for(std::move(what), timeout);
  co_return detail::ResultAs<typename detail::AwaitedAs<A>::Type>::of(std::move(result));
}

/// asyncio.shield (S47): a future that ends as `inner` does and can be cancelled without it;
/// `inner` itself when that is done.
Ref<Future> shield(Ref<Future> inner);
/// The same, of a known type.
template <class T, class Kind>
Typed<T> shield(const Typed<T, Kind>& inner) {
  return Typed<T>(shield(Ref<Future>(inner)));
}

}  // namespace loopscope

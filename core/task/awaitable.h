#pragma once

#include <exception>
#include <memory>
#include <type_traits>
#include <utility>
#include <variant>

#include "core/task/coroutine.h"
#include "core/task/task.h"

namespace loopscope {

/// What asyncio's helpers take: a future, or a coroutine that becomes a task when a future
/// is needed. Used once.
class Awaitable {
 public:
  Awaitable(Ref<Future> future) : what_(std::move(future)) {}
  Awaitable(Ref<Task> task) : what_(Ref<Future>(std::move(task))) {}
  /// `options` are for the task, should one be made.
  Awaitable(std::unique_ptr<Steppable> coroutine, TaskOptions options = {})
      : what_(std::move(coroutine)), options_(std::move(options)) {}
  template <class T>
  Awaitable(Coroutine<T> coroutine) : what_(std::unique_ptr<Steppable>(std::move(coroutine))) {}
  /// Something that cannot be awaited: `error` is thrown where it would be.
  explicit Awaitable(std::exception_ptr error) : what_(std::move(error)) {}

  /// asyncio.ensure_future(this, loop=loop): the future itself, or a new task. ValueError
  /// for a future of another loop.
  Ref<Future> ensure_future(EventLoop& loop) &&;
  /// Awaits it as it is: no task for a coroutine (S28).
  Coroutine<AnyValue> await() &&;

 private:
  std::variant<Ref<Future>, std::unique_ptr<Steppable>, std::exception_ptr> what_;
  TaskOptions options_;
};

namespace detail {

/// What co_await of an A gives.
template <class A>
struct AwaitedAs {
  using Type = AnyValue;
};
template <class T>
struct AwaitedAs<Coroutine<T>> {
  using Type = T;
};
template <class T, class Kind>
struct AwaitedAs<Typed<T, Kind>> {
  using Type = T;
};
/// The same as a value: nothing is a std::monostate.
template <class A>
using ValueOf = std::conditional_t<std::is_void_v<typename AwaitedAs<std::remove_cvref_t<A>>::Type>,
                                   std::monostate, typename AwaitedAs<std::remove_cvref_t<A>>::Type>;

}  // namespace detail
}  // namespace loopscope

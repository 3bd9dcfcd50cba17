#include "core/task/awaitable.h"

namespace loopscope {

Ref<Future> Awaitable::ensure_future(EventLoop& loop) && {
  if (const auto* error = std::get_if<std::exception_ptr>(&what_)) std::rethrow_exception(*error);
  if (auto* coroutine = std::get_if<std::unique_ptr<Steppable>>(&what_)) {
    if (!*coroutine) check_future(nullptr);
    return create_task(loop, std::move(*coroutine), std::move(options_));
  }
  const Ref<Future>& future = std::get<Ref<Future>>(what_);
  check_future(future);
  if (!future->loop_is_alive() || &future->loop() != &loop)
    throw CoreError(CoreError::Type::ValueError,
                    "The future belongs to a different loop than the one specified as the loop argument");
  return future;
}

namespace {

Coroutine<AnyValue> await_future(Ref<Future> future) {
  AnyValue result = co_await future;
  co_return result;
}

}  // namespace

Coroutine<AnyValue> Awaitable::await() && {
  if (const auto* error = std::get_if<std::exception_ptr>(&what_)) std::rethrow_exception(*error);
  if (auto* coroutine = std::get_if<std::unique_ptr<Steppable>>(&what_))
    return *coroutine ? detail::drive(std::move(*coroutine)) : await_future(nullptr);
  return await_future(std::get<Ref<Future>>(what_));
}

}  // namespace loopscope

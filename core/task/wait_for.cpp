// asyncio.wait_for, by CPython 3.11's algorithm.
#include <utility>

#include "core/task/at_exit.h"
#include "core/task/callback_texts.h"
#include "core/task/wait.h"
#include "core/task/waiter.h"

namespace loopscope {
namespace {

DoneCallback releasing(Ref<Future> waiter) {
  const auto text = make_ref<ReleaseWaiterText>(waiter);
  return {[waiter = std::move(waiter)](Future&) { release_waiter(*waiter); }, "_release_waiter", {}, text};
}

/// Cancels `future` and waits for its end, in a waiter of its own: this can be cancelled.
Coroutine<> cancel_and_wait(Ref<Future> future) {
  StepContext here = co_await ThisStep{};
  const Ref<Future> waiter = make_waiter(here.loop, WaitKind::wait_for, "wait_for");
  const RemoveAtExit remove(future, releasing(waiter));
  future->cancel();
  co_await waiter;
}

/// future->result(). CPython's frame has the future: it and the error keep each other.
AnyValue result_of(const Ref<Future>& future) {
  try {
    return future->result();
  } catch (const CoreError&) {  // nothing would break that circle
    throw;
  } catch (const ProgramError& error) {
    if (!future->cancelled()) error.keep(future);
    throw;
  }
}

/// Throws `cancelled`, for which `future` was cancelled: CPython's frame has the future.
[[noreturn]] void pass_on(const std::exception_ptr& cancelled, const Ref<Future>& future) {
  try {
    std::rethrow_exception(cancelled);
  } catch (const ProgramError& error) {
    error.keep(future);
    throw;
  }
}

/// The result of what was cancelled because its time was up; TimeoutError when it obeyed.
AnyValue result_after_timeout(const Ref<Future>& future) {
  try {
    return result_of(future);
  } catch (...) {
    const std::exception_ptr error = std::current_exception();
    if (!is_cancellation(error)) throw;
    throw CoreError(CoreError::Type::TimeoutError, error);
  }
}

}  // namespace

Coroutine<AnyValue> wait_for(Awaitable awaitable, std::optional<double> timeout) {
  if (!timeout) {
    AnyValue result = co_await std::move(awaitable).await();
    co_return result;
  }
  StepContext here = co_await ThisStep{};
  EventLoop& loop = here.loop;
  if (*timeout <= 0) {
    const Ref<Future> future = std::move(awaitable).ensure_future(loop);
    if (future->done()) co_return result_of(future);
    co_await cancel_and_wait(future);
    co_return result_after_timeout(future);
  }
  const Ref<Future> waiter = make_waiter(loop, WaitKind::wait_for, "wait_for");
  const Ref<Handle> timer = loop.call_later(
      *timeout, [waiter] { release_waiter(*waiter); }, "_release_waiter");
  const Ref<Future> future = std::move(awaitable).ensure_future(loop);
  const Future::CallbackId callback = future->add_done_callback(releasing(waiter));
  const CancelAtExit cancel(timer);
  std::exception_ptr cancelled;
  try {
    co_await waiter;
  } catch (...) {
    cancelled = std::current_exception();
    if (!is_cancellation(cancelled)) throw;
  }
  if (future->done()) co_return result_of(future);
  future->remove_done_callback(callback);
  co_await cancel_and_wait(future);
  if (cancelled) pass_on(cancelled, future);
  co_return result_after_timeout(future);
}

}  // namespace loopscope

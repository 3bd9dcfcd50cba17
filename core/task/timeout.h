#pragma once

#include <concepts>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "core/task/awaitable.h"
#include "core/task/coroutine.h"
#include "core/task/task.h"

namespace loopscope {

/// asyncio.Timeout (S46): a deadline for what a task does between enter() and exit(). At the
/// deadline the task is cancelled, and exit() turns the CancelledError into TimeoutError.
/// C++ programs use timeout() below. Made by make_ref only.
class Timeout final : public RefCounted {
 public:
  enum class State { created, active, expiring, expired, finished };

  /// `when`: loop time in seconds; none: no deadline.
  explicit Timeout(std::optional<double> when) : when_(when) {}

  /// __aenter__: `task` is the one to be cancelled. A deadline that is past is a call_soon.
  void enter(Ref<Task> task);
  /// __aexit__: `error` is what the body ended with, or null. Throws TimeoutError when the
  /// deadline is why.
  void exit(const std::exception_ptr& error);

  State state() const { return state_; }
  std::optional<double> when() const { return when_; }
  bool expired() const { return state_ == State::expiring || state_ == State::expired; }
  /// RuntimeError when it is over; AssertionError before enter().
  void reschedule(std::optional<double> when);
  /// "active": the state's name.
  std::string_view state_name() const;
  /// "<Timeout [active] when=1.5>"
  std::string repr() const;

 private:
  ~Timeout() override = default;  // Ref's alone
  void on_timeout();

  State state_ = State::created;
  std::optional<double> when_;
  Ref<Handle> timer_;
  Ref<Task> task_;
};

namespace detail {

/// The deadline of a timeout of `delay` seconds from now.
inline std::optional<double> deadline(EventLoop& loop, std::optional<double> delay) {
  return delay ? std::optional(loop.time() + *delay) : std::nullopt;
}

}  // namespace detail

/// `async with asyncio.timeout_at(when) as scope: return await body(scope)`.
template <class T>
Coroutine<T> timeout_at(std::optional<double> when, std::function<Coroutine<T>(Timeout&)> body) {
  StepContext here = co_await ThisStep{};
  const Ref<Timeout> scope = make_ref<Timeout>(when);
  scope->enter(Ref<Task>(&here.task));
  std::exception_ptr error;
  try {
    Coroutine<T> running = body(*scope);
    if constexpr (std::is_void_v<T>) {
      co_await std::move(running);
      scope->exit(nullptr);
      co_return;
    } else {
      T value = co_await std::move(running);
      scope->exit(nullptr);
      co_return value;
    }
  } catch (const RunEnded&) {
    throw;
  } catch (...) {
    error = std::current_exception();
  }
  scope->exit(error);
  std::rethrow_exception(error);
}

/// The same, `delay` seconds from when it is awaited.
template <class T>
Coroutine<T> timeout(std::optional<double> delay, std::function<Coroutine<T>(Timeout&)> body) {
  StepContext here = co_await ThisStep{};
  const std::optional<double> when = detail::deadline(here.loop, delay);
  if constexpr (std::is_void_v<T>) {
    co_await timeout_at<T>(when, std::move(body));
  } else {
    T value = co_await timeout_at<T>(when, std::move(body));
    co_return value;
  }
}

/// The same two for a lambda, which is called at once.
template <std::invocable<Timeout&> Body>
std::invoke_result_t<Body, Timeout&> timeout_at(std::optional<double> when, Body body) {
  using T = typename detail::AwaitedAs<std::invoke_result_t<Body, Timeout&>>::Type;
  return timeout_at<T>(when, std::function<Coroutine<T>(Timeout&)>(std::move(body)));
}
template <std::invocable<Timeout&> Body>
std::invoke_result_t<Body, Timeout&> timeout(std::optional<double> delay, Body body) {
  using T = typename detail::AwaitedAs<std::invoke_result_t<Body, Timeout&>>::Type;
  return timeout<T>(delay, std::function<Coroutine<T>(Timeout&)>(std::move(body)));
}

/// `co_await timeout(2, fetch())`: the coroutine's result, or TimeoutError.
template <class T>
Coroutine<T> timeout(std::optional<double> delay, Coroutine<T> body) {
  const auto once = std::make_shared<Coroutine<T>>(std::move(body));
  std::function<Coroutine<T>(Timeout&)> start = [once](Timeout&) { return std::move(*once); };
  if constexpr (std::is_void_v<T>) {
    co_await timeout<T>(delay, std::move(start));
  } else {
    T value = co_await timeout<T>(delay, std::move(start));
    co_return value;
  }
}

}  // namespace loopscope

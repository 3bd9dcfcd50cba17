#pragma once

#include <concepts>
#include <coroutine>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/base/caller.h"
#include "core/task/coroutine_driver.h"
#include "core/task/typed.h"

namespace loopscope {

template <class T>
class Coroutine;

namespace detail {

template <class T>
class ChildSteppable;

/// co_await of a coroutine: a call within this step, or a child of the task where the
/// loop's model queues what is awaited.
template <class T>
class CoroutineAwaiter {
 public:
  CoroutineAwaiter(CoroutineDriver& driver, Coroutine<T> child) : driver_(driver), child_(std::move(child)) {}
  bool await_ready() const { return false; }
  void await_suspend(std::coroutine_handle<>) {
    if (StepContext here = driver_.context(); here.loop.model().queues_awaited_coroutines()) {
      queued_ = std::make_shared<Queued>(std::move(child_));
      driver_.suspend(Awaits{create_child(here, std::make_unique<ChildSteppable<T>>(queued_))});
      return;
    }
    running_ = child_.release();
    driver_.enter(running_.promise());
  }
  T await_resume() {
    if (queued_) return queued_->take(driver_);
    Coroutine<T> ended(running_);  // owns the frame again, and destroys it
    return ended.take_result();
  }

 private:
  using Handle = typename Coroutine<T>::Handle;
  using Queued = typename ChildSteppable<T>::Queued;
  CoroutineDriver& driver_;
  Coroutine<T> child_;
  Handle running_;
  std::shared_ptr<Queued> queued_;
};

/// RuntimeError "cannot reuse already awaited coroutine".
[[noreturn]] void refuse_reuse();
/// TypeError "object NoneType can't be used in 'await' expression".
[[noreturn]] void refuse_none();

/// co_await of a future whose result has a known type.
template <class T>
class TypedAwaiter : public FutureAwaiter {
 public:
  using FutureAwaiter::FutureAwaiter;
  T await_resume() { return ResultAs<T>::of(FutureAwaiter::await_resume()); }
};

class PromiseBase {
 public:
  std::suspend_always initial_suspend() const noexcept { return {}; }
  auto final_suspend() const noexcept {
    struct Leave {
      CoroutineDriver* driver;
      bool await_ready() const noexcept { return false; }
      void await_suspend(std::coroutine_handle<>) const noexcept { driver->leave(); }
      void await_resume() const noexcept {}
    };
    return Leave{driver_};
  }
  void unhandled_exception() { error_ = std::current_exception(); }

  FutureAwaiter await_transform(Ref<Future> future) {
    if (!future) refuse_none();
    return {*driver_, std::move(future)};
  }
  FutureAwaiter await_transform(const Ref<Task>& task) { return await_transform(Ref<Future>(task)); }
  template <class T, class Kind>
  TypedAwaiter<T> await_transform(const Typed<T, Kind>& future) {
    if (!future) refuse_none();
    return {*driver_, Ref<Future>(future)};
  }
  YieldAwaiter await_transform(Yield) { return YieldAwaiter(*driver_); }
  ContextAwaiter await_transform(ThisStep) { return ContextAwaiter(*driver_); }
  SuspendAwaiter await_transform(Suspend suspend) { return {*driver_, std::move(suspend.outcome)}; }
  template <class U>
  CoroutineAwaiter<U> await_transform(Coroutine<U> child) {
    child.check_unused();
    return {*driver_, std::move(child)};
  }
  /// Anything that a task could drive, awaited as a plain call (S28).
  CoroutineAwaiter<AnyValue> await_transform(std::unique_ptr<Steppable> child);

  /// What it ended with, or null.
  const std::exception_ptr& error() const { return error_; }

  std::string name, args;

 protected:
  PromiseBase(std::coroutine_handle<> self, const char* function_name)
      : name(coroutine_name(function_name)), self_(self) {}
  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }
  [[noreturn]] void refuse_unfinished() const;
  void note_missing_return() noexcept;

 private:
  friend class CoroutineDriver;
  std::coroutine_handle<> self_;
  CoroutineDriver* driver_ = nullptr;
  std::exception_ptr error_;
};

template <class T>
class Promise final : public PromiseBase {
 public:
  Promise(const Caller caller = Caller::here())
      : PromiseBase(std::coroutine_handle<Promise>::from_promise(*this), caller.function) {}
  Coroutine<T> get_return_object() {
    return Coroutine<T>(std::coroutine_handle<Promise>::from_promise(*this));
  }
  template <class U>
  requires std::is_convertible_v<U, T>
  void return_value(U&& value) { value_.emplace(std::forward<U>(value)); }
  /// To flow off the end is undefined in C++: as far as a compiler goes on, it is an error.
  auto final_suspend() noexcept {
    if (!value_ && !error()) note_missing_return();
    return PromiseBase::final_suspend();
  }
  T take_result() {
    rethrow();
    if (!value_) refuse_unfinished();
    return std::move(*value_);
  }
  const T& value() const { return *value_; }

 private:
  std::optional<T> value_;
};

template <>
class Promise<void> final : public PromiseBase {
 public:
  Promise(const Caller caller = Caller::here())
      : PromiseBase(std::coroutine_handle<Promise>::from_promise(*this), caller.function) {}
  inline Coroutine<void> get_return_object();
  void return_void() {}
  void take_result() { rethrow(); }
};

}  // namespace detail

/// A C++20 coroutine that tasks can run: `co_await` takes other coroutines (moved in),
/// futures and tasks, other Steppables, Yield and ThisStep. Nothing runs before it is awaited or stepped.
/// Used once: to await it, or to make a task of it, when it was moved from is a RuntimeError.
/// Destroying a suspended one destroys its locals, innermost coroutine first. As of any C++ coroutine,
/// arguments that it takes by value live as long as it does; what it takes by reference, and
/// what a lambda captures, must outlive it.
template <class T = void>
class [[nodiscard]] Coroutine final {
 public:
  using promise_type = detail::Promise<T>;
  using Handle = std::coroutine_handle<promise_type>;

  explicit Coroutine(Handle handle) : handle_(handle) {}
  Coroutine(Coroutine&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
  Coroutine& operator=(Coroutine&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Coroutine() {
    if (handle_) handle_.destroy();
  }

  /// Sets what traces call it and its arguments' repr ("'A', 2"). By default the name
  /// of the C++ function, and nothing.
  Coroutine named(std::string name, std::string args = {}) && {
    check_unused();
    handle_.promise().name = std::move(name);
    handle_.promise().args = std::move(args);
    return std::move(*this);
  }
  /// Makes it what a task drives.
  operator std::unique_ptr<Steppable>() &&;

  Handle release() { return std::exchange(handle_, {}); }
  /// The value, or throws what ended it. Only when it has ended.
  T take_result() {
    check_unused();
    return handle_.promise().take_result();
  }
  /// Throws when it was awaited, or moved from.
  void check_unused() const {
    if (!handle_) detail::refuse_reuse();
  }

 private:
  Handle handle_;
};

namespace detail {

inline Coroutine<void> Promise<void>::get_return_object() {
  return Coroutine<void>(std::coroutine_handle<Promise>::from_promise(*this));
}

/// A coroutine with its driver.
template <class T>
class CoroutineSteppable final : public Steppable {
 public:
  explicit CoroutineSteppable(Coroutine<T> coroutine) : coroutine_(std::move(coroutine)) {
    coroutine_.check_unused();
    handle_ = coroutine_.release();
    name_ = handle_.promise().name;
    args_ = handle_.promise().args;
    coroutine_ = Coroutine<T>(handle_);
  }

  StepOutcome step(StepContext& context, StepInput input) override;
  std::string name() const override { return name_; }
  std::string args() const override { return args_; }
  Position position() const override { return {0, driver_.stack()}; }

 private:
  StepOutcome ended();

  std::string name_, args_;
  Coroutine<T> coroutine_;  // until the first step; then the driver's, until it has ended
  typename Coroutine<T>::Handle handle_;
  CoroutineDriver driver_;
  bool started_ = false;
};

/// An awaited coroutine that a child task runs; its waiter takes the result itself, so that it
/// need not be copyable.
template <class T>
class ChildSteppable final : public Steppable {
 public:
  struct Queued {
    explicit Queued(Coroutine<T> awaited) : coroutine(std::move(awaited)) {}
    /// What the coroutine came to, for the waiter.
    T take(CoroutineDriver& waiter);

    Coroutine<T> coroutine;  // but while the driver runs it
    CoroutineDriver driver;
  };

  explicit ChildSteppable(std::shared_ptr<Queued> queued) : queued_(std::move(queued)) {
    handle_ = queued_->coroutine.release();
    name_ = handle_.promise().name;
    args_ = handle_.promise().args;
    queued_->coroutine = Coroutine<T>(handle_);
  }
  StepOutcome step(StepContext& context, StepInput input) override;
  std::string name() const override { return name_; }
  std::string args() const override { return args_; }
  Position position() const override { return {0, queued_->driver.stack()}; }

 private:
  StepOutcome ended();

  std::shared_ptr<Queued> queued_;
  typename Coroutine<T>::Handle handle_;
  std::string name_, args_;
  bool started_ = false;
};

template <class T>
T ChildSteppable<T>::Queued::take(CoroutineDriver& waiter) {
  rethrow_thrown(waiter.take_input());
  return coroutine.take_result();
}

template <class T>
StepOutcome ChildSteppable<T>::step(StepContext& context, StepInput input) {
  if (!std::exchange(started_, true)) {
    if (const Throw* thrown = std::get_if<Throw>(&input)) {  // S35
      queued_->coroutine = Coroutine<T>(typename Coroutine<T>::Handle{});
      return Raised{thrown->error};
    }
    queued_->driver.enter(queued_->coroutine.release().promise());
  }
  if (auto outcome = queued_->driver.run(context, std::move(input))) return std::move(*outcome);
  return ended();
}

template <class T>
StepOutcome ChildSteppable<T>::ended() {
  queued_->coroutine = Coroutine<T>(handle_);
  if (const std::exception_ptr error = handle_.promise().error()) return Raised{error};
  if constexpr (std::is_copy_constructible_v<T>)
    return Returned{AnyValue(handle_.promise().value())};
  else
    return Returned{};  // only the waiter may have it
}

template <class T>
StepOutcome CoroutineSteppable<T>::step(StepContext& context, StepInput input) {
  if (!started_) {
    if (const Throw* thrown = std::get_if<Throw>(&input)) {  // S35
      coroutine_ = Coroutine<T>(typename Coroutine<T>::Handle{});
      return Raised{thrown->error};
    }
    started_ = true;
    driver_.enter(coroutine_.release().promise());
  }
  if (std::optional<StepOutcome> outcome = driver_.run(context, std::move(input))) return std::move(*outcome);
  return ended();
}

template <class T>
StepOutcome CoroutineSteppable<T>::ended() {
  coroutine_ = Coroutine<T>(handle_);
  try {
    if constexpr (std::is_void_v<T>) {
      coroutine_.take_result();
      return Returned{};
    } else {
      return Returned{AnyValue(coroutine_.take_result())};
    }
  } catch (const RunEnded&) {
    throw;
  } catch (...) {
    return Raised{std::current_exception()};
  }
}

/// Steps `child` to its end on behalf of the task that runs this.
Coroutine<AnyValue> drive(std::unique_ptr<Steppable> child);

inline CoroutineAwaiter<AnyValue> PromiseBase::await_transform(std::unique_ptr<Steppable> child) {
  if (!child) refuse_none();
  return {*driver_, drive(std::move(child))};
}

}  // namespace detail

template <class T>
Coroutine<T>::operator std::unique_ptr<Steppable>() && {
  return std::make_unique<detail::CoroutineSteppable<T>>(std::move(*this));
}

/// A task whose `co_await` gives a T.
template <class T>
Typed<T, Task> create_task(EventLoop& loop, Coroutine<T> coroutine, TaskOptions options = {}) {
  return Typed<T, Task>(
      create_task(loop, std::unique_ptr<Steppable>(std::move(coroutine)), std::move(options)));
}

/// The same with a name.
template <class T, std::convertible_to<std::string> Name>
Typed<T, Task> create_task(EventLoop& loop, Coroutine<T> coroutine, Name&& name) {
  return create_task(loop, std::move(coroutine), TaskOptions{.name = std::forward<Name>(name)});
}

}  // namespace loopscope

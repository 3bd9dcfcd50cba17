#pragma once

#include <coroutine>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/task/steppable.h"
#include "core/task/task.h"

/// What runs coroutines within one task, and what they can await that is not a coroutine.
namespace loopscope {

/// `co_await Yield{}`: lets the loop do one iteration (Python's bare `yield`).
struct Yield {};
/// `co_await ThisStep{}`: the loop and task that run this coroutine. Never suspends.
struct ThisStep {};

namespace detail {

/// The identifier in a Caller's function: "fetch" of
/// "Coroutine<int> net::fetch(int)"; "<lambda>" for lambdas.
std::string coroutine_name(const char* function_name);

class PromiseBase;

/// Runs a chain of coroutines that await each other. Frames stand on an explicit
/// stack: neither resuming nor destroying a deep chain recurses.
class CoroutineDriver {
 public:
  CoroutineDriver() = default;
  ~CoroutineDriver();
  CoroutineDriver(const CoroutineDriver&) = delete;
  CoroutineDriver& operator=(const CoroutineDriver&) = delete;

  /// Makes `promise`'s coroutine the innermost one, to run next. Owns it while it is
  /// unfinished.
  void enter(PromiseBase& promise);
  /// The innermost coroutine has ended; the one that awaits it runs next, if any.
  void leave();
  /// Resumes the innermost coroutine with `input`, and whatever runs next, until one
  /// suspends the task (its outcome) or the outermost has ended (none).
  std::optional<StepOutcome> run(StepContext& context, StepInput input);

  void suspend(StepOutcome outcome) { outcome_ = std::move(outcome); }
  /// The innermost coroutine waits for `future`: sends before it is done do not reach it.
  void wait_for(const Ref<Future>& future) {
    outcome_ = Awaits{future};
    awaited_ = future;
  }
  StepInput take_input() { return std::exchange(input_, Send{}); }
  StepContext context() const { return *context_; }
  /// Function names, outermost first. Empty before the first step.
  StackId stack() const;

 private:
  std::vector<PromiseBase*> frames_;
  StepContext* context_ = nullptr;
  Tracer* tracer_ = nullptr;
  StepInput input_ = Send{};
  std::optional<StepOutcome> outcome_;
  Ref<Future> awaited_;
};

/// Throws what a step throws in.
void rethrow_thrown(StepInput input);

class FutureAwaiter {
 public:
  FutureAwaiter(CoroutineDriver& driver, Ref<Future> future) : driver_(driver), future_(std::move(future)) {}
  bool await_ready() const { return future_->done(); }
  void await_suspend(std::coroutine_handle<>) {
    waited_ = true;
    driver_.wait_for(future_);
  }
  AnyValue await_resume();

 private:
  CoroutineDriver& driver_;
  Ref<Future> future_;
  bool waited_ = false;
};

class YieldAwaiter {
 public:
  explicit YieldAwaiter(CoroutineDriver& driver) : driver_(driver) {}
  bool await_ready() const { return false; }
  void await_suspend(std::coroutine_handle<>) { driver_.suspend(Yielded{}); }
  void await_resume();

 private:
  CoroutineDriver& driver_;
};

/// `co_await Suspend{outcome}`: hands `outcome` to the task as it is, and gives what the task
/// sends or throws back: for coroutines that drive another Steppable.
struct Suspend {
  StepOutcome outcome;
};

class SuspendAwaiter {
 public:
  SuspendAwaiter(CoroutineDriver& driver, StepOutcome outcome)
      : driver_(driver), outcome_(std::move(outcome)) {}
  bool await_ready() const { return false; }
  void await_suspend(std::coroutine_handle<>) { driver_.suspend(std::move(outcome_)); }
  StepInput await_resume() { return driver_.take_input(); }

 private:
  CoroutineDriver& driver_;
  StepOutcome outcome_;
};

class ContextAwaiter {
 public:
  explicit ContextAwaiter(CoroutineDriver& driver) : driver_(driver) {}
  bool await_ready() const { return true; }
  void await_suspend(std::coroutine_handle<>) {}
  StepContext await_resume() const { return driver_.context(); }

 private:
  CoroutineDriver& driver_;
};

}  // namespace detail
}  // namespace loopscope

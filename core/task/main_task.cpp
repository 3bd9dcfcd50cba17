#include "core/task/main_task.h"

#include <utility>

namespace loopscope {
namespace {

/// CPython's Runner._on_sigint.
class Interrupt final : public SignalHandler {
 public:
  Interrupt(EventLoop& loop, Ref<Task> main) : loop_(loop), main_(std::move(main)) {}

  void run(int) override {
    if (++count_ > 1 || main_->done()) throw CoreError(CoreError::Type::KeyboardInterrupt);
    main_->cancel();
    loop_.call_soon_threadsafe([] {}, "<lambda>");  // wakes a select with a long timeout
  }

  int count() const { return count_; }

 private:
  EventLoop& loop_;
  Ref<Task> main_;
  int count_ = 0;
};

/// Keeps the handler in place while the task runs.
class InterruptsMain {
 public:
  InterruptsMain(EventLoop& loop, const Ref<Task>& main) : signals_(loop.world().signals) {
    const bool is_default = signals_.handler(kSigint) == signals_.default_int_handler();
    if (loop.world().threads.current().id != kMainThread || !is_default) return;
    handler_ = std::make_shared<Interrupt>(loop, main);
    signals_.set_handler(kSigint, handler_);
  }
  ~InterruptsMain() {
    if (handler_ && signals_.handler(kSigint) == handler_)
      signals_.set_handler(kSigint, signals_.default_int_handler());
  }
  InterruptsMain(const InterruptsMain&) = delete;
  InterruptsMain& operator=(const InterruptsMain&) = delete;

  bool happened() const { return handler_ && handler_->count() > 0; }

 private:
  Signals& signals_;
  std::shared_ptr<Interrupt> handler_;
};

}  // namespace

AnyValue run_main_task(EventLoop& loop, std::unique_ptr<Steppable> main, TaskOptions options) {
  const Ref<Task> task = create_task(loop, std::move(main), std::move(options));
  const InterruptsMain interrupts(loop, task);
  try {
    return run_until_complete(loop, Ref<Future>(task));
  } catch (const ProgramError& error) {
    const bool cancelled = error.category() == ErrorCategory::cancelled;
    if (cancelled && interrupts.happened() && task->uncancel() == 0)
      throw CoreError(CoreError::Type::KeyboardInterrupt, CoreError::While{std::current_exception()});
    throw;
  }
}

}  // namespace loopscope

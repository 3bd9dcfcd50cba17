#include "core/task/runner.h"

#include <utility>

#include "core/task/executor_bridge.h"
#include "core/task/future_registry.h"
#include "core/task/helpers.h"
#include "core/task/main_task.h"

namespace loopscope {
namespace {

void report_failures(EventLoop& loop, const std::vector<Ref<Task>>& tasks) {
  for (const Ref<Task>& task : tasks) {
    if (task->cancelled()) continue;
    if (const std::exception_ptr error = task->exception())
      loop.report({.message = "unhandled exception during asyncio.run() shutdown",  // S71
                   .error = error,
                   .key = "task",
                   .subject = task,
                   .subject_text = task->repr()});
  }
}

void cancel_all_tasks(EventLoop& loop) {
  const std::vector<Ref<Task>> tasks = all_tasks(loop);
  if (tasks.empty()) return;
  for (const Ref<Task>& task : tasks) task->cancel();
  const std::vector<Ref<Future>> futures(tasks.begin(), tasks.end());
  run_until_complete(loop, gather(loop, futures, {.return_exceptions = true}));
  report_failures(loop, tasks);
}

/// What a traceback's frame still has.
class Unawaited final : public RefCounted {
 public:
  Unawaited(const LoopOptions& options, std::string_view name) : say_(options.never_awaited), name_(name) {}
  ~Unawaited() override {
    if (say_) say_(name_);
  }

 private:
  const std::function<void(std::string_view)> say_;
  const std::string_view name_;
};

/// run_until_complete(loop.shutdown_asyncgens()) inside another loop makes a coroutine that never runs.
void check_can_shut_down(EventLoop& loop, const LoopOptions& options) {
  try {
    loop.check_can_run();
  } catch (const ProgramError& error) {
    error.keep(make_ref<Unawaited>(options, "BaseEventLoop.shutdown_asyncgens"));
    throw;
  }
}

}  // namespace

void Runner::initialize() {
  if (state_ == State::closed) throw CoreError(CoreError::Type::RuntimeError, "Runner is closed");
  if (state_ == State::initialized) return;
  if (factory_) {
    loop_ = factory_();
  } else {
    loop_ = std::make_shared<EventLoop>(setting_.world, setting_.tracer, setting_.budget, setting_.model,
                                        setting_.options);
    ThreadSlots& thread = setting_.world.threads.current();
    thread.current = loop_;
    thread.current_was_set = current_was_set_ = true;
  }
  state_ = State::initialized;
}

EventLoop& Runner::loop() {
  initialize();
  return *loop_;
}

void Runner::check_can_run() const {
  if (setting_.world.threads.current().running)
    throw CoreError(CoreError::Type::RuntimeError, "Runner.run() cannot be called from a running event loop");
}

void Runner::abandon() {
  if (const std::shared_ptr<EventLoop> loop = std::exchange(loop_, nullptr)) loop->abandon();
  state_ = State::closed;
  factory_ = nullptr;
}

AnyValue Runner::run(std::unique_ptr<Steppable> main, TaskOptions options) {
  check_can_run();
  initialize();
  if (!options.made_at) options.made_at = made_at::kRunner;
  // The task goes when it is done, before what it left behind is cancelled.
  return run_main_task(*loop_, std::move(main), std::move(options));
}

void Runner::close() {
  if (state_ != State::initialized) return;
  std::exception_ptr error;
  try {
    cancel_all_tasks(*loop_);
    check_can_shut_down(*loop_, setting_.options);
    run_until_complete(*loop_, shutdown_asyncgens(*loop_));
    run_until_complete(*loop_, shutdown_default_executor(*loop_));
  } catch (const RunEnded&) {
    throw;
  } catch (...) {
    error = std::current_exception();
  }
  if (current_was_set_) setting_.world.threads.current().current.reset();
  loop_->close();
  state_ = State::closed;
  const std::shared_ptr<EventLoop> loop = std::exchange(loop_, nullptr);
  if (setting_.options.left_behind && !FutureRegistry::of(*loop).empty()) setting_.options.left_behind(loop);
  if (error) std::rethrow_exception(error);
}

}  // namespace loopscope

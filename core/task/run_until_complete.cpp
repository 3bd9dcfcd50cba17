#include <utility>

#include "core/task/helpers.h"

namespace loopscope {
namespace {

/// Stops the loop, unless the future's error breaks out of it anyway (S25).
void run_until_complete_cb(Future& future) {
  if (!future.cancelled()) {
    const std::exception_ptr error = future.exception();
    if (error && leaves_the_loop(error)) return;
  }
  future.loop().stop();
}

/// Keeps the stopping callback registered while the loop runs.
class StopWhenDone {
 public:
  explicit StopWhenDone(Future& future)
      : future_(future), id_(future.add_done_callback({run_until_complete_cb, "_run_until_complete_cb"})) {}
  ~StopWhenDone() { future_.remove_done_callback(id_); }
  StopWhenDone(const StopWhenDone&) = delete;
  StopWhenDone& operator=(const StopWhenDone&) = delete;

 private:
  Future& future_;
  Future::CallbackId id_;
};

/// CPython's frame of run_until_complete is in the traceback of what leaves it. Errors of
/// the core's that the future holds itself are left alone: nothing would break that circle.
void keep_future(const ProgramError& error, const Ref<Future>& future) {
  const bool holds_error = future->done() && !future->cancelled();
  if (!holds_error || !dynamic_cast<const CoreError*>(&error)) error.keep(future);
}

/// `own`: nobody else has the task, so its error counts as retrieved when it leaves the loop.
AnyValue complete(EventLoop& loop, const Ref<Future>& future, bool own) {
  const Task* task = future->as_task();
  try {
    try {
      const StopWhenDone stop(*future);
      loop.run_forever(RunHow::run_until_complete, task ? task->task_id() : TaskId{});
    } catch (...) {
      if (own && future->done() && !future->cancelled()) future->exception();
      throw;
    }
    if (!future->done())
      throw CoreError(CoreError::Type::RuntimeError, "Event loop stopped before Future completed.");
    return future->result();
  } catch (const ProgramError& error) {
    keep_future(error, future);
    throw;
  }
}

}  // namespace

AnyValue run_until_complete(EventLoop& loop, const Ref<Future>& future) {
  loop.check_can_run();
  check_future(future);
  if (!future->loop_is_alive() || &future->loop() != &loop)
    throw CoreError(CoreError::Type::ValueError,
                    "The future belongs to a different loop than the one specified as the loop argument");
  return complete(loop, future, false);
}

AnyValue run_until_complete(EventLoop& loop, std::unique_ptr<Steppable> coroutine, TaskOptions options) {
  loop.check_can_run();
  const Ref<Task> task = create_task(loop, std::move(coroutine), std::move(options));
  task->set_log_destroy_pending(false);
  return complete(loop, task, true);
}

}  // namespace loopscope

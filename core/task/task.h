#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/task/future.h"
#include "core/task/steppable.h"

namespace loopscope {

class Task;

struct TaskOptions {
  std::optional<std::string> name = {};  ///< none: "Task-N"; N is used up either way (S26)
  std::uint32_t line = 0;                ///< the listing line that creates it
  /// loop.create_task(name=...) names the task at once and uses up no N; asyncio's
  /// create_task names it afterwards (S26). Means nothing without a name.
  bool named_at_once = false;
  /// The place that debug mode shows; null: where the program stands.
  const char* made_at = nullptr;
  /// On models that queue awaited coroutines: the task that awaits this one. Such a child
  /// is part of that task, to the program: neither `current_task` nor `all_tasks` knows it.
  Ref<Task> awaited_by = {};
};

/// A coroutine on its way through the loop, one step a handle (S26, S27). Emits task
/// events. Cancellation as S34-S41.
class Task final : public Future {
 public:
  /// Emits `task.created` and queues the first step. The coroutine does not run yet.
  Task(EventLoop& loop, std::unique_ptr<Steppable> coroutine, TaskOptions options = {});
  ~Task() override;

  TaskId task_id() const { return task_id_; }
  const std::string& name() const { return name_; }
  void set_name(std::string name);  ///< `task.renamed`
  /// What it drives; null once it is done: a finished task keeps no frame alive.
  const Steppable* steppable() const { return coroutine_.get(); }
  /// The same; only while it is not done.
  const Steppable& coroutine() const { return *coroutine_; }
  /// The coroutine's `__qualname__`, also when done.
  const std::string& coroutine_name() const { return coroutine_name_; }

  bool cancel(std::optional<std::string> message = {}) override;
  int cancelling() const { return cancel_requests_; }
  int uncancel();
  make::WaitsOn waits_on() const override { return {WaitKind::task, task_id_.value, {}}; }
  std::string_view class_name() const override { return "Task"; }
  /// Nobody minds when it goes without being done: a task that only the loop knows.
  void set_log_destroy_pending(bool on) { log_destroy_pending_ = on; }
  Task* as_task() override { return this; }
  /// The future or task that it waits for, or null.
  const Ref<Future>& waiter() const { return waiter_; }
  /// `error` is what the program has made of an error thrown into the step that runs: as CPython's
  /// caller of the step, the task lets go of it, and of the frames in its traceback, after the step.
  void hold_thrown(std::exception_ptr error) { thrown_ = std::move(error); }
  /// An awaited coroutine with a task of its own (TaskOptions::awaited_by).
  bool is_child() const { return child_; }
  /// The task that the program made: this, or the one that this child is part of.
  Task& root() { return awaited_by_ ? awaited_by_->root() : *this; }

 private:
  void emit_created(EventLoop& loop, const TaskOptions& options);
  void emit_done(EventLoop& loop, Outcome outcome, const std::string& value) override;
  void abandon() override;
  void say_last_words() override;
  std::string repr_details() const override;
  std::string state_text() const override;
  void drop_coroutine();
  class ThrownUntilEnd;

  void queue_step(EventLoop& loop, std::exception_ptr error = nullptr);
  void queue_failing_step(EventLoop& loop, std::string message);
  void step(std::exception_ptr error);
  void wake_up(Future& future);
  void settle_step(EventLoop& loop, StepOutcome outcome);
  void returned(AnyValue value);
  void raised(const std::exception_ptr& error);
  void wait_for(EventLoop& loop, Ref<Future> future);
  void emit_suspended(EventLoop& loop, const make::WaitsOn& on);

  TaskId task_id_;
  std::string name_;
  std::string coroutine_name_;
  std::unique_ptr<Steppable> coroutine_;
  Ref<Future> waiter_;
  Ref<Task> awaited_by_;  // until done
  std::exception_ptr thrown_;
  bool child_ = false;
  bool must_cancel_ = false;
  bool log_destroy_pending_ = true;
  Place defined_at_;  // of its coroutine, known when that is gone
  int cancel_requests_ = 0;
};

/// Task(...), as a reference.
Ref<Task> create_task(EventLoop& loop, std::unique_ptr<Steppable> coroutine, TaskOptions options = {});

/// Queues an awaited coroutine as a task of its own: a child of the one whose step runs.
Ref<Task> create_child(StepContext& context, std::unique_ptr<Steppable> coroutine, std::uint32_t line = 0);

/// The program's task whose step runs on `loop`, or null.
Task* current_task(EventLoop& loop);
/// The same, or the child whose step runs: what traces show.
Task* stepping_task(EventLoop& loop);
/// The unfinished tasks of `loop` in order of creation.
std::vector<Ref<Task>> all_tasks(EventLoop& loop);

}  // namespace loopscope

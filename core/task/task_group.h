#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/task/coroutine.h"
#include "core/task/task.h"

namespace loopscope {

/// asyncio.TaskGroup (S48): tasks that end together. The first failure cancels the others and
/// the parent; join() waits for all and throws what went wrong as one ErrorGroup. In C++:
///
///     const Ref<TaskGroup> group = make_ref<TaskGroup>();
///     group->enter(co_await ThisStep{});
///     group->create_task(...);
///     co_await group->join();
///
/// or task_group(), which joins in any case. Made by make_ref only.
class TaskGroup final : public RefCounted {
 public:
  /// __aenter__. RuntimeError when it was entered before.
  void enter(const StepContext& here);
  /// A task of the group. RuntimeError, and nothing is made, when the group is not open.
  Ref<Task> create_task(std::unique_ptr<Steppable> coroutine, TaskOptions options = {});
  template <class T>
  Typed<T, Task> create_task(Coroutine<T> coroutine, TaskOptions options = {}) {
    return Typed<T, Task>(create_task(std::unique_ptr<Steppable>(std::move(coroutine)), std::move(options)));
  }
  template <class T, std::convertible_to<std::string> Name>
  Typed<T, Task> create_task(Coroutine<T> coroutine, Name&& name) {
    return create_task(std::move(coroutine), TaskOptions{.name = std::forward<Name>(name)});
  }
  /// Throws what create_task would throw.
  void check_open() const;
  /// __aexit__: waits for all tasks. `error` is what the body ended with, or null. RuntimeError when the
  /// group was not entered.
  Coroutine<> join(std::exception_ptr error = nullptr);

  /// "<TaskGroup tasks=2 entered>"
  std::string repr() const;

 private:
  ~TaskGroup() override = default;  // Ref's alone
  static Coroutine<> join(Ref<TaskGroup> self, std::exception_ptr error);
  Coroutine<> wait_for_tasks(std::exception_ptr& cancelled);
  void abort();
  void on_task_done(Task& task);
  void note(const std::exception_ptr& error);

  bool entered_ = false, exiting_ = false, aborting_ = false, parent_cancel_requested_ = false;
  Ref<LoopAnchor> loop_;
  Ref<Task> parent_;
  std::map<TaskId, Ref<Task>> tasks_;  // in order of creation
  std::vector<std::exception_ptr> errors_;
  std::exception_ptr base_error_;
  Ref<Future> on_completed_;
};

/// `async with TaskGroup() as group: await body(group)`.
Coroutine<> task_group(std::function<Coroutine<>(TaskGroup&)> body);

}  // namespace loopscope

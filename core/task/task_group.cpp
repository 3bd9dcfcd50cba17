#include "core/task/task_group.h"

#include <utility>

#include "core/task/waiter.h"

namespace loopscope {
namespace {

[[noreturn]] void refuse(const TaskGroup& group, const char* why) {
  throw CoreError(CoreError::Type::RuntimeError, "TaskGroup " + group.repr() + why);
}

}  // namespace

std::string TaskGroup::repr() const {
  std::string text = "<TaskGroup";
  if (!tasks_.empty()) text += " tasks=" + std::to_string(tasks_.size());
  if (!errors_.empty()) text += " errors=" + std::to_string(errors_.size());
  if (aborting_)
    text += " cancelling";
  else if (entered_)
    text += " entered";
  return text + ">";
}

void TaskGroup::enter(const StepContext& here) {
  if (entered_) refuse(*this, " has been already entered");
  entered_ = true;
  loop_ = here.loop.anchor();
  parent_ = Ref<Task>(&here.task);
}

void TaskGroup::check_open() const {
  if (!entered_) refuse(*this, " has not been entered");
  if (exiting_ && tasks_.empty()) refuse(*this, " is finished");
  if (aborting_) refuse(*this, " is shutting down");
}

Ref<Task> TaskGroup::create_task(std::unique_ptr<Steppable> coroutine, TaskOptions options) {
  check_open();
  if (!loop_->loop) throw CoreError(CoreError::Type::RuntimeError, "Event loop is closed");
  options.made_at = made_at::kTaskGroup;
  Ref<Task> task = loopscope::create_task(*loop_->loop, std::move(coroutine), std::move(options));
  task->add_done_callback(
      {[self = Ref<TaskGroup>(this)](Future& done) { self->on_task_done(*done.as_task()); },
       "_on_task_done"});
  tasks_.emplace(task->task_id(), task);
  return task;
}

void TaskGroup::abort() {
  aborting_ = true;
  const std::map<TaskId, Ref<Task>> tasks = tasks_;
  for (const auto& [id, task] : tasks)
    if (!task->done()) task->cancel();
}

void TaskGroup::note(const std::exception_ptr& error) {
  if (leaves_the_loop(error) && !base_error_) base_error_ = error;
}

void TaskGroup::on_task_done(Task& task) {
  tasks_.erase(task.task_id());
  if (on_completed_ && tasks_.empty()) release_waiter(*on_completed_);
  if (task.cancelled()) return;
  const std::exception_ptr error = task.exception();
  if (!error) return;
  errors_.push_back(error);
  note(error);
  if (parent_->done()) {
    task.loop().report({.message = "Task " + task.repr() + " has errored out but its parent task " +
                                   parent_->repr() + " is already completed",
                        .error = error,
                        .key = "task",
                        .subject = Ref<RefCounted>(&task),
                        .subject_text = task.repr()});
    return;
  }
  if (aborting_ || parent_cancel_requested_) return;
  // Whatever the parent does now is to end; join() takes the request back.
  abort();
  parent_cancel_requested_ = true;
  parent_->cancel();
}

Coroutine<> TaskGroup::join(std::exception_ptr error) { return join(Ref<TaskGroup>(this), std::move(error)); }

/// `cancelled`: what is to go on after the group, when the parent is cancelled meanwhile.
Coroutine<> TaskGroup::wait_for_tasks(std::exception_ptr& cancelled) {
  StepContext here = co_await ThisStep{};
  while (!tasks_.empty()) {  // the parent may be cancelled many times
    on_completed_ = make_waiter(here.loop, WaitKind::taskgroup, "TaskGroup");
    on_completed_->set_waits_on({WaitKind::taskgroup, 0, {}});
    const Ref<Future> completed = on_completed_;
    try {
      co_await completed;
    } catch (...) {
      const std::exception_ptr error = std::current_exception();
      if (!is_cancellation(error)) throw;
      if (!aborting_) {
        cancelled = error;
        abort();
      }
    }
    on_completed_ = nullptr;
  }
}

Coroutine<> TaskGroup::join(Ref<TaskGroup> self, std::exception_ptr error) {
  if (!self->entered_) refuse(*self, " has not been entered");
  self->exiting_ = true;
  if (error) self->note(error);
  std::exception_ptr cancelled = error && is_cancellation(error) ? error : nullptr;
  if (self->parent_cancel_requested_ && self->parent_->uncancel() == 0) cancelled = nullptr;
  if (error && !self->aborting_) self->abort();
  co_await self->wait_for_tasks(cancelled);
  // Nobody asks for it any more; a child (trampoline) would stay with its error in a circle.
  if (self->parent_->is_child()) self->parent_ = nullptr;
  if (self->base_error_) std::rethrow_exception(self->base_error_);
  // Other errors come before a cancellation.
  if (cancelled && self->errors_.empty()) std::rethrow_exception(cancelled);
  if (error && !is_cancellation(error)) self->errors_.push_back(error);
  if (!self->errors_.empty())
    throw ErrorGroup("unhandled errors in a TaskGroup", std::exchange(self->errors_, {}));
}

Coroutine<> task_group(std::function<Coroutine<>(TaskGroup&)> body) {
  const Ref<TaskGroup> group = make_ref<TaskGroup>();
  StepContext here = co_await ThisStep{};
  group->enter(here);
  std::exception_ptr error;
  try {
    co_await body(*group);
  } catch (const RunEnded&) {
    throw;
  } catch (...) {
    error = std::current_exception();
  }
  co_await group->join(error);
  if (error) std::rethrow_exception(error);
}

}  // namespace loopscope

#include "core/task/future_registry.h"

#include <memory>

#include "core/trace/event_schema.h"

namespace loopscope {

FutureRegistry& FutureRegistry::of(EventLoop& loop) {
  std::unique_ptr<LoopLocal>& place = loop.task_state();
  if (!place) place = std::make_unique<FutureRegistry>();
  return static_cast<FutureRegistry&>(*place);
}

FutureRegistry::~FutureRegistry() {
  while (oldest_) remove(*oldest_);
}

void FutureRegistry::add(Future& future) {
  future.registered_ = true;
  future.older_ = newest_;
  (newest_ ? newest_->newer_ : oldest_) = &future;
  newest_ = &future;
}

void FutureRegistry::remove(Future& future) {
  if (!future.registered_) return;
  refused_.erase(&future);
  (future.older_ ? future.older_->newer_ : oldest_) = future.newer_;
  (future.newer_ ? future.newer_->older_ : newest_) = future.older_;
  future.older_ = future.newer_ = nullptr;
  future.registered_ = false;
}

std::vector<Ref<Task>> FutureRegistry::tasks() const {
  std::vector<Ref<Task>> tasks;
  for (Future* f = oldest_; f; f = f->newer_)
    if (Task* task = f->as_task(); task && !task->done() && !task->is_child()) tasks.emplace_back(task);
  return tasks;
}

/// All are held until each one's links are cut, so that no chain of owners unwinds recursively.
void FutureRegistry::abandon() {
  while (oldest_) {
    std::vector<Ref<Future>> waiting;
    for (Future* f = oldest_; f; f = f->newer_) waiting.emplace_back(f);
    for (const Ref<Future>& future : waiting)
      future->Future::abandon();  // what a coroutine then ends wakes nobody
    for (const Ref<Future>& future : waiting) {
      remove(*future);
      future->abandon();
    }
  }
}

void FutureRegistry::say_last_words() {
  std::vector<Ref<Future>> left;
  for (Future* f = oldest_; f; f = f->newer_) left.emplace_back(f);
  for (const Ref<Future>& future : left) future->speak();
}

std::string FutureRegistry::take_last_step() {
  const Ref<Task> task = std::exchange(last_step, nullptr);
  return task ? task->repr() : "";
}

/// " holds lock 1 and lock 3": of the locks that somebody waits for.
std::string FutureRegistry::held_by(TaskId task) const {
  std::string text;
  for (const auto& [lock, holder] : *contended)
    if (*holder == task) text += (text.empty() ? " holds lock " : " and lock ") + std::to_string(lock.value);
  return text;
}

std::string FutureRegistry::waits() const {
  std::string text;
  for (const Ref<Task>& task : tasks()) {
    if (!task->waiter()) continue;
    const make::WaitsOn on = task->waiter()->waits_on();
    const std::string held = held_by(task->task_id());
    text += (text.empty() ? "" : ", ") + task->name() + " (" + task->coroutine_name() + ")" + held +
            (held.empty() ? "" : " and") + " waits for " + std::string(to_string(on.kind)) +
            (on.id ? " " + std::to_string(on.id) : "");
  }
  return text;
}

}  // namespace loopscope

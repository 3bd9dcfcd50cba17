#pragma once

#include <map>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/task/future.h"
#include "core/task/task.h"

namespace loopscope {

/// What the tasks of one loop share: the futures and tasks that are not done, or whose
/// error nobody has asked for, in order of creation, and the task whose step runs. Owns none of them.
class FutureRegistry final : public LoopLocal {
 public:
  /// The registry of `loop`, made on first use.
  static FutureRegistry& of(EventLoop& loop);
  ~FutureRegistry() override;

  void add(Future& future);
  void remove(Future& future);

  /// A task could not await `future`, itself or another loop's. CPython's future does not forget
  /// that while it is pending: "await wasn't used with future" for whoever awaits it next.
  void refuse_awaits(const Future& future) { refused_.insert(&future); }
  bool refuses_awaits(const Future& future) const { return refused_.contains(&future); }
  bool empty() const { return !oldest_; }
  std::vector<Ref<Task>> tasks() const;
  Task* current = nullptr;
  /// Async generators that the loop has begun to iterate, in that order; some may be gone.
  std::vector<std::weak_ptr<class OpenAsyncGenerator>> open_generators;
  Ref<Task> last_step;   ///< debug mode: the task whose step ran last, until it was looked at
  int cancel_depth = 0;  ///< calls of Task::cancel that are inside each other

  /// The locks that somebody waits for, with the task that holds each: for the words of a deadlock.
  const std::shared_ptr<std::map<ObjectId, const TaskId*>> contended =
      std::make_shared<std::map<ObjectId, const TaskId*>>();

  void abandon() override;
  std::string waits() const override;
  std::string take_last_step() override;
  /// Lets each future that will never be done, or whose error nobody asked for, say so: the
  /// program is over (S78).
  void say_last_words();

 private:
  std::string held_by(TaskId task) const;

  Future* oldest_ = nullptr;
  Future* newest_ = nullptr;
  std::unordered_set<const Future*> refused_;
};

}  // namespace loopscope

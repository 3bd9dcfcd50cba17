#include "core/world/thread_sync.h"

#include <algorithm>
#include <utility>

#include "core/base/errors.h"

namespace loopscope::threading {

bool Lock::acquire(bool blocking, std::optional<double> timeout) {
  if (locked_) {
    std::optional<double> deadline;
    if (timeout) deadline = world_.clock.now() + *timeout;
    if (!blocking || !wait(deadline)) return false;
  }
  holder_ = world_.threads.current().id;
  return locked_ = true;
}

/// Tells meanwhile who holds it: a deadlock's words need that.
bool Lock::wait(std::optional<double> deadline) {
  struct Blocked {
    Blocked(ThreadSlots& thread, const ThreadId& holder)
        : thread(thread), before(std::exchange(thread.blocked_by, &holder)) {}
    ~Blocked() { thread.blocked_by = before; }
    ThreadSlots& thread;
    const ThreadId* const before;  // a signal's handler may wait inside a wait
  } const blocked(world_.threads.current(), holder_);
  return world_.threads.block([this] { return !locked_; }, deadline, "Lock.acquire");
}

void Lock::release() {
  if (!locked_) throw CoreError(CoreError::Type::RuntimeError, "release unlocked lock");
  locked_ = false;
}

bool Condition::wait(std::optional<double> timeout) {
  if (timeout && *timeout <= 0) return false;
  std::optional<double> deadline;
  if (timeout) deadline = world_.clock.now() + *timeout;
  bool notified = false;
  struct Registered {
    Registered(std::deque<bool*>& all, bool& mine) : all(all), mine(mine) { all.push_back(&mine); }
    ~Registered() {
      if (!mine) std::erase(all, &mine);
    }
    std::deque<bool*>& all;
    bool& mine;
  } const registered(waiters_, notified);
  return world_.threads.block([&notified] { return notified; }, deadline, what_);
}

void Condition::notify() {
  if (waiters_.empty()) return;
  *waiters_.front() = true;
  waiters_.pop_front();
}

void Condition::notify_all() {
  while (!waiters_.empty()) notify();
}

void Event::set() {
  set_ = true;
  changed_.notify_all();
}

}  // namespace loopscope::threading

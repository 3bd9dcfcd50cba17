#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "core/sync/loop_bound.h"

namespace loopscope {

/// What a Condition can stand on: a Lock, or a Semaphore.
class Lockable : public LoopBound {
 public:
  virtual bool locked() const = 0;
  /// Waits until it is free, and takes it. Always true.
  virtual Coroutine<bool> acquire() = 0;
  virtual void release() = 0;
  /// What repr() shows between brackets: "locked, waiters:2".
  virtual std::string state() const = 0;

 protected:
  using LoopBound::LoopBound;

 private:
  std::string default_repr() const override;
};

/// asyncio.Lock (S51): first come, first served.
class Lock final : public Lockable {
 public:
  explicit Lock(Tracer& tracer);
  /// A lock that is part of another object.
  explicit Lock(TraceIdentity identity) : Lockable(std::move(identity)) {}

  bool locked() const override { return locked_; }
  Coroutine<bool> acquire() override { return acquire(Ref<Lock>(this)); }
  /// RuntimeError when it is not locked.
  void release() override;
  std::string state() const override;

 private:
  ~Lock() override = default;  // Ref's alone
  class Contention;
  static Coroutine<bool> acquire(Ref<Lock> self);
  void wake_up_first();

  bool locked_ = false;
  TaskId holder_ = {};           // who took it last
  mutable int contentions_ = 0;  // how many wait
  Waiters waiters_;
};

/// asyncio.Semaphore, and BoundedSemaphore when bounded (S52): a release hands the permit to
/// the first that waits.
class Semaphore final : public Lockable {
 public:
  /// ValueError when `value` is negative. Bounded: release() above `value` is an error.
  Semaphore(Tracer& tracer, std::int64_t value = 1, bool bounded = false);

  bool locked() const override { return value_ == 0 || waiters_.any_live(); }
  Coroutine<bool> acquire() override { return acquire(Ref<Semaphore>(this)); }
  /// ValueError when bounded and released too often.
  void release() override;
  std::string state() const override;
  std::int64_t value() const { return value_; }

 private:
  ~Semaphore() override = default;  // Ref's alone
  static Coroutine<bool> acquire(Ref<Semaphore> self);
  void wake_up_next();

  std::int64_t value_;
  const std::int64_t bound_;
  const bool bounded_;
  Waiters waiters_;
};

/// asyncio.Event (S53).
class Event final : public LoopBound {
 public:
  explicit Event(Tracer& tracer);
  /// An event that is part of another object.
  explicit Event(TraceIdentity identity) : LoopBound(std::move(identity)) {}

  bool is_set() const { return set_; }
  /// Wakes all who wait; a clear() afterwards does not undo that.
  void set();
  void clear() { set_ = false; }
  /// Always true.
  Coroutine<bool> wait() { return wait(Ref<Event>(this)); }
  std::string state() const { return (set_ ? "set" : "unset") + waiters_.text(); }

 private:
  ~Event() override = default;  // Ref's alone
  static Coroutine<bool> wait(Ref<Event> self);
  std::string default_repr() const override;

  bool set_ = false;
  Waiters waiters_;
};

/// asyncio.Condition (S54). Its lock is its own, or shared.
class Condition final : public LoopBound {
 public:
  explicit Condition(Tracer& tracer, Ref<Lockable> lock = nullptr);
  /// A condition that is part of another object, as is its lock.
  explicit Condition(const TraceIdentity& identity) : LoopBound(identity), lock_(make_ref<Lock>(identity)) {}

  const Ref<Lockable>& lock() const { return lock_; }
  bool locked() const { return lock_->locked(); }
  Coroutine<bool> acquire() { return lock_->acquire(); }
  void release() { lock_->release(); }
  /// Gives the lock up until notified, and has it again afterwards, cancelled or not. Always
  /// true. RuntimeError when nobody holds the lock.
  Coroutine<bool> wait() { return wait(Ref<Condition>(this)); }
  /// Waits until `predicate` holds.
  Coroutine<> wait_for(std::function<bool()> predicate) {
    return wait_for(Ref<Condition>(this), std::move(predicate));
  }
  /// Wakes up to `count` of those who wait. RuntimeError when nobody holds the lock.
  void notify(std::int64_t count = 1);
  void notify_all() { notify(static_cast<std::int64_t>(waiters_.size())); }
  std::string state() const { return (locked() ? "locked" : "unlocked") + waiters_.text(); }

 private:
  ~Condition() override = default;  // Ref's alone
  static Coroutine<bool> wait(Ref<Condition> self);
  static Coroutine<> wait_for(Ref<Condition> self, std::function<bool()> predicate);
  Coroutine<> reacquire();
  std::string default_repr() const override;

  Ref<Lockable> lock_;
  Waiters waiters_;
};

}  // namespace loopscope

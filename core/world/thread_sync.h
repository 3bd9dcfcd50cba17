#pragma once

#include <deque>
#include <optional>

#include "core/base/ref.h"
#include "core/world/world.h"

/// threading's locks and events. Timeouts are seconds; none: for ever.
namespace loopscope::threading {

/// threading.Lock: of several that wait, the thread with the lowest id gets it.
/// Must outlive its waiters.
class Lock final {
 public:
  explicit Lock(World world) : world_(world) {}
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  /// False when it could not be had in time. A timeout is for blocking calls only.
  bool acquire(bool blocking = true, std::optional<double> timeout = {});
  /// RuntimeError "release unlocked lock".
  void release();
  bool locked() const { return locked_; }

 private:
  bool wait(std::optional<double> deadline);

  World world_;
  bool locked_ = false;
  ThreadId holder_;  // who took it last
};

/// threading.Condition without its lock: the baton is lock enough. Waiters are woken in
/// the order in which they came.
class Condition final {
 public:
  /// `what`: what its waiters are said to wait for ("Event.wait").
  Condition(World world, std::string_view what) : world_(world), what_(what) {}
  Condition(const Condition&) = delete;
  Condition& operator=(const Condition&) = delete;

  /// False when nobody woke it in time; a timeout of 0 or less does not wait at all.
  bool wait(std::optional<double> timeout = {});
  void notify();
  void notify_all();

 private:
  World world_;
  std::string_view what_;
  std::deque<bool*> waiters_;  // each one's "notified"
};

/// threading.Event.
class Event final : public RefCounted {
 public:
  explicit Event(World world) : changed_(world, "Event.wait") {}
  bool is_set() const { return set_; }
  void set();
  void clear() { set_ = false; }
  /// True unless the time is over. Who waited when it was set is woken, even if it has
  /// been cleared again since.
  bool wait(std::optional<double> timeout = {}) { return set_ || changed_.wait(timeout); }

 private:
  bool set_ = false;
  Condition changed_;
};

}  // namespace loopscope::threading

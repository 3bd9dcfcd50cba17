#pragma once

#include <functional>
#include <list>
#include <string>
#include <string_view>

#include "core/base/errors.h"
#include "core/base/ref.h"
#include "core/task/coroutine.h"
#include "core/task/future.h"

namespace loopscope {

/// As what an object's waiters show in traces: `on` of `task.suspended`.
struct TraceIdentity {
  WaitKind kind;
  ObjectId id;
  std::string name;            ///< "Lock", "PriorityQueue"
  std::string operation = {};  ///< instead of the method's name, for parts of another object
};

/// What asyncio's locks and queues have in common: the first use that blocks binds them to
/// the loop that runs then. Loop thread only. Made by make_ref only: whoever waits owns them.
class LoopBound : public RefCounted {
 public:
  ObjectId object_id() const { return identity_.id; }
  /// "Lock"
  const std::string& name() const { return identity_.name; }
  /// As Python's repr: "<asyncio.locks.Lock object at 0x7f0000000010 [locked]>".
  std::string repr() const { return shown_ ? shown_() : default_repr(); }
  /// Lets `shown` stand for repr(), in errors too: for objects that have an address and
  /// values of their own. Null takes it back.
  void show_as(std::function<std::string()> shown) { shown_ = std::move(shown); }

 protected:
  explicit LoopBound(TraceIdentity identity) : identity_(std::move(identity)) {}

  /// The loop that runs, to which this is bound from now on. RuntimeError when it was bound
  /// to another.
  EventLoop& bind(EventLoop& running);
  /// A future on `running` for one who waits in `operation` ("acquire").
  Ref<Future> new_waiter(EventLoop& running, std::string_view operation);
  const TraceIdentity& identity() const { return identity_; }

 private:
  virtual std::string default_repr() const = 0;

  TraceIdentity identity_;
  std::function<std::string()> shown_;
  Ref<LoopAnchor> loop_;
};

/// The address that default_repr() shows, made of the object's id.
std::string object_address(ObjectId id);

/// Futures in order of arrival.
class Waiters {
 public:
  bool empty() const { return futures_.empty(); }
  std::size_t size() const { return futures_.size(); }
  auto begin() const { return futures_.begin(); }
  auto end() const { return futures_.end(); }

  void add(Ref<Future> future) { futures_.push_back(std::move(future)); }
  /// Takes `future` out, if it is there.
  void remove(const Ref<Future>& future);
  /// Takes the one that has waited longest. Must not be empty.
  Ref<Future> pop();
  /// True when at least one has not been cancelled.
  bool any_live() const;
  /// ", waiters:2", or nothing when there are none.
  std::string text() const;

  /// Keeps `future` in the list while it lives.
  class Place {
   public:
    Place(Waiters& waiters, Ref<Future> future) : waiters_(waiters), future_(std::move(future)) {
      waiters_.add(future_);
    }
    ~Place() { waiters_.remove(future_); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

   private:
    Waiters& waiters_;
    Ref<Future> future_;
  };

 private:
  std::list<Ref<Future>> futures_;
};

}  // namespace loopscope

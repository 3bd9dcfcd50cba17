#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>

#include "core/sync/locks.h"

namespace loopscope {

/// asyncio.Queue, LifoQueue and PriorityQueue (S56, S57). Getters are served in order of
/// arrival, but an item stays in the queue until one of them runs, and can be stolen.
class Queue final : public LoopBound {
 public:
  enum class Order { fifo, lifo, priority };
  /// a < b, for Order::priority. May throw: the queue then is as CPython's would be.
  using Less = std::function<bool(const AnyValue& a, const AnyValue& b)>;

  /// `maxsize` 0 or less: no bound. `less` is needed for Order::priority only: TypeError
  /// without.
  explicit Queue(Tracer& tracer, std::int64_t maxsize = 0, Order order = Order::fifo, Less less = {});

  /// An unbounded queue that is part of something else.
  explicit Queue(TraceIdentity identity);

  /// Waits while the queue is full.
  Coroutine<> put(AnyValue item) { return put(Ref<Queue>(this), std::move(item)); }
  /// Waits while the queue is empty.
  Coroutine<AnyValue> get() { return get(Ref<Queue>(this)); }
  void put_nowait(AnyValue item);  ///< QueueFull
  AnyValue get_nowait();           ///< QueueEmpty
  /// ValueError when called more often than items were put.
  void task_done();
  /// Waits until task_done() was called for every item.
  Coroutine<> join() { return join(Ref<Queue>(this)); }

  std::size_t qsize() const { return items_.size(); }
  std::int64_t maxsize() const { return maxsize_; }
  bool empty() const { return items_.empty(); }
  bool full() const { return maxsize_ > 0 && static_cast<std::int64_t>(items_.size()) >= maxsize_; }
  /// In the order of CPython's `_queue`.
  const std::deque<AnyValue>& items() const { return items_; }
  /// " _getters[1] tasks=2": what repr() shows behind the items.
  std::string state() const;
  /// Drops the items, and wakes nobody: for the end of a program.
  void drop_items() { const std::deque<AnyValue> gone = std::exchange(items_, {}); }

 private:
  ~Queue() override = default;  // Ref's alone
  static Coroutine<> put(Ref<Queue> self, AnyValue item);
  static Coroutine<AnyValue> get(Ref<Queue> self);
  static Coroutine<> join(Ref<Queue> self);
  class Waiting;

  void push(AnyValue item);
  AnyValue pop();
  bool less(std::size_t a, std::size_t b);
  void sift_down(std::size_t at);
  void sift_up();
  static void wake_up_next(Waiters& waiters);
  std::string default_repr() const override;

  const std::int64_t maxsize_ = 0;
  const Order order_ = Order::fifo;
  const Less less_;
  std::deque<AnyValue> items_;
  Waiters getters_, putters_;
  std::uint64_t unfinished_ = 0;
  Ref<Event> finished_;
};

}  // namespace loopscope

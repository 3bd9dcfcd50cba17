#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "core/base/any_value.h"
#include "core/base/errors.h"
#include "core/base/ref.h"
#include "core/world/thread_sync.h"

namespace loopscope::threading {

/// queue.Empty and queue.Full.
class QueueError final : public ProgramError {
 public:
  enum class Type { Empty, Full };
  explicit QueueError(Type type) : type_(type) {}
  std::string_view type_name() const override { return type_ == Type::Empty ? "Empty" : "Full"; }
  std::string message() const override { return ""; }
  Type type() const { return type_; }

 private:
  Type type_;
};

/// queue.Queue: between threads. Its items may be of any type. Must outlive its waiters.
class Queue final : public RefCounted {
 public:
  /// `maxsize` of 0 or less: no bound.
  explicit Queue(World world, std::int64_t maxsize = 0);

  /// Waits for room, `timeout` seconds at most: then QueueError Full. Negative timeouts
  /// are a ValueError when it would block.
  void put(AnyValue item, bool block = true, std::optional<double> timeout = {});
  /// Waits for an item: QueueError Empty.
  AnyValue get(bool block = true, std::optional<double> timeout = {});
  /// ValueError "task_done() called too many times".
  void task_done();
  /// Waits until task_done() was called for every item.
  void join();

  std::int64_t qsize() const { return static_cast<std::int64_t>(items_.size()); }
  bool empty() const { return items_.empty(); }
  bool full() const { return maxsize_ > 0 && qsize() >= maxsize_; }
  std::int64_t maxsize() const { return maxsize_; }

 private:
  template <class Ready>
  void wait_until(Ready ready, Condition& changed, bool block, std::optional<double> timeout,
                  QueueError::Type otherwise);

  World world_;
  std::int64_t maxsize_;
  std::deque<AnyValue> items_;
  std::int64_t unfinished_ = 0;
  Condition not_empty_, not_full_, all_done_;
};

}  // namespace loopscope::threading

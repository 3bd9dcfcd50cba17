#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/loop/handle.h"

namespace loopscope {

/// Timers by deadline, in heapq's order, which is not stable (S11). Never looks at a
/// clock: time is told. Counts cancelled timers as CPython does. Loop thread only.
class TimerHeap {
 public:
  bool empty() const { return timers_.empty(); }
  std::size_t size() const { return timers_.size(); }
  /// As CPython counts: a cancelled timer that falls due stays counted (S14).
  std::int64_t cancelled_count() const { return cancelled_; }

  void push(Ref<Handle> timer);
  /// The head's deadline, cancelled or not. Must not be empty.
  double next_deadline() const { return timers_.front()->when_; }
  /// Takes the head if its deadline is before `end`, cancelled or not (S7); else null.
  Ref<Handle> pop_due(double end);
  /// Counts a timer in the heap that was just cancelled (S14).
  void count_cancelled() { ++cancelled_; }

  struct Purged {
    bool bulk = false;
    std::vector<Ref<Handle>> timers;  ///< in the order in which they left
  };
  /// Removes cancelled timers: all of them when they are more than half of more than
  /// 100 (S2), else those at the head (S3).
  Purged purge_cancelled();

  /// Takes everything out, in the array's order.
  std::vector<Ref<Handle>> take_all();

 private:
  /// By deadline alone, as TimerHandle.__lt__.
  static bool earlier(const Ref<Handle>& a, const Ref<Handle>& b) { return a->when_ < b->when_; }
  Ref<Handle> pop();
  bool wants_bulk_purge() const;

  std::vector<Ref<Handle>> timers_;
  std::int64_t cancelled_ = 0;
};

}  // namespace loopscope

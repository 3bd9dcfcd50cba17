#include "core/loop/timer_heap.h"

#include "core/base/heapq.h"

namespace loopscope {
namespace {

constexpr std::size_t kMinTimersForBulkPurge = 100;
constexpr double kMinCancelledFraction = 0.5;

}  // namespace

void TimerHeap::push(Ref<Handle> timer) {
  timer->in_heap_ = true;
  heapq::push(timers_, std::move(timer), earlier);
}

Ref<Handle> TimerHeap::pop() {
  Ref<Handle> timer = heapq::pop(timers_, earlier);
  timer->in_heap_ = false;
  return timer;
}

Ref<Handle> TimerHeap::pop_due(double end) {
  if (empty() || next_deadline() >= end) return {};
  return pop();
}

bool TimerHeap::wants_bulk_purge() const {
  return size() > kMinTimersForBulkPurge &&
         static_cast<double>(cancelled_) / static_cast<double>(size()) > kMinCancelledFraction;
}

TimerHeap::Purged TimerHeap::purge_cancelled() {
  Purged purged;
  if (wants_bulk_purge()) {
    purged.bulk = true;
    std::vector<Ref<Handle>> kept;
    for (Ref<Handle>& timer : timers_)
      (timer->cancelled() ? purged.timers : kept).push_back(std::move(timer));
    for (const Ref<Handle>& timer : purged.timers) timer->in_heap_ = false;
    heapq::heapify(kept, earlier);
    timers_ = std::move(kept);
    cancelled_ = 0;
    return purged;
  }
  while (!empty() && timers_.front()->cancelled()) {
    --cancelled_;
    purged.timers.push_back(pop());
  }
  return purged;
}

std::vector<Ref<Handle>> TimerHeap::take_all() {
  for (const Ref<Handle>& timer : timers_) timer->in_heap_ = false;
  return std::exchange(timers_, {});
}

}  // namespace loopscope

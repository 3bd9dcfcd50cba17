#include "core/world/thread_queue.h"

#include <utility>

namespace loopscope::threading {

Queue::Queue(World world, std::int64_t maxsize)
    : world_(world),
      maxsize_(maxsize),
      not_empty_(world, "Queue.get"),
      not_full_(world, "Queue.put"),
      all_done_(world, "Queue.join") {}

template <class Ready>
void Queue::wait_until(Ready ready, Condition& changed, bool block, std::optional<double> timeout,
                       QueueError::Type otherwise) {
  if (!block) {
    if (!ready()) throw QueueError(otherwise);
    return;
  }
  if (timeout && *timeout < 0)
    throw CoreError(CoreError::Type::ValueError, "'timeout' must be a non-negative number");
  const double end = timeout ? world_.clock.now() + *timeout : 0;
  while (!ready()) {
    std::optional<double> left;
    if (timeout) left = end - world_.clock.now();
    if (left && *left <= 0) throw QueueError(otherwise);
    changed.wait(left);
  }
}

void Queue::put(AnyValue item, bool block, std::optional<double> timeout) {
  if (maxsize_ > 0) wait_until([this] { return !full(); }, not_full_, block, timeout, QueueError::Type::Full);
  items_.push_back(std::move(item));
  ++unfinished_;
  not_empty_.notify();
}

AnyValue Queue::get(bool block, std::optional<double> timeout) {
  wait_until([this] { return !empty(); }, not_empty_, block, timeout, QueueError::Type::Empty);
  AnyValue item = std::move(items_.front());
  items_.pop_front();
  not_full_.notify();
  return item;
}

void Queue::task_done() {
  if (unfinished_ <= 0) throw CoreError(CoreError::Type::ValueError, "task_done() called too many times");
  if (--unfinished_ == 0) all_done_.notify_all();
}

void Queue::join() {
  while (unfinished_ > 0) all_done_.wait();
}

}  // namespace loopscope::threading

#include "core/sync/queue.h"

#include <utility>

namespace loopscope {
namespace {

const char* name_of(Queue::Order order) {
  switch (order) {
    case Queue::Order::fifo:
      return "Queue";
    case Queue::Order::lifo:
      return "LifoQueue";
    case Queue::Order::priority:
      return "PriorityQueue";
  }
  return "Queue";
}

}  // namespace

Queue::Queue(Tracer& tracer, std::int64_t maxsize, Order order, Less less)
    : LoopBound({WaitKind::queue, tracer.ids().next_object(), name_of(order)}),
      maxsize_(maxsize),
      order_(order),
      less_(std::move(less)),
      finished_(make_ref<Event>(TraceIdentity{WaitKind::queue, object_id(), name(), "join"})) {
  if (order == Order::priority && !less_)
    throw CoreError(CoreError::Type::TypeError, "a priority queue needs to know which item is less");
  finished_->set();
}

Queue::Queue(TraceIdentity identity)
    : LoopBound(std::move(identity)),
      finished_(make_ref<Event>(TraceIdentity{WaitKind::queue, object_id(), name(), "join"})) {
  finished_->set();
}

std::string Queue::state() const {
  std::string text;
  if (!getters_.empty()) text += " _getters[" + std::to_string(getters_.size()) + "]";
  if (!putters_.empty()) text += " _putters[" + std::to_string(putters_.size()) + "]";
  if (unfinished_ > 0) text += " tasks=" + std::to_string(unfinished_);
  return text;
}

std::string Queue::default_repr() const {
  std::string text =
      "<" + name() + " at " + object_address(object_id()) + " maxsize=" + std::to_string(maxsize_);
  if (!items_.empty()) text += " _queue=" + trace_repr(std::vector<AnyValue>(items_.begin(), items_.end()));
  return text + state() + ">";
}

// --- waiting

/// One that waits in put() or get(). When it leaves in any way but by waking up normally, it
/// passes a wake-up that it got on to the next, if that one could go on.
class Queue::Waiting {
 public:
  Waiting(Waiters& waiters, Ref<Future> waiter, std::function<bool()> others_could_go)
      : waiters_(waiters), waiter_(std::move(waiter)), others_could_go_(std::move(others_could_go)) {
    waiters_.add(waiter_);
  }
  ~Waiting() {
    if (woken_) return;
    try {
      give_up();
    } catch (const ProgramError&) {  // a closed loop: nobody can be woken
    }
  }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

  void woken() { woken_ = true; }
  /// RuntimeError when the loop is closed.
  void give_up() {
    woken();
    waiter_->cancel();
    waiters_.remove(waiter_);
    if (others_could_go_() && !waiter_->cancelled()) wake_up_next(waiters_);
  }

 private:
  Waiters& waiters_;
  Ref<Future> waiter_;
  std::function<bool()> others_could_go_;
  bool woken_ = false;
};

void Queue::wake_up_next(Waiters& waiters) {
  while (!waiters.empty()) {
    const Ref<Future> waiter = waiters.pop();
    if (waiter->done()) continue;
    waiter->set_result({});
    return;
  }
}

Coroutine<> Queue::put(Ref<Queue> self, AnyValue item) {
  StepContext here = co_await ThisStep{};
  while (self->full()) {
    const Ref<Future> putter = self->new_waiter(here.loop, "put");
    Waiting waiting(self->putters_, putter, [self] { return !self->full(); });
    try {
      co_await putter;
    } catch (...) {
      waiting.give_up();
      throw;
    }
    waiting.woken();
  }
  self->put_nowait(std::move(item));
}

Coroutine<AnyValue> Queue::get(Ref<Queue> self) {
  StepContext here = co_await ThisStep{};
  while (self->empty()) {
    const Ref<Future> getter = self->new_waiter(here.loop, "get");
    Waiting waiting(self->getters_, getter, [self] { return !self->empty(); });
    try {
      co_await getter;
    } catch (...) {
      waiting.give_up();
      throw;
    }
    waiting.woken();
  }
  co_return self->get_nowait();
}

void Queue::put_nowait(AnyValue item) {
  if (full()) throw CoreError(CoreError::Type::QueueFull);
  push(std::move(item));
  ++unfinished_;
  finished_->clear();
  wake_up_next(getters_);
}

AnyValue Queue::get_nowait() {
  if (empty()) throw CoreError(CoreError::Type::QueueEmpty);
  AnyValue item = pop();
  wake_up_next(putters_);
  return item;
}

void Queue::task_done() {
  if (unfinished_ == 0) throw CoreError(CoreError::Type::ValueError, "task_done() called too many times");
  if (--unfinished_ == 0) finished_->set();
}

Coroutine<> Queue::join(Ref<Queue> self) {
  if (self->unfinished_ > 0) co_await self->finished_->wait();
}

// --- order

void Queue::push(AnyValue item) {
  items_.push_back(std::move(item));
  if (order_ == Order::priority) sift_down(items_.size() - 1);
}

AnyValue Queue::pop() {
  if (order_ == Order::fifo) {
    AnyValue item = std::move(items_.front());
    items_.pop_front();
    return item;
  }
  AnyValue item = std::move(items_.back());
  items_.pop_back();
  if (order_ == Order::lifo || items_.empty()) return item;
  std::swap(item, items_.front());
  sift_up();
  return item;
}

/// Compares two items; they cannot go meanwhile, but a comparison may change the queue.
bool Queue::less(std::size_t a, std::size_t b) {
  const std::size_t size = items_.size();
  const AnyValue left = items_[a], right = items_[b];
  const bool result = less_(left, right);
  if (items_.size() != size)
    throw CoreError(CoreError::Type::RuntimeError, "list changed size during iteration");
  return result;
}

/// heapq's steps (S57), by exchanges as in CPython: a comparison that throws leaves all items.
void Queue::sift_down(std::size_t at) {
  while (at > 0) {
    const std::size_t parent = (at - 1) / 2;
    if (!less(at, parent)) return;
    std::swap(items_[at], items_[parent]);
    at = parent;
  }
}

void Queue::sift_up() {
  std::size_t at = 0;
  for (std::size_t child = 1; child < items_.size(); child = 2 * at + 1) {
    const std::size_t right = child + 1;
    if (right < items_.size() && !less(child, right)) child = right;
    std::swap(items_[at], items_[child]);
    at = child;
  }
  sift_down(at);
}

}  // namespace loopscope

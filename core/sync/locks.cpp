#include "core/sync/locks.h"

#include <utility>

#include "core/task/future_registry.h"

namespace loopscope {
namespace {

std::string shown(const LoopBound& object, const std::string& state) {
  return "<asyncio.locks." + object.name() + " object at " + object_address(object.object_id()) + " [" +
         state + "]>";
}

[[noreturn]] void refuse(CoreError::Type type, const char* message) { throw CoreError(type, message); }

}  // namespace

std::string Lockable::default_repr() const { return shown(*this, state()); }
std::string Event::default_repr() const { return shown(*this, state()); }
std::string Condition::default_repr() const { return shown(*this, state()); }

// --- Lock

Lock::Lock(Tracer& tracer) : Lockable({WaitKind::lock, tracer.ids().next_object(), "Lock"}) {}

/// Somebody waits for the lock: a deadlock would tell who holds it.
class Lock::Contention {
 public:
  Contention(const Lock& lock, EventLoop& loop) : lock_(lock), all_(FutureRegistry::of(loop).contended) {
    ++lock_.contentions_;
    (*all_)[lock_.object_id()] = &lock_.holder_;
  }
  ~Contention() {
    if (--lock_.contentions_ == 0) all_->erase(lock_.object_id());
  }
  Contention(const Contention&) = delete;
  Contention& operator=(const Contention&) = delete;

 private:
  const Lock& lock_;
  const std::shared_ptr<std::map<ObjectId, const TaskId*>> all_;  // outlives the loop, as a coroutine may
};

std::string Lock::state() const { return (locked_ ? "locked" : "unlocked") + waiters_.text(); }

Coroutine<bool> Lock::acquire(Ref<Lock> self) {
  StepContext here = co_await ThisStep{};
  if (!self->locked_ && !self->waiters_.any_live()) {
    self->locked_ = true;
    self->holder_ = here.task.task_id();
    co_return true;
  }
  const Ref<Future> waiter = self->new_waiter(here.loop, "acquire");
  try {
    const Contention contention(*self, here.loop);
    const Waiters::Place place(self->waiters_, waiter);
    co_await waiter;
  } catch (...) {
    // Passes the wake-up on.
    if (is_cancellation(std::current_exception()) && !self->locked_) self->wake_up_first();
    throw;
  }
  self->locked_ = true;
  self->holder_ = here.task.task_id();
  co_return true;
}

void Lock::release() {
  if (!locked_) refuse(CoreError::Type::RuntimeError, "Lock is not acquired.");
  locked_ = false;
  holder_ = {};
  wake_up_first();
}

/// One that is woken already takes the lock, or wakes the next when it was cancelled.
void Lock::wake_up_first() {
  if (waiters_.empty()) return;
  const Ref<Future> first = *waiters_.begin();
  if (!first->done()) first->set_result(true);
}

// --- Semaphore

Semaphore::Semaphore(Tracer& tracer, std::int64_t value, bool bounded)
    : Lockable({WaitKind::semaphore, tracer.ids().next_object(), bounded ? "BoundedSemaphore" : "Semaphore"}),
      value_(value),
      bound_(value),
      bounded_(bounded) {
  if (value < 0) refuse(CoreError::Type::ValueError, "Semaphore initial value must be >= 0");
}

std::string Semaphore::state() const {
  return (locked() ? "locked" : "unlocked, value:" + std::to_string(value_)) + waiters_.text();
}

Coroutine<bool> Semaphore::acquire(Ref<Semaphore> self) {
  if (!self->locked()) {
    --self->value_;
    co_return true;
  }
  StepContext here = co_await ThisStep{};
  const Ref<Future> waiter = self->new_waiter(here.loop, "acquire");
  try {
    const Waiters::Place place(self->waiters_, waiter);
    co_await waiter;
  } catch (...) {
    if (is_cancellation(std::current_exception()) && !waiter->cancelled()) {
      ++self->value_;  // it had the permit already
      self->wake_up_next();
    }
    throw;
  }
  if (self->value_ > 0) self->wake_up_next();
  co_return true;
}

void Semaphore::release() {
  if (bounded_ && value_ >= bound_)
    refuse(CoreError::Type::ValueError, "BoundedSemaphore released too many times");
  ++value_;
  wake_up_next();
}

void Semaphore::wake_up_next() {
  for (const Ref<Future>& waiter : waiters_) {
    if (waiter->done()) continue;
    --value_;
    waiter->set_result(true);
    return;
  }
}

// --- Event

Event::Event(Tracer& tracer) : LoopBound({WaitKind::event, tracer.ids().next_object(), "Event"}) {}

void Event::set() {
  if (std::exchange(set_, true)) return;
  for (const Ref<Future>& waiter : waiters_)
    if (!waiter->done()) waiter->set_result(true);
}

Coroutine<bool> Event::wait(Ref<Event> self) {
  if (self->set_) co_return true;
  StepContext here = co_await ThisStep{};
  const Ref<Future> waiter = self->new_waiter(here.loop, "wait");
  const Waiters::Place place(self->waiters_, waiter);
  co_await waiter;
  co_return true;
}

// --- Condition

Condition::Condition(Tracer& tracer, Ref<Lockable> lock)
    : LoopBound({WaitKind::condition, tracer.ids().next_object(), "Condition"}),
      lock_(lock ? std::move(lock)
                 : Ref<Lockable>(make_ref<Lock>(TraceIdentity{WaitKind::lock, object_id(), "Condition"}))) {}

Coroutine<bool> Condition::wait(Ref<Condition> self) {
  if (!self->locked()) refuse(CoreError::Type::RuntimeError, "cannot wait on un-acquired lock");
  self->release();
  std::exception_ptr error;
  try {
    StepContext here = co_await ThisStep{};
    const Ref<Future> waiter = self->new_waiter(here.loop, "wait");
    const Waiters::Place place(self->waiters_, waiter);
    co_await waiter;
  } catch (...) {
    error = std::current_exception();
  }
  co_await self->reacquire();
  if (error) std::rethrow_exception(error);
  co_return true;
}

/// Takes the lock, however often that is cancelled; then says that it was.
Coroutine<> Condition::reacquire() {
  bool cancelled = false;
  for (bool acquired = false; !acquired;) {
    try {
      acquired = co_await acquire();
    } catch (...) {
      if (!is_cancellation(std::current_exception())) throw;
      cancelled = true;
    }
  }
  if (cancelled) throw CoreError(CoreError::Type::CancelledError);
}

Coroutine<> Condition::wait_for(Ref<Condition> self, std::function<bool()> predicate) {
  while (!predicate()) co_await self->wait();
}

void Condition::notify(std::int64_t count) {
  if (!locked()) refuse(CoreError::Type::RuntimeError, "cannot notify on un-acquired lock");
  std::int64_t woken = 0;
  for (const Ref<Future>& waiter : waiters_) {
    if (woken >= count) break;
    if (waiter->done()) continue;
    ++woken;
    waiter->set_result(false);
  }
}

}  // namespace loopscope

#include "core/sync/barrier.h"

#include "core/task/at_exit.h"

namespace loopscope {
namespace {

TraceIdentity as_barrier(Tracer& tracer) {
  return {WaitKind::barrier, tracer.ids().next_object(), "Barrier", "wait"};
}

[[noreturn]] void broken_barrier(const char* why) {
  throw CoreError(CoreError::Type::BrokenBarrierError, why);
}

/// The lock of `condition`, which is held, is given back at the end of the scope.
auto releasing(const Ref<Condition>& condition) {
  return AtExit([condition] { condition->release(); });
}

}  // namespace

Barrier::Barrier(Tracer& tracer, std::int64_t parties)
    : LoopBound(as_barrier(tracer)), parties_(parties), condition_(make_ref<Condition>(identity())) {
  if (parties < 1) throw CoreError(CoreError::Type::ValueError, "parties must be > 0");
}

std::string Barrier::state() const {
  if (broken()) return "broken";
  const char* name = state_ == State::filling    ? "filling"
                     : state_ == State::draining ? "draining"
                                                 : "resetting";
  return std::string(name) + ", waiters:" + std::to_string(n_waiting()) + "/" + std::to_string(parties_);
}

std::string Barrier::default_repr() const {
  return "<asyncio.locks.Barrier object at " + object_address(object_id()) + " [" + state() + "]>";
}

Coroutine<std::int64_t> Barrier::wait(Ref<Barrier> self) {
  co_await self->condition_->acquire();
  const auto release = releasing(self->condition_);
  co_await self->wait_until_open();
  const std::int64_t index = self->count_++;
  const AtExit leave([self] { self->leave(); });
  if (index + 1 == self->parties_) {
    self->state_ = State::draining;
    self->condition_->notify_all();
  } else {
    co_await self->wait_until_full();
  }
  co_return index;
}

/// While it drains or is reset, nobody else comes in.
Coroutine<> Barrier::wait_until_open() {
  co_await condition_->wait_for([this] { return state_ != State::draining && state_ != State::resetting; });
  if (broken()) broken_barrier("Barrier aborted");
}

Coroutine<> Barrier::wait_until_full() {
  co_await condition_->wait_for([this] { return state_ != State::filling; });
  if (state_ == State::broken || state_ == State::resetting) broken_barrier("Abort or reset of barrier");
}

/// One has left; the last one opens the barrier again.
void Barrier::leave() {
  if (--count_ > 0) return;
  if (state_ == State::resetting || state_ == State::draining) state_ = State::filling;
  condition_->notify_all();
}

Coroutine<> Barrier::reset(Ref<Barrier> self) {
  co_await self->condition_->acquire();
  const auto release = releasing(self->condition_);
  self->state_ = self->count_ > 0 ? State::resetting : State::filling;
  self->condition_->notify_all();
}

Coroutine<> Barrier::abort(Ref<Barrier> self) {
  co_await self->condition_->acquire();
  const auto release = releasing(self->condition_);
  self->state_ = State::broken;
  self->condition_->notify_all();
}

}  // namespace loopscope

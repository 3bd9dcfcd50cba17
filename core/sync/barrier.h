#pragma once

#include "core/sync/locks.h"

namespace loopscope {

/// asyncio.Barrier (S55): tasks wait until `parties` of them have arrived; then all go on.
class Barrier final : public LoopBound {
 public:
  enum class State { filling, draining, resetting, broken };

  /// ValueError when `parties` is less than 1.
  Barrier(Tracer& tracer, std::int64_t parties);

  /// The order of arrival, from 0. BrokenBarrierError when it is reset or broken meanwhile.
  Coroutine<std::int64_t> wait() { return wait(Ref<Barrier>(this)); }
  /// Lets all who wait fail, and starts anew.
  Coroutine<> reset() { return reset(Ref<Barrier>(this)); }
  /// Lets all who wait, and all who come, fail.
  Coroutine<> abort() { return abort(Ref<Barrier>(this)); }

  std::int64_t parties() const { return parties_; }
  std::int64_t n_waiting() const { return state_ == State::filling ? count_ : 0; }
  bool broken() const { return state_ == State::broken; }
  /// What repr() shows between brackets: "filling, waiters:1/3".
  std::string state() const;

 private:
  ~Barrier() override = default;  // Ref's alone
  static Coroutine<std::int64_t> wait(Ref<Barrier> self);
  static Coroutine<> reset(Ref<Barrier> self);
  static Coroutine<> abort(Ref<Barrier> self);
  Coroutine<> wait_until_open();
  Coroutine<> wait_until_full();
  void leave();
  std::string default_repr() const override;

  const std::int64_t parties_;
  State state_ = State::filling;
  std::int64_t count_ = 0;
  Ref<Condition> condition_;
};

}  // namespace loopscope

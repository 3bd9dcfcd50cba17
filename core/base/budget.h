#pragma once

#include <atomic>
#include <cstdint>

namespace loopscope {

/// What one run may use. Every check that fails throws RunEnded (limit or stopped).
///
/// The loop checks iterations and time, the tracer counts events, the interpreter
/// counts steps and memory. `request_stop` may be called from any thread; all else
/// belongs to the run.
class Budget {
 public:
  struct Limits {
    std::uint64_t iterations = 100'000;
    std::uint64_t events = 5'000'000;
    std::uint64_t steps = 20'000'000;
    double time = 86'400;                ///< seconds on the loop clock
    std::uint64_t memory = 268'435'456;  ///< bytes of program values
  };

  Budget() = default;
  explicit Budget(const Limits& limits) : limits_(limits) {}

  const Limits& limits() const { return limits_; }

  /// One more iteration of any loop begins.
  void spend_iteration();
  /// `events` events are in the trace so far.
  void check_events(std::uint64_t events) const;
  /// One more statement runs.
  void spend_step();
  /// The clock is about to become `now`.
  void check_time(double now) const;
  /// Program values grow (or, negative, shrink) by `bytes`.
  void use_memory(std::int64_t bytes);
  std::uint64_t memory() const { return memory_; }

  /// Asks the run to end at its next step or iteration. Any thread.
  void request_stop() { stop_.store(true, std::memory_order_relaxed); }
  void check_stop() const;

  /// True once a RunEnded was thrown: the run is being unwound.
  bool ended() const { return ended_; }
  /// The same for who ends a run for another reason (a deadlock).
  void end() { ended_ = true; }

 private:
  Limits limits_;
  std::uint64_t iterations_ = 0, steps_ = 0, memory_ = 0;
  mutable bool ended_ = false;
  std::atomic<bool> stop_{false};
};

}  // namespace loopscope

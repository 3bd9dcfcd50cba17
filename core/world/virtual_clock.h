#pragma once

#include <algorithm>
#include <cmath>

#include "core/base/budget.h"
#include "core/trace/tracer.h"
#include "core/world/world.h"

namespace loopscope {

/// Stands still until told to advance; the tracer and the budget hear of every move.
class VirtualClock final : public Clock {
 public:
  VirtualClock(Tracer& tracer, Budget& budget) : tracer_(tracer), budget_(budget) {}

  double now() const override { return now_; }
  double resolution() const override { return 1e-9; }

  /// Never goes back. Throws RunEnded at the limit of time.
  void advance_to(double time) {
    if (!(time > now_)) return;
    budget_.check_time(time);
    now_ = time;
    constexpr double kMaxNanoseconds = 9.2e18;  // what 64 bits hold
    tracer_.advance_to(std::llround(std::min(now_ * 1e9, kMaxNanoseconds)));
  }

 private:
  Tracer& tracer_;
  Budget& budget_;
  double now_ = 0;
};

}  // namespace loopscope

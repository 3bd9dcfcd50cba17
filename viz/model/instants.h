#pragma once

#include <cstdint>

#include "traces/trace_store.h"

namespace loopscope::viz {

/// Neighbouring events that share one time stamp: [begin, end).
struct Instant {
  traces::EventIndex begin = 0, end = 0;
  std::int64_t ts = 0;
  std::size_t count() const { return end - begin; }
};

/// The instant that event `i` < `size` belongs to. O(log n).
Instant instant_of(const traces::TraceStore& store, std::size_t size, traces::EventIndex i);

}  // namespace loopscope::viz

#include "viz/model/instants.h"

#include <algorithm>

namespace loopscope::viz {
namespace {

/// The first event in [from, to) that `is_past`; `to` when none is. O(log n).
template <class Test>
std::size_t first_that(std::size_t from, std::size_t to, Test is_past) {
  while (from < to) {
    const std::size_t middle = from + (to - from) / 2;
    if (is_past(middle))
      to = middle;
    else
      from = middle + 1;
  }
  return from;
}

}  // namespace

Instant instant_of(const traces::TraceStore& store, std::size_t size, traces::EventIndex i) {
  const std::int64_t ts = store.event(i).ts;
  return {first_that(0, i, [&](std::size_t e) { return store.event(e).ts >= ts; }),
          first_that(i + 1, std::max(size, i + 1), [&](std::size_t e) { return store.event(e).ts > ts; }),
          ts};
}

}  // namespace loopscope::viz

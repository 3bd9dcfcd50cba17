#include "viz/model/block_cache.h"

#include <algorithm>

namespace loopscope::viz {

const std::vector<SeenInstant>& BlockCache::instants(const traces::TraceStore& store, std::size_t size,
                                                     const TimeAxis& axis, float min_width) {
  const auto [at, fresh] = instants_.try_emplace(min_width);
  if (!fresh) return at->second;
  const auto [first, last] = axis.visible();
  for (traces::EventIndex i = first; i < std::min(last, size);) {
    const Instant instant = instant_of(store, size, i);
    const float x0 = axis.x_of(instant.begin), x1 = axis.x_of(instant.end);
    at->second.push_back({instant, x0, x1});
    i = std::max(instant.end, static_cast<traces::EventIndex>(axis.first_from(x0 + min_width, i)));
  }
  return at->second;
}

}  // namespace loopscope::viz

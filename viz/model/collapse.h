#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "viz/model/time_axis.h"

namespace loopscope::viz {

/// Some spans of one lane, drawn as one block.
struct Block {
  float x0 = 0, x1 = 0;             ///< pixels, not clipped
  std::size_t first = 0, last = 0;  ///< the spans in it
  std::size_t shown = 0;            ///< the one that it looks like
  bool dense = false;               ///< too narrow to be drawn to scale
};

/// The first of the spans [from, to) that begins at or after `event`; looks near `from` first.
template <class It>
It first_beginning_at(It from, It to, std::size_t event) {
  for (std::ptrdiff_t step = 4; step < to - from; step *= 4) {
    if (from[step].begin >= event) {
      to = from + step;
      break;
    }
    from += step;
  }
  return std::partition_point(from, to, [event](const auto& span) { return span.begin < event; });
}

/// The blocks that show `spans` on `axis`: a block each, but spans narrower than
/// `min_width` pixels share one, which looks like the one of highest `rank`.
///
/// `spans` stand in order and do not overlap; each has `begin` and `end` (one past its
/// last event; may lie beyond `size`). The cost follows the pixels, not the spans.
template <class Span, class Rank>
std::vector<Block> collapse(std::span<const Span> spans, std::size_t size, const TimeAxis& axis,
                            float min_width, Rank rank) {
  std::vector<Block> blocks;
  const auto at = [&](std::size_t event) { return axis.x_of(std::min(event, size)); };
  const std::size_t first_event = axis.visible().first;
  auto it =
      std::partition_point(spans.begin(), spans.end(), [&](const Span& s) { return s.end < first_event; });
  while (it != spans.end() && it->begin < size) {
    Block block;
    block.x0 = at(it->begin);
    if (block.x0 > axis.right()) break;
    block.first = block.last = block.shown = static_cast<std::size_t>(it - spans.begin());
    block.x1 = at(it->end);
    const float limit = block.x0 + min_width;
    auto next = it + 1;
    block.dense = block.x1 < limit;
    if (block.dense) {
      next = first_beginning_at(next, spans.end(), axis.first_from(limit, it->begin));
      if (next - it > 1 && at((next - 1)->end) > limit + min_width) --next;  // a wide one gets its own block
      block.last = static_cast<std::size_t>(next - spans.begin()) - 1;
      // Looks at a few of them only: thousands may share the pixel.
      const std::size_t stride = (block.last - block.first) / 8 + 1;
      for (std::size_t i = block.first; i <= block.last; i += stride)
        if (rank(spans[i]) > rank(spans[block.shown])) block.shown = i;
      block.x1 = limit;
    }
    Block* before = blocks.empty() ? nullptr : &blocks.back();
    if (before && before->dense && block.dense && before->x1 >= block.x0 - 0.5F &&
        rank(spans[before->shown]) == rank(spans[block.shown])) {
      before->x1 = block.x1;
      before->last = block.last;
    } else {
      blocks.push_back(block);
    }
    it = next;
  }
  return blocks;
}

}  // namespace loopscope::viz

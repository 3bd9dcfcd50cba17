#pragma once

#include <cstddef>
#include <vector>

#include "viz/model/geometry.h"

namespace loopscope::viz {

/// The ready queue as a numbered conveyor, head at the left, in window pixels.
struct ReadyLayout {
  bool crowded = false;      ///< mini chips of 36 instead of chips of 48
  std::vector<Rect> places;  ///< all numbered places, taken ones first
  std::size_t shown = 0;     ///< handles that have a place
  std::size_t hidden = 0;    ///< handles that are only counted
  Rect more;                 ///< where the count stands; empty when nothing is hidden
};

/// Lays `count` handles out in `row`: large chips while they fit (four in a usual width),
/// then up to eight small ones, then the first eight and a count.
ReadyLayout layout_ready(const Rect& row, std::size_t count, float scale);

/// Where handle `index` (from the head) is drawn; a hidden one at the count.
Rect ready_place(const ReadyLayout& layout, std::size_t index);

/// The span of the bracket under the first `snapshot` handles. `open`: it goes on behind what is shown.
struct Bracket {
  float left = 0, right = 0;
  bool open = false;
  bool empty() const { return right <= left; }
};
Bracket snapshot_bracket(const ReadyLayout& layout, std::size_t snapshot);

}  // namespace loopscope::viz

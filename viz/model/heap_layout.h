#pragma once

#include <cstddef>
#include <vector>

#include "viz/model/geometry.h"

namespace loopscope::viz {

/// At most so many timers are drawn as nodes.
inline constexpr std::size_t kHeapNodes = 7;

/// One place of the binary tree: node i has its parent at (i - 1) / 2.
struct HeapPlace {
  Rect rect;
  bool taken = false;  ///< a timer stands there; else it is an empty child place
};

/// The timer heap as the binary tree it is, in window pixels.
struct HeapLayout {
  std::vector<HeapPlace> places;  ///< by heap index; 3 places for up to 3 timers, else 7
  bool compact = false;           ///< three levels: nodes show their deadline only
  std::size_t hidden = 0;         ///< timers behind the last node
  float more_y = 0;               ///< baseline of "and 31 more"
};

/// Lays `count` timers out in `area`. Up to three nodes are large (104 x 40, 72 x 40).
HeapLayout layout_heap(const Rect& area, std::size_t count, float scale);

/// Where timer `index` is drawn; what is hidden stands for itself at the tree's foot.
Rect heap_place(const HeapLayout& layout, const Rect& area, std::size_t index);

}  // namespace loopscope::viz

#pragma once

#include <cstddef>
#include <span>

namespace loopscope::viz {

/// The tabs [first, last) of a row that are shown.
struct TabWindow {
  std::size_t first = 0, last = 0;
  friend bool operator==(const TabWindow&, const TabWindow&) = default;
};

/// The tabs, `gap` apart, that fit into `room` around number `on`; all of them where they do. Where
/// they do not, `arrow` is kept free at either end that hides some. Number `on` is always shown.
TabWindow tab_window(std::span<const float> widths, float gap, float arrow, float room, std::size_t on);

}  // namespace loopscope::viz

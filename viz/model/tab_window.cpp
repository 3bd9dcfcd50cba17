#include "viz/model/tab_window.h"

#include <algorithm>

namespace loopscope::viz {
namespace {

float width_of(std::span<const float> widths, float gap, float arrow, TabWindow shown) {
  float w = 0;
  for (std::size_t k = shown.first; k < shown.last; ++k) w += widths[k] + gap;
  if (shown.first > 0) w += arrow + gap;
  if (shown.last < widths.size()) w += arrow + gap;
  return w - gap;
}

}  // namespace

TabWindow tab_window(std::span<const float> widths, float gap, float arrow, float room, std::size_t on) {
  if (widths.empty()) return {};
  on = std::min(on, widths.size() - 1);
  TabWindow shown{on, on + 1};
  const auto take = [&](TabWindow wider) {
    // At an end the arrow goes, so a tab that replaces it may be the one that fits.
    if (width_of(widths, gap, arrow, wider) > room) return false;
    shown = wider;
    return true;
  };
  if (take({0, widths.size()})) return shown;
  for (bool grows = true; grows;) {
    grows = false;
    if (shown.last < widths.size()) grows = take({shown.first, shown.last + 1});
    if (shown.first > 0) grows = take({shown.first - 1, shown.last}) || grows;
  }
  return shown;
}

}  // namespace loopscope::viz

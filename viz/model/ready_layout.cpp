#include "viz/model/ready_layout.h"

namespace loopscope::viz {
namespace {

constexpr float kGap = 8;
constexpr std::size_t kCrowdedPlaces = 8;
constexpr float kCount = 52;  // width of the count and its gap

std::size_t fitting(float width, float each) {
  return width < each ? 1 : static_cast<std::size_t>((width + kGap) / (each + kGap));
}

}  // namespace

ReadyLayout layout_ready(const Rect& row, std::size_t count, float scale) {
  ReadyLayout out;
  const float s = scale, w = row.w / s;
  const std::size_t large =
      w >= 4 * 132 + 3 * kGap ? std::max<std::size_t>(4, fitting(w, 180)) : fitting(w, 150);
  out.crowded = count > large;
  std::size_t places = out.crowded ? std::min(kCrowdedPlaces, fitting(w, 70)) : large;
  if (out.crowded && large >= kCrowdedPlaces) places = std::max(places, kCrowdedPlaces);
  out.shown = std::min(count, places);
  out.hidden = count - out.shown;
  const float room = w - (out.hidden ? kCount : 0);
  const auto n = static_cast<float>(places);
  float each = (room - kGap * (n - 1)) / n;
  if (out.crowded) each = std::min(each, 112.0F);
  const float height = out.crowded ? 36 : row.h / s;
  for (std::size_t i = 0; i < places; ++i)
    out.places.push_back({row.x + static_cast<float>(i) * (each + kGap) * s, row.y, each * s, height * s});
  if (out.hidden) out.more = {row.right() - (kCount - kGap) * s, row.y, (kCount - kGap) * s, height * s};
  return out;
}

Rect ready_place(const ReadyLayout& layout, std::size_t index) {
  if (index < layout.places.size()) return layout.places[index];
  return layout.more.empty() ? layout.places.back() : layout.more;
}

Bracket snapshot_bracket(const ReadyLayout& layout, std::size_t snapshot) {
  if (snapshot == 0 || layout.shown == 0) return {};
  const std::size_t last = std::min(snapshot, layout.shown) - 1;
  const bool open = snapshot > layout.shown;
  return {layout.places.front().x, open ? layout.more.right() : layout.places[last].right(), open};
}

}  // namespace loopscope::viz

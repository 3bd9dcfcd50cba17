#include "viz/model/heap_layout.h"

namespace loopscope::viz {
namespace {

struct Row {
  std::size_t first, nodes;
  float y, width, step;
};

void add_row(HeapLayout& out, const Row& row, float center_x, float height, std::size_t count) {
  const float left = center_x - row.step * static_cast<float>(row.nodes - 1) / 2;
  for (std::size_t i = 0; i < row.nodes; ++i) {
    const float x = left + row.step * static_cast<float>(i);
    out.places.push_back({{x - row.width / 2, row.y - height / 2, row.width, height}, row.first + i < count});
  }
}

}  // namespace

HeapLayout layout_heap(const Rect& area, std::size_t count, float scale) {
  HeapLayout out;
  const float s = scale, cx = area.center().x;
  out.hidden = count > kHeapNodes ? count - kHeapNodes : 0;
  out.compact = count > 3;
  const float half = area.w / 2 - 12 * s;
  if (!out.compact) {
    const float h = std::min(40 * s, (area.h - 8 * s) / 2);
    const float drop = std::min(72 * s, area.h - h), y = area.y + h / 2;
    add_row(out, {0, 1, y, std::min(104 * s, area.w - 24 * s), 0}, cx, h, count);
    add_row(out, {1, 2, y + drop, std::min(74 * s, half), (area.w - 4 * s) / 2}, cx, h, count);
    out.more_y = out.places.back().rect.bottom() + 18 * s;
    return out;
  }
  const float foot = out.hidden ? 20 * s : 0;
  const float h = std::min(26 * s, (area.h - foot - 16 * s) / 3);
  const float drop = std::min(42 * s, (area.h - foot - h) / 2), y = area.y + h / 2;
  add_row(out, {0, 1, y, std::min(82 * s, area.w - 24 * s), 0}, cx, h, count);
  add_row(out, {1, 2, y + drop, std::min(72 * s, half), (area.w - 4 * s) / 2}, cx, h, count);
  add_row(out, {3, 4, y + 2 * drop, area.w / 4 - 5 * s, (area.w - 4 * s) / 4}, cx, h, count);
  out.more_y = out.places.back().rect.bottom() + 17 * s;
  return out;
}

Rect heap_place(const HeapLayout& layout, const Rect& area, std::size_t index) {
  if (index < layout.places.size()) return layout.places[index].rect;
  const Rect& like = layout.places.back().rect;
  return {area.center().x - like.w / 2, layout.more_y - like.h / 2, like.w, like.h};
}

}  // namespace loopscope::viz

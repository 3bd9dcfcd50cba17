#include "viz/model/question_layout.h"

#include <algorithm>
#include <cmath>

namespace loopscope::viz {
namespace {

// Unscaled pixels.
constexpr float kPad = 24, kBetween = 12, kTallChip = 80, kLowChip = 52, kRow = 40, kQueueRoom = 116;
constexpr float kFoot = 60, kRoomyPanel = 560;
constexpr std::size_t kMostAcross = 4;

struct Grid {
  std::size_t across = 1, rows = 1;
  float height = kRow, gap = kBetween;
};

/// Chips side by side; sentences below each other, in two columns when there are many.
Grid grid_of(const Question& question, bool roomy) {
  const std::size_t n = std::max<std::size_t>(question.choices.size(), 1);
  Grid grid;
  if (question.handles) {
    grid.rows = (n + kMostAcross - 1) / kMostAcross;
    grid.across = (n + grid.rows - 1) / grid.rows;
    grid.height = roomy && grid.rows == 1 ? kTallChip : kLowChip;
  } else {
    grid.across = n > (roomy ? 4U : 3U) ? 2 : 1;
    grid.rows = (n + grid.across - 1) / grid.across;
    grid.height = roomy ? kRow : 32;
    grid.gap = roomy ? 6 : 4;
  }
  return grid;
}

}  // namespace

QuestionLayout layout_question(const Rect& panel, const Question& question, std::size_t lines, float scale) {
  const float s = scale > 0 ? scale : 1, h = panel.h / s, w = panel.w / s;
  const bool roomy = h >= kRoomyPanel;
  const Grid grid = grid_of(question, roomy);
  QuestionLayout out;
  out.lines = std::clamp<std::size_t>(lines, 1, 2);
  out.text_size = roomy ? (out.lines > 1 ? 20.0F : 26.0F) : 18.0F;
  const float head = (roomy ? 18.0F : 12.0F) + out.text_size * 1.3F * static_cast<float>(out.lines) + 10;
  const float rows = static_cast<float>(grid.rows);
  const float body = rows * grid.height + (rows - 1) * grid.gap;
  const float height = std::min(head + body + kFoot + (roomy ? 24 : 12), h - 36);
  const float pad = w > 480 ? kPad : 14, x = panel.x / s + pad, inner = w - 2 * pad;
  const float top = panel.bottom() / s - height;
  const auto scaled = [&](float rx, float ry, float rw, float rh) {
    return Rect{std::round(rx * s), std::round(ry * s), std::round(rw * s), std::round(rh * s)};
  };
  out.area = scaled(panel.x / s + 1, top, w - 2, height - 1);
  out.text = scaled(x, top + (roomy ? 18 : 12), inner, head - 18);
  const float width =
      (inner - grid.gap * static_cast<float>(grid.across - 1)) / static_cast<float>(grid.across);
  for (std::size_t i = 0; i < question.choices.size(); ++i) {
    // Sentences are read downwards, chips across.
    const std::size_t row = question.handles ? i / grid.across : i % grid.rows;
    const std::size_t column = question.handles ? i % grid.across : i / grid.rows;
    out.choices.push_back(scaled(x + static_cast<float>(column) * (width + grid.gap),
                                 top + head + static_cast<float>(row) * (grid.height + grid.gap), width,
                                 grid.height));
  }
  out.tall = grid.height == kTallChip;
  const float foot = top + head + body + 12;
  const float button = roomy ? 36 : 30;
  out.show = scaled(x + inner - 88, foot, 88, button);
  out.hint = scaled(x + inner - 88 - 6 - 84, foot, 84, button);
  out.foot = scaled(x, foot, inner - 88 - 6 - 84 - 12, height - (foot - top) - 6);
  // The ready queue's place is under the question.
  out.machine = {panel.x, panel.y, panel.w, std::min(panel.h, panel.h - (height - kQueueRoom) * s)};
  return out;
}

}  // namespace loopscope::viz

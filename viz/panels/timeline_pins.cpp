// Timers as pins, and the arrows from a cause to the task that it wakes.
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>
#include <optional>
#include <vector>

#include "viz/model/collapse.h"
#include "viz/panels/timeline_parts.h"

namespace loopscope::viz {
namespace {

using Pin = TimelineModel::TimerPin;

// Closer arrows than this (design pixels) cannot be told apart.
constexpr float kArrowPitch = 12;
constexpr std::size_t kMostArrowsOverHeat = 8;
// Narrower timers melt into a band.
constexpr float kPinWidth = 16;

/// The height of a row of pins.
float timer_y(const TimelineContext& c, std::size_t row) {
  static constexpr float kShares[TimelineModel::kTimerRows][TimelineModel::kTimerRows] = {
      {0.5F}, {0.32F, 0.70F}, {0.22F, 0.5F, 0.78F}, {0.17F, 0.39F, 0.61F, 0.83F}};
  const std::size_t rows = std::max<std::size_t>(c.model.timer_rows(), 1);
  return c.geometry.timers.y + c.geometry.timers.h * kShares[rows - 1][std::min(row, rows - 1)];
}

/// Rows too near for labels and large diamonds.
bool is_crowded(const TimelineContext& c) {
  const std::size_t rows = c.model.timer_rows();
  return rows > 2 && c.geometry.timers.h < c.paint.s(14) * static_cast<float>(rows);
}

std::string pin_label(const TimelineContext& c, const Pin& pin) {
  const auto row = c.model.task_row(pin.task);
  if (row) return fmt::format("{} {:.3f}", c.model.tasks()[*row].badge, pin.when);
  return fmt::format("#{} {:.3f}", pin.handle.value, pin.when);
}

/// The x of a pin's end: the middle of its last event.
float pin_end(const TimelineContext& c, const Pin& pin) {
  return pin.end > c.frame.size ? c.axis.x_of(c.frame.size) : c.axis.x_mid(pin.end - 1);
}

/// Where labels stand already: those of rows near each other must not meet.
struct TakenLabels {
  std::vector<Rect> places;
  bool takes(const Rect& place) {
    const bool free = std::none_of(places.begin(), places.end(), [&](const Rect& other) {
      return place.x < other.right() && other.x < place.right() && place.y < other.bottom() &&
             other.y < place.bottom();
    });
    if (free) places.push_back(place);
    return free;
  }
};

void draw_pin(TimelineContext& c, const Pin& pin, TakenLabels& taken, float next_x) {
  Paint& paint = c.paint;
  const Theme& theme = paint.theme();
  const float y = timer_y(c, pin.row), x0 = c.axis.x_mid(pin.begin), x1 = pin_end(c, pin);
  const bool crowded = is_crowded(c);
  const Color color = pin.cancelled ? theme[Hue::cancel].fill : theme[Hue::timer].fill;
  const float from = std::max(x0, c.geometry.plot_left - paint.s(8)),
              to = std::min(x1, c.geometry.plot_right + paint.s(8));
  // A dot every six pixels, in step with the pin's own start.
  const float pitch = paint.s(6), first = x0 + std::ceil((from - x0) / pitch) * pitch;
  for (float x = first; x < to; x += pitch) paint.circle({x, y}, paint.s(1), color.with_alpha(0.8F));
  paint.circle({x0, y}, paint.s(crowded ? 2.4F : 3.2F), color);
  if (pin.end > c.frame.size) return;
  if (pin.cancelled)
    paint.glyph(Glyph::cancel, {x1, y}, paint.s(crowded ? 4 : 5), color);
  else
    paint.glyph(Glyph::timer, {x1, y}, paint.s(crowded ? 3.8F : 6), color);

  const bool lit = pin.task && (c.is_selected(pin.task) || c.is_hovered(pin.task));
  if (crowded && !lit) return;  // rows too near for labels
  TextStyle style{12, Face::mono_semibold, theme.dim};
  const std::string label = pin_label(c, pin);
  const float w = paint.width(label, style), playhead = c.cursor_x();
  float x = x1 + paint.s(12);
  if (playhead > x - paint.s(4) && playhead < x + paint.s(12))
    x = playhead + paint.s(5);  // not under the line
  if (x + w > std::min(next_x - paint.s(6), c.geometry.plot_right)) return;
  if (!taken.takes({x - paint.s(4), y - paint.s(6), w + paint.s(8), paint.s(12)})) return;
  if (crowded)
    paint.rect({x - paint.s(3), y - paint.s(8), w + paint.s(6), paint.s(16)}, theme.panel, paint.s(3));
  paint.text(x, y + paint.s(4.4F), label, style);
  if (pin.cancelled) paint.line({x, y}, {x + w, y}, theme[Hue::cancel].text, paint.s(1.2F));
}

void draw_timer_row(TimelineContext& c, std::size_t row, TakenLabels& taken) {
  const auto pins = c.model.timer_row(row);
  const auto& blocks = c.view.lane_blocks->of(pins, c.frame.size, c.axis, c.paint.s(kPinWidth),
                                              [](const Pin& p) { return p.cancelled ? 0 : 1; });
  for (const Block& block : blocks) {
    const Pin& pin = pins[block.shown];
    if (block.last > block.first) {  // many: a band says enough
      const float y = timer_y(c, row);
      c.paint.rect({block.x0, y - c.paint.s(2), block.x1 - block.x0, c.paint.s(4)},
                   c.paint.theme()[Hue::timer].fill.with_alpha(0.55F));
      continue;
    }
    const float next_x = block.last + 1 < pins.size() ? c.axis.x_of(pins[block.last + 1].begin) : 1e9F;
    draw_pin(c, pin, taken, next_x);
  }
}

/// Where the arrow of a wake-up starts, and whether it comes from above.
struct ArrowSource {
  float x = 0, y = 0;
  bool from_timer = false;
};

std::optional<ArrowSource> source_of(const TimelineContext& c, const traces::Wakeup& wakeup) {
  if (wakeup.by_timer) {
    const Pin* pin = c.model.timer(wakeup.by_timer);
    if (!pin || !pin->fired || pin->end > c.frame.size) return std::nullopt;
    return ArrowSource{c.axis.x_mid(pin->end - 1), timer_y(c, pin->row), true};
  }
  const TaskId by = wakeup.by_task ? wakeup.by_task : c.model.running_task(wakeup.cause);
  const auto row = c.lane_of(by);
  if (!row || by == wakeup.task) return std::nullopt;
  const Rect lane = c.geometry.lane(*row, c.scroll);
  return ArrowSource{c.axis.x_mid(wakeup.cause), lane.center().y, false};
}

/// `crowd`: there are so many that only those of the task in question say anything.
void draw_wakeup(TimelineContext& c, const traces::Wakeup& wakeup, bool crowd) {
  const auto row = c.lane_of(wakeup.task);
  const auto source = source_of(c, wakeup);
  if (!row || !source) return;
  Paint& paint = c.paint;
  const Rect lane = c.geometry.lane(*row, c.scroll);
  if (lane.center().y < c.geometry.lanes.y || lane.center().y > c.geometry.lanes.bottom()) return;
  const float s1 = paint.s(1),
              x = c.axis.x_of(wakeup.queued) + std::min(c.axis.x_mid(1) - c.axis.x_of(1), 4 * s1);
  const float y = lane.center().y;
  const float up = source->y > y ? -1 : 1;  // the arrow leaves towards its target
  const bool lit = c.is_selected(wakeup.task) || c.is_hovered(wakeup.task);
  if (crowd && !lit) return;
  const bool other = c.view.selection.kind == Selection::Kind::task && !lit;
  const Color color = paint.theme().text.with_alpha(lit ? 1 : other ? 0.28F : 0.9F);
  const float width = paint.s(lit ? 2.2F : 1.6F);
  const float leave = source->y + up * (source->from_timer ? 8 * s1 : lane.h * 0.3F);
  if (std::abs(source->x - x) <
      6 * s1) {  // cause and effect on one line, as on the clock: straight up or down
    const float stop = y - up * lane.h * 0.2F;
    if ((stop - leave) * up > 3 * s1) paint.line({x, leave}, {x, stop - up * 5 * s1}, color, width);
    paint.arrow_head({x, stop}, up * std::numbers::pi_v<float> / 2, paint.s(4.5F), color);
    return;
  }
  const float rise = std::min(18 * s1, std::abs(leave - y));
  const Vec2 a{source->x, leave}, b{source->x, leave + up * rise};
  const Vec2 end{x - 4 * s1, y - up * s1}, d{x - 16 * s1, y - up * (source->from_timer ? 10 * s1 : 0)};
  paint.bezier(a, b, d, end, color, width);
  paint.arrow_head({x, y - up * s1 * 0.5F}, source->from_timer ? up * 0.3F : 0, paint.s(5), color);
}

/// Which wake-ups get an arrow: where they crowd, one stands for all in its few pixels.
std::vector<std::size_t> arrows_in_sight(const TimelineContext& c, std::span<const traces::Wakeup> wakeups) {
  const auto before = [](const traces::Wakeup& w, EventIndex e) { return w.queued < e; };
  const auto [first, last] = c.axis.visible();
  std::vector<std::size_t> out;
  auto it = std::lower_bound(wakeups.begin(), wakeups.end(), first, before);
  while (it != wakeups.end() && it->queued < std::min(last, c.frame.size)) {
    out.push_back(static_cast<std::size_t>(it - wakeups.begin()));
    const auto next = std::lower_bound(
        it, wakeups.end(), c.axis.first_from(c.axis.x_of(it->queued) + c.paint.s(kArrowPitch)), before);
    it = c.view.axis == AxisKind::clock && next - it < 8 ? it + 1 : std::max(next, it + 1);
  }
  return out;
}

}  // namespace

void draw_timers(TimelineContext& c) {
  if (c.geometry.timers.empty()) return;
  TakenLabels taken;
  for (std::size_t row = 0; row < c.model.timer_rows(); ++row) draw_timer_row(c, row, taken);
}

void draw_wakeups(TimelineContext& c) {
  const TimelineGeometry& g = c.geometry;
  c.paint.push_clip({g.plot_left - c.paint.s(8), g.lanes.y, g.plot_right - g.plot_left + c.paint.s(16),
                     g.timers.bottom() - g.lanes.y});
  const auto wakeups = c.model.wakeups();
  const auto& arrows = c.view.lane_blocks->arrows([&] { return arrows_in_sight(c, wakeups); });
  const bool crowd = g.heat && arrows.size() > kMostArrowsOverHeat;
  for (const std::size_t k : arrows) draw_wakeup(c, wakeups[k], crowd);
  c.paint.pop_clip();
}

}  // namespace loopscope::viz

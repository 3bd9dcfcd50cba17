// The rows of the timeline: phases, ready depth, tasks, timers, and the arrows between them.
#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "traces/narration.h"
#include "viz/model/collapse.h"
#include "viz/panels/fit.h"
#include "viz/panels/timeline_parts.h"

namespace loopscope::viz {
namespace {

using traces::TaskInterval;
using traces::TaskPhase;
using Pin = TimelineModel::TimerPin;

// Closer arrows than this (design pixels) cannot be told apart.
constexpr float kArrowPitch = 12;

bool is_selected(const TimelineContext& c, TaskId task) {
  return c.view.selection == Selection{Selection::Kind::task, task.value};
}
bool is_hovered(const TimelineContext& c, TaskId task) {
  return c.view.hovered == Selection{Selection::Kind::task, task.value};
}

Color phase_color(const Theme& theme, traces::LoopPhase phase) { return theme[hue_of(phase)].fill; }

int phase_rank(traces::LoopPhase phase) { return static_cast<int>(phase); }

void separator(TimelineContext& c, const Rect& row) {
  const float y = std::round(row.bottom()) + 0.5F;
  c.paint.line({row.x + 1, y}, {row.right() - 1, y}, c.paint.theme().line.with_alpha(0.7F));
}

void row_name(TimelineContext& c, const Rect& row, std::string_view name) {
  if (row.empty()) return;
  Paint& paint = c.paint;
  paint.text(row.x + paint.s(14), row.center().y + paint.s(4.5F), name, {13, Face::regular, paint.theme().dim});
  separator(c, row);
}

void draw_lane_name(TimelineContext& c, std::size_t row) {
  Paint& paint = c.paint;
  const TimelineGeometry& g = c.geometry;
  const auto& task = c.model.tasks()[row];
  const Rect lane = g.lane(row, c.scroll);
  if (is_selected(c, task.task)) {
    paint.rect({lane.x + 1, lane.y, lane.w - 2, lane.h}, paint.theme().selection.with_alpha(0.75F));
    paint.rect({lane.x + 1, lane.y, paint.s(3), lane.h}, paint.theme()[Hue::ready].fill);
  } else if (is_hovered(c, task.task)) {
    paint.rect({lane.x + 1, lane.y, lane.w - 2, lane.h}, paint.theme().hover.with_alpha(0.6F));
  }
  const float height = lane.h < paint.s(24) ? 17 : 20;
  const std::string name = fit_badge(paint, task.badge, g.plot_left - lane.x - paint.s(20), height);
  paint.badge(lane.x + paint.s(14), lane.center().y, name, height);
  separator(c, lane);
}

/// A letter in a disc, on a quiet block.
void letter_disc(TimelineContext& c, float x, float y, TaskPhase phase) {
  Paint& paint = c.paint;
  const HueColors& hue = paint.theme()[hue_of(phase)];
  paint.circle({x, y}, paint.s(9), paint.theme().panel);
  paint.ring({x, y}, paint.s(8.5F), hue.fill, paint.s(1));
  const char letter = letter_of(phase);
  paint.text(x, y + paint.s(4.4F), {&letter, 1}, {12, Face::bold, hue.text, Align::center});
}

bool has_ended(TaskPhase phase) {
  return phase == TaskPhase::done || phase == TaskPhase::failed || phase == TaskPhase::cancelled;
}

void draw_letter(TimelineContext& c, const Rect& seen, const Rect& lane, TaskPhase phase, bool starts_here) {
  Paint& paint = c.paint;
  const HueColors& hue = paint.theme()[hue_of(phase)];
  const float y = lane.center().y;
  const char letter = letter_of(phase);
  if (phase == TaskPhase::running || phase == TaskPhase::ready) {
    const bool runs = phase == TaskPhase::running;
    if (seen.w > paint.s(runs ? 22 : 16))
      paint.text(seen.center().x, y + paint.s(4.7F), {&letter, 1}, {12, Face::bold, hue.ink, Align::center});
  } else if (!has_ended(phase)) {
    if (seen.w > paint.s(30)) letter_disc(c, seen.x + paint.s(15), y, phase);
  } else if (starts_here && seen.w > paint.s(18)) {
    paint.circle({seen.x + paint.s(10), y}, paint.s(8), paint.theme().panel);
    const Color color = phase == TaskPhase::done ? paint.theme().dim : hue.text;
    paint.glyph(glyph_of(hue_of(phase)), {seen.x + paint.s(10), y}, paint.s(5), color);
  }
}

void draw_interval(TimelineContext& c, const Rect& lane, const Block& block, TaskPhase phase) {
  Paint& paint = c.paint;
  const LaneShare share = lane_share(phase);
  const bool ended = has_ended(phase);
  const float gap = ended || block.dense ? 0 : paint.s(1);
  const float x0 = c.clamp_x(block.x0), x1 = c.clamp_x(block.x1);
  const Rect r{x0, lane.y + lane.h * share.top, std::max(x1 - x0 - gap, 1.0F), lane.h * share.height};
  const float radius = ended || r.w < paint.s(8) ? 0 : paint.s(2.5F);
  const bool outlined = phase == TaskPhase::running && paint.theme().run_edge.alpha > 0 && r.w > paint.s(5);
  paint.rect(r, paint.theme()[hue_of(phase)].fill.with_alpha(lane_alpha(phase)), radius,
             outlined ? Edge{paint.theme().run_edge, paint.s(1)} : Edge{});
  if (block.dense) return;
  const float left = std::max(x0, c.geometry.plot_left);
  draw_letter(c, {left, r.y, std::min(x1, c.geometry.plot_right) - left, r.h}, lane, phase, left == x0);
}

void draw_task_lane(TimelineContext& c, std::size_t row) {
  const auto& intervals = c.model.tasks()[row].intervals;
  const Rect lane = c.geometry.lane(row, c.scroll);
  const auto blocks = collapse(std::span<const TaskInterval>(intervals), c.frame.size, c.axis, c.paint.s(3),
                               [](const TaskInterval& i) { return lane_rank(i.phase); });
  for (const Block& block : blocks) draw_interval(c, lane, block, intervals[block.shown].phase);
}

/// The height of a row of pins.
float timer_y(const TimelineContext& c, std::size_t row) {
  static constexpr float kShares[TimelineModel::kTimerRows][TimelineModel::kTimerRows] = {
      {0.5F}, {0.32F, 0.70F}, {0.22F, 0.5F, 0.78F}, {0.17F, 0.39F, 0.61F, 0.83F}};
  const std::size_t rows = std::max<std::size_t>(c.model.timer_rows(), 1);
  return c.geometry.timers.y + c.geometry.timers.h * kShares[rows - 1][std::min(row, rows - 1)];
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

struct TakenLabels { float right = -1e9F; };

void draw_pin(TimelineContext& c, const Pin& pin, TakenLabels& taken, float next_x) {
  Paint& paint = c.paint;
  const Theme& theme = paint.theme();
  const float y = timer_y(c, pin.row), x0 = c.axis.x_mid(pin.begin), x1 = pin_end(c, pin);
  const bool crowded = c.model.timer_rows() > 2;
  const Color color = pin.cancelled ? theme[Hue::cancel].fill : theme[Hue::timer].fill;
  const float from = std::max(x0, c.geometry.plot_left - paint.s(8)), to = std::min(x1, c.geometry.plot_right + paint.s(8));
  // A dot every six pixels, in step with the pin's own start.
  const float pitch = paint.s(6), first = x0 + std::ceil((from - x0) / pitch) * pitch;
  for (float x = first; x < to; x += pitch) paint.circle({x, y}, paint.s(1), color.with_alpha(0.8F));
  paint.circle({x0, y}, paint.s(crowded ? 2.4F : 3.2F), color);
  if (pin.end > c.frame.size) return;
  if (pin.cancelled) paint.glyph(Glyph::cancel, {x1, y}, paint.s(crowded ? 4 : 5), color);
  else paint.glyph(Glyph::timer, {x1, y}, paint.s(crowded ? 3.8F : 6), color);

  TextStyle style{12, Face::mono_semibold, theme.dim};
  const std::string label = pin_label(c, pin);
  const float x = x1 + paint.s(12), w = paint.width(label, style);
  if (x < taken.right + paint.s(8) || x + w > std::min(next_x - paint.s(6), c.geometry.plot_right)) return;
  paint.text(x, y + paint.s(4.4F), label, style);
  if (pin.cancelled) paint.line({x, y}, {x + w, y}, theme[Hue::cancel].text, paint.s(1.2F));
  taken.right = x + w;
}

void draw_timer_row(TimelineContext& c, std::size_t row, TakenLabels& taken) {
  const auto pins = c.model.timer_row(row);
  const auto blocks = collapse(pins, c.frame.size, c.axis, c.paint.s(5), [](const Pin& p) { return p.cancelled ? 0 : 1; });
  for (const Block& block : blocks) {
    const Pin& pin = pins[block.shown];
    if (block.dense && (block.last > block.first || c.view.axis == AxisKind::steps)) {  // many: a band says enough
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
struct ArrowSource { float x = 0, y = 0; bool from_timer = false; };

std::optional<ArrowSource> source_of(const TimelineContext& c, const traces::Wakeup& wakeup) {
  if (wakeup.by_timer) {
    const Pin* pin = c.model.timer(wakeup.by_timer);
    if (!pin || !pin->fired || pin->end > c.frame.size) return std::nullopt;
    return ArrowSource{c.axis.x_mid(pin->end - 1), timer_y(c, pin->row), true};
  }
  const TaskId by = wakeup.by_task ? wakeup.by_task : c.model.running_task(wakeup.cause);
  const auto row = c.model.task_row(by);
  if (!row || by == wakeup.task) return std::nullopt;
  const Rect lane = c.geometry.lane(*row, c.scroll);
  return ArrowSource{c.axis.x_mid(wakeup.cause), lane.center().y, false};
}

void draw_wakeup(TimelineContext& c, const traces::Wakeup& wakeup) {
  const auto row = c.model.task_row(wakeup.task);
  const auto source = source_of(c, wakeup);
  if (!row || !source) return;
  Paint& paint = c.paint;
  const Rect lane = c.geometry.lane(*row, c.scroll);
  if (lane.center().y < c.geometry.lanes.y || lane.center().y > c.geometry.lanes.bottom()) return;
  const float s1 = paint.s(1), x = c.axis.x_of(wakeup.queued) + std::min(c.axis.x_mid(1) - c.axis.x_of(1), 4 * s1);
  const float y = lane.center().y;
  const float up = source->y > y ? -1 : 1;  // the arrow leaves towards its target
  const bool lit = is_selected(c, wakeup.task) || is_hovered(c, wakeup.task);
  const Color color = paint.theme().text.with_alpha(lit ? 1 : 0.9F);
  const float width = paint.s(lit ? 2.2F : 1.6F);
  const float leave = source->y + up * (source->from_timer ? 8 * s1 : lane.h * 0.3F);
  if (std::abs(source->x - x) < 6 * s1) {  // cause and effect on one line, as on the clock: straight up or down
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

}  // namespace

void draw_lane_names(TimelineContext& c) {
  row_name(c, c.geometry.phases, "phases");
  row_name(c, c.geometry.depth, "ready depth");
  if (c.geometry.timers.h > 0) {
    row_name(c, c.geometry.timers, "timers");
    if (const std::size_t n = c.model.timers_left_out()) {
      Paint& paint = c.paint;
      paint.text(c.geometry.timers.x + paint.s(14) + paint.width("timers", {13}) + paint.s(6),
                 c.geometry.timers.center().y + paint.s(4.5F), fmt::format("+{}", grouped(n)),
                 {12, Face::mono, paint.theme().faint});
    }
  }
  c.paint.push_clip(c.geometry.lanes);
  const auto [first, last] = c.geometry.visible_lanes(c.scroll);
  for (std::size_t row = first; row < last; ++row) draw_lane_name(c, row);
  c.paint.pop_clip();
}

void draw_phases(TimelineContext& c) {
  if (!c.track) return;
  Paint& paint = c.paint;
  const Theme& theme = paint.theme();
  const Rect row = c.geometry.phases;
  using Iteration = TimelineModel::Iteration;
  const auto& iterations = c.track->iterations;
  for (const Block& block : collapse(std::span<const Iteration>(iterations), c.frame.size, c.axis, paint.s(3),
                                     [](const Iteration&) { return 0; })) {
    const float x0 = c.clamp_x(block.x0), x1 = c.clamp_x(block.x1);
    if (!block.dense)
      paint.box({x0, row.y + paint.s(3), x1 - x0 - paint.s(1.5F), row.h - paint.s(6)}, theme.bg, theme.line, paint.s(3));
  }
  using Phase = TimelineModel::PhaseSpan;
  const auto& phases = c.track->phases;
  const auto* now = c.track->iteration_at(c.frame.cursor);
  for (const Block& block : collapse(std::span<const Phase>(phases), c.frame.size, c.axis, paint.s(2),
                                     [](const Phase& p) { return phase_rank(p.phase); })) {
    const Phase& phase = phases[block.shown];
    const bool current = now && c.frame.cursor >= phase.begin && c.frame.cursor < phase.end;
    const float alpha = current ? 1 : phase.phase == traces::LoopPhase::run ? 0.85F : 0.55F;
    const float x0 = c.clamp_x(block.x0), x1 = c.clamp_x(block.x1), gap = block.dense ? 0 : 0.5F;
    const Rect r{x0, row.y + paint.s(4), std::max(1.0F, x1 - x0 - gap), row.h - paint.s(8)};
    paint.rect(r, phase_color(theme, phase.phase).with_alpha(alpha), r.w > paint.s(8) ? paint.s(2) : 0);
  }
}

void draw_ready_depth(TimelineContext& c) {
  const Rect row = c.geometry.depth;
  if (!c.track || row.empty() || c.track->deepest == 0) return;
  Paint& paint = c.paint;
  using Depth = TimelineModel::DepthSpan;
  const auto& spans = c.track->depth;
  const float most = static_cast<float>(std::max(c.track->deepest, 2U)), full = row.h - paint.s(8);
  const Color color = paint.theme()[Hue::ready].fill.with_alpha(0.75F);
  for (const Block& block : collapse(std::span<const Depth>(spans), c.frame.size, c.axis, paint.s(1.5F),
                                     [](const Depth& d) { return static_cast<int>(d.depth); })) {
    const std::uint32_t depth = spans[block.shown].depth;
    if (depth == 0) continue;
    const float x0 = c.clamp_x(block.x0), x1 = c.clamp_x(block.x1);
    const float h = std::max(paint.s(1.5F), full * static_cast<float>(depth) / most);
    paint.rect({x0, row.bottom() - paint.s(2) - h, std::max(1.0F, x1 - x0), h}, color);
  }
}

void draw_task_lanes(TimelineContext& c) {
  const Rect plot = c.geometry.plot();
  c.paint.push_clip({plot.x - c.paint.s(4), c.geometry.lanes.y, plot.w + c.paint.s(8), c.geometry.lanes.h});
  const auto [first, last] = c.geometry.visible_lanes(c.scroll);
  for (std::size_t row = first; row < last; ++row) draw_task_lane(c, row);
  c.paint.pop_clip();
}

void draw_timers(TimelineContext& c) {
  if (c.geometry.timers.empty()) return;
  TakenLabels taken[TimelineModel::kTimerRows];
  const bool share = c.model.timer_rows() > 2;  // rows so close that labels would meet
  for (std::size_t row = 0; row < c.model.timer_rows(); ++row) draw_timer_row(c, row, taken[share ? 0 : row]);
}

void draw_wakeups(TimelineContext& c) {
  const TimelineGeometry& g = c.geometry;
  c.paint.push_clip({g.plot_left - c.paint.s(8), g.lanes.y, g.plot_right - g.plot_left + c.paint.s(16),
                     g.timers.bottom() - g.lanes.y});
  const auto wakeups = c.model.wakeups();
  const auto before = [](const traces::Wakeup& w, EventIndex e) { return w.queued < e; };
  const auto [first, last] = c.axis.visible();
  auto it = std::lower_bound(wakeups.begin(), wakeups.end(), first, before);
  while (it != wakeups.end() && it->queued < std::min(last, c.frame.size)) {
    draw_wakeup(c, *it);
    // Where they crowd, one arrow stands for all in its few pixels.
    const auto next = std::lower_bound(it, wakeups.end(), c.axis.first_from(c.axis.x_of(it->queued) + c.paint.s(kArrowPitch)), before);
    it = c.view.axis == AxisKind::clock && next - it < 8 ? it + 1 : std::max(next, it + 1);
  }
  c.paint.pop_clip();
}

}  // namespace loopscope::viz

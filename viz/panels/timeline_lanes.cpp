// The rows of the timeline: phases, ready depth, tasks.
#include <cmath>
#include <fmt/format.h>

#include "traces/narration.h"
#include "viz/model/collapse.h"
#include "viz/model/heat_rows.h"
#include "viz/panels/fit.h"
#include "viz/panels/timeline_parts.h"

namespace loopscope::viz {
namespace {

using traces::TaskInterval;
using traces::TaskPhase;

Color phase_color(const Theme& theme, traces::LoopPhase phase) { return theme[hue_of(phase)].fill; }

int phase_rank(traces::LoopPhase phase) { return static_cast<int>(phase); }

void separator(TimelineContext& c, const Rect& row) {
  const float y = std::round(row.bottom()) + 0.5F;
  c.paint.line({row.x + 1, y}, {row.right() - 1, y}, c.paint.theme().line.with_alpha(0.7F));
}

void row_name(TimelineContext& c, const Rect& row, std::string_view name) {
  if (row.empty()) return;
  Paint& paint = c.paint;
  paint.text(row.x + paint.s(14), row.center().y + paint.s(4.5F), name,
             {13, Face::regular, paint.theme().dim});
  separator(c, row);
}

/// Of several loops, which one's phases these are.
void draw_phases_name(TimelineContext& c) {
  const Rect& row = c.geometry.phases;
  row_name(c, row, "phases");
  if (!c.track || c.frame.state.loops.size() < 2) return;
  const TextStyle style{12, Face::regular, c.paint.theme().faint};
  const std::string number = std::to_string(c.track->loop.value), loop = "loop " + number;
  const float x = row.x + c.paint.s(20) + c.paint.width("phases", {13, Face::regular});
  const std::string_view which =
      first_fitting(c.paint, {loop, number}, style, c.geometry.plot_left - x - c.paint.s(6));
  if (!which.empty()) c.paint.text(x, row.center().y + c.paint.s(4.5F), which, style);
}

void draw_lane_name(TimelineContext& c, std::size_t row) {
  Paint& paint = c.paint;
  const TimelineGeometry& g = c.geometry;
  const auto& task = c.model.tasks()[c.lanes[row].index];
  const Rect lane = g.lane(row, c.scroll);
  if (c.is_selected(task.task)) {
    paint.rect({lane.x + 1, lane.y, lane.w - 2, lane.h}, paint.theme().selection.with_alpha(0.75F));
    paint.rect({lane.x + 1, lane.y, paint.s(3), lane.h}, paint.theme()[Hue::ready].fill);
  } else if (c.is_hovered(task.task)) {
    paint.rect({lane.x + 1, lane.y, lane.w - 2, lane.h}, paint.theme().hover.with_alpha(0.6F));
  }
  const float height = lane.h < paint.s(24) ? 17 : 20;
  const std::string name = fit_badge(paint, task.badge, g.plot_left - lane.x - paint.s(20), height);
  paint.badge(lane.x + paint.s(14), lane.center().y, name, height);
  if (c.lanes[row].pinned)
    paint.circle({lane.x + paint.s(8), lane.center().y}, paint.s(2.5F), paint.theme()[Hue::ready].fill);
  separator(c, lane);
}

/// Rows of colour only: what they are, and the names of the selected task and the one under the pointer.
void draw_heat_names(TimelineContext& c) {
  Paint& paint = c.paint;
  const Theme& theme = paint.theme();
  const Rect lanes = c.geometry.lanes;
  const float x = lanes.x + paint.s(14), room = c.geometry.plot_left - x - paint.s(10);
  paint.text(x, lanes.y + paint.s(17), fmt::format("{} tasks", grouped(c.lanes.size())),
             {13, Face::semibold, theme.text, Align::left, room});
  const std::string_view order = c.view.lanes.sort == LaneSort::created ? "by state, oldest on top"
                                 : c.view.lanes.sort == LaneSort::runs  ? "by state, busiest on top"
                                                                        : "by state, living on top";
  if (lanes.h > paint.s(60))
    paint.paragraph(x, lanes.y + paint.s(34), room, order, {12, Face::regular, theme.faint}, paint.s(15));
  separator(c, lanes);
  const auto [first, last] = c.geometry.visible_lanes(c.scroll);
  for (std::size_t row = first; row < last; ++row) {
    const auto& task = c.model.tasks()[c.lanes[row].index];
    if (!c.is_selected(task.task) && !c.is_hovered(task.task)) continue;
    const Rect lane = c.geometry.lane(row, c.scroll);
    const float y = std::clamp(lane.center().y, lanes.y + paint.s(70), lanes.bottom() - paint.s(10));
    paint.badge(x, y, fit_badge(paint, task.badge, room, 18), 18);
    paint.rect({c.geometry.plot_left - paint.s(6), lane.y, paint.s(4), std::max(lane.h, paint.s(3))},
               theme[Hue::ready].fill);
  }
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

/// In rows of a few pixels height cannot tell much: quiet states leave a line of ground between rows.
LaneShare heat_share(TaskPhase phase) {
  if (phase == TaskPhase::running || phase == TaskPhase::ready) return {0, 1};
  if (has_ended(phase)) return {0.5F, 0.15F};
  return {0.17F, 0.55F};
}

/// Many states in a few pixels: what lasts as the ground, and on it the one nearest to the CPU.
struct Dense {
  TaskPhase ground, top;
  float top_width, top_alpha;
};

Dense dense_look(const TimelineContext& c, const Block& block, TaskPhase top, TaskPhase last) {
  const float width = c.clamp_x(block.x1) - c.clamp_x(block.x0);
  const bool crowd = block.last > block.first + 2;  // where it happens again and again, less of a shout
  return {lane_rank(last) < lane_rank(top) ? last : top, top,
          crowd ? width : std::min(width, c.paint.s(2.5F)), crowd ? 0.7F : 1.0F};
}

struct StateBar {
  Rect rect;
  Color color;
};

StateBar state_bar(const TimelineContext& c, const Rect& lane, TaskPhase phase, float x, float width,
                   float alpha) {
  const LaneShare share = c.geometry.heat ? heat_share(phase) : lane_share(phase);
  return {{x, lane.y + lane.h * share.top, width, lane.h * share.height},
          c.paint.theme()[hue_of(phase)].fill.with_alpha(lane_alpha(phase) * alpha)};
}

void draw_dense(TimelineContext& c, const Rect& lane, const Block& block, TaskPhase top, TaskPhase last) {
  const Dense look = dense_look(c, block, top, last);
  const float x0 = c.clamp_x(block.x0), x1 = c.clamp_x(block.x1);
  const auto draw = [&](const StateBar& bar) { c.paint.rect(bar.rect, bar.color); };
  if (look.ground != look.top) draw(state_bar(c, lane, look.ground, x0, x1 - x0, 1));
  draw(state_bar(c, lane, look.top, x0, look.top_width, look.top_alpha));
}

void draw_interval(TimelineContext& c, const Rect& lane, const Block& block, TaskPhase phase) {
  Paint& paint = c.paint;
  const LaneShare share = lane_share(phase);
  const bool ended = has_ended(phase);
  const float gap = ended ? 0 : paint.s(1);
  const float x0 = c.clamp_x(block.x0), x1 = c.clamp_x(block.x1);
  const Rect r{x0, lane.y + lane.h * share.top, std::max(x1 - x0 - gap, 1.0F), lane.h * share.height};
  const float radius = ended || r.w < paint.s(8) ? 0 : paint.s(2.5F);
  const bool outlined = phase == TaskPhase::running && paint.theme().run_edge.alpha > 0 && r.w > paint.s(5);
  paint.rect(r, paint.theme()[hue_of(phase)].fill.with_alpha(lane_alpha(phase)), radius,
             outlined ? Edge{paint.theme().run_edge, paint.s(1)} : Edge{});
  const float left = std::max(x0, c.geometry.plot_left);
  draw_letter(c, {left, r.y, std::min(x1, c.geometry.plot_right) - left, r.h}, lane, phase, left == x0);
}

const std::vector<Block>& task_blocks(const TimelineContext& c, std::size_t row) {
  return c.blocks(c.model.tasks()[c.lanes[row].index].intervals, c.paint.s(c.geometry.heat ? 4 : 3),
                  [](const TaskInterval& i) { return lane_rank(i.phase); });
}

void draw_task_lane(TimelineContext& c, std::size_t row) {
  const auto& intervals = c.model.tasks()[c.lanes[row].index].intervals;
  const Rect lane = c.geometry.lane(row, c.scroll);
  for (const Block& block : task_blocks(c, row)) {
    const TaskPhase top = intervals[block.shown].phase;
    if (block.dense)
      draw_dense(c, lane, block, top, intervals[block.last].phase);
    else
      draw_interval(c, lane, block, top);
  }
}

/// Adds a bar to `bars`; one that goes on where the last of its kind ended makes that one longer.
class HeatBarList {
 public:
  HeatBarList(const Paint& paint, std::vector<HeatBar>& bars) : paint_(paint), bars_(bars) {}
  void add(const StateBar& bar) {
    const std::uint32_t color = paint_.pack(bar.color);
    HeatBar* last = begun_ ? &bars_.back() : nullptr;
    if (last && last->rect.y == bar.rect.y && last->rect.h == bar.rect.h && last->color == color &&
        bar.rect.x - last->rect.right() < 0.5F)
      last->rect.w = bar.rect.right() - last->rect.x;
    else
      bars_.push_back({bar.rect, color});
    begun_ = true;
  }

 private:
  const Paint& paint_;
  std::vector<HeatBar>& bars_;
  bool begun_ = false;
};

/// A heat row's bars: first what lasts, then on it what is nearest to the CPU.
void heat_row_bars(const TimelineContext& c, std::size_t row, std::vector<HeatBar>& bars) {
  const auto& intervals = c.model.tasks()[c.lanes[row].index].intervals;
  const Rect lane = c.geometry.lane(row, c.scroll);
  const auto& blocks = task_blocks(c, row);
  HeatBarList ground(c.paint, bars);
  for (const Block& block : blocks) {
    const TaskPhase top = intervals[block.shown].phase;
    const float x0 = c.clamp_x(block.x0), width = std::max(1.0F, c.clamp_x(block.x1) - x0);
    const Dense look = dense_look(c, block, top, intervals[block.last].phase);
    if (!block.dense)
      ground.add(state_bar(c, lane, top, x0, has_ended(top) ? width : std::max(1.0F, width - 1), 1));
    else if (look.ground != look.top)
      ground.add(state_bar(c, lane, look.ground, x0, width, 1));
  }
  HeatBarList tops(c.paint, bars);
  for (const Block& block : blocks) {
    if (!block.dense) continue;
    const Dense look = dense_look(c, block, intervals[block.shown].phase, intervals[block.last].phase);
    tops.add(state_bar(c, lane, look.top, c.clamp_x(block.x0), look.top_width, look.top_alpha));
  }
}

void draw_heat_rows(TimelineContext& c, std::size_t first, std::size_t last) {
  if (!c.view.heat_rows) c.view.heat_rows = std::make_shared<HeatRows>();
  const HeatRows::Key key{c.view.lane_blocks->generation(),
                          c.view.lane_list->generation(),
                          c.geometry.lanes,
                          c.geometry.lane_height,
                          c.scroll,
                          c.paint.theme().name};
  c.paint.bars(c.view.heat_rows->of(key, [&](std::vector<HeatBar>& bars) {
    for (std::size_t row = first; row < last; ++row) heat_row_bars(c, row, bars);
  }));
}

}  // namespace

void draw_lane_names(TimelineContext& c) {
  draw_phases_name(c);
  row_name(c, c.geometry.depth, "ready depth");
  if (c.geometry.timers.h > 0) {
    row_name(c, c.geometry.timers, "timers");
    if (const std::size_t n = c.model.timers_left_out(); n > 0 && !c.view.teaching.asks()) {
      const TextStyle style{12, Face::mono, c.paint.theme().faint};
      const float x = c.geometry.timers.x + c.paint.s(20) + c.paint.width("timers", {13});
      const std::string count = "+" + grouped(n), thousands = n < 1000 ? "+…" : fmt::format("+{}k", n / 1000);
      c.paint.text(x, c.geometry.timers.center().y + c.paint.s(4.5F),
                   first_fitting(c.paint, {count, thousands}, style, c.geometry.plot_left - x - c.paint.s(6)),
                   style);
    }
  }
  draw_side_names(c);
  if (c.geometry.heat) return draw_heat_names(c);
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
  for (const Block& block : c.blocks(iterations, paint.s(3), [](const Iteration&) { return 0; })) {
    const float x0 = c.clamp_x(block.x0), x1 = c.clamp_x(block.x1);
    if (!block.dense)
      paint.box({x0, row.y + paint.s(3), x1 - x0 - paint.s(1.5F), row.h - paint.s(6)}, theme.bg, theme.line,
                paint.s(3));
  }
  using Phase = TimelineModel::PhaseSpan;
  const auto& phases = c.track->phases;
  const auto* now = c.track->iteration_at(c.frame.cursor);
  for (const Block& block :
       c.blocks(phases, paint.s(2), [](const Phase& p) { return phase_rank(p.phase); })) {
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
  for (const Block& block : c.view.lane_blocks->of(
           std::span<const Depth>(spans), c.frame.size, c.axis, paint.s(1.5F),
           [](const Depth&d) { return static_cast<int>(d.depth); },
           [&](std::size_t a, std::size_t b) { return c.track->peaks.highest(a, b); })) {
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
  if (c.geometry.heat)
    draw_heat_rows(c, first, last);
  else
    for (std::size_t row = first; row < last; ++row) draw_task_lane(c, row);
  c.paint.pop_clip();
}

}  // namespace loopscope::viz

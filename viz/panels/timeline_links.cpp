// Who woke the selected task, who woke that one, and the critical path to where it stands.
#include <cmath>

#include "viz/model/answers.h"
#include "viz/panels/timeline_parts.h"

namespace loopscope::viz {
namespace {

/// The height of a task's lane in sight; nothing when it is not.
std::optional<float> lane_y(const TimelineContext& c, TaskId task) {
  const auto row = c.lane_of(task);
  if (!row) return std::nullopt;
  const Rect lane = c.geometry.lane(*row, c.scroll);
  const bool seen = lane.center().y >= c.geometry.lanes.y && lane.center().y <= c.geometry.lanes.bottom();
  return seen ? std::optional(lane.center().y) : std::nullopt;
}

void arrow(TimelineContext& c, Vec2 from, Vec2 to, float alpha) {
  Paint& paint = c.paint;
  const Color color = paint.theme().text.with_alpha(alpha);
  const float reach = std::clamp(std::abs(to.x - from.x) / 2, paint.s(6), paint.s(60));
  paint.bezier(from, {from.x + reach, from.y}, {to.x - reach, to.y}, {to.x - paint.s(4), to.y}, color,
               paint.s(2.2F));
  paint.arrow_head(to, 0, paint.s(5), color);
}

void draw_ancestors(TimelineContext& c, TaskId task) {
  float alpha = 1;
  for (const traces::WakeLink& link : answers(c.view).ancestors(c.frame, task)) {
    const auto y = lane_y(c, link.task);
    const Vec2 to{c.axis.x_of(link.queued), y.value_or(0)};
    if (link.source.kind == traces::WakeSource::Kind::task) {
      const auto from = lane_y(c, link.source.task);
      if (y && from) arrow(c, {c.axis.x_mid(link.source.event), *from}, to, alpha);
    } else if (y) {
      arrow(c, {c.axis.x_mid(link.source.event), c.geometry.timers.center().y}, to, alpha);
    }
    alpha = std::max(0.45F, alpha * 0.85F);
    if (c.view.arrows == ArrowMode::direct) break;
  }
}

/// The pieces of the path, framed in the lanes that they happen on.
void draw_path(TimelineContext& c, TaskId task) {
  Paint& paint = c.paint;
  const Color color = paint.theme().text;
  std::optional<Vec2> before;
  for (const traces::PathPiece& piece : answers(c.view).critical_path(c.frame, task)) {
    const float x0 = c.clamp_x(c.axis.x_of(piece.begin)), x1 = c.clamp_x(c.axis.x_of(piece.end));
    const bool timer = piece.kind == traces::PathPiece::Kind::sleeps;
    const auto own = piece.task ? lane_y(c, piece.task) : std::nullopt;
    const auto y = own ? own : timer ? std::optional(c.geometry.timers.center().y) : std::nullopt;
    if (!y) continue;
    const float half = c.geometry.lane_height * (timer ? 0.24F : 0.46F);
    if (before && std::abs(before->y - *y) > 1)
      paint.line(*before, {x0, *y}, color.with_alpha(0.6F), paint.s(1.6F));
    if (x1 - x0 > paint.s(3))
      paint.rect({x0, *y - half, x1 - x0, 2 * half}, color.with_alpha(0), paint.s(3), {color, paint.s(1.6F)});
    else
      paint.line({x0, *y - half}, {x0, *y + half}, color, paint.s(1.6F));
    before = Vec2{x1, *y};
  }
}

}  // namespace

void draw_links(TimelineContext& c) {
  if (c.view.selection.kind != Selection::Kind::task) return;
  const TaskId task{c.view.selection.id};
  if (!c.frame.state.task(task)) return;
  if (c.view.arrows == ArrowMode::critical)
    draw_path(c, task);
  else
    draw_ancestors(c, task);
}

}  // namespace loopscope::viz

// The timeline while a question stands: the future is hatched, not veiled.
#include <cmath>

#include "viz/panels/timeline_parts.h"

namespace loopscope::viz {
namespace {

void draw_hatching(Paint& paint, const Rect& r) {
  paint.push_clip(r);
  const float pitch = paint.s(30), slope = r.h * 0.55F;
  for (float x = r.x - slope; x < r.right() + slope; x += pitch)
    paint.line({x, r.bottom()}, {x + slope, r.y}, paint.theme().line, paint.s(1));
  paint.pop_clip();
}

}  // namespace

void draw_hidden_future(TimelineContext& c) {
  Paint& paint = c.paint;
  const Theme& t = paint.theme();
  const TimelineGeometry& g = c.geometry;
  const float bottom = g.strip.empty() ? g.timers.bottom() : g.strip.bottom();
  const float x = std::clamp(c.cursor_x(), g.plot_left, g.plot_right);
  const float right = c.frame.layout.timeline.right() - 1;
  const float foot = c.frame.layout.timeline.bottom() - 1;
  const Rect hidden{x, g.ruler.y + 1, c.frame.layout.timeline.right() - 1 - x, foot - g.ruler.y - 1};
  // The whole run in small would tell what is to come: that strip is covered altogether.
  if (!g.strip.empty())
    paint.rect({g.strip.x + 1, g.strip.y, right - g.strip.x, bottom - g.strip.y - paint.s(3)}, t.panel);
  if (hidden.w > 0) {
    paint.rect(hidden, t.bg);
    draw_hatching(paint, hidden);
  }
  const Rect past{g.plot_left - paint.s(2), g.ruler.y, x - g.plot_left + paint.s(2), bottom - g.ruler.y};
  paint.push_clip(past);
  draw_ruler(c);
  paint.pop_clip();
  draw_playhead(c);
  const TextStyle style{14, Face::semibold, t.dim, Align::center};
  const std::string_view words = "hidden until you answer";
  const float w = paint.width(words, style) + paint.s(40), h = paint.s(36);
  if (hidden.w < w + paint.s(16)) return;
  const Rect pill{std::round(hidden.center().x - w / 2), std::round(g.plot().center().y - h / 2), w, h};
  paint.box(pill, t.raised, t.strong, paint.s(8));
  paint.text(pill.center().x, pill.center().y + paint.s(5), words, style);
}

}  // namespace loopscope::viz

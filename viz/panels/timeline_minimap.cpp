// The whole run in one strip, with the part that the timeline shows framed.
#include "viz/model/answers.h"
#include "viz/model/collapse.h"
#include "viz/panels/timeline_labels.h"

namespace loopscope::viz {
namespace {

TimeAxis whole_axis(const TimelineContext& c) {
  return TimeAxis(c.frame.store, c.frame.size, c.view.axis, TimelineView{}, c.geometry.plot_left,
                  c.geometry.plot_right);
}

Rect band_of(const TimelineContext& c) {
  const Rect strip = c.geometry.strip;
  const float top = strip.y + c.paint.s(4);
  return {c.geometry.plot_left, top, c.geometry.plot_right - c.geometry.plot_left,
          strip.bottom() - c.paint.s(5) - top};
}

/// The ready queue's depth over the whole run: its peaks are where the loop was late.
void draw_depth(TimelineContext& c, const TimeAxis& axis, const Rect& band) {
  if (!c.track || c.track->deepest == 0) return;
  Paint& paint = c.paint;
  const auto& spans = c.track->depth;
  const float most = static_cast<float>(std::max(c.track->deepest, 2U));
  const Color color = paint.theme()[Hue::ready].fill.with_alpha(0.6F);
  using Depth = TimelineModel::DepthSpan;
  if (!c.view.map_blocks) c.view.map_blocks = std::make_shared<BlockCache>();
  c.view.map_blocks->begin(c.model.version(), c.frame.size, axis, c.frame.scale);
  for (const Block& block : c.view.map_blocks->of(
           std::span<const Depth>(spans), c.frame.size, axis, paint.s(2),
           [](const Depth&d) { return static_cast<int>(d.depth); },
           [&](std::size_t a, std::size_t b) { return c.track->peaks.highest(a, b); })) {
    const std::uint32_t depth = spans[block.shown].depth;
    const float h = std::max(depth > 0 ? paint.s(1.5F) : 0, band.h * static_cast<float>(depth) / most);
    paint.rect({block.x0, band.bottom() - h, std::max(1.0F, block.x1 - block.x0), h}, color);
  }
}

/// Where something is wrong.
void draw_findings(TimelineContext& c, const TimeAxis& axis, const Rect& band) {
  Paint& paint = c.paint;
  for (const traces::Finding& f : answers(c.view).findings(c.frame)) {
    if (f.level == traces::Finding::Level::hint || f.at >= c.frame.size) continue;
    const float x0 = axis.x_of(f.begin), x1 = axis.x_of(std::min(f.end + 1, c.frame.size));
    paint.rect({x0, band.y, std::max(paint.s(2), x1 - x0), band.h},
               paint.theme()[Hue::fail].fill.with_alpha(0.22F));
  }
}

}  // namespace

void draw_minimap(TimelineContext& c) {
  if (c.geometry.strip.empty()) return;
  Paint& paint = c.paint;
  const Theme& theme = paint.theme();
  const TimeAxis axis = whole_axis(c);
  const Rect band = band_of(c);
  paint.text(c.geometry.strip.x + paint.s(14), band.center().y + paint.s(4.5F), "whole run",
             {12, Face::regular, theme.faint});
  paint.rect(band, theme.bg, paint.s(4));
  draw_depth(c, axis, band);
  draw_findings(c, axis, band);
  const auto at = [&](double unit) {
    const double span = axis.end() - axis.begin();
    return band.x + static_cast<float>((unit - axis.begin()) / span) * band.w;
  };
  const float x0 = std::clamp(at(c.axis.begin()), band.x, band.right());
  const float x1 = std::clamp(std::max(at(c.axis.end()), x0 + paint.s(6)), band.x, band.right());
  paint.rect({x0, band.y - paint.s(1), x1 - x0, band.h + paint.s(2)}, theme.text.with_alpha(0.08F),
             paint.s(4), {theme.text, paint.s(2)});
  const float here = axis.x_mid(c.frame.cursor);
  paint.line({here, band.y}, {here, band.bottom()}, theme.text, paint.s(2));
}

EventIndex minimap_event_at(const TimelineContext& c, float x) { return whole_axis(c).event_at(x); }

}  // namespace loopscope::viz

#include "viz/model/lanes.h"

#include <algorithm>
#include <cmath>

namespace loopscope::viz {
namespace {

using Phase = traces::TaskPhase;

/// Measures in unscaled pixels.
struct Measures {
  float names, ruler, phases, depth, lane, timers, strip, foot;
};
constexpr Measures kRoomy{112, 40, 24, 26, 28, 28, 28, 0};
constexpr Measures kTaught{112, 38, 24, 24, 28, 24, 0, 2};
constexpr Measures kLow{112, 38, 20, 0, 20, 22, 0, 8};
constexpr float kTitle = 36, kRightMargin = 14, kNarrowNames = 92, kWidestNames = 1.5F, kLeastLane = 18,
                kHeatLane = 3, kNamedLane = 15, kSideLane = 20, kSideShare = 0.45F, kTimerPitch = 16;

}  // namespace

LaneShare lane_share(Phase phase) {
  switch (phase) {
    case Phase::running:
      return {0.08F, 0.84F};
    case Phase::ready:
      return {0.20F, 0.60F};
    case Phase::sleeping:
    case Phase::io:
    case Phase::job:
      return {0.34F, 0.32F};
    case Phase::waiting:
      return {0.40F, 0.20F};
    case Phase::done:
    case Phase::failed:
    case Phase::cancelled:
      break;
  }
  return {0.47F, 0.06F};
}

float lane_alpha(Phase phase) {
  switch (phase) {
    case Phase::running:
    case Phase::ready:
      return 1;
    case Phase::done:
    case Phase::failed:
    case Phase::cancelled:
      return 0.9F;
    default:
      return 0.55F;
  }
}

int lane_rank(Phase phase) {
  switch (phase) {
    case Phase::running:
      return 8;
    case Phase::failed:
      return 7;
    case Phase::ready:
      return 6;
    case Phase::io:
      return 5;
    case Phase::job:
      return 4;
    case Phase::sleeping:
      return 3;
    case Phase::waiting:
      return 2;
    case Phase::cancelled:
      return 1;
    case Phase::done:
      break;
  }
  return 0;
}

float TimelineGeometry::max_scroll() const {
  const float hidden = content_height - lanes.h;
  return hidden > 0.5F ? hidden : 0;
}

float TimelineGeometry::snapped(float scroll) const {
  if (lane_height <= 0) return 0;
  return std::clamp(std::round(scroll / lane_height) * lane_height, 0.0F, max_scroll());
}

Rect TimelineGeometry::lane(std::size_t row, float scroll) const {
  return {lanes.x, lanes.y + static_cast<float>(row) * lane_height - scroll, lanes.w, lane_height};
}

std::optional<std::size_t> TimelineGeometry::lane_at(float y, float scroll) const {
  if (y < lanes.y || y >= lanes.bottom() || lane_height <= 0) return std::nullopt;
  const auto row = static_cast<std::size_t>((y - lanes.y + scroll) / lane_height);
  return row < tasks ? std::optional(row) : std::nullopt;
}

std::pair<std::size_t, std::size_t> TimelineGeometry::visible_lanes(float scroll) const {
  if (lane_height <= 0 || lanes.empty()) return {0, 0};
  const auto first = static_cast<std::size_t>(std::max(0.0F, scroll) / lane_height);
  const auto last = static_cast<std::size_t>(std::ceil((std::max(0.0F, scroll) + lanes.h) / lane_height));
  return {std::min(first, tasks), std::min(last, tasks)};
}

float TimelineGeometry::scroll_to(std::size_t row, float scroll) const {
  const float top = static_cast<float>(row) * lane_height, bottom = top + lane_height;
  if (top < scroll) scroll = top;
  if (bottom > scroll + lanes.h) scroll = bottom - lanes.h;
  return std::clamp(scroll, 0.0F, max_scroll());
}

Rect TimelineGeometry::plot() const {
  return {plot_left, ruler.y, plot_right - plot_left, timers.bottom() - ruler.y};
}

TimelineGeometry timeline_geometry(const Layout& layout, const TimelineContent& content) {
  const Rect panel = layout.timeline;
  const float scale = layout.scale;
  const Measures m = layout.low ? kLow : layout.teaching ? kTaught : kRoomy;
  TimelineGeometry g;
  g.tasks = content.tasks;
  const float names = layout.small ? kNarrowNames : m.names;
  g.plot_left = panel.x + std::clamp(content.names, names, names * kWidestNames) * scale;
  g.plot_right = panel.right() - kRightMargin * scale;
  float y = panel.y;
  const auto row = [&](float height) {
    const Rect r{panel.x, y, panel.w, std::max(0.0F, height)};
    y += r.h;
    return r;
  };
  g.title = row(kTitle * scale);
  g.ruler = row(m.ruler * scale);
  g.phases = row(m.phases * scale);
  g.depth = row(m.depth * scale);
  float timers = content.timer_rows > 0 ? m.timers * scale : 0;
  float room = std::max(0.0F, panel.bottom() - y - timers - (m.strip + m.foot) * scale);
  // What thin task lanes leave, but a good share in any case.
  const float left = room - static_cast<float>(content.tasks) * kLeastLane * scale;
  const float most_side = std::max(room * kSideShare, left);
  g.side_rows = std::min(content.side, static_cast<std::size_t>(most_side / (kSideLane * scale)));
  const float side = static_cast<float>(g.side_rows) * kSideLane * scale;
  room -= side;
  // Lanes get thinner before they scroll; when they scroll, whole lanes fill the room.
  const float most = m.lane * scale, count = static_cast<float>(content.tasks);
  const bool crowd = layout.large && count * kLeastLane * scale > room;
  const float least = (crowd ? kHeatLane : kLeastLane) * scale;
  const float seen = std::max(1.0F, std::min(count, std::floor(room / least)));
  g.lane_height = std::clamp(room / seen, least, most);
  g.heat = crowd && g.lane_height < kNamedLane * scale;
  g.content_height = g.lane_height * count;
  g.lanes = row(std::min({g.content_height, room, seen * g.lane_height}));
  g.side = row(side);
  // Many timers at once get the room that lanes leave.
  if (content.timer_rows > 2) {
    const float wanted = kTimerPitch * scale * static_cast<float>(content.timer_rows) + 6 * scale;
    timers = std::clamp(wanted, timers, timers + std::max(0.0F, room - g.lanes.h));
  }
  g.timers = row(timers);
  if (m.strip > 0) g.strip = {panel.x, panel.bottom() - m.strip * scale, panel.w, m.strip * scale};
  return g;
}

}  // namespace loopscope::viz

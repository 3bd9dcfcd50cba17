// The lanes that are no task's: threads, pools, fds and the world.
#include <cmath>
#include <fmt/format.h>

#include "core/trace/event_reader.h"
#include "viz/model/collapse.h"
#include "viz/panels/fit.h"
#include "viz/panels/timeline_parts.h"

namespace loopscope::viz {
namespace {

const SideTrack& track_of(const TimelineContext& c, std::size_t row) {
  return c.model.side().all()[c.view.lane_list->side()[c.side_first() + row]];
}

Hue hue_of(SideSpan::Kind kind) {
  switch (kind) {
    case SideSpan::Kind::run:
      return Hue::run;
    case SideSpan::Kind::select:
      return Hue::ready;
    case SideSpan::Kind::watched:
      return Hue::io;
    case SideSpan::Kind::queued:
    case SideSpan::Kind::job:
      break;
  }
  return Hue::job;
}

/// How near the CPU it is, as in the tasks' lanes.
LaneShare share_of(SideSpan::Kind kind) {
  switch (kind) {
    case SideSpan::Kind::run:
    case SideSpan::Kind::job:
      return {0.08F, 0.84F};
    case SideSpan::Kind::select:
      return {0.34F, 0.32F};
    case SideSpan::Kind::queued:
      return {0.40F, 0.20F};
    case SideSpan::Kind::watched:
      break;
  }
  return {0.44F, 0.12F};
}

std::string label_of(const TimelineContext& c, const SideSpan& span) {
  if (span.kind != SideSpan::Kind::job) return {};
  const auto* job = c.frame.state.job(JobId{span.id});
  const std::string_view label = job && job->label ? c.frame.store.label(job->label) : std::string_view();
  return label.empty() ? fmt::format("job {}", span.id) : std::string(label);
}

void draw_span(TimelineContext& c, const Rect& lane, const SideSpan& span, const Block& block) {
  Paint& paint = c.paint;
  const HueColors& hue = paint.theme()[hue_of(span.kind)];
  const LaneShare share = share_of(span.kind);
  const float x0 = c.clamp_x(block.x0), x1 = c.clamp_x(block.x1), gap = block.dense ? 0 : paint.s(1);
  const Rect r{x0, lane.y + lane.h * share.top, std::max(1.0F, x1 - x0 - gap), lane.h * share.height};
  const bool busy = span.kind == SideSpan::Kind::run || span.kind == SideSpan::Kind::job;
  paint.rect(r, hue.fill.with_alpha(busy ? 1 : 0.45F), r.w > paint.s(8) ? paint.s(2.5F) : 0);
  const float left = std::max(r.x, c.geometry.plot_left),
              room = std::min(r.right(), c.geometry.plot_right) - left;
  if (block.dense || room < paint.s(34)) return;
  const std::string label = label_of(c, span);
  if (!label.empty())
    paint.text(left + room / 2, lane.center().y + paint.s(4.4F), label,
               {12, Face::semibold, hue.ink, Align::center, room - paint.s(8)});
}

void draw_spans(TimelineContext& c, const Rect& lane, const std::vector<SideSpan>& spans) {
  const auto rank = [](const SideSpan& s) {
    return s.kind == SideSpan::Kind::run || s.kind == SideSpan::Kind::job ? 1 : 0;
  };
  for (const Block& block : c.blocks(spans, c.paint.s(2), rank))
    draw_span(c, lane, spans[block.shown], block);
}

/// Jobs that wait in a pool: a thin bar each while they fit, for they overlap.
void draw_waits(TimelineContext& c, const Rect& lane, const std::vector<SideSpan>& waits) {
  constexpr std::size_t kMost = 400;
  const auto [first, last] = c.axis.visible();
  auto it =
      std::partition_point(waits.begin(), waits.end(), [&](const SideSpan& s) { return s.begin < last; });
  std::size_t shown = 0;
  for (; it != waits.begin() && shown < kMost; ++shown) {
    const SideSpan& wait = *--it;
    if (std::min(wait.end, c.frame.size) < first) continue;
    const float x0 = c.clamp_x(c.axis.x_of(wait.begin)),
                x1 = c.clamp_x(c.axis.x_of(std::min(wait.end, c.frame.size)));
    const float pitch = lane.h / 6, y = lane.y + pitch * static_cast<float>(1 + wait.id % 4);
    c.paint.rect({x0, y, std::max(c.paint.s(1.5F), x1 - x0), std::max(1.0F, pitch - 1)},
                 c.paint.theme()[Hue::job].fill.with_alpha(0.55F));
  }
}

Glyph glyph_of(SideMark::Kind kind) {
  switch (kind) {
    case SideMark::Kind::signal:
      return Glyph::signal;
    case SideMark::Kind::world:
    case SideMark::Kind::peer:
      return Glyph::wait;
    default:
      return Glyph::io;
  }
}

void draw_marks(TimelineContext& c, const Rect& lane, const std::vector<SideMark>& marks) {
  Paint& paint = c.paint;
  for (const Block& block :
       c.blocks(marks, paint.s(10), [](const SideMark& m) { return static_cast<int>(m.kind); })) {
    const SideMark& mark = marks[block.shown];
    const float x = block.dense ? (block.x0 + block.x1) / 2 : c.axis.x_mid(mark.begin);
    const Hue hue = mark.kind == SideMark::Kind::signal                                       ? Hue::fail
                    : mark.kind == SideMark::Kind::world || mark.kind == SideMark::Kind::peer ? Hue::wait
                                                                                              : Hue::io;
    paint.glyph(glyph_of(mark.kind), {x, lane.center().y},
                paint.s(mark.kind == SideMark::Kind::ready ? 4 : 5), paint.theme()[hue].fill);
    if (block.first != block.last || mark.kind < SideMark::Kind::peer) continue;
    const auto text = c.frame.store.text(mark.begin, TextField::text);
    const float next =
        block.last + 1 < marks.size() ? c.axis.x_of(marks[block.last + 1].begin) : c.geometry.plot_right;
    const float room = std::min(next, c.geometry.plot_right) - x - paint.s(16);
    if (text && room > paint.s(40))
      paint.text(x + paint.s(10), lane.center().y + paint.s(4.4F), *text,
                 {12, Face::regular, paint.theme().dim, Align::left, room});
  }
}

std::string name_of(const SideTrack& track) {
  if (!track.name.empty()) return track.name;
  switch (track.kind) {
    case SideTrack::Kind::fd:
      return fmt::format("fd {}", track.id);
    case SideTrack::Kind::thread:
      return fmt::format("thread {}", track.id);
    case SideTrack::Kind::world:
      return "world";
    case SideTrack::Kind::pool:
      break;
  }
  return "pool";
}

constexpr TextStyle kNameStyle{13, Face::semibold};

void draw_side_name(TimelineContext& c, std::size_t row) {
  Paint& paint = c.paint;
  const Rect lane = c.geometry.side_lane(row);
  const SideTrack& track = track_of(c, row);
  const std::size_t hidden = c.view.lane_list->side().size() - c.geometry.side_rows;
  const bool counted = hidden > 0 && row + 1 == c.geometry.side_rows;  // "+3" stands at the right
  const float room = c.geometry.plot_left - lane.x - paint.s(counted ? 44 : 22),
              base = lane.center().y + paint.s(4.5F);
  TextStyle style = kNameStyle;
  style.color = paint.theme().text;
  const float used =
      paint.text(lane.x + paint.s(14), base, fit_name(paint, name_of(track), style, room), style);
  const TextStyle aside{12, Face::regular, paint.theme().faint};
  if (track.kind != SideTrack::Kind::fd && paint.width(track.sub, aside) <= room - used - paint.s(6))
    paint.text(lane.x + paint.s(20) + used, base, track.sub, aside);
  const float y = std::round(lane.bottom()) + 0.5F;
  paint.line({lane.x + 1, y}, {lane.right() - 1, y}, paint.theme().line.with_alpha(0.7F));
}

}  // namespace

float side_name_width(const Paint& paint, const SideTrack& track) {
  return paint.width(name_of(track), kNameStyle);
}

void draw_side_names(TimelineContext& c) {
  for (std::size_t row = 0; row < c.geometry.side_rows; ++row) draw_side_name(c, row);
  const std::size_t all = c.view.lane_list->side().size();
  if (all <= c.geometry.side_rows || c.geometry.side_rows == 0) return;
  const Rect& side = c.geometry.side;
  const Rect last = c.geometry.side_lane(c.geometry.side_rows - 1);
  c.paint.text(c.geometry.plot_left - c.paint.s(12), last.center().y + c.paint.s(4.5F),
               fmt::format("+{}", all - c.geometry.side_rows),
               {12, Face::mono, c.paint.theme().faint, Align::right});
  // Shift and the wheel, a drag, or a click on the count bring the others.
  const float row = last.h;
  draw_scroll_bar(c.paint, {side.x, side.y, side.w - c.paint.s(2), side.h}, row * static_cast<float>(all),
                  row * static_cast<float>(c.side_first()));
}

void draw_side_lanes(TimelineContext& c) {
  for (std::size_t row = 0; row < c.geometry.side_rows; ++row) {
    const Rect lane = c.geometry.side_lane(row);
    const SideTrack& track = track_of(c, row);
    draw_spans(c, lane, track.spans);
    draw_waits(c, lane, track.waits);
    draw_marks(c, lane, track.marks);
  }
}

}  // namespace loopscope::viz

// The strip at the bottom of the timeline: the whole run on the other axis.
#include <fmt/format.h>

#include "viz/panels/fit.h"
#include "viz/panels/timeline_labels.h"

namespace loopscope::viz {
namespace {

using Iteration = TimelineModel::Iteration;

struct StripScale {
  float left = 0, right = 0;
  double first = 0, span = 1;  // ns or events
  float x(double at) const { return left + static_cast<float>((at - first) / span) * (right - left); }
};

StripScale strip_scale(const TimelineContext& c) {
  StripScale s{.left = c.geometry.plot_left + c.paint.s(8), .right = c.geometry.plot_right - c.paint.s(48)};
  if (c.view.axis == AxisKind::clock) {
    s.span = static_cast<double>(std::max<std::size_t>(c.frame.size, 1));
    return s;
  }
  s.first = static_cast<double>(c.frame.store.event(0).ts);
  s.span = std::max(static_cast<double>(c.frame.store.event(c.frame.size - 1).ts) - s.first, 1.0);
  return s;
}

float strip_y(const TimelineContext& c) { return c.geometry.strip.bottom() - c.paint.s(17); }

/// A label in a gap of the strip's line.
void strip_label(TimelineContext& c, float x, float y, std::string_view text, Color color) {
  Paint& paint = c.paint;
  const TextStyle style{12, Face::regular, color, Align::center};
  const float w = paint.width(text, style) + paint.s(16);
  paint.rect({x - w / 2, y - paint.s(9), w, paint.s(18)}, paint.theme().panel);
  paint.text(x, y + paint.s(4.4F), text, style);
}

/// What fills the time between two instants: the selector's wait, or work.
void draw_wait(TimelineContext& c, const Instant& instant, float x0, float x1, std::int64_t next_ts) {
  Paint& paint = c.paint;
  const float y = strip_y(c);
  const bool waits = c.frame.store.event(instant.end).kind == EventKind::select_end;
  const bool past = c.frame.cursor >= instant.end;
  const Color hue = paint.theme()[waits ? Hue::ready : Hue::run].fill;
  paint.rect({x0, y - paint.s(4), x1 - x0, paint.s(8)}, hue.with_alpha(past ? 0.35F : 0.18F), paint.s(2));
  const std::string text =
      fmt::format("{} {}", waits ? "select waits" : "the program takes", clock_text(next_ts - instant.ts));
  if (x1 - x0 > paint.width(text, {12}) + paint.s(90))
    strip_label(c, (x0 + x1) / 2, y, text, past ? paint.theme().dim : paint.theme().faint);
}

/// The whole run's instants on the strip; those too near each other to be told apart melt together.
std::vector<StripPiece> strip_pieces(const TimelineContext& c, const StripScale& scale) {
  std::vector<StripPiece> pieces;
  const float least = c.paint.s(3);
  const auto x_of = [&](std::int64_t ns) { return scale.x(static_cast<double>(ns)); };
  for (EventIndex i = 0; i < c.frame.size;) {
    const Instant instant = instant_of(c.frame.store, c.frame.size, i);
    i = instant.end;
    if (i >= c.frame.size) break;
    const std::int64_t next_ts = c.frame.store.event(i).ts;
    const float x0 = x_of(instant.ts), x1 = x_of(next_ts);
    const bool dense = x1 - x0 < least;
    pieces.push_back({instant, next_ts, x0, dense ? x0 + least : x1, dense});
    if (!dense) continue;
    // On to the first event three pixels further.
    EventIndex low = i, high = c.frame.size;
    while (low < high) {
      const EventIndex middle = low + (high - low) / 2;
      if (x_of(c.frame.store.event(middle).ts) < x0 + least)
        low = middle + 1;
      else
        high = middle;
    }
    i = low > instant.end ? low - 1 : low;
  }
  return pieces;
}

void draw_clock_strip(TimelineContext& c) {
  Paint& paint = c.paint;
  const StripScale scale = strip_scale(c);
  const float y = strip_y(c);
  paint.line({scale.left, y}, {scale.right, y}, paint.theme().strong, paint.s(2));
  const Color melted = paint.theme()[Hue::ready].fill.with_alpha(0.35F);
  for (const StripPiece& piece : c.view.lane_blocks->strip([&] { return strip_pieces(c, scale); })) {
    if (piece.dense)
      paint.rect({piece.x0, y - paint.s(4), piece.x1 - piece.x0, paint.s(8)}, melted);
    else
      draw_wait(c, piece.instant, piece.x0, piece.x1, piece.next_ts);
  }
  const auto x_of = [&](std::int64_t ns) { return scale.x(static_cast<double>(ns)); };
  const auto pills =
      place_pills(c, scale.left - paint.s(12), c.geometry.plot_right, 0, c.frame.size, x_of, 120);
  for (const PillPlace& pill : pills) draw_pill(c, pill.x, y, pill.label, pill.now);
}

void draw_steps_strip(TimelineContext& c) {
  Paint& paint = c.paint;
  const StripScale scale = strip_scale(c);
  const float y = strip_y(c);
  paint.line({scale.left, y}, {scale.right, y}, paint.theme().strong, paint.s(2));
  if (!c.track) return;
  const auto& iterations = c.track->iterations;
  const auto* now = c.track->iteration_at(c.frame.cursor);
  Taken taken;
  const float here = scale.x(static_cast<double>(c.frame.cursor) + 0.5);
  const std::string flag = "event " + grouped(c.frame.cursor + 1);
  const float half = paint.width(flag, {12, Face::mono_semibold}) / 2 + paint.s(6);
  taken.claim(here - half, here + half, paint.s(4));
  // At most one mark every few pixels: strides over the iterations, not through them.
  const std::size_t room = static_cast<std::size_t>(std::max(1.0F, (scale.right - scale.left) / paint.s(6)));
  const std::size_t stride = iterations.size() / room + 1;
  for (std::size_t i = 0; i < iterations.size(); i += stride) {
    const Iteration& it = iterations[i];
    const float x0 = scale.x(static_cast<double>(it.begin));
    const float x1 = scale.x(static_cast<double>(std::min(it.end, c.frame.size)));
    const bool past = it.begin <= c.frame.cursor;
    paint.rect({x0, y - paint.s(4), std::max(1.0F, x1 - x0 - paint.s(2)), paint.s(8)},
               paint.theme()[Hue::run].fill.with_alpha(&it == now ? 0.9F
                                                       : past     ? 0.45F
                                                                  : 0.2F),
               paint.s(2));
    const std::string label = std::to_string(it.n);
    const float w = paint.width(label, {12, Face::mono_semibold}) + paint.s(8), middle = (x0 + x1) / 2;
    if (taken.claim(middle - w / 2, middle + w / 2, paint.s(24))) {
      paint.rect({middle - w / 2, y - paint.s(9), w, paint.s(18)}, paint.theme().panel);
      paint.text(middle, y + paint.s(4.4F), label,
                 {12, Face::mono_semibold, past ? paint.theme().dim : paint.theme().faint, Align::center});
    }
  }
  draw_pill(c, here, y, flag, true);
}

}  // namespace

void draw_strip(TimelineContext& c) {
  if (c.geometry.strip.empty()) return;
  Paint& paint = c.paint;
  const bool clock = c.view.axis == AxisKind::steps;
  paint.text(c.geometry.strip.x + paint.s(14), strip_y(c) + paint.s(4.5F), clock ? "clock" : "steps",
             {12, Face::regular, paint.theme().faint});
  if (clock)
    draw_clock_strip(c);
  else
    draw_steps_strip(c);
}

EventIndex strip_event_at(const TimelineContext& c, float x) {
  const StripScale scale = strip_scale(c);
  const double share = std::clamp((x - scale.left) / std::max(scale.right - scale.left, 1.0F), 0.0F, 1.0F);
  const double at = scale.first + share * scale.span;
  if (c.view.axis == AxisKind::clock) return std::min(static_cast<EventIndex>(at), c.frame.size - 1);
  EventIndex after = 0, high = c.frame.size;  // the first event after that time
  while (after < high) {
    const EventIndex middle = after + (high - after) / 2;
    if (static_cast<double>(c.frame.store.event(middle).ts) <= at)
      after = middle + 1;
    else
      high = middle;
  }
  return after > 0 ? after - 1 : 0;
}

}  // namespace loopscope::viz

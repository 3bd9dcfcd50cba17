// The ruler above the lanes and the playhead.
#include <cmath>
#include <fmt/format.h>

#include "traces/narration.h"
#include "traces/task_names.h"
#include "viz/model/collapse.h"
#include "viz/model/instants.h"
#include "viz/model/prompt.h"
#include "viz/panels/fit.h"
#include "viz/panels/timeline_labels.h"

namespace loopscope::viz {
namespace {

using Iteration = TimelineModel::Iteration;

std::string flag_text(const TimelineContext& c) {
  std::string text = fmt::format("event {} · {}", grouped(c.frame.cursor + 1),
                                 clock_text(c.frame.store.event(c.frame.cursor).ts));
  if (c.view.stopped_at && *c.view.stopped_at < c.view.breakpoints.size())
    text += " · stopped: " + traces::cut(to_text(c.view.breakpoints[*c.view.stopped_at]), 32);
  if (const Bookmark* bookmark = c.view.bookmarks.at(c.frame.cursor); bookmark && !bookmark->note.empty())
    text += " · " + traces::cut(bookmark->note, 40);
  return text;
}

TextStyle flag_style(const TimelineContext& c) {
  return {12, Face::mono_semibold, c.paint.theme().panel, Align::center};
}

/// Where the playhead's flag stands: right of it, or left where there is no room.
Rect flag_rect(const TimelineContext& c) {
  const float w = c.paint.width(flag_text(c), flag_style(c)) + c.paint.s(14), x = c.cursor_x();
  const float right = x + c.paint.s(11);
  const bool fits = right + w <= c.frame.layout.timeline.right() - c.paint.s(4);
  return {fits ? right : x - c.paint.s(11) - w, c.geometry.ruler.y + c.paint.s(3), w, c.paint.s(19)};
}

bool playhead_is_seen(const TimelineContext& c) {
  const float x = c.cursor_x();
  return x >= c.geometry.plot_left - 1 && x <= c.geometry.plot_right + 1;
}

/// Calls `visit(instant, x0, x1)` for the instants in sight; ones narrower than `min_width`
/// pixels are passed over together.
template <class Visit>
void each_instant(const TimelineContext& c, float min_width, Visit visit) {
  for (const SeenInstant& seen : c.view.lane_blocks->instants(c.frame.store, c.frame.size, c.axis, min_width))
    visit(seen.instant, seen.x0, seen.x1);
}

void dotted_line(TimelineContext& c, float x, float top, float bottom) {
  c.paint.dashed({x, top}, {x, bottom}, c.paint.theme().strong, c.paint.s(1), c.paint.s(2), c.paint.s(4));
}

void draw_event_bands(TimelineContext& c) {
  Paint& paint = c.paint;
  const Theme& theme = paint.theme();
  const TimelineGeometry& g = c.geometry;
  const float top = g.ruler.y, bottom = g.strip.empty() ? g.timers.bottom() : g.strip.y;
  std::size_t nth = 0;
  Taken taken;
  std::vector<std::pair<float, std::string>> labels;
  if (playhead_is_seen(c))
    taken.claim(std::min(flag_rect(c).x, c.cursor_x() - paint.s(8)),
                std::max(flag_rect(c).right(), c.cursor_x() + paint.s(8)), 0);
  const TextStyle style{12, Face::mono_semibold, theme.dim};
  each_instant(c, paint.s(4), [&](const Instant& instant, float x0, float x1) {
    const float left = std::max(x0, g.plot_left), right = std::min(x1, g.plot_right);
    const bool wide = x1 - x0 >= paint.s(12);  // narrower ones would only make noise
    if (wide && nth++ % 2 == 1)
      paint.rect({left, top + 1, right - left, bottom - top}, theme.raised.with_alpha(0.55F));
    const std::string label = clock_text(instant.ts);
    const float x = left + paint.s(x0 < g.plot_left ? 2 : 6), w = paint.width(label, style);
    const bool first_of_all = instant.begin == 0;
    const float at = first_of_all && x0 >= g.plot_left ? g.plot_left + paint.s(6) : x;
    const bool labelled = at + w <= g.plot_right && taken.claim(at, at + w, paint.s(x1 - x0 > w ? 16 : 28));
    if (labelled) labels.emplace_back(at, label);
    if (!wide || instant.begin == 0 || x0 < g.plot_left) return;
    if (labelled) dotted_line(c, x0, top + paint.s(2), top + paint.s(22));
    dotted_line(c, x0, g.ruler.bottom(), bottom);  // not through the iterations' numbers
  });
  for (const auto& [x, label] : labels)
    paint.text(x, top + paint.s(16), label, style);  // over the later bands
}

/// 1, 2 or 5 times a power of ten, at least `least`.
double nice_step(double least) {
  const double power = std::pow(10.0, std::floor(std::log10(std::max(least, 1.0))));
  for (const double factor : {1.0, 2.0, 5.0})
    if (power * factor >= least) return power * factor;
  return power * 10;
}

/// As many digits as the step needs, three at least.
std::string tick_text(double ns, double step) {
  const int digits = std::clamp(static_cast<int>(std::ceil(9 - std::log10(step))), 3, 9);
  return fmt::format("{:.{}f} s", ns / 1e9, digits);
}

void draw_clock_ticks(TimelineContext& c) {
  Paint& paint = c.paint;
  const Theme& theme = paint.theme();
  const TimelineGeometry& g = c.geometry;
  const float bottom = g.strip.empty() ? g.timers.bottom() : g.strip.y;
  const TextStyle style{12, Face::mono_semibold, theme.dim};
  const double step = nice_step(static_cast<double>(paint.s(116)) / c.axis.pixels_per_unit());
  Taken taken;
  if (playhead_is_seen(c))
    taken.claim(std::min(flag_rect(c).x, c.cursor_x() - paint.s(8)),
                std::max(flag_rect(c).right(), c.cursor_x() + paint.s(8)), 0);
  for (double at = std::max(0.0, std::ceil(c.axis.begin() / step) * step); at <= c.axis.end(); at += step) {
    const float x = c.axis.x_of_time(static_cast<std::int64_t>(at));
    if (x < g.plot_left || x > g.plot_right) continue;
    paint.dashed({x, g.ruler.y + paint.s(2)}, {x, bottom}, theme.line, paint.s(1), paint.s(2), paint.s(4));
    const std::string label = tick_text(at, step);
    const float w = paint.width(label, style), left = x + paint.s(6);
    if (left + w <= g.plot_right && taken.claim(left, left + w, paint.s(16)))
      paint.text(left, g.ruler.y + paint.s(16), label, style);
  }
}

/// The brackets' height in the ruler.
float bracket_y(const TimelineContext& c) { return c.geometry.ruler.bottom() - c.paint.s(9); }

/// Labels that lie over several brackets: drawn after all of them.
struct LateLabel {
  float middle = 0, width = 0;
  std::string text;
};

void draw_bracket(TimelineContext& c, const Iteration& iteration, float x0, float x1, bool now, Taken& taken,
                  std::vector<LateLabel>& late) {
  Paint& paint = c.paint;
  const Theme& theme = paint.theme();
  const float y = bracket_y(c), left = std::max(x0, c.geometry.plot_left),
              right = std::min(x1, c.geometry.plot_right);
  if (right - left < 1) return;
  const TextStyle style{12, now ? Face::bold : Face::regular, now ? theme.panel : theme.faint, Align::center};
  const std::string number = grouped(iteration.n), full = "iteration " + number;
  const bool roomy = right - left > paint.width(full, style) + paint.s(20);
  const std::string& label = roomy ? full : number;
  const float w = paint.width(label, style) + paint.s(12);
  float middle = (left + right) / 2;
  if (now) {
    // While a question stands the picture ends at the playhead.
    const float end = c.view.teaching.asks() ? std::min(c.cursor_x(), c.geometry.plot_right) - paint.s(2)
                                             : c.geometry.plot_right;
    middle =
        std::clamp(middle, c.geometry.plot_left + w / 2, std::max(c.geometry.plot_left + w / 2, end - w / 2));
  }
  // Where numbers are wider than the brackets, one stands now and then, over its neighbours.
  const bool narrow = w > right - left + paint.s(4);
  const bool shown = now || taken.claim(middle - w / 2, middle + w / 2, narrow ? paint.s(40) : 0);
  const Color color = now ? theme.text : theme.strong;
  const float width = paint.s(now ? 2 : 1), foot = y + paint.s(5);
  if (x0 >= left) paint.line({left, foot}, {left, y}, color, width);
  if (x1 <= right) paint.line({right, y}, {right, foot}, color, width);
  if (!now && shown && narrow) late.push_back({middle, w, label});
  const float gap = now || (shown && !narrow) ? w / 2 : 0;
  if (middle - gap > left) paint.line({left, y}, {middle - gap, y}, color, width);
  if (right > middle + gap) paint.line({middle + gap, y}, {right, y}, color, width);
  if (now) paint.rect({middle - w / 2, y - paint.s(8), w, paint.s(16)}, theme.text, paint.s(4));
  if (now || (shown && !narrow)) paint.text(middle, y + paint.s(4.4F), label, style);
}

/// Iterations too narrow for brackets: a line.
void draw_dense_iterations(TimelineContext& c, const Block& block) {
  const float y = bracket_y(c), left = std::max(block.x0, c.geometry.plot_left);
  const float right = std::min(block.x1, c.geometry.plot_right);
  c.paint.line({left, y}, {right, y}, c.paint.theme().strong, c.paint.s(1));
}

/// Over such lines, between `from` and `to`: a number now and then.
void draw_dense_numbers(TimelineContext& c, float from, float to, Taken& taken) {
  Paint& paint = c.paint;
  const float y = bracket_y(c), pitch = paint.s(120);
  const TextStyle style{12, Face::regular, paint.theme().faint, Align::center};
  const auto& iterations = c.track->iterations;
  from = std::max(from, c.geometry.plot_left) + pitch / 2;
  to = std::min(to, c.geometry.plot_right) - pitch / 4;
  for (float x = from; x < to; x += pitch) {
    const auto at = std::upper_bound(iterations.begin(), iterations.end(), c.axis.event_at(x),
                                     [](EventIndex e, const Iteration& i) { return e < i.begin; });
    if (at == iterations.begin()) continue;
    const Iteration& iteration = *std::prev(at);
    const std::string label = grouped(iteration.n);
    const float w = paint.width(label, style) + paint.s(12);
    // One that is wide enough has a bracket with its own number.
    if (c.axis.x_of(iteration.end) - c.axis.x_of(iteration.begin) > w) continue;
    if (!taken.claim(x - w / 2, x + w / 2, 0)) continue;
    paint.rect({x - w / 2, y - paint.s(8), w, paint.s(16)}, paint.theme().panel);
    paint.text(x, y + paint.s(4.4F), label, style);
  }
}

void draw_iteration_brackets(TimelineContext& c) {
  const auto& iterations = c.track->iterations;
  const auto* now = c.track->iteration_at(c.frame.cursor);
  // While a question stands, where the iteration ends is hidden.
  const EventIndex known = c.view.teaching.asks() ? c.frame.cursor + 1 : c.frame.size;
  Taken taken;
  std::vector<LateLabel> late;
  const float gap = c.paint.s(2), half = c.paint.s(0.5F);
  if (now) {  // reserves its room first, is drawn last
    const TextStyle style{12, Face::bold};
    const float x0 = c.axis.x_of(now->begin), x1 = c.axis.x_of(std::min(now->end, known));
    const float w = c.paint.width("iteration " + grouped(now->n), style) + c.paint.s(12);
    const float reserved =
        x1 - x0 > w + c.paint.s(8) ? w : c.paint.width(grouped(now->n), style) + c.paint.s(12);
    taken.claim((x0 + x1 - reserved) / 2, (x0 + x1 + reserved) / 2, 0);
  }
  const auto& blocks = c.blocks(iterations, c.paint.s(5), [](const Iteration&) { return 0; });
  float dense_from = 1e9F, dense_to = -1e9F;
  for (const Block& block : blocks) {
    if (block.dense) {
      draw_dense_iterations(c, block);
      dense_from = std::min(dense_from, block.x0);
      dense_to = std::max(dense_to, block.x1);
    } else if (&iterations[block.first] != now)
      draw_bracket(c, iterations[block.first], block.x0 + half, block.x1 - gap, false, taken, late);
  }
  draw_dense_numbers(c, dense_from, dense_to, taken);
  for (const LateLabel& label : late) {
    const float y = bracket_y(c), s = c.paint.s(1);
    c.paint.rect({label.middle - label.width / 2, y - 8 * s, label.width, 16 * s}, c.paint.theme().panel);
    c.paint.text(label.middle, y + 4.4F * s, label.text,
                 {12, Face::regular, c.paint.theme().faint, Align::center});
  }
  if (!now) return;
  const float x0 = c.axis.x_of(now->begin) + half, x1 = c.axis.x_of(std::min(now->end, known)) - gap;
  if (x1 >= c.geometry.plot_left && x0 <= c.geometry.plot_right)
    draw_bracket(c, *now, x0, std::max(x1, x0 + 2), true, taken, late);
}

void draw_instant_pills(TimelineContext& c) {
  const auto [first, last] = c.axis.visible();
  const auto pills = place_pills(
      c, c.geometry.plot_left, c.geometry.plot_right, first, last,
      [&](std::int64_t ns) { return c.axis.x_of_time(ns); }, 200);
  for (const PillPlace& pill : pills) draw_pill(c, pill.x, bracket_y(c), pill.label, pill.now);
}

/// "57 events" beside an instant's tick, where there is room before the next one.
void draw_instant_counts(TimelineContext& c) {
  Paint& paint = c.paint;
  const Rect row = c.geometry.phases;
  const TextStyle style{12, Face::regular, paint.theme().text};
  float last_right = -1e9F;  // of what the labels and ticks so far take
  each_instant(c, paint.s(20), [&](const Instant& instant, float x0, float x1) {
    const float tick = last_right;
    last_right = std::max(last_right, x0);
    const std::string label =
        fmt::format("{} {}", grouped(instant.count()), instant.count() == 1 ? "event" : "events");
    const float w = paint.width(label, style), room = instant.end < c.frame.size ? x1 : c.geometry.plot_right;
    const float after = x0 + paint.s(10), before = x0 - paint.s(8) - w, gap = paint.s(6);
    const bool fits_after = after + w < std::min(room, c.geometry.plot_right) - gap;
    const float x = fits_after ? after : before;
    if (x0 < c.geometry.plot_left || x0 > c.geometry.plot_right) return;
    if (!fits_after && before < std::max(tick, c.geometry.plot_left) + gap) return;
    last_right = x + w;
    paint.rect({x - paint.s(4), row.y + paint.s(4), w + paint.s(8), row.h - paint.s(8)},
               paint.theme().panel.with_alpha(0.85F), paint.s(3));
    paint.text(x, row.center().y + paint.s(4.4F), label, style);
  });
}

}  // namespace

void draw_instant_bands(TimelineContext& c) {
  if (c.view.axis == AxisKind::steps)
    draw_event_bands(c);
  else
    draw_clock_ticks(c);
}

/// What a search has found, and the bookmarks, as ticks at the ruler's foot and head.
void draw_ruler_marks(TimelineContext& c) {
  Paint& paint = c.paint;
  const Rect ruler = c.geometry.ruler;
  const auto [first, last] = c.axis.visible();
  if (c.view.prompt) {
    const auto& matches = c.view.prompt->matches();
    float drawn = -1e9F;
    for (auto it = std::lower_bound(matches.begin(), matches.end(), first); it != matches.end() && *it < last;
         ++it) {
      const float x = c.axis.x_mid(*it);
      if (x - drawn < paint.s(2)) continue;
      paint.rect({x - paint.s(1), ruler.bottom() - paint.s(3), paint.s(2), paint.s(6)},
                 paint.theme()[Hue::run].fill);
      drawn = x;
    }
  }
  for (const Bookmark& b : c.view.bookmarks.all()) {
    if (b.event < first || b.event >= last) continue;
    const float x = c.axis.x_mid(b.event), y = ruler.y + paint.s(2), s = paint.s(1);
    paint.polygon({{x, y}, {x + 9 * s, y}, {x + 6 * s, y + 4 * s}, {x + 9 * s, y + 8 * s}, {x, y + 8 * s}},
                  paint.theme()[Hue::ready].fill);
    paint.line({x, y}, {x, y + 14 * s}, paint.theme()[Hue::ready].fill, paint.s(1.6F));
  }
}

void draw_ruler(TimelineContext& c) {
  draw_ruler_marks(c);
  if (!c.track) return;
  const TimelineGeometry& g = c.geometry;
  c.paint.push_clip({g.plot_left - c.paint.s(2), g.ruler.y, g.plot_right - g.plot_left + c.paint.s(16),
                     g.phases.bottom() - g.ruler.y});
  if (c.view.axis == AxisKind::steps) {
    draw_iteration_brackets(c);
  } else {
    draw_instant_counts(c);
    draw_instant_pills(c);
  }
  c.paint.pop_clip();
}

void draw_playhead(TimelineContext& c) {
  if (!playhead_is_seen(c)) return;
  Paint& paint = c.paint;
  const Theme& theme = paint.theme();
  const float x = c.cursor_x(), top = c.geometry.ruler.y, s = paint.s(1);
  paint.line({x, top + 2 * s}, {x, c.geometry.timers.bottom()}, theme.text, paint.s(2));
  paint.polygon({{x - 7 * s, top + s},
                 {x + 7 * s, top + s},
                 {x + 7 * s, top + 9 * s},
                 {x, top + 16 * s},
                 {x - 7 * s, top + 9 * s}},
                theme.text);
  const Rect flag = flag_rect(c);
  paint.rect(flag, theme.text, paint.s(4));
  paint.text(flag.center().x, flag.y + paint.s(14), flag_text(c), flag_style(c));
}

}  // namespace loopscope::viz

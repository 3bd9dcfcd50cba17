// A lesson's tour: where one stands in it, what is told, and the score.
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <imgui.h>

#include "viz/panels/fit.h"
#include "viz/panels/rich_text.h"
#include "viz/panels/teaching_panels.h"

namespace loopscope::viz {
namespace {

using What = command::Teach::What;

constexpr float kPad = 16;

constexpr const char* kPredictText =
    "The loop stops before every handle that it runs, and asks which one it will be.\n"
    "What is ready runs in the order in which it joined the queue. Timers and I/O join behind it, in the "
    "phases before `run`; what joins while handles run waits for the next iteration.";

/// A first line of its own is the heading.
std::pair<std::string_view, std::string_view> heading_of(std::string_view say) {
  constexpr std::size_t kLongest = 60;
  const std::size_t end = say.find('\n');
  if (end == std::string_view::npos || end > kLongest) return {{}, say};
  std::string_view rest = say.substr(end);
  while (rest.starts_with('\n')) rest.remove_prefix(1);
  return {say.substr(0, end), rest};
}

/// Answers given: what was shown counts neither way.
std::size_t given(const std::vector<Mark>& marks) {
  return marks.size() - static_cast<std::size_t>(std::count(marks.begin(), marks.end(), Mark::shown));
}

std::string score_text(const std::vector<Mark>& marks) {
  return fmt::format("{} of {} right", std::count(marks.begin(), marks.end(), Mark::right), given(marks));
}

/// One bar a stop: behind, here, to come.
float draw_progress(const Teaching& teaching, Paint& paint, const Rect& area) {
  const Theme& t = paint.theme();
  const std::size_t n = teaching.stops().size();
  const float gap = paint.s(n > 12 ? 3 : 8), w = area.w - paint.s(2 * kPad);
  const float each = (w - gap * static_cast<float>(n - 1)) / static_cast<float>(n);
  for (std::size_t i = 0; i < n; ++i) {
    const TourStop& stop = teaching.stops()[i];
    const Color color = i == teaching.stop()                             ? t.text
                        : stop.mark == Mark::wrong                       ? t[Hue::fail].fill
                        : i < teaching.stop() || stop.mark != Mark::open ? t[Hue::io].fill
                                                                         : t.strong;
    paint.rect({area.x + paint.s(kPad) + (each + gap) * static_cast<float>(i), area.y + paint.s(12), each,
                paint.s(6)},
               color, paint.s(3));
  }
  return area.y + paint.s(48);
}

/// A stop's heading and text, from `y` down: the largest type in which all of it fits above `bottom`.
/// Returns the baseline of its last line.
float draw_said(Paint& paint, const Rect& area, float y, std::string_view say, float bottom) {
  const Theme& t = paint.theme();
  const float x = area.x + paint.s(kPad), w = area.w - paint.s(2 * kPad);
  const auto [heading, rest] = heading_of(say);
  struct Sizes {
    float heading, text, line;
  };
  constexpr Sizes kSizes[] = {{20, 16, 1.55F}, {20, 14, 1.55F}, {18, 13, 1.45F}, {16, 13, 1.3F}};
  for (const Sizes& size : kSizes) {
    const RichStyle title{size.heading, size.heading * 1.3F, t.text, t.text, 0, Face::bold};
    const RichStyle text{size.text, size.text * size.line, t.dim, t[Hue::ready].text, size.text * 0.6F};
    const float head_bottom = y + paint.s(size.heading * 1.5F);
    const auto head = [&](bool draw) {
      if (heading.empty()) return y;
      return rich_text(paint, x, y, w, std::string(heading), title, head_bottom, draw) +
             paint.s(size.heading * 0.5F + size.text * 1.35F);
    };
    const bool last = &size == std::end(kSizes) - 1;
    if (!last && rich_text(paint, x, head(false), w, rest, text, 1e9F, false) > bottom) continue;
    return rich_text(paint, x, head(true), w, rest, text, bottom);
  }
  return y;
}

/// The buttons at the foot; lower where the panel is.
struct ButtonRow {
  float y, h;
};
ButtonRow button_row(const Paint& paint, const Rect& area) {
  const bool low = area.h < paint.s(220);
  const float h = paint.s(low ? 34 : 42);
  return {area.bottom() - h - paint.s(low ? 10 : 14), h};
}

Commands draw_tour_buttons(const Teaching& teaching, Paint& paint, const Rect& area) {
  Commands commands;
  const Theme& t = paint.theme();
  const bool tour = teaching.mode() == Teaching::Mode::tour, asks = teaching.asks();
  const ButtonRow row = button_row(paint, area);
  const float w = std::min(paint.s(126), (area.w - paint.s(2 * kPad + 8)) / 2), h = row.h, y = row.y;
  const Rect left{area.x + paint.s(kPad), y, w, h}, right{area.right() - paint.s(kPad) - w, y, w, h};
  if (tour) {
    if (draw_button(paint, left, "Previous", {.on = teaching.stop() > 0, .chevron = -1}))
      commands.push_back(command::Teach{What::previous});
  } else if (draw_button(paint, left, "Leave", {})) {
    commands.push_back(command::Teach{What::leave});
  }
  const bool end = !teaching.has_next();
  if (end) {
    if (draw_button(paint, right, "Leave", {.on = !asks})) commands.push_back(command::Teach{What::leave});
  } else if (draw_button(paint, right, "Next", {.fill = Hue::ready, .on = !asks, .chevron = 1})) {
    commands.push_back(command::Teach{What::next});
  }
  const float room = right.x - left.right() - paint.s(8);
  const std::string_view word = asks ? "answer first" : "Enter";
  if (!end || asks)
    if (paint.width(word, {12, Face::regular}) < room)
      paint.text((left.right() + right.x) / 2, y + h / 2 + paint.s(4.4F), word,
                 {12, Face::regular, t.faint, Align::center});
  return commands;
}

/// Answers as tiles: check, cross, or shown.
void draw_tiles(Paint& paint, float right, float y, const std::vector<Mark>& marks, float room) {
  const Theme& t = paint.theme();
  const float pitch = paint.s(34), side = paint.s(28);
  const auto most = static_cast<std::size_t>(std::max(0.0F, room / pitch));
  const std::size_t first = marks.size() > most ? marks.size() - most : 0;
  float x = right - pitch * static_cast<float>(marks.size() - first) + (pitch - side);
  for (std::size_t i = first; i < marks.size(); ++i, x += pitch) {
    const Hue hue = marks[i] == Mark::right ? Hue::io : marks[i] == Mark::wrong ? Hue::fail : Hue::wait;
    const Rect tile{x, y, side, side};
    paint.rect(tile, t[hue].fill.with_alpha(marks[i] == Mark::shown ? .14F : .26F), paint.s(6));
    const Glyph glyph = marks[i] == Mark::right   ? Glyph::done
                        : marks[i] == Mark::wrong ? Glyph::fail
                                                  : Glyph::step;
    paint.glyph(glyph, tile.center(), paint.s(7), t[hue].text);
  }
}

Commands draw_miss(const Teaching& teaching, Paint& paint, const Rect& area, float y) {
  Commands commands;
  const Theme& t = paint.theme();
  const float x = area.x + paint.s(kPad), w = area.w - paint.s(2 * kPad);
  paint.line({x, y}, {x + w, y}, t.line);
  y += paint.s(25);
  const auto& miss = teaching.last_miss();
  const float foot = area.bottom() - paint.s(14 + 34);
  if (!miss) {
    rich_text(
        paint, x, y, w,
        teaching.marks().empty() ? "A wrong answer costs nothing: it names the rule." : "No miss so far.",
        {13, 19, t.dim, t.dim}, area.bottom() - paint.s(40));
  } else {
    paint.text(x, y, "Your last miss", {13, Face::semibold, t.text});
    const std::string where =
        teaching.mode() == Teaching::Mode::tour ? fmt::format("Step {}: ", miss->stop + 1) : std::string();
    rich_text(paint, x, y + paint.s(21), w, where + miss->sentence, {13, 19, t.dim, t.dim},
              foot - paint.s(8));
    if (teaching.mode() == Teaching::Mode::tour &&
        draw_button(paint, {x, foot, paint.s(136), paint.s(34)}, "Ask it again", {}))
      commands.push_back(command::Teach{What::again});
  }
  paint.text(area.right() - paint.s(kPad), foot + paint.s(22), "no timer, no penalty",
             {12, Face::regular, t.faint, Align::right});
  return commands;
}

}  // namespace

bool draw_button(Paint& paint, const Rect& r, std::string_view word, const ButtonLook& look) {
  const Theme& t = paint.theme();
  const Pointer pointer = read_pointer(false);
  const bool over = look.on && pointer.over(r);
  const float alpha = look.on ? 1 : .4F;
  Color ink = t.text.with_alpha(alpha);
  if (look.fill) {
    const HueColors& hue = t[*look.fill];
    paint.rect(r, hue.fill.with_alpha(alpha), paint.s(6));
    if (over) paint.rect(r, Color{0xFFFFFF, pointer.down ? 0.0F : 0.18F}, paint.s(6));
    // A faded fill is near the panel: its word is text.
    ink = look.on ? hue.ink : t.dim;
  } else {
    paint.box(r, over ? (pointer.down ? t.line : t.hover) : t.raised, t.line.with_alpha(alpha), paint.s(6));
  }
  const TextStyle style{15, Face::semibold, ink, Align::center, std::max(1.0F, r.w - paint.s(12))};
  paint.text(r.center().x + paint.s(6) * static_cast<float>(-look.chevron), r.center().y + paint.s(5), word,
             style);
  if (look.chevron < 0 && r.w > paint.s(110))
    paint.chevron({r.x + paint.s(20), r.center().y}, false, paint.s(6), ink);
  if (look.chevron > 0)
    paint.chevron({r.right() - paint.s(r.w > paint.s(110) ? 26 : 15), r.center().y}, true, paint.s(6), ink);
  return over && pointer.clicked;
}

float draw_key_cap(Paint& paint, float x, float center_y, std::string_view key) {
  const Theme& t = paint.theme();
  const TextStyle style{12, Face::mono_semibold, t.text, Align::center};
  const float w = std::max(paint.width(key, style) + paint.s(10), paint.s(18)), h = paint.s(20);
  paint.box({x, center_y - h / 2, w, h}, t.raised, t.strong, paint.s(4));
  paint.text(x + w / 2, center_y + paint.s(4.3F), key, style);
  return w;
}

Commands draw_tour_panel(const FrameView& frame, ViewState& view, Paint& paint) {
  const Rect& r = frame.layout.tour;
  const Teaching& teaching = view.teaching;
  if (!teaching.on() || r.w < paint.s(80) || r.h < paint.s(90)) return {};
  const bool tour = teaching.mode() == Teaching::Mode::tour;
  const std::vector<Mark> marks = teaching.marks();
  std::string right = tour ? fmt::format("step {} of {}", teaching.stop() + 1, teaching.stops().size()) : "";
  if (frame.layout.score.empty() && given(marks) > 0)
    right += (right.empty() ? "" : " · ") + score_text(marks);
  const Rect area = paint.panel(r, tour ? "Tour" : "Predict", "", right);
  const ButtonRow buttons = button_row(paint, area);
  const float bottom = buttons.y - (area.bottom() - buttons.y - buttons.h) - paint.s(2);
  float y = area.y + paint.s(30);
  std::string say = kPredictText;
  if (tour) {
    y = draw_progress(teaching, paint, area);
    const TourStop& stop = teaching.stops()[teaching.stop()];
    say = stop.event ? stop.step.say : "Not in this run\nThe run does not come to `" + stop.step.at + "`.";
    if (say.empty()) say = stop.step.ask;
  } else if (!teaching.note().empty() && !teaching.question()) {
    say = "The end\n" + teaching.note();
  } else {
    say = "What runs next?\n" + say;
  }
  const float said = draw_said(paint, area, y, say, bottom);
  // Where the output has no panel of its own to carry it.
  if (frame.layout.output_is_tab) {
    const AboutBlock about = place_about(view, paint, area.w, bottom - said - paint.s(16));
    draw_about(about, paint, {area.x, bottom - about.height, area.w, about.height});
  }
  return draw_tour_buttons(teaching, paint, area);
}

Commands draw_score_panel(const FrameView& frame, ViewState& view, Paint& paint) {
  const Rect& r = frame.layout.score;
  if (!view.teaching.on() || r.empty()) return {};
  const Theme& t = paint.theme();
  const Rect area =
      paint.panel(r, "Score", "", view.teaching.mode() == Teaching::Mode::tour ? "this tour" : "so far");
  const std::vector<Mark> marks = view.teaching.marks();
  const float x = area.x + paint.s(kPad), base = area.y + paint.s(60);
  const std::string count = std::to_string(std::count(marks.begin(), marks.end(), Mark::right));
  const float w = paint.text(x, base, count, {40, Face::bold, t.text});
  const std::string rest = given(marks) == 0 ? "right so far" : fmt::format("of {} right", given(marks));
  const float used = paint.text(x + w + paint.s(8), base, rest, {18, Face::semibold, t.dim}) + w + paint.s(8);
  draw_tiles(paint, area.right() - paint.s(kPad), area.y + paint.s(28), marks,
             area.w - paint.s(2 * kPad + 10) - used);
  return draw_miss(view.teaching, paint, area, std::round(area.y + paint.s(82)) - 0.5F);
}

}  // namespace loopscope::viz

// What the trace's rules found: fact, size, place; and, for the one that is open, why and what to do.
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <utility>

#include "viz/model/answers.h"
#include "viz/model/task_rows.h"
#include "viz/panels/fit.h"
#include "viz/panels/side_panels.h"

namespace loopscope::viz {
namespace {

using traces::Finding;

constexpr float kRow = 44, kPad = 16, kLine = 17;

Hue hue_of_level(Finding::Level level) { return level == Finding::Level::error ? Hue::fail : Hue::run; }

/// A cross in a disc for errors, a warning triangle for the rest.
void draw_sign(Paint& paint, Vec2 at, Finding::Level level) {
  const Theme& theme = paint.theme();
  const HueColors& hue = theme[hue_of_level(level)];
  if (level == Finding::Level::error) {
    paint.circle(at, paint.s(8), hue.fill);
    paint.glyph(Glyph::fail, at, paint.s(4), hue.ink);
    return;
  }
  const float r = paint.s(8);
  const std::vector<Vec2> triangle{
      {at.x, at.y - r}, {at.x + r, at.y + r * 0.8F}, {at.x - r, at.y + r * 0.8F}};
  if (level == Finding::Level::warning) paint.polygon(triangle, hue.fill.with_alpha(0.3F));
  paint.polyline(triangle, hue.text, paint.s(1.6F), true);
  paint.line({at.x, at.y - paint.s(2)}, {at.x, at.y + paint.s(2)}, hue.text, paint.s(1.6F));
  paint.circle({at.x, at.y + paint.s(4.4F)}, paint.s(0.9F), hue.text);
}

std::string times_text(const Finding& f) {
  return f.times > 1 ? fmt::format("×{}", grouped(f.times)) : std::string();
}

/// A finding's title and place: each in one row, or, when it is open, in as many as they take.
struct Words {
  std::vector<std::string> title, place;
  TextStyle title_style{13, Face::semibold};
  /// What they take beside one row each, unscaled.
  float extra() const { return kLine * static_cast<float>(title.size() + place.size() - 2); }
};

Words words_of(const Paint& paint, const Finding& f, float width, bool open) {
  Words words;
  const std::string times = times_text(f);
  const float room = width - paint.s(2 * kPad + 28),
              beside = times.empty() ? 0 : paint.width(times, {12, Face::mono}) + paint.s(8);
  if (paint.width(f.title, words.title_style) > room - beside) words.title_style.size = 12;
  words.title = open ? paint.wrapped(room - beside, f.title, words.title_style) : std::vector{f.title};
  words.place = open ? paint.wrapped(room, f.place, {12, Face::regular}) : std::vector{f.place};
  return words;
}

void draw_row(Paint& paint, const Finding& f, const Rect& r, bool open, bool hovered) {
  const Theme& theme = paint.theme();
  const Rect inner{r.x + paint.s(1), r.y, r.w - paint.s(2), r.h};
  if (open || hovered) paint.rect(inner, open ? theme.selection.with_alpha(0.75F) : theme.hover);
  if (open) paint.rect({inner.x, inner.y, paint.s(3), inner.h}, theme[Hue::ready].fill);
  draw_sign(paint, {r.x + paint.s(kPad + 8), r.y + paint.s(kRow / 2 - 1)}, f.level);
  const float x = r.x + paint.s(kPad + 28), right = r.right() - paint.s(kPad);
  const Words words = words_of(paint, f, r.w, open);
  const float times =
      paint.text(right, r.y + paint.s(18), times_text(f), {12, Face::mono, theme.faint, Align::right});
  TextStyle title = words.title_style;
  title.color = theme.text;
  title.max_width = right - x - (times > 0 ? times + paint.s(8) : 0);
  const TextStyle place{12, Face::regular, theme.dim, Align::left, right - x};
  float y = r.y + paint.s(18);
  for (const std::string& line : words.title)
    paint.text(x, std::exchange(y, y + paint.s(kLine)), line, title);
  for (const std::string& line : words.place)
    paint.text(x, std::exchange(y, y + paint.s(kLine)), line, place);
  if (!open) return;
  const float w = r.right() - paint.s(kPad) - x;
  const float last =
      paint.paragraph(x, y + paint.s(3), w, f.why, {12, Face::regular, theme.dim}, paint.s(16));
  paint.paragraph(x, last + paint.s(18), w, "Try " + f.remedy, {12, Face::mono, theme[Hue::ready].text},
                  paint.s(16));
}

/// What a finding that is open takes beside its two lines.
float open_extra(Paint& paint, const Finding& f, float width) {
  const float w = width - paint.s(2 * kPad + 28);
  const auto lines = [&](std::string_view text, Face face) {
    return static_cast<float>(paint.wrapped(w, text, {12, face}).size());
  };
  return paint.s(16 * (lines(f.why, Face::regular) + lines("Try " + f.remedy, Face::mono)) + 12 +
                 words_of(paint, f, width, true).extra());
}

}  // namespace

std::string findings_count(const FrameView& frame, ViewState& view) {
  std::array<std::size_t, 3> counts{};
  for (const Finding& f : answers(view).findings(frame)) ++counts[static_cast<std::size_t>(f.level)];
  std::string text;
  for (const auto level : {Finding::Level::error, Finding::Level::warning, Finding::Level::hint})
    if (const std::size_t n = counts[static_cast<std::size_t>(level)])
      text +=
          fmt::format("{}{} {}{}", text.empty() ? "" : ", ", n, traces::to_string(level), n == 1 ? "" : "s");
  return text;
}

Commands draw_findings(const FrameView& frame, ViewState& view, Paint& paint, const Rect& body) {
  Commands commands;
  const std::vector<Finding>& all = answers(view).findings(frame);
  const Pointer pointer = read_pointer(view.help_open);
  if (all.empty()) {
    const char* words = answers(view).looking() ? "Looking through the run …"
                        : frame.finished        ? "Nothing to complain about."
                                                : "Nothing so far.";
    paint.text(body.x + paint.s(kPad), body.y + paint.s(26), words, {13, Face::regular, paint.theme().faint});
    return commands;
  }
  if (view.finding && *view.finding >= all.size()) view.finding.reset();
  const float extra = view.finding ? open_extra(paint, all[*view.finding], body.w) : 0;
  const float content = paint.s(kRow) * static_cast<float>(all.size()) + extra;
  const auto focus = take_focus(view.focus, FocusStop::findings, all.size(), view.finding.value_or(0));
  if (pointer.over(body) && !pointer.ctrl) view.findings_scroll -= pointer.wheel * paint.s(kRow);
  const auto toggle = [&](std::size_t k) {
    const bool open = view.finding == k;
    view.finding = open ? std::nullopt : std::optional(k);
    if (open) return;
    if (all[k].task) commands.push_back(command::Select{{Selection::Kind::task, all[k].task.value}});
    commands.push_back(command::Seek{all[k].at});
  };
  if (focus && focus->moved) {
    const bool below = view.finding && *view.finding < focus->row;
    const float top = paint.s(kRow) * static_cast<float>(focus->row) + (below ? extra : 0);
    view.findings_scroll = std::clamp(view.findings_scroll, top + paint.s(kRow) - body.h, top);
  }
  view.findings_scroll = std::clamp(view.findings_scroll, 0.0F, std::max(0.0F, content - body.h));
  paint.push_clip(body);
  float y = body.y - view.findings_scroll;
  std::optional<std::size_t> chosen;
  for (std::size_t k = 0; k < all.size() && y < body.bottom(); ++k) {
    const bool open = view.finding == k;
    const Rect row{body.x, y, body.w, paint.s(kRow) + (open ? extra : 0)};
    y = row.bottom();
    if (row.bottom() < body.y) continue;
    if (!open && k > 0 && row.bottom() > body.bottom() + paint.s(2)) break;  // whole rows
    const bool over = pointer.over(row) && pointer.over(body);
    draw_row(paint, all[k], row, open, over);
    const bool at = focus && focus->row == k;
    if (at) draw_row_focus(paint, row);
    if ((over && pointer.clicked) || (at && focus->enter)) chosen = k;
  }
  if (chosen) toggle(*chosen);
  paint.pop_clip();
  draw_scroll_bar(paint, body, content, view.findings_scroll);
  return commands;
}

Commands draw_findings_panel(const FrameView& frame, ViewState& view, Paint& paint) {
  const Rect& r = frame.layout.findings;
  if (r.empty()) return {};
  return draw_findings(frame, view, paint, paint.panel(r, "Findings", findings_count(frame, view)));
}

void draw_side_tabs(const FrameView& frame, ViewState& view, Paint& paint, const Rect& panel) {
  const Pointer pointer = read_pointer(view.help_open);
  const Theme& theme = paint.theme();
  const std::size_t found = answers(view).findings(frame).size();
  const std::pair<int, std::string> tabs[] = {
      {kTasksTab, "Tasks"},
      {kWhyTab, "Why"},
      {kAwaitTab, "Awaits"},
      {kFindingsTab, found ? fmt::format("Findings {}", found) : std::string("Findings")}};
  float words = 0;
  for (const auto& [tab, name] : tabs) words += paint.width(name, {14, Face::semibold});
  // All of them fit: in a narrow panel they stand closer together.
  const float pad = std::clamp((panel.w - paint.s(14) - words) / 4 - paint.s(2), paint.s(4), paint.s(16));
  float x = panel.x + paint.s(7);
  for (const auto& [i, name] : tabs) {
    const bool on = view.side_tab == i;
    const TextStyle style{14, Face::semibold, on ? theme.text : theme.faint, Align::center};
    const float w = paint.width(name, style) + pad;
    const Rect tab{x, panel.y, w, paint.s(36)};
    const bool over = pointer.over(tab);
    if (over && !on) paint.rect(tab.inset(paint.s(4)), theme.hover, paint.s(5));
    paint.text(tab.center().x, tab.y + paint.s(23), name, style);
    if (on)
      paint.rect({tab.x + pad / 4, tab.bottom() - paint.s(2), w - pad / 2, paint.s(2)},
                 theme[Hue::ready].fill);
    if (over && pointer.clicked) view.side_tab = i;
    x += w + paint.s(2);
  }
}

}  // namespace loopscope::viz

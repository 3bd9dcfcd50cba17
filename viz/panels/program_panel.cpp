#include <cmath>
#include <fmt/format.h>

#include "traces/narration.h"
#include "viz/model/answers.h"
#include "viz/model/contrast.h"
#include "viz/model/highlight.h"
#include "viz/model/listing_model.h"
#include "viz/model/scenario_editor.h"
#include "viz/panels/editor_panel.h"
#include "viz/panels/fit.h"
#include "viz/panels/output_list.h"
#include "viz/panels/panels.h"

namespace loopscope::viz {
namespace {

constexpr std::size_t kMostBadges = 3;

/// The listing's measures, in window pixels.
struct ListingLayout {
  Rect area;
  float row = 0, gutter = 0, code_size = 14, scroll = 0;

  Rect row_rect(std::uint32_t line) const {
    return {area.x + 1, area.y + static_cast<float>(line - 1) * row - scroll, area.w - 2, row};
  }
};

ListingLayout listing_layout(const FrameView& frame, const Paint& paint, const Rect& area,
                             std::size_t lines) {
  const bool small = frame.layout.small;
  ListingLayout layout{.area = area, .row = paint.s(small ? 21 : 22), .code_size = small ? 12.0F : 14.0F};
  // Wide enough for the numbers of a long listing.
  const float digits = paint.width(std::to_string(lines), {12, Face::mono});
  layout.gutter = std::max(paint.s(small ? 34 : 46), digits + paint.s(8 + (small ? 8 : 18)));
  if (small) {  // two pixels of air below the tabs
    layout.area.y += paint.s(2);
    layout.area.h -= paint.s(2);
  }
  return layout;
}

/// Code from `x` on, cut with "…" before `right`.
void draw_code(Paint& paint, float x, float base, float right, std::string_view line,
               const std::vector<Token>& tokens, float size, Color ground) {
  TextStyle style{size, Face::mono, {}};
  const bool fits = paint.width(line, style) <= right - x;
  const float dots = fits ? 0 : paint.width("…", style);
  for (const Token& token : tokens) {
    const std::string_view text = line.substr(token.begin, token.end - token.begin);
    style.color = readable_on(paint.theme(), token_color(paint.theme(), token.kind), ground);
    if (!fits && x + paint.width(text, style) + dots > right) {
      style.max_width = std::max(right - x, 1.0F);
      paint.text(x, base, std::string(text) + "…", style);  // one too wide, so that it is cut in any case
      return;
    }
    x += paint.text(x, base, text, style);
  }
}

struct BadgeLook {
  std::string name;
  Hue hue;
  bool filled;
  float width;
  TaskId task;
};

std::vector<BadgeLook> badge_looks(const FrameView& frame, const Paint& paint, const LineMarks& marks,
                                   float most) {
  std::vector<BadgeLook> looks;
  const TextStyle style{12, Face::bold};
  if (marks.badges.size() > kMostBadges) {
    // One badge for all; the hue is that of the event's own task, else the first one's.
    const LineBadge* lead = &marks.badges.front();
    for (const LineBadge& b : marks.badges)
      if (b.phase == traces::TaskPhase::running || (b.hot && lead->phase != traces::TaskPhase::running))
        lead = &b;
    const std::string name = "×" + grouped(marks.badges.size());
    looks.push_back({name, hue_of(lead->phase), marks.hot, paint.width(name, style) + paint.s(32), {}});
    return looks;
  }
  for (const LineBadge& b : marks.badges) {
    const float room = most / static_cast<float>(marks.badges.size()) - paint.s(32 + 5);
    const std::string name =
        fit_name(paint, traces::task_badge(frame.store, frame.state, b.task), style, room);
    const bool filled = b.hot || b.phase == traces::TaskPhase::running;
    looks.push_back({name, hue_of(b.phase), filled, paint.width(name, style) + paint.s(32), b.task});
  }
  return looks;
}

/// Draws a row's badges from the right edge; returns the left edge of the last.
float draw_badges(const FrameView& frame, ViewState& view, Paint& paint, const Rect& row,
                  const LineMarks& marks, const Pointer& pointer, Commands& commands) {
  const Theme& theme = paint.theme();
  const auto looks = badge_looks(frame, paint, marks, row.w * 0.6F);
  float x = row.right() + 1 - paint.s(12);
  const float y = row.y + row.h / 2, h = paint.s(18);
  for (auto it = looks.rbegin(); it != looks.rend(); ++it) {
    x -= it->width;
    const HueColors& hue = theme[it->hue];
    const Rect r{x, y - h / 2, it->width, h};
    const Selection task{Selection::Kind::task, it->task.value};
    if (it->task && pointer.over(r)) {
      view.next_hovered = task;
      if (pointer.clicked) commands.push_back(command::Select{task});
    }
    const bool glows = it->task && view.hovered == task;
    const Color edge = it->hue == Hue::run && theme.run_edge.alpha > 0 ? theme.run_edge : hue.fill;
    if (it->filled)
      paint.rect(r, hue.fill, paint.s(5),
                 {glows ? theme.text : edge, glows                                             ? paint.s(2)
                                             : theme.run_edge.alpha > 0 && it->hue == Hue::run ? paint.s(1)
                                                                                               : 0});
    else
      paint.rect(r, glows ? theme.hover : theme.raised, paint.s(5),
                 {edge.with_alpha(0.9F), paint.s(glows ? 2 : 1)});
    const Color ink = it->filled ? hue.ink : theme.text;
    paint.glyph(glyph_of(it->hue), {x + paint.s(11), y}, paint.s(4.4F), it->filled ? hue.ink : hue.fill);
    paint.text(x + paint.s(21), y + paint.s(4.4F), it->name, {12, Face::bold, ink});
    x -= paint.s(5);
  }
  return x;
}

/// Draws what is behind a row and the bar at its left; returns the colour that its text stands on.
Color draw_row_ground(const ViewState& view, Paint& paint, const Rect& row, std::uint32_t line,
                      const LineMarks* marks, bool runs) {
  const Theme& theme = paint.theme();
  const Selection selection{Selection::Kind::line, line};
  const bool selected = view.selection == selection;
  Color ground = theme.panel;
  const auto fill = [&](Color color) {
    paint.rect(row, color);
    ground = over(color, ground);
  };
  if (selected)
    fill(theme.selection);
  else if (view.hovered == selection)
    fill(theme.hover);
  if (runs) {
    fill(theme[Hue::run].fill.with_alpha(0.22F));
    paint.rect({row.x, row.y, paint.s(4), row.h}, theme[Hue::run].fill);
  } else if (marks) {
    const LineBadge* lead = &marks->badges.front();
    for (const LineBadge& b : marks->badges)
      if (b.hot) lead = &b;
    const Color color = theme[hue_of(lead->phase)].fill;
    fill(color.with_alpha(marks->hot ? 0.26F : 0.10F));
    paint.rect({row.x, row.y, paint.s(4), row.h}, color);
  }
  if (selected) paint.rect({row.x, row.y, paint.s(3), row.h}, theme[Hue::ready].fill);
  return ground;
}

/// A red disc left of the number; a shade of it where a click would set one.
void draw_breakpoint(const ViewState& view, Paint& paint, const ListingLayout& layout, const Rect& row,
                     std::uint32_t line, const Pointer* over) {
  const bool set = std::any_of(view.breakpoints.begin(), view.breakpoints.end(), [line](const Breakpoint& b) {
    return b.kind == Breakpoint::Kind::line && b.line == line;
  });
  const bool offered = over && over->at.x < layout.area.x + layout.gutter - paint.s(4);
  if (!set && !offered) return;
  const Vec2 at{layout.area.x + paint.s(10), row.center().y};
  paint.circle(at, paint.s(5), paint.theme()[Hue::fail].fill.with_alpha(set ? 1 : 0.35F));
}

void draw_line(const FrameView& frame, ViewState& view, Paint& paint, const ListingLayout& layout,
               const ListingModel& model, std::uint32_t line, const std::vector<Token>& tokens,
               const Pointer& pointer, Commands& commands) {
  const Theme& theme = paint.theme();
  const Rect row = layout.row_rect(line);
  const bool over = pointer.over(layout.area) && pointer.over(row);
  if (over) view.next_hovered = {Selection::Kind::line, line};
  const LineMarks* marks = model.at(line);
  const bool runs = model.running_line == line;
  const Color ground = draw_row_ground(view, paint, row, line, marks, runs);
  const float base = row.y + paint.s(frame.layout.small ? 15 : 16);
  paint.text(layout.area.x + layout.gutter - paint.s(8), base, std::to_string(line),
             {12, Face::mono, runs ? theme.text : readable_on(theme, theme.faint, ground), Align::right});
  draw_breakpoint(view, paint, layout, row, line, over ? &pointer : nullptr);
  const std::size_t before = commands.size();
  const Rect gutter{layout.area.x, row.y, layout.gutter - paint.s(4), row.h};
  if (over && pointer.clicked && pointer.over(gutter))
    commands.push_back(command::ToggleLineBreakpoint{line});
  float right = row.right() - paint.s(11);
  if (marks) right = draw_badges(frame, view, paint, row, *marks, pointer, commands) - paint.s(1);
  draw_code(paint, layout.area.x + layout.gutter, base, right, frame.store.header().listing[line - 1], tokens,
            layout.code_size, ground);
  if (over && pointer.double_clicked && !pointer.over(gutter))
    commands.push_back(command::RunToLine{line});
  else if (over && pointer.clicked && commands.size() == before)
    commands.push_back(command::Select{{Selection::Kind::line, line}});
}

void draw_no_listing(Paint& paint, const Rect& area) {
  const Theme& theme = paint.theme();
  const Vec2 middle = area.center();
  const float w = paint.s(56), h = paint.s(64);
  const Rect page{middle.x - w / 2, middle.y - h - paint.s(14), w, h};
  if (page.y > area.y + paint.s(8)) {
    paint.rect(page, {0, 0}, paint.s(6), {theme.strong, paint.s(1.6F), true});
    for (int i = 0; i < 4; ++i) {
      const float y = page.y + paint.s(16 + 11 * static_cast<float>(i)),
                  inset = paint.s(i % 2 == 0 ? 12 : 20);
      paint.line({page.x + paint.s(12), y}, {page.right() - inset, y}, theme.line, paint.s(3));
    }
  }
  const float room = area.w - paint.s(32);
  paint.text(middle.x, middle.y + paint.s(16), "No listing in this trace",
             {15, Face::semibold, theme.dim, Align::center, room});
  paint.text(middle.x, middle.y + paint.s(38), "It was recorded without its program.",
             {13, Face::regular, theme.faint, Align::center, room});
}

void draw_listing(const FrameView& frame, ViewState& view, Paint& paint, const Rect& area,
                  const Pointer& pointer, Commands& commands) {
  const auto& listing = frame.store.header().listing;
  if (!frame.store.header().has_listing || listing.empty()) return draw_no_listing(paint, area);
  const ListingModel& model = answers(view).listing(frame);
  ListingLayout layout = listing_layout(frame, paint, area, listing.size());
  const float content = layout.row * static_cast<float>(listing.size());
  if (content > layout.area.h && layout.area.h > layout.row)  // whole rows
    layout.area.h = std::floor(layout.area.h / layout.row) * layout.row;
  if (view.listing_follows != frame.cursor)
    view.listing_scroll =
        scroll_to_line(model.focus_line, layout.row, layout.area.h, content, view.listing_scroll);
  view.listing_follows = frame.cursor;
  if (pointer.over(area) && !pointer.ctrl) view.listing_scroll -= pointer.wheel * 3 * layout.row;
  const std::uint32_t start =
      view.selection.kind == Selection::Kind::line ? view.selection.id : model.focus_line;
  const auto focus = take_focus(view.focus, FocusStop::program, listing.size(), start > 0 ? start - 1 : 0);
  if (focus) {
    const auto line = static_cast<std::uint32_t>(focus->row + 1);
    const float top = layout.row * static_cast<float>(focus->row);
    if (focus->moved) {
      commands.push_back(command::Select{{Selection::Kind::line, line}});
      view.listing_scroll = std::clamp(view.listing_scroll, top + layout.row - layout.area.h, top);
    }
    if (focus->enter) commands.push_back(command::RunToLine{line});
  }
  view.listing_scroll = std::clamp(view.listing_scroll, 0.0F, std::max(0.0F, content - layout.area.h));
  layout.scroll = std::round(view.listing_scroll / layout.row) * layout.row;

  if (!view.listing_tokens || view.listing_tokens->lines != listing)
    view.listing_tokens =
        std::make_shared<HighlightedListing>(HighlightedListing{listing, highlight_python(listing)});
  paint.push_clip(layout.area);
  const auto first = static_cast<std::uint32_t>(layout.scroll / layout.row);
  for (std::uint32_t i = first; i < listing.size() && layout.row_rect(i + 1).y < layout.area.bottom(); ++i)
    draw_line(frame, view, paint, layout, model, i + 1, view.listing_tokens->tokens[i], pointer, commands);
  if (focus) draw_row_focus(paint, layout.row_rect(static_cast<std::uint32_t>(focus->row + 1)));
  paint.pop_clip();
  draw_scroll_bar(paint, layout.area, content, view.listing_scroll);
}

/// The output has a panel of its own where there is room.
ProgramTab shown_tab(const FrameView& frame, const ViewState& view) {
  const bool elsewhere = view.program_tab == ProgramTab::output && !frame.layout.output_is_tab;
  return elsewhere ? ProgramTab::listing : view.program_tab;
}

/// "Program | Output 2 | JSON"; a click chooses. The output only where it is a tab. Returns where
/// they end.
float draw_tabs(const FrameView& frame, ViewState& view, Paint& paint, const Rect& panel,
                const Pointer& pointer) {
  std::vector<std::pair<ProgramTab, std::string>> tabs{{ProgramTab::listing, "Program"}};
  if (frame.layout.output_is_tab)
    tabs.emplace_back(ProgramTab::output, fmt::format("Output {}", grouped(output_count(frame, view))));
  tabs.emplace_back(ProgramTab::json, "JSON");
  const Theme& theme = paint.theme();
  float x = panel.x + paint.s(6);
  for (const auto& [tab, name] : tabs) {
    TextStyle style{14, Face::semibold, theme.text, Align::center};
    const float w = paint.width(name, style) + paint.s(20);
    const Rect place{x, panel.y, w, paint.s(36)};
    const bool on = shown_tab(frame, view) == tab, over = pointer.over(place);
    if (over && pointer.clicked) {
      view.program_tab = tab;
      view.editor->focus(tab == ProgramTab::json);
    }
    if (on)
      paint.rect({x + paint.s(4), panel.y + paint.s(33), w - paint.s(8), paint.s(3)}, theme[Hue::ready].fill,
                 paint.s(1.5F));
    style.color = on || over ? theme.text : theme.faint;
    paint.text(x + w / 2, panel.y + paint.s(23), name, style);
    x += w;
  }
  return x;
}

/// The file's name at the right of the title row, with a disc while the JSON is edited.
void draw_file_name(const FrameView& frame, const ViewState& view, Paint& paint, const Rect& panel,
                    float left) {
  const bool json = view.program_tab == ProgramTab::json;
  if (frame.title.empty() || (!json && !frame.store.header().has_listing)) return;
  const Theme& theme = paint.theme();
  const float right = panel.right() - paint.s(14), room = right - left - paint.s(24);
  const TextStyle style{12, Face::mono, theme.faint, Align::right};
  const std::string whole = frame.title + (json ? ".json" : ".py");
  const std::string_view name = first_fitting(paint, {whole, frame.title}, style, room);
  const float w = paint.text(right, panel.y + paint.s(23), name, style);
  if (view.editor->edited())
    paint.circle({right - w - paint.s(10), panel.y + paint.s(19)}, paint.s(4), theme[Hue::run].fill);
}

}  // namespace

Commands draw_program_panel(const FrameView& frame, ViewState& view, Paint& paint) {
  Commands commands;
  const Rect panel = frame.layout.program;
  if (panel.empty() || frame.size == 0) return commands;
  const Pointer pointer = read_pointer(view.help_open);
  Rect area = paint.panel(panel, "");
  area.h -= 1;
  if (pointer.clicked && !pointer.over(panel)) view.editor->focus(false);
  const float tabs_end = draw_tabs(frame, view, paint, panel, pointer);
  draw_file_name(frame, view, paint, panel, tabs_end);
  const ProgramTab tab = shown_tab(frame, view);
  if (tab == ProgramTab::json) {
    draw_editor(view, paint, area, frame.layout.small, pointer);
    if (view.editor->has_focus()) paint.rect(panel, {0, 0}, paint.s(8), {frame.theme.focus, paint.s(2)});
  } else {
    area = draw_problems(view, paint, area, pointer);
    if (tab == ProgramTab::output)
      draw_output_list(frame, view, paint, area, pointer, commands);
    else
      draw_listing(frame, view, paint, area, pointer, commands);
  }
  return commands;
}

}  // namespace loopscope::viz

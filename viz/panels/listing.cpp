// The listing: the program's lines, who stands on which, breakpoints.
#include "viz/panels/listing.h"

#include <cmath>

#include "traces/narration.h"
#include "viz/model/answers.h"
#include "viz/model/contrast.h"
#include "viz/model/highlight.h"
#include "viz/model/listing_model.h"
#include "viz/panels/fit.h"
#include "viz/panels/panels.h"

namespace loopscope::viz {
namespace {

constexpr std::size_t kMostBadges = 3;
constexpr float kAroundName = 32, kTightAroundName = 27;  // a badge's width without its name
constexpr float kShortName = 20;

constexpr std::size_t kHanging = 4;   // columns that the rest of a long line stands further in
constexpr std::size_t kMostRows = 6;  // of one line

/// The listing's measures, in window pixels.
struct ListingLayout {
  Rect area;
  float row = 0, gutter = 0, code_size = 14, column = 1, scroll = 0;

  float code_x() const { return area.x + gutter; }
  float code_right(const Paint& paint) const { return area.right() - paint.s(8); }  // the scroll bar's left
  float badges_right(const Paint& paint) const { return area.right() - paint.s(12); }
  std::size_t columns(const Paint& paint) const {
    return static_cast<std::size_t>(std::max(8.0F, std::floor((code_right(paint) - code_x()) / column)));
  }
  /// Row `first` of the listing and the `count` - 1 below it.
  Rect rows(std::size_t first, std::size_t count = 1) const {
    return {area.x + 1, area.y + static_cast<float>(first) * row - scroll, area.w - 2,
            row * static_cast<float>(count)};
  }
};

ListingLayout listing_layout(const FrameView& frame, const Paint& paint, const Rect& area,
                             std::size_t lines) {
  const bool small = frame.layout.small;
  ListingLayout layout{.area = area, .row = paint.s(small ? 21 : 22), .code_size = small ? 12.0F : 14.0F};
  // Wide enough for the numbers of a long listing.
  const float digits = paint.width(std::to_string(lines), {12, Face::mono});
  layout.gutter = std::max(paint.s(small ? 34 : 46), digits + paint.s(8 + (small ? 8 : 18)));
  layout.column = paint.width("0123456789", {layout.code_size, Face::mono}) / 10;
  if (small) {  // two pixels of air below the tabs
    layout.area.y += paint.s(2);
    layout.area.h -= paint.s(2);
  }
  return layout;
}

/// The part `piece` of a line of code from `x` on, cut with "…" before `right`.
void draw_code(Paint& paint, float x, float base, float right, std::string_view line, const WrapPiece& piece,
               const std::vector<Token>& tokens, float size, Color ground) {
  TextStyle style{size, Face::mono, {}};
  const bool fits = paint.width(line.substr(piece.begin, piece.end - piece.begin), style) <= right - x;
  const float dots = fits ? 0 : paint.width("…", style);
  for (const Token& token : tokens) {
    const std::size_t begin = std::max(token.begin, piece.begin), end = std::min(token.end, piece.end);
    if (begin >= end) continue;
    const std::string_view text = line.substr(begin, end - begin);
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
  std::string name;   // may be shortened, or empty
  std::string whole;  // where it is
  Hue hue;
  bool filled;
  float width;
  TaskId task;
};

/// A name for a badge in `room`; none where only a letter or two would be left of it.
std::string badge_name(const Paint& paint, const std::string& whole, const TextStyle& style, float room) {
  std::string name = fit_name(paint, whole, style, room);
  return name == whole || paint.width(name, style) >= paint.s(20) ? name : std::string();
}

/// How badges say whose they are: "number… 2", the same with less around it, "…2".
enum class Names : std::uint8_t { whole, tight, tails };

/// The badges of a line, in at most `most` pixels.
std::vector<BadgeLook> badge_looks(const FrameView& frame, const Paint& paint, const LineMarks& marks,
                                   float most, Names names = Names::whole) {
  const float around = names == Names::whole ? kAroundName : kTightAroundName;
  std::vector<BadgeLook> looks;
  const TextStyle style{12, Face::bold};
  if (marks.badges.size() > kMostBadges) {
    // One badge for all; the hue is that of the event's own task, else the first one's.
    const LineBadge* lead = &marks.badges.front();
    for (const LineBadge& b : marks.badges)
      if (b.phase == traces::TaskPhase::running || (b.hot && lead->phase != traces::TaskPhase::running))
        lead = &b;
    const std::string name = "×" + grouped(marks.badges.size());
    looks.push_back({name, "", hue_of(lead->phase), marks.hot, paint.width(name, style) + paint.s(32), {}});
    return looks;
  }
  for (const LineBadge& b : marks.badges) {
    const float room = most / static_cast<float>(marks.badges.size()) - paint.s(around + 5);
    const std::string whole = traces::task_badge(frame.store, frame.state, b.task);
    const std::string name = badge_name(paint, names == Names::tails ? name_tail(whole) : whole, style, room);
    const bool filled = b.hot || b.phase == traces::TaskPhase::running;
    const float w = name.empty() ? paint.s(22) : paint.width(name, style) + paint.s(around);
    looks.push_back({name, name == whole ? "" : whole, hue_of(b.phase), filled, w, b.task});
  }
  return looks;
}

float badges_width(const Paint& paint, const std::vector<BadgeLook>& looks) {
  float w = 0;
  for (const BadgeLook& look : looks) w += look.width + paint.s(5);
  return w;
}

/// Draws a row's badges from `x` to the left; returns the left edge of the last.
float draw_badges(ViewState& view, Paint& paint, const Rect& row, float x,
                  const std::vector<BadgeLook>& looks, const Pointer& pointer, Commands& commands) {
  const Theme& theme = paint.theme();
  const float y = row.y + row.h / 2, h = paint.s(18);
  for (auto it = looks.rbegin(); it != looks.rend(); ++it) {
    x -= it->width;
    const HueColors& hue = theme[it->hue];
    const Rect r{x, y - h / 2, it->width, h};
    const Selection task{Selection::Kind::task, it->task.value};
    if (it->task && pointer.over(r)) {
      view.next_hovered = task;
      if (!it->whole.empty()) offer_hint(view, r, it->whole);
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
                      const ListingModel& model) {
  const Theme& theme = paint.theme();
  const LineMarks* marks = model.at(line);
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
  if (model.failed_line == line) {
    fill(theme[Hue::fail].fill.with_alpha(0.22F));
    paint.rect({row.x, row.y, paint.s(4), row.h}, theme[Hue::fail].fill);
  } else if (model.running_line == line) {
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

/// Which of the rows of a line its badges stand on, and the badges, as wide as they may be there.
struct BadgePlace {
  std::size_t row = 0;
  std::vector<BadgeLook> looks;
};

/// The first row that has room beside its code for the whole names; else the one with most room.
/// The code goes first: names give way to it.
BadgePlace place_badges(const FrameView& frame, const Paint& paint, const ListingLayout& layout,
                        const LineMarks& marks, std::string_view code, std::span<const WrapPiece> pieces) {
  const TextStyle style{layout.code_size, Face::mono};
  const auto room_of = [&](const WrapPiece& p) {
    return layout.badges_right(paint) - layout.code_x() - static_cast<float>(p.indent) * layout.column -
           paint.width(code.substr(p.begin, p.end - p.begin), style) - paint.s(4);
  };
  const float most = layout.area.w * 0.6F;
  BadgePlace place{0, badge_looks(frame, paint, marks, most)};
  const float wished = badges_width(paint, place.looks);
  float best = -1;
  for (std::size_t k = 0; k < pieces.size(); ++k) {
    const float room = room_of(pieces[k]);
    if (room >= wished) return {k, std::move(place.looks)};
    if (room <= best) continue;
    best = room;
    place.row = k;
  }
  for (const Names names : {Names::tight, Names::tails}) {
    place.looks = badge_looks(frame, paint, marks, most, names);
    // "A" and "…2" say who it is: each is worth three characters of the code.
    const bool brief = std::all_of(place.looks.begin(), place.looks.end(), [&](const BadgeLook& look) {
      return look.width <= paint.s(kTightAroundName + kShortName);
    });
    const float worth = brief ? 3 * layout.column * static_cast<float>(place.looks.size()) : 0;
    if (badges_width(paint, place.looks) <= best + worth) return place;
  }
  place.looks = badge_looks(frame, paint, marks, std::clamp(best, 0.0F, most), Names::tight);
  return place;
}

/// A line of the listing: what it says and how it is broken into rows.
struct Line {
  std::uint32_t number = 0;
  std::size_t first_row = 0;
  std::string_view code;
  const std::vector<Token>& tokens;
  std::span<const WrapPiece> pieces;
};

void draw_line(const FrameView& frame, ViewState& view, Paint& paint, const ListingLayout& layout,
               const ListingModel& model, const Line& line, const Pointer& pointer, Commands& commands) {
  const Theme& theme = paint.theme();
  const Rect rows = layout.rows(line.first_row, line.pieces.size());
  const bool over = pointer.over(layout.area) && pointer.over(rows);
  if (over) view.next_hovered = {Selection::Kind::line, line.number};
  const LineMarks* marks = model.at(line.number);
  const bool runs = model.running_line == line.number;
  const Color ground = draw_row_ground(view, paint, rows, line.number, model);
  const float base = rows.y + paint.s(frame.layout.small ? 15 : 16);
  paint.text(layout.area.x + layout.gutter - paint.s(8), base, std::to_string(line.number),
             {12, Face::mono, runs ? theme.text : readable_on(theme, theme.faint, ground), Align::right});
  draw_breakpoint(view, paint, layout, layout.rows(line.first_row), line.number, over ? &pointer : nullptr);
  if (model.failed_line == line.number)
    paint.glyph(Glyph::fail, {layout.area.x + paint.s(11), rows.y + layout.row / 2}, paint.s(4),
                readable_on(theme, theme[Hue::fail].text, ground));
  const std::size_t before = commands.size();
  const Rect gutter{layout.area.x, rows.y, layout.gutter - paint.s(4), rows.h};
  if (over && pointer.clicked && pointer.over(gutter))
    commands.push_back(command::ToggleLineBreakpoint{line.number});
  const BadgePlace badges = marks ? place_badges(frame, paint, layout, *marks, line.code, line.pieces)
                                  : BadgePlace{line.pieces.size(), {}};
  for (std::size_t k = 0; k < line.pieces.size(); ++k) {
    const WrapPiece& piece = line.pieces[k];
    float right = layout.code_right(paint);
    if (k == badges.row)
      right = draw_badges(view, paint, layout.rows(line.first_row + k), layout.badges_right(paint),
                          badges.looks, pointer, commands) -
              paint.s(1);
    draw_code(paint, layout.code_x() + static_cast<float>(piece.indent) * layout.column,
              base + static_cast<float>(k) * layout.row, right, line.code, piece, line.tokens,
              layout.code_size, ground);
  }
  if (over && pointer.double_clicked && !pointer.over(gutter))
    commands.push_back(command::RunToLine{line.number});
  else if (over && pointer.clicked && commands.size() == before)
    commands.push_back(command::Select{{Selection::Kind::line, line.number}});
}

void draw_no_listing(const FrameView& frame, Paint& paint, const Rect& area) {
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
  const bool nothing = frame.store.header().has_listing;
  paint.text(middle.x, middle.y + paint.s(16), nothing ? "An empty program" : "No listing in this trace",
             {15, Face::semibold, theme.dim, Align::center, room});
  paint.text(middle.x, middle.y + paint.s(38),
             nothing ? "It has no statement." : "It was recorded without its program.",
             {13, Face::regular, theme.faint, Align::center, room});
}

/// The listing's tokens and rows, kept while neither the program nor the panel's width changes.
const HighlightedListing& highlighted(ViewState& view, const std::vector<std::string>& listing,
                                      std::size_t columns) {
  auto& kept = view.listing_tokens;
  if (!kept || kept->lines != listing)
    kept = std::make_shared<HighlightedListing>(
        HighlightedListing{.lines = listing, .tokens = highlight_python(listing)});
  if (kept->columns == columns) return *kept;
  kept->columns = columns;
  kept->pieces.clear();
  kept->rows.clear();
  for (const std::string& line : listing) {
    kept->pieces.push_back(wrap_columns(line, columns, kHanging, kMostRows));
    kept->rows.add(static_cast<std::uint32_t>(kept->pieces.back().size()));
  }
  return *kept;
}

/// Line `focus` under the keyboard: seen, selected, run to.
void act_on_line(ViewState& view, const FocusRow& focus, const ListingLayout& layout, const RowTable& rows,
                 Commands& commands) {
  const auto line = static_cast<std::uint32_t>(focus.row + 1);
  if (focus.enter) commands.push_back(command::RunToLine{line});
  if (!focus.moved) return;
  commands.push_back(command::Select{{Selection::Kind::line, line}});
  const float top = layout.row * static_cast<float>(rows.before(focus.row)),
              bottom = layout.row * static_cast<float>(rows.before(focus.row + 1));
  view.listing_scroll = std::clamp(view.listing_scroll, std::min(bottom - layout.area.h, top), top);
}

}  // namespace

void draw_listing(const FrameView& frame, ViewState& view, Paint& paint, const Rect& area,
                  const Pointer& pointer, Commands& commands) {
  const auto& listing = frame.store.header().listing;
  if (!frame.store.header().has_listing || listing.empty()) return draw_no_listing(frame, paint, area);
  const ListingModel& model = answers(view).listing(frame);
  ListingLayout layout = listing_layout(frame, paint, area, listing.size());
  const HighlightedListing& text = highlighted(view, listing, layout.columns(paint));
  const float content = layout.row * static_cast<float>(text.rows.total());
  if (content > layout.area.h && layout.area.h > layout.row)  // whole rows
    layout.area.h = std::floor(layout.area.h / layout.row) * layout.row;
  if (view.listing_follows != frame.cursor) {
    const std::size_t line = std::min<std::size_t>(model.focus_line, listing.size());
    const auto row = line == 0 ? 0 : static_cast<std::uint32_t>(text.rows.before(line - 1) + 1);
    view.listing_scroll = scroll_to_line(row, layout.row, layout.area.h, content, view.listing_scroll);
  }
  view.listing_follows = frame.cursor;
  if (pointer.over(area) && !pointer.ctrl) view.listing_scroll -= pointer.wheel * 3 * layout.row;
  const std::uint32_t start =
      view.selection.kind == Selection::Kind::line ? view.selection.id : model.focus_line;
  const auto focus = take_focus(view.focus, FocusStop::program, listing.size(), start > 0 ? start - 1 : 0);
  if (focus) act_on_line(view, *focus, layout, text.rows, commands);
  view.listing_scroll = std::clamp(view.listing_scroll, 0.0F, std::max(0.0F, content - layout.area.h));
  layout.scroll = std::round(view.listing_scroll / layout.row) * layout.row;

  paint.push_clip(layout.area);
  for (std::size_t i = text.rows.line_at(static_cast<std::size_t>(layout.scroll / layout.row));
       i < listing.size() && layout.rows(text.rows.before(i)).y < layout.area.bottom(); ++i)
    draw_line(
        frame, view, paint, layout, model,
        {static_cast<std::uint32_t>(i + 1), text.rows.before(i), listing[i], text.tokens[i], text.pieces[i]},
        pointer, commands);
  if (focus) draw_row_focus(paint, layout.rows(text.rows.before(focus->row), text.rows.rows_of(focus->row)));
  paint.pop_clip();
  draw_scroll_bar(paint, layout.area, content, view.listing_scroll);
}

}  // namespace loopscope::viz

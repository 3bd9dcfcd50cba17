#include "viz/panels/editor_panel.h"

#include <algorithm>
#include <cmath>
#include <imgui.h>

#include "viz/model/json_text.h"
#include "viz/model/prompt.h"
#include "viz/model/scenario_editor.h"
#include "viz/model/utf8.h"

namespace loopscope::viz {
namespace {

constexpr float kFoot = 28, kPad = 16, kProblemLine = 19;
constexpr std::size_t kMostProblemLines = 6;
constexpr std::size_t kLongestColoured = 20'000;

/// The text's measures, in window pixels.
struct TextLayout {
  Rect area;  // of the lines, gutter included
  float gutter = 0, row = 0, cell = 1, size = 14;
  float scroll = 0, scroll_x = 0;

  float text_left() const { return area.x + gutter; }
  Rect row_rect(std::size_t line) const {
    return {area.x + 1, area.y + static_cast<float>(line) * row - scroll, area.w - 2, row};
  }
  void scroll_to(const ScenarioEditor& editor) {
    scroll = std::round(editor.scroll / row) * row;
    scroll_x = std::round(editor.scroll_x);
  }
  float x_of(std::size_t cells) const { return text_left() + static_cast<float>(cells) * cell - scroll_x; }
};

TextLayout text_layout(const Paint& paint, const Rect& area, const ScenarioEditor& editor, bool small) {
  TextLayout l{.area = area, .row = paint.s(small ? 21 : 22), .size = small ? 12.0F : 14.0F};
  l.cell = std::max(1.0F, paint.width("0", {l.size, Face::mono}));
  const float digits = paint.width(std::to_string(editor.text().line_count()), {12, Face::mono});
  const bool narrow = small && editor.problems().empty();         // no room for crosses
  l.area.h = std::max(1.0F, std::floor(area.h / l.row)) * l.row;  // whole rows
  l.gutter = std::max(paint.s(narrow ? 34 : 46), digits + paint.s(narrow ? 16 : 26));
  return l;
}

/// Scrolls so that the cursor is in sight where it has moved, and never past the end.
void follow_cursor(ScenarioEditor& editor, TextLayout& l) {
  const TextEditor& text = editor.text();
  const std::size_t line = text.line_of(text.cursor());
  if (editor.follows != text.cursor() || editor.followed_revision != text.revision()) {
    const float top = static_cast<float>(line) * l.row;
    editor.scroll = std::clamp(editor.scroll, top + l.row - l.area.h, top);
    const float x = static_cast<float>(text.column_of(text.cursor())) * l.cell;
    const float room = l.area.right() - l.text_left() - 3 * l.cell;
    if (x < editor.scroll_x) editor.scroll_x = std::max(0.0F, x - 8 * l.cell);
    if (x > editor.scroll_x + room) editor.scroll_x = x - room + 3 * l.cell;
  }
  editor.follows = text.cursor();
  editor.followed_revision = text.revision();
  const float content = l.row * static_cast<float>(text.line_count());
  editor.scroll = std::clamp(editor.scroll, 0.0F, std::max(0.0F, content - l.area.h));
  editor.scroll_x = std::max(0.0F, editor.scroll_x);
  l.scroll_to(editor);
}

std::size_t offset_under(const TextEditor& text, const TextLayout& l, Vec2 at) {
  const float y = std::max(0.0F, at.y - l.area.y + l.scroll), x = at.x - l.text_left() + l.scroll_x;
  return text.offset_at(static_cast<std::size_t>(y / l.row),
                        static_cast<std::size_t>(std::max(0.0F, x) / l.cell + 0.5F));
}

void use_pointer(ScenarioEditor& editor, const TextLayout& l, const Pointer& pointer) {
  TextEditor& text = editor.text();
  const bool over = pointer.over(l.area);
  if (over) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
  if (over && !pointer.ctrl) (pointer.shift ? editor.scroll_x : editor.scroll) -= pointer.wheel * 3 * l.row;
  if (pointer.double_clicked && over) {
    text.select_word(offset_under(text, l, pointer.at));
  } else if (pointer.clicked && over) {
    editor.focus(true);
    editor.dragging = true;
    text.move_to(offset_under(text, l, pointer.at), pointer.shift);
  } else if (editor.dragging && pointer.down && pointer.dragged) {
    text.move_to(offset_under(text, l, pointer.at), true);
  }
  if (!pointer.down) editor.dragging = false;
}

/// The line as it is drawn: one code point a cell.
std::string drawn_text(std::string_view line) {
  std::string out;
  std::size_t column = 0;
  for (std::size_t i = 0; i < line.size();) {
    const std::size_t end = next_code_point(line, i);
    if (line[i] == '\t') {
      out.append(4 - column % 4, ' ');
      column += 4 - column % 4;
    } else if (line[i] != '\r') {
      out += line.substr(i, end - i);
      ++column;
    }
    i = end;
  }
  return out;
}

void draw_text(Paint& paint, const TextLayout& l, float base, std::string_view line) {
  const std::string shown = drawn_text(line);
  const std::vector<Token> tokens = shown.size() <= kLongestColoured
                                        ? highlight_json(shown)
                                        : std::vector<Token>{{TokenKind::plain, 0, shown.size()}};
  std::size_t cell = 0;
  const auto first = static_cast<std::size_t>(l.scroll_x / l.cell);
  const std::size_t last = first + static_cast<std::size_t>(l.area.w / l.cell) + 1;
  for (const Token& token : tokens) {
    // Of a long token only what is in sight.
    std::size_t from = token.begin, from_cell = cell;
    while (from < token.end && from_cell < first) from = next_code_point(shown, from), ++from_cell;
    std::size_t to = from, to_cell = from_cell;
    while (to < token.end && to_cell < last) to = next_code_point(shown, to), ++to_cell;
    paint.text(l.x_of(from_cell), base, std::string_view(shown).substr(from, to - from),
               {l.size, Face::mono, token_color(paint.theme(), token.kind)});
    if (to_cell >= last) return;
    cell = to_cell;
  }
}

void draw_selection(Paint& paint, const TextLayout& l, const TextEditor& text, std::size_t n) {
  const auto [from, to] = text.selection();
  const std::size_t begin = text.line_begin(n), end = begin + text.line(n).size();
  if (from == to || to < begin || from > end) return;
  const Rect row = l.row_rect(n);
  const float left = l.x_of(text.column_of(std::max(from, begin)));
  const float right = l.x_of(text.column_of(std::min(to, end))) + (to > end ? l.cell / 2 : 0);
  if (right > left) paint.rect({left, row.y, right - left, row.h}, paint.theme().selection);
}

/// A zigzag under the word that a problem is about.
void draw_squiggle(Paint& paint, const TextLayout& l, const TextEditor& text, const TextProblem& problem) {
  const std::size_t offset = text.offset_of_message(problem.line, problem.column);
  const std::size_t n = text.line_of(offset), begin = text.line_begin(n);
  const std::string_view line = text.line(n);
  std::size_t end = next_code_point(line, offset - begin);
  while (end < line.size() && std::string_view(" \t,:[]{}\"'()").find(line[end]) == std::string_view::npos)
    ++end;
  const float left = l.x_of(cells(line, offset - begin));
  const float right = std::max(l.x_of(cells(line, end)), left + l.cell),
              y = l.row_rect(n).bottom() - paint.s(3);
  const float step = paint.s(2.5F);
  std::vector<Vec2> points;
  for (float x = left; x <= right && x < l.area.right(); x += step)
    points.push_back({x, y + (points.size() % 2 == 0 ? 0 : -step)});
  if (points.size() > 1) paint.polyline(points, paint.theme()[Hue::fail].text, paint.s(1.4F));
}

void draw_line(Paint& paint, const TextLayout& l, const ScenarioEditor& editor, std::size_t n) {
  const Theme& theme = paint.theme();
  const TextEditor& text = editor.text();
  const Rect row = l.row_rect(n);
  const float base = row.y + paint.s(l.size < 13 ? 15 : 16);
  const bool here = editor.has_focus() && text.line_of(text.cursor()) == n;
  const auto& problems = editor.problems();
  const bool wrong =
      std::any_of(problems.begin(), problems.end(), [n](const TextProblem& p) { return p.line == n + 1; });
  if (wrong) {
    paint.rect(row, theme[Hue::fail].fill.with_alpha(theme.tint));
    paint.rect({row.x, row.y, paint.s(4), row.h}, theme[Hue::fail].fill);
    paint.glyph(Glyph::fail, {l.area.x + paint.s(12), row.center().y}, paint.s(4), theme[Hue::fail].text);
  } else if (here) {
    paint.rect(row, theme.hover.with_alpha(0.6F));
  }
  paint.text(l.text_left() - paint.s(8), base, std::to_string(n + 1),
             {12, Face::mono,
              wrong  ? theme[Hue::fail].text
              : here ? theme.text
                     : theme.faint,
              Align::right});
  paint.push_clip(
      {l.text_left() - paint.s(2), l.area.y, l.area.right() - l.text_left() - paint.s(8), l.area.h});
  draw_selection(paint, l, text, n);
  draw_text(paint, l, base, text.line(n));
  for (const TextProblem& p : problems)
    if (p.line == n + 1) draw_squiggle(paint, l, text, p);
  if (here)
    paint.rect({l.x_of(text.column_of(text.cursor())) - paint.s(1), row.y + paint.s(2), paint.s(2),
                row.h - paint.s(4)},
               theme.text);
  paint.pop_clip();
}

/// What the keys do, and how the text stands to its file.
void draw_foot(const ScenarioEditor& editor, Paint& paint, const Rect& foot) {
  const Theme& theme = paint.theme();
  paint.line({foot.x, foot.y + 0.5F}, {foot.right(), foot.y + 0.5F}, theme.line);
  const float base = foot.y + paint.s(18.5F);
  float x = foot.x + paint.s(kPad);
  if (editor.edited()) {
    paint.circle({x + paint.s(4), foot.center().y}, paint.s(4), theme[Hue::run].fill);
    x += paint.s(14);
  }
  const std::string_view state = editor.stale()        ? "changed on disk"
                                 : !editor.edited()    ? "as in the file"
                                 : editor.known_good() ? "edited, no errors"
                                                       : "edited";
  x += paint.text(x, base, state, {12, Face::semibold, editor.edited() ? theme.text : theme.faint}) +
       paint.s(12);
  const std::string_view keys = !editor.has_focus() ? "Ctrl E edits"
                                : editor.edited()   ? "Ctrl Enter runs   Ctrl R back to the file"
                                                    : "Ctrl Enter runs   Esc leaves";
  paint.text(foot.right() - paint.s(kPad), base, keys,
             {12, Face::regular, theme.dim, Align::right, foot.right() - paint.s(kPad) - x});
}

void draw_nothing(Paint& paint, const Rect& area) {
  const Theme& theme = paint.theme();
  const Vec2 middle = area.center();
  const float room = area.w - paint.s(32);
  paint.text(middle.x, middle.y, "This trace carries no scenario",
             {15, Face::semibold, theme.dim, Align::center, room});
  paint.text(middle.x, middle.y + paint.s(22), "Type or paste one here; Ctrl Enter runs it.",
             {13, Face::regular, theme.faint, Align::center, room});
}

struct ProblemLine {
  std::size_t problem;
  std::string text;
};

/// All problems in lines of `width`, at most so many.
std::vector<ProblemLine> problem_lines(const Paint& paint, const std::vector<TextProblem>& problems,
                                       float width) {
  std::vector<ProblemLine> lines;
  const TextStyle style{13, Face::regular};
  for (std::size_t k = 0; k < problems.size() && lines.size() <= kMostProblemLines; ++k) {
    const TextProblem& p = problems[k];
    const std::string place =
        p.line > 0 ? std::to_string(p.line) + ":" + std::to_string(p.column) + "  " : "";
    for (std::string& line : wrapped_words(paint, place + p.message, style, width, 3))
      lines.push_back({k, std::move(line)});
  }
  if (lines.size() <= kMostProblemLines) return lines;
  const std::size_t more = problems.size() - lines[kMostProblemLines - 1].problem;
  lines.resize(kMostProblemLines - 1);
  lines.push_back({lines.back().problem, "and " + std::to_string(more) + " more"});
  return lines;
}

}  // namespace

Rect draw_problems(ViewState& view, Paint& paint, const Rect& area, const Pointer& pointer) {
  ScenarioEditor& editor = *view.editor;
  if (editor.problems().empty()) return area;
  const Theme& theme = paint.theme();
  const std::vector<ProblemLine> lines =
      problem_lines(paint, editor.problems(), area.w - paint.s(kPad + 24 + kPad));
  const float h = paint.s(kProblemLine) * static_cast<float>(lines.size()) + paint.s(10);
  const Rect strip{area.x + 1, std::max(area.y, area.bottom() - h), area.w - 2, std::min(h, area.h)};
  paint.rect(strip, theme.panel);
  paint.rect(strip, theme[Hue::fail].fill.with_alpha(theme.tint));
  paint.rect({strip.x, strip.y, paint.s(4), strip.h}, theme[Hue::fail].fill);
  float base = strip.y + paint.s(18);
  for (std::size_t i = 0; i < lines.size(); ++i, base += paint.s(kProblemLine)) {
    const ProblemLine& line = lines[i];
    const Rect row{strip.x, base - paint.s(14), strip.w, paint.s(kProblemLine)};
    const bool over = pointer.over(row);
    if (i == 0 || lines[i - 1].problem != line.problem)
      paint.glyph(Glyph::fail, {strip.x + paint.s(kPad), base - paint.s(4.5F)}, paint.s(4),
                  theme[Hue::fail].text);
    paint.text(strip.x + paint.s(kPad + 14), base, line.text,
               {13, Face::regular, over ? theme.text : theme[Hue::fail].text, Align::left,
                strip.w - paint.s(kPad + 14 + kPad)});
    if (!over || !pointer.clicked) continue;
    view.program_tab = ProgramTab::json;
    editor.focus(true);
    editor.go_to(line.problem);
  }
  return {area.x, area.y, area.w, std::max(0.0F, area.h - h)};
}

void draw_editor(ViewState& view, Paint& paint, const Rect& area, bool small, const Pointer& pointer) {
  ScenarioEditor& editor = *view.editor;
  const Rect foot{area.x, area.bottom() - paint.s(kFoot), area.w, paint.s(kFoot)};
  Rect text_area{area.x, area.y, area.w, std::max(0.0F, area.h - foot.h)};
  draw_foot(editor, paint, foot);
  text_area = draw_problems(view, paint, text_area, pointer);
  text_area.y += paint.s(2);
  text_area.h -= paint.s(2);
  if (text_area.empty()) return;
  TextLayout l = text_layout(paint, text_area, editor, small);
  text_area = l.area;
  editor.text().set_page(static_cast<std::size_t>(text_area.h / l.row));
  l.scroll_to(editor);
  use_pointer(editor, l, pointer);
  follow_cursor(editor, l);
  if (editor.text().text().empty() && !editor.has_focus()) return draw_nothing(paint, text_area);
  paint.push_clip(text_area);
  const auto first = static_cast<std::size_t>(l.scroll / l.row);
  for (std::size_t n = first; n < editor.text().line_count() && l.row_rect(n).y < text_area.bottom(); ++n)
    draw_line(paint, l, editor, n);
  paint.pop_clip();
  draw_scroll_bar(paint, text_area, l.row * static_cast<float>(editor.text().line_count()), l.scroll);
}

void draw_editor_page(ViewState& view, Paint& paint, const Rect& window, std::string_view title) {
  const Rect panel = window.inset(paint.s(8));
  if (panel.empty()) return;
  Rect area = paint.panel(panel, title, {}, {});
  area.h -= 1;
  const Pointer pointer = read_pointer(view.help_open || (view.prompt && view.prompt->is_open()));
  draw_editor(view, paint, area, false, pointer);
}

}  // namespace loopscope::viz

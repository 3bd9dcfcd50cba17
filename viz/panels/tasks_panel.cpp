// The tasks as a tree: who made whom, who waits for whom, and what each one waits for.
#include <cmath>
#include <fmt/format.h>
#include <imgui.h>

#include "viz/model/answers.h"
#include "viz/model/task_rows.h"
#include "viz/panels/fit.h"
#include "viz/panels/panels.h"
#include "viz/panels/side_panels.h"

namespace loopscope::viz {
namespace {

using traces::TaskPhase;
using traces::TaskState;

constexpr float kRow = 56, kIndent = 24, kPad = 16, kBadge = 24;
constexpr std::uint32_t kDeepest = 5;  // deeper rows keep this indentation
constexpr float kMostIndent = 0.28F;   // of the panel's width
constexpr float kMostBadge = 92;

struct Panel {
  const FrameView& frame;
  ViewState& view;
  Paint& paint;
  Commands& commands;
  const std::vector<TaskRow>& rows;
  Rect body;         ///< where rows stand
  TaskId touched;    ///< the task of the cursor's event
  float indent = 0;  ///< of one level, in window pixels
};

bool is_over(TaskPhase phase) {
  return phase == TaskPhase::done || phase == TaskPhase::failed || phase == TaskPhase::cancelled;
}

float indent_of(const Panel& panel, std::uint32_t depth) {
  return panel.indent * static_cast<float>(std::min(depth, kDeepest));
}

/// A level's indentation: less where the rows that are seen stand deep in a narrow panel.
float level_indent(const Panel& panel, std::size_t first, std::size_t last) {
  std::uint32_t deepest = 1;
  for (std::size_t i = first; i < last; ++i)
    deepest = std::max(deepest, std::min(panel.rows[i].depth, kDeepest));
  return std::min(panel.paint.s(kIndent), panel.body.w * kMostIndent / static_cast<float>(deepest));
}

void elbow_line(Paint& p, Vec2 a, Vec2 b, TaskLink link) {
  const Color color = p.theme().strong;
  if (link == TaskLink::awaited)
    p.line(a, b, color, p.s(2));
  else
    p.dashed(a, b, color, p.s(2), p.s(2), p.s(4));
}

TaskLink link_to(const Panel& panel, const TaskRow& row) {
  if (row.parent == TaskRow::kNone) return TaskLink::created;
  const TaskState* child = panel.frame.state.task(row.task);
  const TaskState* parent = panel.frame.state.task(panel.rows[row.parent].task);
  return child && parent ? link_of(*parent, *child) : TaskLink::created;
}

/// The lines of the tree that cross row `index`, which stands at `r`.
void draw_elbows(Panel& panel, std::size_t index, const Rect& r) {
  Paint& p = panel.paint;
  const float in = panel.indent * 11 / kIndent, over = panel.indent - in + p.s(1);
  const auto column = [&](std::uint32_t depth) { return r.x + p.s(kPad) + in + indent_of(panel, depth - 1); };
  const TaskRow& row = panel.rows[index];
  if (row.depth > 0) {
    const TaskLink link = link_to(panel, row);
    const float x = column(row.depth), cy = r.center().y;
    elbow_line(p, {x, r.y}, {x, cy}, link);
    elbow_line(p, {x, cy}, {x + over, cy}, link);
  }
  // Lines to later siblings, of this task and of those above it, go on through the row.
  for (std::uint32_t at = static_cast<std::uint32_t>(index); at != TaskRow::kNone;
       at = panel.rows[at].parent) {
    const TaskRow& above = panel.rows[at];
    if (above.depth == 0 || above.next_sibling == TaskRow::kNone || above.depth > kDeepest) continue;
    const float x = column(above.depth);
    elbow_line(p, {x, at == index ? r.center().y : r.y}, {x, r.bottom()},
               link_to(panel, panel.rows[above.next_sibling]));
  }
}

/// "awaited by main", "not awaited yet": who waits for it, where the trace tells.
std::string relation(const Panel& panel, const TaskRow& row, const TaskState& task) {
  constexpr std::size_t kLook = 512;
  if (row.parent == TaskRow::kNone || is_over(task.phase)) return {};
  const Awaiter awaiter = awaiter_of(panel.frame.state.tasks, task, kLook);
  if (awaiter.task)
    return "awaited by " + traces::task_badge(panel.frame.store, panel.frame.state, awaiter.task);
  return awaiter.certain ? "not awaited yet" : std::string();
}

void react(Panel& panel, const Rect& r, const Selection& what) {
  const ImGuiIO& io = ImGui::GetIO();
  const Vec2 mouse{io.MousePos.x, io.MousePos.y};
  if (!r.contains(mouse) || !panel.body.contains(mouse)) return;
  if (panel.view.hovered != what) panel.view.hovered_since = panel.frame.clock;
  panel.view.next_hovered = what;
  if (io.MouseClicked[0]) panel.commands.push_back(command::Select{what});
}

void draw_background(Panel& panel, const Rect& r, const Selection& what, const TaskState& task, bool first) {
  Paint& p = panel.paint;
  const Theme& t = p.theme();
  const Rect inner{r.x + p.s(1), r.y, r.w - p.s(2), r.h};
  const bool selected = panel.view.selection == what, hovered = panel.view.hovered == what;
  if (selected)
    p.rect(inner, t.selection.with_alpha(.75F));
  else if (hovered)
    p.rect(inner, t.hover);
  else if (panel.touched == task.id)
    p.rect(inner, t.raised);
  if (selected)
    p.rect({inner.x, inner.y, p.s(3), inner.h}, t[Hue::ready].fill);
  else if (!first && !hovered)
    p.line({r.x + p.s(14), r.y + .5F}, {r.right() - p.s(14), r.y + .5F}, t.line);
}

/// What a task does or waits for, shorter where that is wider than `room`.
std::string brief_words(const Paint& p, const TaskState& task, std::string said, const TextStyle& style,
                        float room) {
  // Of "ValueError('a long story')" the type at least.
  if (const std::size_t call = said.find('(');
      task.phase == TaskPhase::failed && call != std::string::npos && p.width(said, style) > room)
    said.resize(call);
  constexpr std::string_view kIteration = "in iteration ";
  if (const std::size_t at = said.find(kIteration); at != std::string::npos && p.width(said, style) > room)
    said.replace(at, kIteration.size(), "in iter ");
  return said;
}

void draw_row(Panel& panel, std::size_t index, const Rect& r) {
  const TaskRow& row = panel.rows[index];
  const TaskState* task = panel.frame.state.task(row.task);
  if (!task) return;
  Paint& p = panel.paint;
  const Theme& t = p.theme();
  const auto& store = panel.frame.store;
  const Selection what{Selection::Kind::task, task->id.value};
  react(panel, r, what);
  draw_background(panel, r, what, *task, index == 0);
  draw_elbows(panel, index, r);

  const bool over = is_over(task->phase);
  const float cy = r.center().y, right = r.right() - p.s(kPad);
  float x = r.x + p.s(kPad) + indent_of(panel, row.depth);
  const std::string title = traces::task_title(store, *task);
  const float most = std::min(p.s(kMostBadge), (right - x) * .4F);
  const std::string name =
      p.badge_width(title, kBadge) <= most
          ? title
          : fit_badge(p, traces::task_badge(store, panel.frame.state, task->id), most, kBadge);
  x += p.badge(x, cy, name, kBadge, over ? .5F : 1) + p.s(12);
  const Hue hue = hue_of(task->phase);
  const float tag = p.state_tag(x, cy - p.s(9), hue, traces::state_word(*task));
  if (task->line != 0 && !over && right - x - tag > p.s(60))
    p.text(right, cy - p.s(4.5F), fmt::format("line {}", task->line),
           {12, Face::mono, t.faint, Align::right});
  float room = right - x;
  const std::string words = traces::waits_for(store, panel.frame.state, *task);
  const TextStyle first{13, Face::regular, over ? t.faint : t.dim};
  const std::string said = brief_words(p, *task, words, first, room);
  const std::string second = relation(panel, row, *task);
  const TextStyle aside{12, Face::regular, second.starts_with("awaited") ? t.dim : t.faint, Align::right};
  if (r.w > p.s(320) && !second.empty() && p.width(second, aside) + p.width(said, first) + p.s(16) < room)
    room -= p.text(right, cy + p.s(19), second, aside) + p.s(10);
  p.text(x + p.s(1), cy + p.s(19), said, {13, Face::regular, first.color, Align::left, std::max(1.0F, room)});
  const bool whole = name == title && said == words && p.width(said, first) <= room;
  if (panel.view.next_hovered == what && !whole)
    panel.view.next_hint = HoverHint{title + ": " + words, {}, r};
}

/// What the two kinds of line mean, where there is room.
void draw_key(Paint& p, const Rect& r) {
  const Theme& t = p.theme();
  const TextStyle style{12, Face::regular, t.faint};
  const float y = r.bottom() - p.s(14), base = y + p.s(4.4F);
  p.line({r.x + p.s(1), y - p.s(17)}, {r.right() - p.s(1), y - p.s(17)}, t.line);
  float x = r.x + p.s(kPad);
  const auto item = [&](TaskLink link, std::string_view words) {
    elbow_line(p, {x, y}, {x + p.s(20), y}, link);
    x += p.s(27);
    x += p.text(x, base, words, style) + p.s(20);
  };
  item(TaskLink::awaited, "awaited");
  if (x + p.s(100) < r.right()) item(TaskLink::created, "created");
}

/// When the cursor moves, the task of its event comes into sight.
void follow_cursor(Panel& panel, float row, float& scroll) {
  if (panel.view.tasks_follow == panel.frame.cursor) return;
  panel.view.tasks_follow = panel.frame.cursor;
  const auto at = std::find_if(panel.rows.begin(), panel.rows.end(),
                               [&](const TaskRow& r) { return r.task == panel.touched; });
  if (at == panel.rows.end()) return;
  const float top = row * static_cast<float>(at - panel.rows.begin());
  if (top < scroll) scroll = top;
  if (top + row > scroll + panel.body.h) scroll = top + row - panel.body.h;
}

/// The keyboard begins at the selected task, else at the event's.
std::size_t row_to_start(const Panel& panel) {
  const auto row_of = [&](TaskId task) {
    const auto at = std::find_if(panel.rows.begin(), panel.rows.end(),
                                 [task](const TaskRow& r) { return r.task == task; });
    return static_cast<std::size_t>(at - panel.rows.begin());
  };
  if (panel.view.selection.kind == Selection::Kind::task)
    if (const std::size_t row = row_of(TaskId{panel.view.selection.id}); row < panel.rows.size()) return row;
  const std::size_t touched = row_of(panel.touched);
  return touched < panel.rows.size() ? touched : 0;
}

/// The row in focus is the selected task; Enter goes to where it runs on.
void act_on(Panel& panel, const FocusRow& focus, float row, float& scroll) {
  const Selection task{Selection::Kind::task, panel.rows[focus.row].task.value};
  if (focus.moved && panel.view.selection != task) panel.commands.push_back(command::Select{task});
  if (focus.enter) panel.commands.push_back(command::FollowWake{true});
  if (!focus.moved) return;
  const float top = row * static_cast<float>(focus.row);
  scroll = std::clamp(scroll, top + row - panel.body.h, top);
}

void draw_empty(Paint& p, const Rect& body) {
  const Theme& t = p.theme();
  const float x = body.center().x, y = body.y + std::min(body.h * .4F, p.s(110));
  p.ring({x, y - p.s(34)}, p.s(12), t.strong, p.s(3));
  p.text(x, y, "No task yet", {15, Face::semibold, t.dim, Align::center, body.w - p.s(20)});
  const TextStyle second{13, Face::regular, t.faint, Align::center, body.w - p.s(20)};
  const std::string_view who = "asyncio.run and create_task make them";
  p.text(x, y + p.s(22), p.width(who, second) <= second.max_width ? who : "create_task makes them", second);
}

}  // namespace

Commands draw_tasks_panel(const FrameView& frame, ViewState& view, Paint& paint) {
  Commands commands;
  const Rect& r = frame.layout.tasks;
  if (r.w < paint.s(80) || r.h < paint.s(60)) return commands;
  if (!view.task_rows) view.task_rows = std::make_shared<TaskRows>();
  const auto& rows = view.task_rows->of(&frame.store, frame.state.tasks);
  const bool tabs = frame.layout.side_tabs;
  Rect body = tabs ? paint.panel(r, "")
                   : paint.panel(r, "Tasks", rows.empty() ? "" : grouped(rows.size()),
                                 rows.empty() ? "" : "await tree");
  body.h -= paint.s(2);
  if (tabs) {
    draw_side_tabs(frame, view, paint, r);
    if (view.side_tab == kWhyTab) return draw_why(frame, view, paint, body);
    if (view.side_tab == kAwaitTab) return draw_await_tree(frame, view, paint, body);
    if (view.side_tab == kFindingsTab) return draw_findings(frame, view, paint, body);
  }
  if (rows.empty()) {
    draw_empty(paint, body);
    return commands;
  }
  const float row = paint.s(kRow), content = row * static_cast<float>(rows.size());
  // In the small layout the short "why" stands under the tree, where it leaves room.
  if (const float rest = body.h - content; tabs && rest > paint.s(150)) {
    const Rect why{body.x, body.y + content, body.w, rest};
    paint.line({why.x + paint.s(1), why.y + paint.s(8)}, {why.right() - paint.s(1), why.y + paint.s(8)},
               paint.theme().line);
    paint.text(why.x + paint.s(kPad), why.y + paint.s(32),
               why_title(frame, view, paint, why.w - paint.s(2 * kPad)),
               {14, Face::semibold, paint.theme().text, Align::left, why.w - paint.s(2 * kPad)});
    const Commands asked =
        draw_why(frame, view, paint, {why.x, why.y + paint.s(40), why.w, why.h - paint.s(40)});
    commands.insert(commands.end(), asked.begin(), asked.end());
    body.h = content;
  }
  const bool key = content + paint.s(60) < body.h;
  if (content > body.h && body.h > row) body.h = std::floor(body.h / row) * row;  // whole rows
  Panel panel{frame, view, paint, commands, rows, body, answers(view).listing(frame).event_task};
  const ImGuiIO& io = ImGui::GetIO();
  float& scroll = view.tasks_scroll;
  if (io.MouseWheel != 0 && !io.KeyCtrl && body.contains({io.MousePos.x, io.MousePos.y}))
    scroll -= io.MouseWheel * row;
  follow_cursor(panel, row, scroll);
  const auto focus = take_focus(view.focus, FocusStop::tasks, rows.size(), row_to_start(panel));
  if (focus) act_on(panel, *focus, row, scroll);
  scroll = clamp_scroll(std::round(scroll / row) * row, rows.size(), row, body.h);
  const auto [first, last] = visible_rows(rows.size(), row, body.h, scroll);
  panel.indent = level_indent(panel, first, last);
  paint.push_clip(body);
  for (std::size_t i = first; i < last; ++i)
    draw_row(panel, i, {body.x, body.y + row * static_cast<float>(i) - scroll, body.w, row});
  if (focus)
    draw_row_focus(paint, {body.x, body.y + row * static_cast<float>(focus->row) - scroll, body.w, row});
  paint.pop_clip();
  draw_scroll_bar(paint, body, content, scroll);
  if (key) draw_key(paint, body);
  return commands;
}

}  // namespace loopscope::viz

// The await tree: tasks, the frames that they are suspended in, and what the innermost one waits for.
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "viz/model/answers.h"
#include "viz/model/task_rows.h"
#include "viz/panels/fit.h"
#include "viz/panels/side_panels.h"

namespace loopscope::viz {
namespace {

using traces::AwaitLine;
using traces::AwaitText;

constexpr float kRow = 25, kPad = 14, kIndent = 15;
constexpr std::uint32_t kDeepest = 8;  // deeper lines keep this indentation

struct Tree {
  const FrameView& frame;
  ViewState& view;
  Paint& paint;
  const Pointer& pointer;
  Commands& commands;
  const std::vector<AwaitLine>& lines;
  Rect body;
};

float column(const Tree& t, std::uint32_t depth) {
  return t.body.x + t.paint.s(kPad + kIndent * static_cast<float>(std::min(depth, kDeepest)));
}

/// The elbow to the line's parent, and the lines of later siblings that pass by.
void draw_elbows(Tree& t, std::size_t index, const Rect& r) {
  Paint& p = t.paint;
  const Color color = p.theme().strong;
  const AwaitLine& line = t.lines[index];
  if (line.depth == 0) return;
  const float x = column(t, line.depth - 1) + p.s(7), cy = r.center().y;
  p.line({x, r.y}, {x, cy}, color, p.s(1.6F));
  p.line({x, cy}, {column(t, line.depth), cy}, color, p.s(1.6F));
  for (std::size_t at = index; at != AwaitLine::kNone; at = t.lines[at].parent) {
    const AwaitLine& above = t.lines[at];
    if (above.last || above.depth == 0 || above.depth > kDeepest) continue;
    const float pass = column(t, above.depth - 1) + p.s(7);
    p.line({pass, at == index ? cy : r.y}, {pass, r.bottom()}, color, p.s(1.6F));
  }
}

void draw_background(Tree& t, const Rect& r, const AwaitLine& line) {
  Paint& p = t.paint;
  const Theme& theme = p.theme();
  const Selection what{Selection::Kind::task, line.task.value};
  const bool over = t.pointer.over(r) && t.pointer.over(t.body);
  if (over) {
    if (t.view.hovered != what) t.view.hovered_since = t.frame.clock;
    t.view.next_hovered = what;
    if (t.pointer.clicked) t.commands.push_back(command::Select{what});
  }
  const Rect inner{r.x + p.s(1), r.y, r.w - p.s(2), r.h};
  if (line.kind != AwaitLine::Kind::task) {
    if (over) p.rect(inner, theme.hover);
    return;
  }
  if (t.view.selection == what) {
    p.rect(inner, theme.selection.with_alpha(.75F));
    p.rect({inner.x, inner.y, p.s(3), inner.h}, theme[Hue::ready].fill);
  } else if (t.view.hovered == what) {
    p.rect(inner, theme.hover);
  }
}

void draw_task(Tree& t, const Rect& r, const AwaitLine& line, const traces::TaskState& task) {
  Paint& p = t.paint;
  const float x = column(t, line.depth), cy = r.center().y, right = r.right() - p.s(kPad);
  const std::string name = fit_badge(p, traces::task_badge(t.frame.store, t.frame.state, line.task),
                                     std::max(p.s(30), (right - x) * .5F));
  const float w = p.badge(x, cy, name);
  if (line.repeated) {
    p.text(
        x + w + p.s(8), cy + p.s(4.4F), "stands above: a circle",
        {12, Face::regular, p.theme()[Hue::fail].text, Align::left, std::max(1.0F, right - x - w - p.s(8))});
    return;
  }
  p.state_tag(x + w + p.s(8), cy, hue_of(task.phase), traces::state_word(task));
}

void draw_frame(Tree& t, const Rect& r, const AwaitLine& line, const AwaitText& text) {
  Paint& p = t.paint;
  const Theme& theme = p.theme();
  const float x = column(t, line.depth) + p.s(5), base = r.center().y + p.s(4.4F);
  float right = r.right() - p.s(kPad);
  if (text.line != 0)
    right -= p.text(right, base, fmt::format("{}", text.line), {12, Face::mono, theme.faint, Align::right}) +
             p.s(8);
  const float used = p.text(x, base, text.title,
                            {12, Face::mono_semibold, theme.text, Align::left, std::max(1.0F, right - x)});
  if (right - x - used > p.s(50))
    p.text(x + used + p.s(10), base, text.detail,
           {12, Face::mono, theme.dim, Align::left, right - x - used - p.s(10)});
}

void draw_wait(Tree& t, const Rect& r, const AwaitLine& line, const AwaitText& text,
               const traces::TaskState& task) {
  Paint& p = t.paint;
  const Theme& theme = p.theme();
  const Hue hue = hue_of(task.phase);
  const float x = column(t, line.depth), cy = r.center().y, base = cy + p.s(4.4F);
  p.glyph(glyph_of(hue), {x + p.s(10), cy}, p.s(4.6F), theme[hue].text);
  const float begin = x + p.s(22), right = r.right() - p.s(kPad);
  const float used = p.text(begin, base, text.title,
                            {13, Face::semibold, theme.text, Align::left, std::max(1.0F, right - begin)});
  if (right - begin - used > p.s(40))
    p.text(begin + used + p.s(8), base, text.detail,
           {12, Face::regular, theme.dim, Align::left, right - begin - used - p.s(8)});
}

void draw_line(Tree& t, std::size_t index, const Rect& r) {
  const AwaitLine& line = t.lines[index];
  const traces::TaskState* task = t.frame.state.task(line.task);
  if (!task) return;
  draw_background(t, r, line);
  draw_elbows(t, index, r);
  if (line.kind == AwaitLine::Kind::task) return draw_task(t, r, line, *task);
  const AwaitText text = traces::await_text(t.frame.store, t.frame.state, line);
  if (line.kind == AwaitLine::Kind::frame)
    draw_frame(t, r, line, text);
  else
    draw_wait(t, r, line, text, *task);
}

/// The task that "why" is about comes into sight when it changes.
void follow(Tree& t, float row, AwaitView& await) {
  const TaskId task = answers(t.view).why_task(t.frame, t.view);
  if (await.follows == task && await.follows_at == t.frame.cursor) return;
  await.follows = task;
  await.follows_at = t.frame.cursor;
  const auto at = std::find_if(t.lines.begin(), t.lines.end(), [&](const AwaitLine& l) {
    return l.kind == AwaitLine::Kind::task && l.task == task;
  });
  if (at == t.lines.end()) return;
  const float top = row * static_cast<float>(at - t.lines.begin());
  if (top < await.scroll) await.scroll = top;
  if (top + 3 * row > await.scroll + t.body.h) await.scroll = top + 3 * row - t.body.h;
}

}  // namespace

Commands draw_await_tree(const FrameView& frame, ViewState& view, Paint& paint, const Rect& body) {
  Commands commands;
  const std::vector<AwaitLine>& lines = answers(view).await(frame);
  const Pointer pointer = read_pointer(view.help_open);
  if (lines.empty()) {
    paint.paragraph(body.x + paint.s(kPad), body.y + paint.s(26), body.w - paint.s(2 * kPad),
                    frame.state.tasks.empty() ? "No task yet: tasks stand here with what they await."
                                              : "No task is left: all have ended.",
                    {13, Face::regular, paint.theme().faint}, paint.s(19));
    return commands;
  }
  const Rect room{body.x, body.y + paint.s(4), body.w, std::max(1.0F, body.h - paint.s(6))};
  Tree tree{frame, view, paint, pointer, commands, lines, room};
  const float row = paint.s(kRow), content = row * static_cast<float>(lines.size());
  AwaitView& await = view.await;
  if (pointer.over(room) && !pointer.ctrl) await.scroll -= pointer.wheel * row * 2;
  follow(tree, row, await);
  const auto focus = take_focus(view.focus, FocusStop::awaits, lines.size(), 0);
  if (focus && focus->moved) {
    const float top = row * static_cast<float>(focus->row);
    await.scroll = std::clamp(await.scroll, top + row - room.h, top);
  }
  if (focus && focus->enter)
    commands.push_back(command::Select{{Selection::Kind::task, lines[focus->row].task.value}});
  await.scroll = std::round(clamp_scroll(await.scroll, lines.size(), row, room.h));
  const auto [first, last] = visible_rows(lines.size(), row, room.h, await.scroll);
  paint.push_clip(room);
  for (std::size_t i = first; i < last; ++i)
    draw_line(tree, i, {room.x, room.y + row * static_cast<float>(i) - await.scroll, room.w, row});
  if (focus)
    draw_row_focus(paint,
                   {room.x, room.y + row * static_cast<float>(focus->row) - await.scroll, room.w, row});
  paint.pop_clip();
  draw_scroll_bar(paint, room, content, await.scroll);
  return commands;
}

}  // namespace loopscope::viz

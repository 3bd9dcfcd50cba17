// Why a task does not run: the chain from it to whom or what it waits for in the end.
#include <cmath>
#include <fmt/format.h>

#include "viz/model/answers.h"
#include "viz/model/wrap.h"
#include "viz/panels/fit.h"
#include "viz/panels/side_panels.h"

namespace loopscope::viz {
namespace {

using traces::WhyChain;
using traces::WhyNode;

constexpr float kPitch = 42, kPad = 16, kFoot = 36;

Glyph glyph_of_node(const WhyNode& node) {
  switch (node.kind) {
    case WhyNode::Kind::timer:
      return Glyph::timer;
    case WhyNode::Kind::fd:
      return Glyph::io;
    case WhyNode::Kind::job:
    case WhyNode::Kind::thread:
      return Glyph::job;
    case WhyNode::Kind::loop:
      return Glyph::step;
    case WhyNode::Kind::queue:
      return Glyph::ready;
    case WhyNode::Kind::signal:
      return Glyph::signal;
    case WhyNode::Kind::nobody:
      return Glyph::fail;
    case WhyNode::Kind::cycle:
      return Glyph::cancel;
    default:
      return glyph_of(hue_of(node.phase));
  }
}

struct Place {
  const FrameView& frame;
  ViewState& view;
  Paint& paint;
  const Pointer& pointer;
  Commands& commands;
  bool short_rows = false;  ///< title and detail on one line
  bool ended = false;       ///< the task has: how it did takes all the room
  float pitch = 0;
};

/// The node's mark: the task's badge for the first, a shape in a ring for the rest.
void draw_mark(Place& p, const WhyNode& node, Vec2 at, bool first) {
  Paint& paint = p.paint;
  const HueColors& hue = paint.theme()[hue_of(node.phase)];
  paint.circle(at, paint.s(10), paint.theme().panel);
  if (first && node.task) {
    const std::string name = traces::task_badge(p.frame.store, p.frame.state, node.task);
    const float w = paint.badge_width(name, 20);
    if (w <= paint.s(24)) {
      paint.badge(at.x - w / 2, at.y, name, 20);
      return;
    }
  }
  paint.ring(at, paint.s(9.2F), hue.fill, paint.s(1.6F));
  paint.glyph(glyph_of_node(node), at, paint.s(4.2F), hue.text);
}

/// "Task shutdown_default_executor", or where that is too long the name of its badge.
std::string title_of(const Place& p, const WhyNode& node, const TextStyle& style) {
  if (!node.task || p.paint.width(node.title, style) <= style.max_width || !node.title.starts_with("Task "))
    return node.title;
  const std::string badge = traces::task_badge(p.frame.store, p.frame.state, node.task);
  return badge.find("…") == std::string::npos ? "Task " + badge : node.title;
}

/// "stopped at line 5, await asyncio.sleep(delay)": where it is too long the line's text says enough, or
/// the line; of "due 3.000 s, in the heap" the first half. Empty when that is too long too.
std::string_view detail_of(const Paint& paint, std::string_view detail, const TextStyle& style) {
  constexpr std::string_view kStopped = "stopped at ";
  const std::string_view rest = detail.starts_with(kStopped) ? detail.substr(kStopped.size()) : detail;
  const std::string_view half = rest.substr(0, std::min(rest.find(", "), rest.find(" or ")));
  return first_fitting(paint, {detail, rest, half}, style, style.max_width);
}

/// How a task ended, in as many rows as there is room for; returns where they end.
float draw_end(Place& p, const WhyNode& node, const Rect& row, float room_below) {
  const traces::TaskState* task = p.frame.state.task(node.task);
  Paint& paint = p.paint;
  const float x = row.x + paint.s(kPad + 36), base = row.y + paint.s(30);
  const float room = row.right() - paint.s(kPad) - x, pitch = paint.s(16);
  const TextStyle style{12, Face::mono, paint.theme().dim, Align::left, room};
  const float column = paint.width("0123456789", style) / 10;
  const std::string said =
      task ? traces::state_word(*task) + (task->result.empty() ? "" : ": " + task->result) : node.detail;
  const auto most = static_cast<std::size_t>(std::max(1.0F, room_below / pitch));
  float y = base;
  for (const WrapPiece& piece : wrap_columns(said, static_cast<std::size_t>(room / column), 0, most)) {
    paint.text(x, y, std::string_view(said).substr(piece.begin, piece.end - piece.begin), style);
    y += pitch;
  }
  return y;
}

void draw_node(Place& p, const WhyNode& node, const Rect& row, bool first, bool last) {
  Paint& paint = p.paint;
  const Theme& theme = paint.theme();
  const Vec2 at{row.x + paint.s(kPad + 10), row.y + paint.s(14)};
  if (p.pointer.over(row)) {
    paint.rect({row.x + paint.s(4), row.y - paint.s(2), row.w - paint.s(8), row.h - paint.s(2)}, theme.hover,
               paint.s(6));
    if (node.task) p.view.next_hovered = {Selection::Kind::task, node.task.value};
    if (p.pointer.clicked && node.task)
      p.commands.push_back(command::Select{{Selection::Kind::task, node.task.value}});
    else if (p.pointer.clicked && node.fd)
      p.commands.push_back(command::Select{{Selection::Kind::fd, *node.fd}});
    if (p.pointer.double_clicked && node.at) p.commands.push_back(command::Seek{*node.at});
  }
  if (!last) {
    const float foot = row.y + p.pitch + paint.s(3);
    paint.line({at.x, at.y + paint.s(10)}, {at.x, foot - paint.s(5)}, theme.strong, paint.s(1.6F));
    paint.arrow_head({at.x, foot}, 1.5708F, paint.s(4.5F), theme.strong);
  }
  draw_mark(p, node, at, first);
  const float x = row.x + paint.s(kPad + 36), room = row.right() - paint.s(12) - x;
  const std::string whole = with_grouped_numbers(node.detail);
  if (p.short_rows) {
    const TextStyle title{13, Face::regular, theme.text, Align::left, room};
    const float used = paint.text(x, row.y + paint.s(18), title_of(p, node, title), title);
    const TextStyle detail{12, Face::regular, theme.faint, Align::left, room - used - paint.s(8)};
    if (room - used > paint.s(40))
      paint.text(x + used + paint.s(8), row.y + paint.s(18), detail_of(paint, whole, detail), detail);
    return;
  }
  const TextStyle title{14, Face::semibold, theme.text, Align::left, room};
  const TextStyle detail{12, Face::regular, theme.dim, Align::left, room};
  paint.text(x, row.y + paint.s(13), title_of(p, node, title), title);
  if (p.ended) return;  // draw_end() tells how
  const std::string_view brief = detail_of(paint, whole, detail);
  paint.text(x, row.y + paint.s(30), brief.empty() ? std::string_view(whole) : brief, detail);
}

void draw_answer(Place& p, const WhyChain& why, const Rect& foot) {
  Paint& paint = p.paint;
  const Theme& theme = paint.theme();
  const float base = foot.y + paint.s(21);
  float room = foot.w - paint.s(2 * kPad);
  if (why.free_at) {
    const TextStyle link{12, Face::mono, theme[Hue::ready].text, Align::right};
    const std::string_view words = "go there ]";
    const float w = paint.width(words, link);
    const Rect r{foot.right() - paint.s(kPad) - w - paint.s(4), foot.y, w + paint.s(8), foot.h};
    if (p.pointer.over(r)) paint.rect({r.x, r.y + paint.s(6), r.w, paint.s(22)}, theme.hover, paint.s(4));
    if (p.pointer.over(r) && p.pointer.clicked) p.commands.push_back(command::Seek{*why.free_at});
    paint.text(foot.right() - paint.s(kPad), base, words, link);
    room -= w + paint.s(12);
  }
  const bool bad = why.end == WhyChain::End::cycle || why.end == WhyChain::End::nobody;
  TextStyle style{13, Face::semibold, bad ? theme[Hue::fail].text : theme.text};
  // "Free again in 1.000 s, at event 90.": the place goes first where there is no room.
  const std::string answer = with_grouped_numbers(why.answer), brief = answer.substr(0, answer.find(','));
  const std::string& said = paint.width(answer, style) <= room ? answer : brief;
  style.max_width = room;
  paint.text(foot.x + paint.s(kPad), base, said, style);
}

/// The rows of a chain that fit: where they do not, futures go first, which say least, then
/// what stands before the last two.
std::vector<std::size_t> shown_nodes(const std::vector<WhyNode>& nodes, std::size_t room) {
  std::vector<std::size_t> rows;
  room = std::max<std::size_t>(room, 1);
  std::size_t over = nodes.size() > room ? nodes.size() - room : 0;
  for (std::size_t k = 0; k < nodes.size(); ++k) {
    if (over > 0 && nodes[k].kind == WhyNode::Kind::future)
      --over;
    else
      rows.push_back(k);
  }
  const std::size_t keep = std::min<std::size_t>(2, room);
  while (rows.size() > room) rows.erase(rows.end() - static_cast<std::ptrdiff_t>(keep) - 1);
  return rows;
}

/// The keyboard walks over the nodes and goes to where they are.
void walk_nodes(Place& p, const WhyChain& why, const std::vector<std::size_t>& rows, const Rect& body) {
  const auto focus = take_focus(p.view.focus, FocusStop::why, rows.size(), 0);
  if (!focus) return;
  const WhyNode& node = why.nodes[rows[focus->row]];
  const float y = body.y + p.paint.s(6) + p.pitch * static_cast<float>(focus->row);
  draw_row_focus(p.paint, {body.x, y, body.w, p.pitch});
  if (focus->enter && node.at)
    p.commands.push_back(command::Seek{*node.at});
  else if (focus->enter && node.task)
    p.commands.push_back(command::Select{{Selection::Kind::task, node.task.value}});
}

}  // namespace

std::string why_title(const FrameView& frame, ViewState& view, const Paint& paint, float max) {
  const WhyChain& why = answers(view).why(frame, view);
  if (why.question.empty()) return "Why is it waiting?";
  std::string question = why.question;
  const traces::TaskState* task = frame.state.task(answers(view).why_task(frame, view));
  if (!task || paint.width(question, {14, Face::semibold}) <= max) return question;
  const std::string name = traces::task_title(frame.store, *task);
  if (const std::size_t at = question.find(name); at != std::string::npos)
    question.replace(at, name.size(), traces::task_badge(frame.store, frame.state, task->id));
  return question;
}

Commands draw_why(const FrameView& frame, ViewState& view, Paint& paint, const Rect& body) {
  Commands commands;
  const WhyChain& why = answers(view).why(frame, view);
  const Pointer pointer = read_pointer(view.help_open);
  if (why.nodes.empty()) {
    paint.paragraph(body.x + paint.s(kPad), body.y + paint.s(26), body.w - paint.s(2 * kPad),
                    "When there are tasks, this tells what one of them waits for, and who will wake it.",
                    {13, Face::regular, paint.theme().faint}, paint.s(19));
    return commands;
  }
  Place place{frame, view, paint, pointer, commands};
  const bool foot = body.h > paint.s(34 + kFoot);
  const float room = body.h - (foot ? paint.s(kFoot) : 0) - paint.s(8);
  place.short_rows = room < paint.s(34) * static_cast<float>(why.nodes.size());
  place.ended = why.end == WhyChain::End::done && why.nodes.size() == 1 && !place.short_rows;
  const float least = paint.s(place.short_rows ? 25 : 34);
  const auto rows =
      shown_nodes(why.nodes, static_cast<std::size_t>(std::max(1.0F, std::floor(room / least))));
  const float pitch =
      std::min(paint.s(place.short_rows ? 30 : kPitch), room / static_cast<float>(rows.size()));
  place.pitch = pitch;
  paint.push_clip(body);
  float y = body.y + paint.s(8);
  for (std::size_t k = 0; k < rows.size(); ++k, y += pitch)
    draw_node(place, why.nodes[rows[k]], {body.x, y, body.w, pitch}, k == 0, k + 1 == rows.size());
  if (place.ended) {
    const float used =
        draw_end(place, why.nodes.front(), {body.x, body.y + paint.s(8), body.w, pitch}, room - paint.s(24));
    y = std::max(y, used);
  }
  walk_nodes(place, why, rows, body);
  if (foot)
    draw_answer(place, why, {body.x, std::min(y, body.bottom() - paint.s(kFoot)), body.w, paint.s(kFoot)});
  paint.pop_clip();
  return commands;
}

Commands draw_why_panel(const FrameView& frame, ViewState& view, Paint& paint) {
  const Rect& r = frame.layout.why;
  if (r.empty()) return {};
  const Rect body = paint.panel(r, "");
  const bool tree = view.await.shown;
  // The other of the two answers is one click away.
  const Theme& theme = paint.theme();
  const Pointer pointer = read_pointer(view.help_open);
  const TextStyle link{12, Face::mono, theme[Hue::ready].text, Align::right};
  const std::string_view words = tree ? "why" : "await tree";
  const float right = r.right() - paint.s(kPad), w = paint.width(words, link);
  const Rect button{right - w - paint.s(6), r.y + paint.s(7), w + paint.s(12), paint.s(22)};
  if (pointer.over(button)) paint.rect(button, theme.hover, paint.s(4));
  paint.text(right, r.y + paint.s(23), words, link);
  const float room = button.x - r.x - paint.s(24);
  paint.text(r.x + paint.s(14), r.y + paint.s(23),
             tree ? "Who awaits what" : why_title(frame, view, paint, room),
             {14, Face::semibold, theme.text, Align::left, room});
  Commands commands = tree ? draw_await_tree(frame, view, paint, body) : draw_why(frame, view, paint, body);
  if (pointer.over(button) && pointer.clicked) commands.push_back(command::ToggleAwaitTree{});
  return commands;
}

}  // namespace loopscope::viz

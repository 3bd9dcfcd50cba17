// The title row of the loop's panel: which loop, what the colours mean, the lesson.
#include <array>
#include <fmt/format.h>

#include "viz/model/command_table.h"
#include "viz/panels/loop_scene.h"

namespace loopscope::viz {
namespace {

using traces::OneLoopState;

std::string thread_name(const FrameView& frame, ThreadId id) {
  for (const traces::ThreadState& t : frame.state.threads)
    if (t.id == id && t.name) return std::string(frame.store.label(t.name));
  return id.value == 1 ? "MainThread" : fmt::format("thread {}", id.value);
}

std::string subtitle(const FrameView& frame, const OneLoopState& loop) {
  const std::string thread = thread_name(frame, loop.thread);
  const std::string_view model = frame.store.label(loop.model);
  return fmt::format("{} · {} · {}", thread, model.empty() ? "asyncio" : model,
                     loop.closed    ? "closed"
                     : loop.running ? "running"
                                    : "idle");
}

float legend_item(Paint& paint, float right, float baseline, Hue hue, std::string_view word) {
  const TextStyle style{12, Face::regular, paint.theme().dim};
  const float w = paint.width(word, style);
  paint.text(right - w, baseline, word, style);
  paint.glyph(glyph_of(hue), {right - w - paint.s(11), baseline - paint.s(4.5F)}, paint.s(4.4F),
              paint.theme()[hue].fill);
  return right - w - paint.s(30);
}

void legend(const FrameView& frame, Paint& paint, const Rect& panel) {
  if (frame.layout.small || panel.w < paint.s(700)) return;
  constexpr std::array<std::pair<Hue, std::string_view>, 5> kItems{{{Hue::wait, "waits"},
                                                                    {Hue::io, "I/O"},
                                                                    {Hue::timer, "timer"},
                                                                    {Hue::ready, "ready"},
                                                                    {Hue::run, "running"}}};
  float right = panel.right() - paint.s(14);
  for (const auto& [hue, word] : kItems) right = legend_item(paint, right, panel.y + paint.s(23), hue, word);
}

/// Several loops, one click apart; the one that is shown again: back to the cursor's.
void loop_tabs(const FrameView& frame, const ViewState& view, Paint& paint, const Rect& panel,
               const OneLoopState* shown, Commands& commands) {
  const Theme& t = paint.theme();
  const Pointer pointer = read_pointer(view.help_open);
  float x = panel.x + paint.s(14) + paint.width("The loop", {14, Face::semibold}) + paint.s(14);
  for (const OneLoopState& loop : frame.state.loops) {
    const bool on = shown && loop.id == shown->id;
    const std::string name = fmt::format("{} · {}", loop.id.value, thread_name(frame, loop.thread));
    const TextStyle style{13, Face::semibold, on ? t.text : t.dim, Align::center};
    const Rect tab{x, panel.y + paint.s(6), paint.width(name, style) + paint.s(24), paint.s(24)};
    if (tab.right() > panel.right() - paint.s(120)) break;  // the rest by clicking their lanes' events
    const bool over = pointer.over(tab);
    paint.box(tab,
              on     ? t.selection
              : over ? t.hover
                     : t.raised,
              on ? t[Hue::ready].fill : t.line, paint.s(6));
    if (loop.running) paint.circle({tab.x + paint.s(9), tab.center().y}, paint.s(2.5F), t[Hue::run].fill);
    paint.text(tab.center().x + paint.s(3), tab.center().y + paint.s(4.6F), name, style);
    if (over && pointer.clicked)
      commands.push_back(command::ShowLoop{on && view.loop_shown == loop.id ? LoopId{} : loop.id});
    x = tab.right() + paint.s(6);
  }
  if (!shown) return;
  const std::string_view state = shown->closed ? "closed" : shown->running ? "running" : "idle";
  const std::string_view how = view.loop_shown ? "pinned · " : "";
  paint.text(panel.right() - paint.s(14), panel.y + paint.s(23), fmt::format("{}{}", how, state),
             {12, Face::regular, t.faint, Align::right});
}

/// "Lesson": begins the tour that the scenario has.
void offer_lesson(const FrameView& frame, ViewState& view, Paint& paint, const Rect& panel,
                  std::string_view sub, Commands& commands) {
  if (view.lesson_stops == 0 || view.teaching.on() || !frame.finished) return;
  const float used = paint.width("The loop", {14, Face::semibold}) + paint.width(sub, {13, Face::regular});
  const Rect button{panel.x + paint.s(14 + 10 + 14) + used, panel.y + paint.s(6), paint.s(78), paint.s(24)};
  if (button.right() > panel.right() - paint.s(panel.w < paint.s(700) ? 14 : 330)) return;
  const Pointer pointer = read_pointer(view.help_open);
  const Theme& t = paint.theme();
  const bool over = pointer.over(button);
  paint.box(button, over ? t.hover : t.selection, t[Hue::ready].fill, paint.s(6));
  paint.text(button.center().x, button.center().y + paint.s(4.6F), "Lesson C",
             {13, Face::semibold, t.text, Align::center});
  if (over) offer_hint(view, button, "A tour with questions", key_of("Lesson"));
  if (over && pointer.clicked) commands.push_back(command::Teach{command::Teach::What::lesson});
}

}  // namespace

void draw_loop_title(const FrameView& frame, ViewState& view, Paint& paint, const OneLoopState* loop,
                     Commands& commands) {
  const Rect& panel = frame.layout.loop;
  const bool tabs = frame.state.loops.size() > 1;
  const bool ever = loop || frame.store.next_of({EventKind::loop_created}, 0);
  const std::string sub = tabs   ? ""
                          : loop ? subtitle(frame, *loop)
                          : ever ? "not made yet"
                                 : "none in this program";
  paint.panel(panel, "The loop", sub);
  if (tabs) return loop_tabs(frame, view, paint, panel, loop, commands);
  legend(frame, paint, panel);
  offer_lesson(frame, view, paint, panel, sub, commands);
}

}  // namespace loopscope::viz

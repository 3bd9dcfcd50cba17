// The title row of the loop's panel: which loop, what the colours mean, the lesson.
#include <array>
#include <fmt/format.h>

#include "viz/model/command_table.h"
#include "viz/model/tab_window.h"
#include "viz/panels/loop_scene.h"

namespace loopscope::viz {
namespace {

using traces::OneLoopState;

constexpr float kTabGap = 6;

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

/// One loop's tab.
struct LoopTab {
  const OneLoopState* loop;
  std::string whole, label;
  float w;
};

/// The tabs' labels: where not all fit, only the shown loop's has its thread's name.
std::vector<LoopTab> make_tabs(const FrameView& frame, const Paint& paint, const OneLoopState* shown,
                               float room) {
  const TextStyle style{13, Face::semibold};
  std::vector<LoopTab> tabs;
  float all = 0;
  for (const OneLoopState& loop : frame.state.loops) {
    const std::string name = fmt::format("{} · {}", loop.id.value, thread_name(frame, loop.thread));
    tabs.push_back({&loop, name, name, paint.width(name, style) + paint.s(24)});
    all += tabs.back().w + paint.s(kTabGap);
  }
  if (all <= room) return tabs;
  for (LoopTab& tab : tabs) {
    if (shown && tab.loop->id == shown->id) continue;
    tab.label = fmt::format("{}", tab.loop->id.value);
    tab.w = paint.width(tab.label, style) + paint.s(24);
  }
  return tabs;
}

void draw_tab(const LoopTab& tab, bool on, const Rect& r, ViewState& view, Paint& paint,
              const Pointer& pointer, Commands& commands) {
  const Theme& t = paint.theme();
  const bool over = pointer.over(r);
  const TextStyle style{13, Face::semibold, on ? t.text : t.dim, Align::center};
  paint.box(r, on ? t.selection : over ? t.hover : t.raised, on ? t[Hue::ready].fill : t.line, paint.s(6));
  const bool runs = tab.loop->running;
  if (runs) paint.circle({r.x + paint.s(8), r.center().y}, paint.s(2.5F), t[Hue::run].fill);
  paint.text(r.center().x + (runs ? paint.s(3) : 0), r.center().y + paint.s(4.6F), tab.label, style);
  if (!over) return;
  if (tab.label != tab.whole) offer_hint(view, r, tab.whole, key_of("Show another loop"));
  if (pointer.clicked)
    commands.push_back(command::ShowLoop{on && view.loop_shown == tab.loop->id ? LoopId{} : tab.loop->id});
}

/// "‹" or "›" in the place of the tabs that are hidden at an end; shows the next of them.
void draw_more(const LoopTab& next, bool right, std::size_t hidden, const Rect& r, ViewState& view,
               Paint& paint, const Pointer& pointer, Commands& commands) {
  const Theme& t = paint.theme();
  const bool over = pointer.over(r);
  paint.box(r, over ? t.hover : t.raised, t.line, paint.s(6));
  paint.chevron(r.center(), right, paint.s(4), t.dim);
  if (!over) return;
  offer_hint(view, r, fmt::format("{} more", grouped(hidden)), key_of("Show another loop"));
  if (pointer.clicked) commands.push_back(command::ShowLoop{next.loop->id});
}

/// Several loops, one click apart; the one that is shown again: back to the cursor's.
void loop_tabs(const FrameView& frame, ViewState& view, Paint& paint, const Rect& panel,
               const OneLoopState* shown, Commands& commands) {
  const Theme& t = paint.theme();
  const Pointer pointer = read_pointer(view.help_open);
  std::string state;
  if (shown)
    state = fmt::format("{}{}", view.loop_shown ? "pinned · " : "",
                        shown->closed    ? "closed"
                        : shown->running ? "running"
                                         : "idle");
  const TextStyle side{12, Face::regular, t.faint, Align::right};
  const float right = panel.right() - paint.s(14);
  paint.text(right, panel.y + paint.s(23), state, side);
  float x = panel.x + paint.s(14) + paint.width("The loop", {14, Face::semibold}) + paint.s(14);
  // Room for the longest state, so that the tabs stay where they are.
  const float room = right - paint.width("pinned · running", side) - paint.s(10) - x;
  const std::vector<LoopTab> tabs = make_tabs(frame, paint, shown, room);
  std::vector<float> widths;
  std::size_t on = 0;
  for (const LoopTab& tab : tabs) {
    if (shown && tab.loop->id == shown->id) on = widths.size();
    widths.push_back(tab.w);
  }
  const float gap = paint.s(kTabGap), arrow = paint.s(24);
  const TabWindow seen = tab_window(widths, gap, arrow, room, on);
  const auto place = [&](float w) {
    const Rect r{x, panel.y + paint.s(6), w, paint.s(24)};
    x = r.right() + gap;
    return r;
  };
  if (seen.first > 0)
    draw_more(tabs[seen.first - 1], false, seen.first, place(arrow), view, paint, pointer, commands);
  for (std::size_t k = seen.first; k < seen.last; ++k)
    draw_tab(tabs[k], shown && k == on, place(tabs[k].w), view, paint, pointer, commands);
  if (seen.last < tabs.size())
    draw_more(tabs[seen.last], true, tabs.size() - seen.last, place(arrow), view, paint, pointer, commands);
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

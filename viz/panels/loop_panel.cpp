// The loop as a machine: the ring of phases and the four structures around it.
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <imgui.h>

#include "core/trace/event_reader.h"
#include "core/trace/event_schema.h"
#include "viz/model/playback.h"
#include "viz/panels/loop_scene.h"
#include "viz/panels/teaching_panels.h"

namespace loopscope::viz {
namespace {

using traces::LoopState;
using traces::OneLoopState;

std::string_view why_queued(Cause cause) {
  switch (cause) {
    case Cause::call_soon:
      return "queued by call_soon";
    case Cause::threadsafe:
      return "queued from another thread";
    case Cause::timer:
      return "queued because its time came";
    case Cause::io:
      return "queued because its fd is ready";
    case Cause::signal:
      return "queued by a signal";
    case Cause::task_step:
      return "queued to take a task's first or next step";
    case Cause::task_wakeup:
      return "queued to wake a task";
    case Cause::future_callback:
      return "queued because a future is done";
  }
  return {};
}

void draw_tip(LoopScene& scene) {
  constexpr double kDelay = 0.3;
  if (!scene.tip || scene.tip->lines.empty() || scene.frame.clock - scene.view.hovered_since < kDelay) return;
  Paint& p = scene.paint;
  const Theme& t = p.theme();
  const float pad = p.s(10), line = p.s(19), most = std::min(p.s(420), scene.panel.w - p.s(24));
  float w = 0;
  const auto style = [&](std::size_t i) {
    return TextStyle{i == 0 ? 14.0F : 12.0F, i == 0 ? Face::semibold : Face::regular, i == 0 ? t.text : t.dim,
                     Align::left, most - 2 * pad};
  };
  for (std::size_t i = 0; i < scene.tip->lines.size(); ++i)
    w = std::max(w, std::min(p.width(scene.tip->lines[i], style(i)) + 1, most - 2 * pad));
  const float h = line * static_cast<float>(scene.tip->lines.size()) + 2 * pad - p.s(4);
  Rect r{scene.tip->at.x, scene.tip->at.y - h - p.s(8), w + 2 * pad, h};
  if (r.y < scene.panel.y + p.s(4)) r.y = scene.tip->at.bottom() + p.s(8);
  r.y = std::clamp(r.y, scene.panel.y, std::max(scene.panel.y, scene.panel.bottom() - h - p.s(4)));
  r.x = std::clamp(r.x, scene.panel.x + p.s(4),
                   std::max(scene.panel.x + p.s(4), scene.panel.right() - r.w - p.s(4)));
  p.rect(r, t.raised, p.s(6), {t.strong, p.s(1)});
  for (std::size_t i = 0; i < scene.tip->lines.size(); ++i)
    p.text(r.x + pad, r.y + pad + p.s(12) + line * static_cast<float>(i), scene.tip->lines[i], style(i));
}

/// The keyboard's way through what stands left, then right, then in the queue.
void draw_places_focus(LoopScene& scene) {
  auto& places = scene.places;
  const auto key = [&](const LoopPlace& p) {
    const float below = std::floor((p.at.y - scene.panel.y) / scene.s(40));
    return std::pair(p.at.y < scene.layout.queue_title_y
                         ? std::pair(p.at.x < scene.layout.center.x ? 0.0F : 1.0F, below)
                         : std::pair(2.0F, 0.0F),
                     p.at.x);
  };
  std::stable_sort(places.begin(), places.end(),
                   [&](const LoopPlace& a, const LoopPlace& b) { return key(a) < key(b); });
  const auto focus = take_focus(scene.view.focus, FocusStop::loop, places.size(), 0);
  if (!focus) return;
  const LoopPlace& place = places[focus->row];
  const float out = scene.s(3);
  scene.paint.rect({place.at.x - out, place.at.y - out, place.at.w + 2 * out, place.at.h + 2 * out}, {0, 0},
                   scene.s(10), {scene.paint.theme().focus, scene.s(3)});
  if (focus->moved && scene.view.selection != place.what)
    scene.commands.push_back(command::Select{place.what});
  if (focus->enter && place.seek) scene.commands.push_back(command::Seek{*place.seek});
}

/// Which events move a chip, asked of the trace; at most eight a frame.
std::optional<MotionStep> moving_step(const FrameView& frame) {
  return motion_step(frame.transition, [&](EventIndex i) {
    if (i >= frame.size) return false;
    const EventKind kind = frame.store.event(i).kind;
    return kind == EventKind::handle_queued || kind == EventKind::handle_begin ||
           kind == EventKind::timer_scheduled;
  });
}

/// Before any loop exists: the machine at rest, and what is missing.
void draw_nothing_yet(const FrameView& frame, ViewState& view, Paint& paint, Commands& commands,
                      const Rect& panel) {
  OneLoopState none;
  const auto question = place_question(frame, view, paint);
  const Rect machine = question ? question->machine : panel;
  LoopScene scene{frame,   view,
                  paint,   commands,
                  panel,   layout_machine(machine, frame.layout.small, frame.scale),
                  none,    frame.store.event(frame.cursor),
                  {},      0,
                  nullptr, 1,
                  {},      {},
                  {}};
  draw_ring(scene);
  draw_selector_box(scene);
  draw_heap_box(scene);
  if (!question) draw_ready_queue(scene);
}

void draw_machine(const FrameView& frame, ViewState& view, Paint& paint, Commands& commands,
                  const Rect& panel, const OneLoopState& loop, const TraceEvent& event) {
  // A question takes the ready queue's place: its order is what is asked for.
  const auto question = place_question(frame, view, paint);
  const Rect machine = question ? question->machine : panel;
  LoopScene scene{frame,
                  view,
                  paint,
                  commands,
                  panel,
                  layout_machine(machine, frame.layout.small, frame.scale),
                  loop,
                  event,
                  touch_of(event),
                  static_cast<double>(frame.state.now) / 1e9,
                  nullptr,
                  1,
                  {},
                  {},
                  {}};
  // States of the other ends of the step; only read while something moves.
  std::optional<LoopState> other, step_before, step_after;
  const std::optional<MotionStep> step = moving_step(frame);
  const Transition& move = frame.transition;
  const EventIndex far = move.from > move.to ? move.from - move.to : move.to - move.from;
  if (move.moving() && far > 0 && far <= Motion::kLongestStep && move.from < frame.size) {
    scene.progress = ease_out_cubic(move.progress);
    const bool one = move.from + 1 == move.to;
    if (!one) other = frame.store.state_at(move.from);
    scene.from = (one ? frame.before : *other).loop(loop.id);
  }
  if (step && scene.from) {
    const bool last_of_step = !step->backwards && step->event == frame.cursor;
    if (!last_of_step) step_after = frame.store.state_at(step->event);
    if (!last_of_step) step_before = frame.store.state_at(step->event - 1);
    plan_flight(scene, *step, last_of_step ? frame.before : *step_before,
                last_of_step ? frame.state : *step_after);
  }
  if (!question) plan_limbo(scene);
  draw_ring(scene);
  if (goes_by_turns(loop)) {
    draw_turn_boxes(scene);
  } else {
    draw_selector_box(scene);
    draw_heap_box(scene);
  }
  if (!question) {
    draw_ready_queue(scene);
    draw_flight(scene);
  }
  draw_places_focus(scene);
  draw_tip(scene);
}

}  // namespace

Selection selection_of(const traces::QueuedHandle& handle) {
  if (handle.task) return {Selection::Kind::task, handle.task.value};
  if (handle.timer_task) return {Selection::Kind::task, handle.timer_task.value};
  return {Selection::Kind::handle, handle.handle.value};
}

traces::QueuedHandle as_handle(const traces::HeapTimer& timer) {
  traces::QueuedHandle handle;
  handle.handle = timer.handle;
  handle.label = timer.label;
  handle.cause = Cause::timer;
  handle.timer_task = timer.task;
  handle.when = timer.when;
  handle.cancelled = timer.cancelled;
  return handle;
}

Look react(LoopScene& scene, const Rect& r, const Selection& what, std::optional<EventIndex> seek,
           const std::function<std::vector<std::string>()>& tip) {
  const ImGuiIO& io = ImGui::GetIO();
  const bool over = r.contains({io.MousePos.x, io.MousePos.y});
  if (scene.view.focus.stop == FocusStop::loop) scene.places.push_back({r, what, seek});
  if (over) {
    if (scene.view.hovered != what) scene.view.hovered_since = scene.frame.clock;
    scene.view.next_hovered = what;
    scene.tip = LoopTip{what, r, tip()};
    if (io.MouseDoubleClicked[0] && seek)
      scene.commands.push_back(command::Seek{*seek});
    else if (io.MouseClicked[0])
      scene.commands.push_back(command::Select{what});
  }
  const bool same = what.kind != Selection::Kind::none;
  return {over || (same && scene.view.hovered == what), same && scene.view.selection == what};
}

std::vector<std::string> handle_tip(const LoopScene& scene, const traces::QueuedHandle& h) {
  const traces::TraceStore& store = scene.frame.store;
  const auto task_name = [&](TaskId id) {
    const traces::TaskState* task = scene.state().task(id);
    return task ? traces::task_title(store, *task) : fmt::format("task {}", id.value);
  };
  std::vector<std::string> lines{std::string(store.label(h.label))};
  if (lines[0].empty()) lines[0] = fmt::format("handle #{}", h.handle.value);
  std::string ids = fmt::format("handle #{}", h.handle.value);
  if (h.task)
    ids += fmt::format(" · task {} ({})", h.task.value, task_name(h.task));
  else if (h.timer_task)
    ids += fmt::format(" · task {} ({}) sleeps on it", h.timer_task.value, task_name(h.timer_task));
  lines.push_back(ids);
  if (h.cause == Cause::timer) lines.push_back("due at " + traces::format_seconds(h.when));
  if (h.queued_at != 0) {
    std::string why(why_queued(h.cause));
    if (h.of_task)
      why += ": " + task_name(h.of_task) + " is done";
    else if (h.future)
      why += fmt::format(": future {}", h.future.value);
    lines.push_back(why + fmt::format(", event {}", grouped(h.queued_at + 1)));
  }
  if (h.cancelled) lines.push_back("cancelled: it will be skipped");
  return lines;
}

void box_row(Paint& paint, const Rect& box, float baseline, std::initializer_list<std::string_view> labels,
             std::string_view value, Color value_color, bool mono) {
  const float pad = paint.s(12), room = box.w - 2 * pad;
  const TextStyle value_style{13, mono ? Face::mono_semibold : Face::semibold, value_color, Align::right,
                              room};
  const TextStyle label_style{12, Face::regular, paint.theme().faint};
  const float used = paint.text(box.right() - pad, baseline, value, value_style);
  const std::string_view label = first_fitting(paint, labels, label_style, room - used - paint.s(6));
  if (!label.empty()) paint.text(box.x + pad, baseline, label, label_style);
}

void box_frame(Paint& paint, const Rect& box, const BoxTitle& title, std::optional<Hue> lit) {
  const Theme& t = paint.theme();
  paint.box(box, t.bg, lit ? t[*lit].fill : t.line, paint.s(8));
  const float pad = paint.s(12), room = box.w - 2 * pad - paint.s(8);
  const TextStyle name{15, Face::semibold, t.text}, aside{12, Face::mono, t.faint, Align::right};
  BoxTitle shown{title.short_text, {}, {}, {}};
  for (const std::string_view text : {title.short_text, title.text})
    for (const std::string_view right : {title.short_right, title.right})
      if (paint.width(text, name) + paint.width(right, aside) <= room) shown.text = text, shown.right = right;
  paint.text(box.x + pad, box.y + paint.s(24), shown.text, name);
  paint.text(box.right() - pad, box.y + paint.s(24), shown.right, aside);
  const float y = std::round(box.y + paint.s(36)) - 0.5F;
  paint.line({box.x + pad, y}, {box.right() - pad, y}, t.line);
}

std::string short_seconds(double seconds) {
  if (seconds <= 0) return "0 s";
  if (seconds < 0.0995) return fmt::format("{:.3g} ms", seconds * 1e3);
  if (seconds < 99.95) return fmt::format("{:.1f} s", seconds);
  if (seconds < 5999.5) return fmt::format("{:.0f} s", seconds);
  if (seconds < 360000) return fmt::format("{:.0f} min", seconds / 60);
  return fmt::format("{:.2g} h", seconds / 3600);
}

std::string short_when(double when, int digits) {
  // Rounded to "0.1", a child of the heap could seem to be due before its parent.
  if (digits == 2 && when > 0 && when < 1)
    if (std::string text = fmt::format("{:.2f}", when); text.starts_with('0')) return text.substr(1);
  for (int decimals = std::max(0, digits - 1); decimals > 0; --decimals)
    if (std::string text = fmt::format("{:.{}f}", when, decimals);
        static_cast<int>(text.size()) <= digits + 1)
      return text;
  std::string text = fmt::format("{:.0f}", when);
  return static_cast<int>(text.size()) <= digits + 1 ? text
                                                     : fmt::format("{:.{}g}", when, std::max(1, digits - 4));
}

Commands draw_loop_panel(const FrameView& frame, ViewState& view, Paint& paint) {
  Commands commands;
  const Rect panel = frame.layout.loop;
  if (panel.w < paint.s(120) || panel.h < paint.s(80)) return commands;
  const TraceEvent event = frame.store.event(frame.cursor);
  const OneLoopState* loop = view.loop_shown ? frame.state.loop(view.loop_shown) : nullptr;
  if (!loop) loop = frame.state.focus(LoopId{event.loop});
  draw_loop_title(frame, view, paint, loop, commands);
  paint.push_clip(panel);
  if (loop)
    draw_machine(frame, view, paint, commands, panel, *loop, event);
  else
    draw_nothing_yet(frame, view, paint, commands, panel);
  paint.pop_clip();
  return commands;
}

}  // namespace loopscope::viz

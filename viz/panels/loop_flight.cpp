// A chip on its way between two structures.
#include <algorithm>

#include "core/trace/event_reader.h"
#include "viz/model/playback.h"
#include "viz/panels/loop_scene.h"

namespace loopscope::viz {
namespace {

using traces::HeapTimer;
using traces::LoopState;
using traces::OneLoopState;
using traces::QueuedHandle;

constexpr float kChipWidth = 170, kChipHeight = 48;

/// The handle as it is described after (or, leaving the queue, before) the event.
std::optional<QueuedHandle> described(const Flight& flight, const OneLoopState& after) {
  if (flight.to == Station::slot) return after.running_handle;
  if (flight.to == Station::queue)
    return after.ready_count() ? std::optional(after.ready.back()) : std::nullopt;
  // The new timer sifted up from the last place: it is among that place's ancestors.
  for (std::size_t i = after.heap.size(); i > 0; i /= 2)
    if (after.heap[i - 1].handle == flight.handle) return as_handle(after.heap[i - 1]);
  return std::nullopt;
}

Rect queue_rect(const LoopScene& scene, const OneLoopState& l, std::size_t index) {
  return ready_place(layout_ready(scene.layout.queue, l.ready_count(), scene.frame.scale), index);
}

Rect station_rect(const LoopScene& scene, Station station, const Flight& flight, const OneLoopState& before,
                  const OneLoopState& after) {
  switch (station) {
    case Station::slot:
      return scene.layout.slot;
    case Station::selector:
      return fd_place(scene, flight.handle);
    case Station::queue:
      return flight.to == Station::queue ? queue_rect(scene, after, after.ready_count() - 1)
                                         : queue_rect(scene, before, 0);
    case Station::heap: {
      const Rect area = heap_area(scene);
      // A timer enters at the end of the array and leaves from the root.
      const std::size_t n =
          flight.to == Station::heap ? after.heap.size() : std::max<std::size_t>(before.heap.size(), 1);
      return heap_place(layout_heap(area, n, scene.frame.scale), area,
                        flight.to == Station::heap ? n - 1 : 0);
    }
    case Station::outside:
      break;
  }
  return {};
}

/// Whether the picture at rest has the chip where the flight ends.
bool lands_in_view(const FlyingChip& chip, const OneLoopState& l) {
  const HandleId id = chip.flight.handle;
  switch (chip.home()) {
    case Station::slot:
      return l.running_handle && l.running_handle->handle == id;
    case Station::queue: {
      if (l.ready_count() == 0) return false;
      return chip.backwards ? l.ready[l.ready_head].handle == id : l.ready.back().handle == id;
    }
    case Station::heap:
    case Station::selector:
    case Station::outside:
      break;
  }
  return true;
}

/// The chip around `c`, kept inside the panel.
Rect chip_at(const LoopScene& scene, Vec2 c, Vec2 size) {
  const Rect room = scene.panel.inset(scene.s(6));
  return {std::clamp(c.x - size.x / 2, room.x, std::max(room.x, room.right() - size.x)),
          std::clamp(c.y - size.y / 2, room.y, std::max(room.y, room.bottom() - size.y)), size.x, size.y};
}

void draw_shades(LoopScene& scene, const FlyingChip& chip, Vec2 size) {
  Paint& p = scene.paint;
  const Color hue = p.theme()[chip.hue].fill;
  for (const Ghost& ghost : kGhosts) {
    const float t = chip.backwards ? chip.along + ghost.back : chip.along - ghost.back;
    p.rect(chip_at(scene, chip.way.at(std::clamp(t, 0.0F, 1.0F)), size), hue.with_alpha(ghost.alpha * .55F),
           p.s(8), {hue.with_alpha(ghost.alpha), p.s(1)});
  }
}

/// The dotted line of a move with its arrow head.
void draw_line(LoopScene& scene, const Curve& line, const Rect& from, const Rect& to, Hue hue_name,
               float strength) {
  Paint& p = scene.paint;
  const Theme& theme = p.theme();
  const bool pale = hue_name == Hue::run && theme.run_edge.alpha > 0;
  const Color hue = pale ? theme.run_edge : theme[hue_name].fill;
  const Curve c = shown_line(line, from, to, scene.frame.scale);
  p.dotted_bezier(c.a, c.b, c.c, c.d, hue.with_alpha(.55F * strength), p.s(2), p.s(8));
  p.arrow_head(c.d, c.angle(1), p.s(7), hue.with_alpha(strength));
}

/// Source and target of `flight`, and the way between; nullopt when the picture has no such chip.
std::optional<FlyingChip> chip_for(const LoopScene& scene, const Flight& flight, const OneLoopState& was,
                                   const OneLoopState& is) {
  const auto handle = described(flight, is);
  if (!handle || handle->handle != flight.handle) return std::nullopt;
  FlyingChip chip;
  chip.flight = flight;
  chip.handle = *handle;
  chip.hue = flight.to == Station::slot ? Hue::run : hue_of(handle->cause);
  chip.to = station_rect(scene, flight.to, flight, was, is);
  chip.from = flight.from == Station::outside ? Rect{chip.to.x, chip.to.y - scene.s(96), chip.to.w, chip.to.h}
                                              : station_rect(scene, flight.from, flight, was, is);
  chip.way = flight_way(flight, chip.from, chip.to, scene.panel, scene.frame.scale);
  return chip;
}

bool is_limbo(EventKind kind) { return kind == EventKind::timer_promoted || kind == EventKind::io_ready; }

/// How far on its way the chip rests between two structures.
float limbo_share(Station from) { return from == Station::heap ? .46F : .40F; }

/// The handle that event `event` has taken out of its structure.
QueuedHandle handle_between(const TraceEvent& event, HandleId id, const OneLoopState& l) {
  QueuedHandle handle;
  handle.handle = id;
  handle.cause = event.kind == EventKind::io_ready ? Cause::io : Cause::timer;
  if (event.kind == EventKind::timer_promoted && l.promoted_timer.handle == id)
    return as_handle(l.promoted_timer);
  for (const traces::WatchedFd& fd : l.fds)
    if (fd.reader == id)
      handle.label = fd.reader_label;
    else if (fd.writer == id)
      handle.label = fd.writer_label;
  return handle;
}

/// Where on its way the step's move begins (or, backwards, ends): not at the source when the chip rests
/// between the structures there.
float start_share(const LoopScene& scene, const MotionStep& step, const Flight& flight) {
  const Transition& move = scene.frame.transition;
  if (step.event == 0 || std::min(move.from, move.to) != step.event - 1) return 0;
  const TraceEvent event = scene.frame.store.event(step.event - 1);
  return is_limbo(event.kind) && touch_of(event).handle == flight.handle ? limbo_share(flight.from) : 0;
}

/// At rest, the way that the last event's chip has come.
void draw_trail(LoopScene& scene) {
  const OneLoopState* was = scene.frame.before.loop(scene.loop.id);
  if (!was || scene.frame.transition.moving()) return;
  const auto flight = flight_of(scene.event, *was);
  if (!flight || flight->from == Station::outside || scene.layout.form == MachineLayout::Form::strip) return;
  auto chip = chip_for(scene, *flight, *was, scene.loop);
  if (!chip) return;
  if (flight->to == Station::heap) {  // it may have sifted up since
    const Rect area = heap_area(scene);
    const HeapLayout tree = layout_heap(area, scene.loop.heap.size(), scene.frame.scale);
    for (std::size_t i = 0; i < std::min(scene.loop.heap.size(), tree.places.size()); ++i)
      if (scene.loop.heap[i].handle == flight->handle) chip->to = tree.places[i].rect;
    // Among many nodes the line ends at the box: the node itself is hot.
    if (tree.compact && !scene.layout.heap.empty())
      chip->to = {chip->to.center().x - scene.s(1), scene.layout.heap.bottom() - scene.s(8), scene.s(2),
                  scene.s(8)};
    chip->way = flight_way(*flight, chip->from, chip->to, scene.panel, scene.frame.scale);
  }
  draw_line(scene, chip->way.line, chip->from, chip->to, chip->hue, .8F);
}

}  // namespace

void plan_flight(LoopScene& scene, const MotionStep& step, const LoopState& before, const LoopState& after) {
  const TraceEvent event = scene.frame.store.event(step.event);
  const OneLoopState* was = before.loop(scene.loop.id);
  const OneLoopState* is = after.loop(scene.loop.id);
  if (!was || !is || event.loop != scene.loop.id.value) return;
  const auto flight = flight_of(event, *was);
  if (!flight) return;
  auto chip = chip_for(scene, *flight, *was, *is);
  if (!chip) return;
  chip->backwards = step.backwards;
  if (!lands_in_view(*chip, scene.loop)) return;
  float t = scene.frame.transition.progress;
  if (flight->to == Station::heap && !step.backwards) {  // then it sifts up
    const double all = motion_seconds(scene.frame.store, step.event);
    if (all > 0) t = first_part(t, static_cast<float>(0.280 / all));
  }
  const float eased = ease_out_cubic(t), first = start_share(scene, step, *flight);
  chip->along = first + (1 - first) * (step.backwards ? 1 - eased : eased);
  scene.flying = chip;
}

void plan_limbo(LoopScene& scene) {
  const EventKind kind = scene.event.kind;
  if (!is_limbo(kind) || scene.flying) return;
  const OneLoopState& l = scene.loop;
  FlyingChip chip;
  chip.flight = {scene.touch.handle, kind == EventKind::timer_promoted ? Station::heap : Station::selector,
                 Station::queue};
  chip.handle = handle_between(scene.event, chip.flight.handle, l);
  chip.hue = hue_of(chip.handle.cause);
  const std::size_t n = l.ready_count();
  chip.to = ready_place(layout_ready(scene.layout.queue, n + 1, scene.frame.scale), n);
  chip.from = station_rect(scene, chip.flight.from, chip.flight, l, l);
  chip.way = flight_way(chip.flight, chip.from, chip.to, scene.panel, scene.frame.scale);
  chip.along = limbo_share(chip.flight.from) * (scene.from ? scene.progress : 1);
  scene.limbo = chip;
}

void draw_flight(LoopScene& scene) {
  const auto& moving = scene.flying ? scene.flying : scene.limbo;
  if (!moving) return draw_trail(scene);
  const FlyingChip& chip = *moving;
  if (chip.flight.to == Station::heap && !chip.backwards && chip.along >= 1) return;  // it sifts as a node
  Paint& p = scene.paint;
  const float w = std::min(p.s(kChipWidth), scene.layout.queue.w / 2), h = p.s(kChipHeight);
  const auto [title, detail] = traces::handle_title(scene.frame.store, scene.state(), chip.handle);
  Paint::ChipLook look{chip.hue, glyph_of(chip.handle.cause), true, false, chip.handle.cancelled, false, 1};
  const bool travels = scene.flying && scene.view.reduced_motion;
  Vec2 c = chip.way.at(chip.along);
  if (travels) {  // nothing travels: the source keeps a ghost
    c = chip.way.at(chip.backwards ? 1 : 0);
    look.ghost = true;
    look.alpha = .45F;
  } else {
    const Curve line = chip.backwards ? chip.way.line.reversed() : chip.way.line;
    draw_line(scene, line, chip.backwards ? chip.to : chip.from, chip.landing(), chip.hue, 1);
    if (!scene.view.reduced_motion) draw_shades(scene, chip, {w, h});
  }
  p.chip(chip_at(scene, c, {w, h}), title, detail, look);
}

}  // namespace loopscope::viz

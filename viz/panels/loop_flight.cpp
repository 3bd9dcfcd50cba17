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

constexpr float kChipWidth = 158, kChipHeight = 48;

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
    case Station::slot: return scene.layout.slot;
    case Station::selector: return fd_place(scene, flight.handle);
    case Station::queue:
      return flight.to == Station::queue ? queue_rect(scene, after, after.ready_count() - 1) : queue_rect(scene, before, 0);
    case Station::heap: {
      const Rect area = heap_area(scene);
      // A timer enters at the end of the array and leaves from the root.
      const std::size_t n = flight.to == Station::heap ? after.heap.size() : std::max<std::size_t>(before.heap.size(), 1);
      return heap_place(layout_heap(area, n, scene.frame.scale), area, flight.to == Station::heap ? n - 1 : 0);
    }
    case Station::outside: break;
  }
  return {};
}

/// Whether the picture at rest has the chip where the flight ends.
bool lands_in_view(const FlyingChip& chip, const OneLoopState& l) {
  const HandleId id = chip.flight.handle;
  switch (chip.home()) {
    case Station::slot: return l.running_handle && l.running_handle->handle == id;
    case Station::queue: {
      if (l.ready_count() == 0) return false;
      return chip.backwards ? l.ready[l.ready_head].handle == id : l.ready.back().handle == id;
    }
    case Station::heap:
    case Station::selector:
    case Station::outside: break;
  }
  return true;
}

void draw_shades(LoopScene& scene, const FlyingChip& chip, Vec2 size) {
  Paint& p = scene.paint;
  const Color hue = p.theme()[chip.hue].fill;
  for (const Ghost& ghost : kGhosts) {
    const float t = chip.backwards ? chip.along + ghost.back : chip.along - ghost.back;
    const Vec2 c = chip.curve.at(std::clamp(t, 0.0F, 1.0F));
    p.rect({c.x - size.x / 2, c.y - size.y / 2, size.x, size.y}, hue.with_alpha(ghost.alpha * .55F), p.s(8),
           {hue.with_alpha(ghost.alpha), p.s(1)});
  }
}

/// A handle between two structures: it has left the one and is not yet in the other.
void draw_limbo(LoopScene& scene) {
  const EventKind kind = scene.event.kind;
  if (scene.flying || (kind != EventKind::timer_promoted && kind != EventKind::io_ready)) return;
  Paint& p = scene.paint;
  const OneLoopState& l = scene.loop;
  const Flight flight{scene.touch.handle, kind == EventKind::timer_promoted ? Station::heap : Station::selector, Station::queue};
  QueuedHandle handle;
  handle.handle = flight.handle;
  handle.cause = kind == EventKind::io_ready ? Cause::io : Cause::timer;
  if (kind == EventKind::timer_promoted && l.promoted_timer.handle == flight.handle) handle = as_handle(l.promoted_timer);
  for (const traces::WatchedFd& fd : l.fds)
    if (fd.reader == flight.handle) handle.label = fd.reader_label;
    else if (fd.writer == flight.handle) handle.label = fd.writer_label;
  const std::size_t n = l.ready_count();
  const Rect to = ready_place(layout_ready(scene.layout.queue, n + 1, scene.frame.scale), n);
  const Rect from = station_rect(scene, flight.from, flight, l, l);
  const Curve curve = flight_curve(flight, from, to, scene.panel, scene.frame.scale);
  const Curve shown = shown_curve(curve, to, scene.frame.scale);
  const Color hue = p.theme()[hue_of(handle.cause)].fill;
  p.dotted_bezier(shown.a, shown.b, shown.c, shown.d, hue.with_alpha(.55F), p.s(2), p.s(8));
  p.arrow_head(shown.d, shown.angle(1), p.s(7), hue);
  const Vec2 c = curve.at(.3F);
  const float w = p.s(kChipWidth), h = p.s(kChipHeight);
  const auto [title, detail] = traces::handle_title(scene.frame.store, scene.state(), handle);
  p.chip({c.x - w / 2, c.y - h / 2, w, h}, title, detail, {hue_of(handle.cause), glyph_of(handle.cause), true});
}

}  // namespace

void plan_flight(LoopScene& scene, const MotionStep& step, const LoopState& before, const LoopState& after) {
  const TraceEvent event = scene.frame.store.event(step.event);
  const OneLoopState* was = before.loop(scene.loop.id);
  const OneLoopState* is = after.loop(scene.loop.id);
  if (!was || !is || event.loop != scene.loop.id.value) return;
  const auto flight = flight_of(event, *was);
  if (!flight) return;
  const auto handle = described(*flight, *is);
  if (!handle || handle->handle != flight->handle) return;
  FlyingChip chip{*flight, *handle, {}, 0, step.backwards, {}, hue_of(handle->cause)};
  if (!lands_in_view(chip, scene.loop)) return;
  if (flight->to == Station::slot) chip.hue = Hue::run;
  const Rect to = station_rect(scene, flight->to, *flight, *was, *is);
  const Rect from = flight->from == Station::outside ? to : station_rect(scene, flight->from, *flight, *was, *is);
  chip.curve = flight_curve(*flight, from, to, scene.panel, scene.frame.scale);
  chip.landing = step.backwards ? from : to;
  float t = scene.frame.transition.progress;
  if (flight->to == Station::heap && !step.backwards) {  // then it sifts up
    const double all = motion_seconds(scene.frame.store, step.event);
    if (all > 0) t = first_part(t, static_cast<float>(0.280 / all));
  }
  const float eased = ease_out_cubic(t);
  chip.along = step.backwards ? 1 - eased : eased;
  scene.flying = chip;
}

void draw_flight(LoopScene& scene) {
  draw_limbo(scene);
  if (!scene.flying) return;
  const FlyingChip& chip = *scene.flying;
  if (chip.flight.to == Station::heap && !chip.backwards && chip.along >= 1) return;  // it sifts as a node
  Paint& p = scene.paint;
  const Theme& t = p.theme();
  const Rect& queue = scene.layout.queue;
  const float w = std::min(p.s(kChipWidth), queue.w / 2), h = p.s(kChipHeight);
  const auto [title, detail] = traces::handle_title(scene.frame.store, scene.state(), chip.handle);
  Paint::ChipLook look{chip.hue, glyph_of(chip.handle.cause), true, false, chip.handle.cancelled, false, 1};
  if (scene.view.reduced_motion) {  // nothing travels: the source keeps a ghost
    const Vec2 c = chip.curve.at(chip.backwards ? 1 : 0);
    look.ghost = true;
    look.alpha = .45F;
    p.chip({c.x - w / 2, c.y - h / 2, w, h}, title, detail, look);
    return;
  }
  const Color hue = t[chip.hue].fill;
  const Curve way = chip.backwards ? chip.curve.reversed() : chip.curve;
  const Curve shown = shown_curve(way, chip.landing, scene.frame.scale);
  p.dotted_bezier(shown.a, shown.b, shown.c, shown.d, hue.with_alpha(.55F), p.s(2), p.s(8));
  p.arrow_head(shown.d, shown.angle(1), p.s(7), hue);
  draw_shades(scene, chip, {w, h});
  const Vec2 c = chip.curve.at(chip.along);
  p.chip({c.x - w / 2, c.y - h / 2, w, h}, title, detail, look);
}

}  // namespace loopscope::viz

#include "viz/model/motion.h"

#include <algorithm>
#include <cmath>

#include "core/trace/event_reader.h"

namespace loopscope::viz {
namespace {

Station queued_from(const TraceEvent& event, const traces::OneLoopState& before) {
  switch (field::cause(event)) {
    case Cause::timer: return Station::heap;
    case Cause::io: return Station::selector;
    case Cause::threadsafe:
    case Cause::signal: return Station::outside;
    case Cause::call_soon:
    case Cause::task_step:
    case Cause::task_wakeup:
    case Cause::future_callback: break;
  }
  return before.running_handle ? Station::slot : Station::outside;
}

/// Into a place of the queue: along the row from the right where there is room, else from above.
Curve into_queue(Vec2 start, Vec2 out, const Rect& to, const Rect& bounds, float s) {
  const Vec2 end = to.center();
  const float right = to.right() + 250 * s;
  if (start.x > to.right() + 120 * s && right < bounds.right() - 60 * s)
    return {start, out, {right, to.y - 64 * s}, end};
  return {start, out, {end.x + (start.x - end.x) * 0.12F, to.y - 72 * s}, end};
}

}  // namespace

Vec2 Curve::at(float t) const {
  const float u = 1 - t;
  return a * (u * u * u) + b * (3 * u * u * t) + c * (3 * u * t * t) + d * (t * t * t);
}

float Curve::angle(float t) const {
  const float step = 0.015F, to = std::clamp(t, step, 1.0F);
  const Vec2 way = at(to) - at(to - step);
  return std::atan2(way.y, way.x);
}

std::optional<Flight> flight_of(const TraceEvent& event, const traces::OneLoopState& before) {
  switch (event.kind) {
    case EventKind::handle_queued:
      return Flight{field::handle(event), queued_from(event, before), Station::queue};
    case EventKind::handle_begin: return Flight{field::handle(event), Station::queue, Station::slot};
    case EventKind::timer_scheduled:
      return Flight{field::handle(event), before.running_handle ? Station::slot : Station::outside, Station::heap};
    default: return std::nullopt;
  }
}

Curve flight_curve(const Flight& flight, const Rect& from, const Rect& to, const Rect& bounds, float s) {
  const Vec2 a = from.center(), d = to.center();
  if (flight.to == Station::slot) return {a, {a.x, a.y - 90 * s}, {d.x - (d.x - a.x) * 0.35F, d.y + 70 * s}, d};
  if (flight.to == Station::heap) return {a, {a.x + 90 * s, a.y + 130 * s}, {d.x, std::max(a.y, d.y) + 150 * s}, d};
  switch (flight.from) {
    case Station::heap: return into_queue(a, {a.x, to.y - 10 * s}, to, bounds, s);
    case Station::selector: return into_queue(a, {a.x + 130 * s, a.y + 40 * s}, to, bounds, s);
    case Station::slot: {
      const float side = d.x <= a.x ? -1.0F : 1.0F;
      return {a, {a.x + side * 150 * s, a.y + 50 * s}, {d.x, to.y - 90 * s}, d};
    }
    case Station::outside:
    case Station::queue: break;
  }
  return {{d.x, d.y - 96 * s}, {d.x, d.y - 72 * s}, {d.x, d.y - 36 * s}, d};
}

Curve shown_curve(const Curve& curve, const Rect& target, float s) {
  // Where the curve first enters the target, a little before it.
  const Rect wide{target.x - 8 * s, target.y - 8 * s, target.w + 16 * s, target.h + 16 * s};
  float end = 1;
  for (int i = 1; i < 40; ++i)
    if (const float t = static_cast<float>(i) / 40; t > 0.4F && wide.contains(curve.at(t))) { end = t; break; }
  // De Casteljau: the part from 0 to `end`.
  const auto mix = [end](Vec2 p, Vec2 q) { return p + (q - p) * end; };
  const Vec2 ab = mix(curve.a, curve.b), bc = mix(curve.b, curve.c), cd = mix(curve.c, curve.d);
  const Vec2 abc = mix(ab, bc), bcd = mix(bc, cd);
  return {curve.a, ab, abc, mix(abc, bcd)};
}

float first_part(float t, float share) { return share <= 0 ? 1 : std::clamp(t / share, 0.0F, 1.0F); }

float last_part(float t, float share) {
  return share >= 1 ? 0 : std::clamp((t - share) / (1 - share), 0.0F, 1.0F);
}

Rect between(const Rect& a, const Rect& b, float t) {
  const auto mix = [t](float p, float q) { return p + (q - p) * t; };
  return {mix(a.x, b.x), mix(a.y, b.y), mix(a.w, b.w), mix(a.h, b.h)};
}

Touch touch_of(const TraceEvent& event) {
  switch (event.kind) {
    case EventKind::handle_queued:
    case EventKind::handle_cancelled:
    case EventKind::handle_skipped: return {field::handle(event), {}, Station::queue};
    case EventKind::handle_begin:
    case EventKind::handle_end: return {field::handle(event), {}, Station::slot};
    case EventKind::timer_scheduled:
    case EventKind::timer_cancelled:
    case EventKind::timer_promoted:
    case EventKind::timer_purged: return {field::handle(event), {}, Station::heap};
    case EventKind::io_ready: return {field::handle(event), field::fd(event), Station::selector};
    case EventKind::fd_watched:
    case EventKind::fd_unwatched:
    case EventKind::net_sent:
    case EventKind::net_received:
    case EventKind::net_peer: return {{}, field::fd(event), Station::selector};
    default: return {};
  }
}

}  // namespace loopscope::viz

#include "viz/model/motion.h"

#include <algorithm>
#include <cmath>

#include "core/trace/event_reader.h"

namespace loopscope::viz {
namespace {

Station queued_from(const TraceEvent& event, const traces::OneLoopState& before) {
  switch (field::cause(event)) {
    case Cause::timer:
      return Station::heap;
    case Cause::io:
      return Station::selector;
    case Cause::threadsafe:
    case Cause::signal:
      return Station::outside;
    case Cause::call_soon:
    case Cause::task_step:
    case Cause::task_wakeup:
    case Cause::future_callback:
      break;
  }
  return before.running_handle ? Station::slot : Station::outside;
}

Way settled(const Curve& line, const Rect& to) { return {line, to.center() - line.d}; }

/// Into a place of the queue: along the row from the right where there is room, else from above.
Way into_queue(Vec2 start, Vec2 out, const Rect& to, const Rect& bounds, float s) {
  const Vec2 beside{to.right() + 9 * s, to.center().y - 2 * s};
  if (start.x > to.right() + 120 * s && to.right() + 250 * s < bounds.right() - 60 * s)
    return settled({start, out, {beside.x + 242 * s, to.y - 64 * s}, beside}, to);
  const Vec2 above{to.center().x, to.y - 9 * s};
  return settled({start, out, {above.x + (start.x - above.x) * 0.12F, to.y - 84 * s}, above}, to);
}

/// Out of the running slot, round the run phase's pill. The queue's title stands above its first places:
/// those are reached from the right.
Way out_of_slot(Vec2 start, const Rect& to, const Rect& bounds, float s) {
  if (start.x > to.x + to.w * 0.6F && to.right() + 160 * s < bounds.right()) {
    const Vec2 beside{to.right() + 9 * s, to.center().y - 2 * s};
    const float side = start.x > to.right() + 60 * s ? -1.0F : 1.0F;
    return settled({start,
                    {start.x + side * 170 * s, start.y + 60 * s},
                    {beside.x + 150 * s, to.center().y - 16 * s},
                    beside},
                   to);
  }
  const Vec2 above{to.center().x, to.y - 9 * s};
  return settled({start, {start.x + 150 * s, start.y + 50 * s}, {above.x, to.y - 90 * s}, above}, to);
}

/// The part of `c` from 0 to `end` (de Casteljau).
Curve head_of(const Curve& c, float end) {
  const auto mix = [end](Vec2 p, Vec2 q) { return p + (q - p) * end; };
  const Vec2 ab = mix(c.a, c.b), bc = mix(c.b, c.c), cd = mix(c.c, c.d);
  const Vec2 abc = mix(ab, bc), bcd = mix(bc, cd);
  return {c.a, ab, abc, mix(abc, bcd)};
}

/// Where a line that ends in `target` first comes near it.
float entry(const Curve& line, const Rect& target, float margin) {
  constexpr int kSteps = 240;
  const Rect wide{target.x - margin, target.y - margin, target.w + 2 * margin, target.h + 2 * margin};
  float end = 1;
  for (int i = kSteps; i >= kSteps / 4; --i) {
    const float t = static_cast<float>(i) / kSteps;
    if (!wide.contains(line.at(t))) break;
    end = t;
  }
  return end;
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
    case EventKind::handle_begin:
      return Flight{field::handle(event), Station::queue, Station::slot};
    case EventKind::timer_scheduled:
      return Flight{field::handle(event), before.running_handle ? Station::slot : Station::outside,
                    Station::heap};
    default:
      return std::nullopt;
  }
}

Way flight_way(const Flight& flight, const Rect& from, const Rect& to, const Rect& bounds, float s) {
  const Vec2 a = from.center(), d = to.center();
  if (flight.to == Station::slot)
    return settled({a, {a.x, a.y - 90 * s}, {d.x - (d.x - a.x) * 0.35F, d.y + 70 * s}, d}, to);
  if (flight.to == Station::heap)
    return settled({a, {a.x + 90 * s, a.y + 130 * s}, {d.x, std::max(a.y, d.y) + 150 * s}, d}, to);
  switch (flight.from) {
    case Station::heap:
      return into_queue(a, {a.x, to.y - 10 * s}, to, bounds, s);
    case Station::selector: {  // down along its box: the select phase's pill stands beside it
      const Vec2 start{from.right() - 24 * s, a.y};
      return into_queue(start, {start.x + 20 * s, to.y - 106 * s}, to, bounds, s);
    }
    case Station::slot:
      return out_of_slot(a, to, bounds, s);
    case Station::outside:
    case Station::queue:
      break;
  }
  return settled({{d.x, to.y - 72 * s}, {d.x, to.y - 56 * s}, {d.x, to.y - 32 * s}, {d.x, to.y - 9 * s}}, to);
}

Curve shown_line(const Curve& line, const Rect& from, const Rect& to, float s) {
  const Curve forth = head_of(line, entry(line, to, 8 * s));
  const Curve back = forth.reversed();
  return head_of(back, entry(back, from, -4 * s)).reversed();
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
    case EventKind::handle_skipped:
      return {field::handle(event), {}, Station::queue};
    case EventKind::handle_begin:
    case EventKind::handle_end:
      return {field::handle(event), {}, Station::slot};
    case EventKind::timer_scheduled:
    case EventKind::timer_cancelled:
    case EventKind::timer_promoted:
    case EventKind::timer_purged:
      return {field::handle(event), {}, Station::heap};
    case EventKind::io_ready:
      return {field::handle(event), field::fd(event), Station::selector};
    case EventKind::fd_watched:
    case EventKind::fd_unwatched:
    case EventKind::net_sent:
    case EventKind::net_received:
    case EventKind::net_peer:
      return {{}, field::fd(event), Station::selector};
    default:
      return {};
  }
}

}  // namespace loopscope::viz

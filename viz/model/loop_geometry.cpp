#include "viz/model/loop_geometry.h"

#include <cmath>
#include <numbers>
#include <vector>

namespace loopscope::viz {
namespace {

using traces::LoopPhase;
using traces::OneLoopState;

constexpr float kTitleRow = 36;
constexpr float kMargin = 16;     // panel edge to side boxes and queue
constexpr float kPillToBox = 10;  // between a pill and the side box it faces
constexpr float kSlotHeight = 48;

// Measures of the two sizes, in unscaled pixels.
struct Measures {
  float pill_w, pill_h, stroke, box_w, slot_w, number;
  float top;           // title row to the upper pill
  float queue_up;      // panel's bottom to the queue's title baseline
  float gap, min_gap;  // lower pill to the queue's title
  float box_less;      // a side box is this much lower than the ring
  float bracket;       // slots' top to bracket
  float radius, max_radius;
};
constexpr Measures kNormal{108, 38, 16, 168, 172, 40, 24, 116, 58, 20, 28, 56, 138, 190};
constexpr Measures kSmall{100, 32, 14, 142, 136, 30, 2, 96, 28, 12, 16, 54, 102, 138};
constexpr float kQueueTitle = 16;  // height of the queue's title above its baseline
constexpr float kMinBox = 108, kMinRadius = 80;

float height_radius(const Measures& m, float height) {
  const float fixed = kTitleRow + m.top + m.pill_h + m.queue_up + kQueueTitle;
  return std::max((height - fixed - m.gap) / 2, std::min(m.radius, (height - fixed - m.min_gap) / 2));
}

float width_radius(const Measures& m, float width, float box_w) {
  return width / 2 - kMargin - box_w - kPillToBox - m.pill_w / 2;
}

struct Fit {
  Measures m;
  float radius, box_w;
};

Fit fit(float width, float height, bool small) {
  if (!small) {
    const float box_w = std::clamp(kNormal.box_w + (width - 772) / 4, kNormal.box_w, 220.0F);
    const float radius =
        std::min({width_radius(kNormal, width, box_w), height_radius(kNormal, height), kNormal.max_radius});
    if (radius >= 118) return {kNormal, radius, box_w};
  }
  float box_w = std::clamp(kSmall.box_w + (width - 640) / 4, kSmall.box_w, 168.0F);
  float radius = width_radius(kSmall, width, box_w);
  if (radius < 96) {  // narrow side boxes before the ring
    box_w = std::clamp(box_w - (96 - radius), kMinBox, box_w);
    radius = width_radius(kSmall, width, box_w);
  }
  return {kSmall, std::min({radius, height_radius(kSmall, height), kSmall.max_radius}), box_w};
}

Rect scaled(const Rect& panel, float scale, float x, float y, float w, float h) {
  return {panel.x + x * scale, panel.y + y * scale, w * scale, h * scale};
}

void place_queue(MachineLayout& out, const Rect& panel, const Measures& m, float w, float h, float s) {
  out.queue_title_y = panel.y + (h - m.queue_up) * s;
  out.queue = scaled(panel, s, kMargin, h - m.queue_up + 14, std::max(0.0F, w - 2 * kMargin), kSlotHeight);
  out.bracket_y = out.queue.y + m.bracket * s;
  out.bottom = panel.bottom() - 6 * s;
}

/// Between a strip's pills and its queue: selector and heap with the iteration between them, or a line.
void place_under_pills(MachineLayout& out, const Rect& panel, float w, float top, float bottom, float s) {
  constexpr float kLeastBoxes = 108, kMostBoxes = 132, kGap = 12, kLeastLine = 34;
  const float room = bottom - top;
  if (room < kLeastBoxes) {
    if (room >= kLeastLine) out.summary = {out.queue.x, panel.y + ((top + bottom) / 2 + 5) * s};
    return;
  }
  const float box_w = (w - 2 * kMargin - 2 * kGap) / 3, h = std::min(room, kMostBoxes);
  const float y = top + (room - h) / 2;
  out.selector = scaled(panel, s, kMargin, y, box_w, h);
  out.heap = scaled(panel, s, w - kMargin - box_w, y, box_w, h);
  out.center = {panel.x + w / 2 * s, panel.y + (y + h / 2) * s};
  out.radius = box_w / 1.4F * s;  // the figures between the boxes are measured by it
  out.caption_y = out.center.y - 28 * s;
  out.number_y = out.center.y + 8 * s;
  out.clock_y = out.center.y + 34 * s;
  out.number_size = kSmall.number;
}

MachineLayout strip(const Rect& panel, float w, float h, float s) {
  MachineLayout out;
  out.form = MachineLayout::Form::strip;
  out.small = true;
  place_queue(out, panel, kSmall, w, h, s);
  // The lowest panels: everything closer together, so that nothing lies on anything else.
  const bool lowest = h < kTitleRow + 12 + 32 + kQueueTitle + 6 + kSmall.queue_up;
  const float pill_y = lowest ? kTitleRow + 3 : kTitleRow + 12, pill_h = lowest ? 26.0F : 32.0F;
  if (lowest) {
    const float title = pill_y + pill_h + kQueueTitle + 1;
    out.queue_title_y = panel.y + title * s;
    out.queue = scaled(panel, s, kMargin, title + 6, std::max(0.0F, w - 2 * kMargin),
                       std::clamp(h - title - 12, 20.0F, kSlotHeight));
    out.bracket_y = out.queue.bottom() + 6 * s;
  }
  const float slot_w = std::min(136.0F, w / 4), step = (w - 2 * kMargin - slot_w) / kRingPhases;
  for (int i = 0; i < kRingPhases; ++i)
    out.pills[static_cast<std::size_t>(i)] =
        scaled(panel, s, kMargin + step * static_cast<float>(i), pill_y, std::max(0.0F, step - 8), pill_h);
  out.slot = scaled(panel, s, w - kMargin - slot_w, pill_y, slot_w, pill_h);
  out.center = {panel.x + w / 2 * s, panel.y + (kTitleRow + 28) * s};
  out.stroke = 4 * s;
  if (!lowest)
    place_under_pills(out, panel, w, pill_y + pill_h + 12, h - kSmall.queue_up - kQueueTitle - 10, s);
  return out;
}

/// The gap in which the marker stands between phases: an iteration begins in the gap before its
/// first phase, which is select, or on `drain` run.
float gap_degrees(const OneLoopState& loop, EventKind kind) {
  const float start = loop.order == traces::RunOrder::until_empty ? 45 : 135;
  if (!loop.in_iteration) return start;
  switch (kind) {
    case EventKind::select_end:
      return 225;
    case EventKind::timers_begin:
      return 315;
    case EventKind::timers_end:
      return 45;
    case EventKind::ready_end:
      return 135;
    default:
      return start;
  }
}

}  // namespace

std::optional<int> ring_index(LoopPhase phase) {
  for (int i = 0; i < kRingPhases; ++i)
    if (kRing[static_cast<std::size_t>(i)] == phase) return i;
  return std::nullopt;
}

float ring_degrees(int index) { return 180.0F + 90.0F * static_cast<float>(index); }

Vec2 ring_point(const MachineLayout& layout, float degrees, float extra) {
  const float a = degrees * std::numbers::pi_v<float> / 180, r = layout.radius + extra;
  return {layout.center.x + r * std::cos(a), layout.center.y + r * std::sin(a)};
}

MachineLayout layout_machine(const Rect& panel, bool small, float scale) {
  const float s = scale > 0 ? scale : 1, w = panel.w / s, h = panel.h / s;
  const auto [m, radius, box_w] = fit(w, h, small);
  if (radius < kMinRadius) return strip(panel, w, h, s);

  MachineLayout out;
  out.small = m.radius < kNormal.radius;
  out.radius = radius * s;
  out.stroke = m.stroke * s;
  place_queue(out, panel, m, w, h, s);
  const float used = kTitleRow + m.top + m.pill_h + 2 * radius + m.gap + m.queue_up + kQueueTitle;
  const float cy = kTitleRow + m.top + m.pill_h / 2 + radius + std::max(0.0F, h - used) * 0.4F;
  out.center = {panel.x + w / 2 * s, panel.y + cy * s};
  for (int i = 0; i < kRingPhases; ++i) {
    const Vec2 at = ring_point(out, ring_degrees(i));
    out.pills[static_cast<std::size_t>(i)] = {at.x - m.pill_w / 2 * s, at.y - m.pill_h / 2 * s, m.pill_w * s,
                                              m.pill_h * s};
  }
  const float box_h = 2 * radius - m.box_less;
  out.selector = scaled(panel, s, kMargin, cy - box_h / 2, box_w, box_h);
  out.heap = scaled(panel, s, w - kMargin - box_w, cy - box_h / 2, box_w, box_h);

  // Inside: caption, number, clock, and the running slot below them.
  const float k = radius / 140;
  out.caption_y = out.center.y - 74 * k * s;
  out.number_y = out.center.y - 34 * k * s;
  out.clock_y = out.center.y - 8 * k * s;
  out.number_size = m.number;
  const float top = std::max(16 * k, m.pill_h / 2 + 5);
  const float slot_h = std::min(kSlotHeight, radius - m.pill_h / 2 - top - 4);
  const float inner = radius - m.stroke / 2, below = top + slot_h;
  const float chord = 2 * std::sqrt(std::max(0.0F, inner * inner - below * below));
  const float slot_w = std::min(m.slot_w * std::max(1.0F, radius / m.radius), chord + 8);
  out.slot = {out.center.x - slot_w / 2 * s, out.center.y + top * s, slot_w * s, slot_h * s};
  return out;
}

float phase_progress(const OneLoopState& loop, EventKind kind, double now) {
  // The k-th of n stands a little before its share, so that it is seen on the way.
  const auto share = [](double k, double n) {
    return n <= 0 ? 0.2F : static_cast<float>(std::clamp((k - 0.6) / n, 0.0, 1.0));
  };
  switch (loop.phase) {
    case LoopPhase::select:
      return loop.selecting ? 0.1F : 1.0F;
    case LoopPhase::io:
      if (kind == EventKind::select_end) return 0;
      return share(loop.io_queued,
                   static_cast<double>(std::max<std::uint64_t>(loop.select_ready, loop.io_queued)));
    case LoopPhase::timers: {
      if (kind == EventKind::timers_begin) return 0;
      if (kind == EventKind::timers_end) return 1;
      const double due = !loop.heap.empty() && loop.heap[0].when <= now + 1e-9 ? 1 : 0;
      return share(loop.promoted, loop.promoted + due);
    }
    case LoopPhase::run: {
      if (kind == EventKind::ready_begin) return 0;
      if (kind == EventKind::ready_end) return 1;
      const double begun = static_cast<double>(loop.snapshot) - static_cast<double>(loop.snapshot_left);
      return share(loop.running_handle ? begun : begun + 0.6, static_cast<double>(loop.snapshot));
    }
    case LoopPhase::idle:
    case LoopPhase::between:
    case LoopPhase::closed:
      break;
  }
  return 0;
}

std::optional<float> marker_degrees(const MachineLayout& layout, const OneLoopState& loop, EventKind kind,
                                    double now) {
  if (layout.form == MachineLayout::Form::strip || !loop.running) return std::nullopt;
  const auto index = ring_index(loop.phase);
  if (!index) return gap_degrees(loop, kind);
  // The pill covers the middle of its arc: the first half of the way is before it, the second behind it.
  const float outer = kArcHalf - 4, inner = pill_half_degrees(layout, *index);
  const float p = std::clamp(phase_progress(loop, kind, now), 0.0F, 1.0F);
  const float offset = p < 0.5F ? -outer + (outer - inner) * p * 2 : inner + (outer - inner) * (p - 0.5F) * 2;
  return std::fmod(ring_degrees(*index) + offset, 360.0F);
}

float pill_half_degrees(const MachineLayout& layout, int index) {
  const auto& pill = layout.pills[static_cast<std::size_t>(index)];
  const float across = (index % 2 == 0 ? pill.h : pill.w) / 2 + layout.stroke / 2 + layout.stroke / 4;
  const float covered =
      std::asin(std::min(0.6F, across / std::max(1.0F, layout.radius))) * 180 / std::numbers::pi_v<float>;
  return std::min(covered, kArcHalf - 4);
}

float between_degrees(float from, float to, float t) {
  const float turn = std::remainder(to - from, 360.0F);
  return from + turn * t;
}

std::size_t count_overdue(const OneLoopState& loop, double now, std::size_t cap) {
  std::size_t count = 0;
  std::vector<std::size_t> open{0};
  while (!open.empty() && count < cap) {
    const std::size_t i = open.back();
    open.pop_back();
    if (i >= loop.heap.size() || !is_overdue(loop.heap[i].when, now)) continue;
    if (!loop.heap[i].cancelled) ++count;
    open.push_back(2 * i + 1);
    open.push_back(2 * i + 2);
    if (open.size() > 4 * cap + 4) break;
  }
  return count;
}

}  // namespace loopscope::viz

#include "viz/model/loop_geometry.h"

#include <cmath>
#include <gtest/gtest.h>

namespace loopscope::viz {
namespace {

using traces::LoopPhase;
using traces::OneLoopState;

constexpr Rect kUsual{440, 64, 772, 564}, kSmallPanel{362, 54, 640, 414};

bool overlap(const Rect& a, const Rect& b) {
  return !a.empty() && !b.empty() && a.x < b.right() && b.x < a.right() && a.y < b.bottom() &&
         b.y < a.bottom();
}

bool inside(const Rect& r, const Rect& of) {
  return r.x >= of.x - 0.01F && r.y >= of.y - 0.01F && r.right() <= of.right() + 0.01F &&
         r.bottom() <= of.bottom() + 0.01F;
}

void expect_clean(const Rect& panel, bool small, float scale) {
  SCOPED_TRACE(testing::Message() << panel.w << " x " << panel.h << (small ? " small" : "") << " scale "
                                  << scale);
  const MachineLayout m = layout_machine(panel, small, scale);
  ASSERT_EQ(m.form, MachineLayout::Form::ring);
  const Rect body{panel.x, panel.y + 36 * scale, panel.w, panel.h - 36 * scale};
  for (const Rect& pill : m.pills) {
    EXPECT_TRUE(inside(pill, body));
    EXPECT_FALSE(overlap(pill, m.selector));
    EXPECT_FALSE(overlap(pill, m.heap));
    EXPECT_FALSE(overlap(pill, m.slot));
    EXPECT_LT(pill.bottom(), m.queue_title_y - 12 * scale);
  }
  EXPECT_FALSE(overlap(m.selector, m.heap));
  EXPECT_TRUE(inside(m.selector, body));
  EXPECT_TRUE(inside(m.heap, body));
  EXPECT_TRUE(inside(m.queue, body));
  EXPECT_LT(m.heap.bottom(), m.queue_title_y);
  EXPECT_LT(m.queue.bottom(), m.bracket_y);
  EXPECT_LT(m.bracket_y + 16 * scale, panel.bottom());
  EXPECT_LT(m.caption_y, m.number_y);
  EXPECT_LT(m.number_y, m.clock_y);
  EXPECT_LT(m.clock_y, m.slot.y);
}

TEST(MachineLayout, Has_radius_138_in_the_usual_panel_and_102_in_the_small_one) {
  EXPECT_FLOAT_EQ(layout_machine(kUsual, false, 1).radius, 138);
  EXPECT_FLOAT_EQ(layout_machine(kSmallPanel, true, 1).radius, 102);
  EXPECT_FLOAT_EQ(layout_machine({0, 0, 1544, 1128}, false, 2).radius, 276);
}

TEST(MachineLayout, Stands_where_the_design_draws_it) {
  const MachineLayout m = layout_machine(kUsual, false, 1);
  EXPECT_EQ(m.center, (Vec2{826, 281}));
  EXPECT_EQ(m.selector, (Rect{456, 157, 168, 248}));
  EXPECT_EQ(m.heap, (Rect{1028, 157, 168, 248}));
  EXPECT_EQ(m.queue, (Rect{456, 526, 740, 48}));
  EXPECT_FLOAT_EQ(m.pills[0].x, 826 - 138 - 54);
  EXPECT_FLOAT_EQ(m.pills[1].y, 281 - 138 - 19);
  EXPECT_EQ(m.slot.w, 172);
  EXPECT_EQ(m.slot.h, 48);
}

TEST(MachineLayout, Never_lets_its_parts_overlap_in_any_panel_from_560_by_400) {
  for (const float scale : {1.0F, 1.5F, 2.0F})
    for (float w = 560; w <= 1900; w += 67)
      for (float h = 400; h <= 1200; h += 53)
        for (const bool small : {false, true}) expect_clean({17, 31, w * scale, h * scale}, small, scale);
}

TEST(MachineLayout, Becomes_a_strip_of_pills_where_a_ring_has_no_room) {
  const MachineLayout m = layout_machine({0, 0, 640, 260}, true, 1);
  EXPECT_EQ(m.form, MachineLayout::Form::strip);
  EXPECT_TRUE(m.selector.empty());
  EXPECT_TRUE(m.heap.empty());
  for (int i = 1; i < kRingPhases; ++i)
    EXPECT_GE(m.pills[static_cast<std::size_t>(i)].x, m.pills[static_cast<std::size_t>(i) - 1].right());
  EXPECT_LT(m.pills[3].right(), m.slot.x);
}

TEST(MachineLayout, Survives_panels_of_no_size) {
  for (const Rect& r : {Rect{}, Rect{0, 0, 1, 1}, Rect{0, 0, 3000, 10}, Rect{0, 0, 10, 3000}}) {
    const MachineLayout m = layout_machine(r, false, 1);
    EXPECT_GE(m.queue.w, 0);
    EXPECT_TRUE(std::isfinite(m.center.x) && std::isfinite(m.slot.w));
  }
}

TEST(Ring, Runs_clockwise_from_select_on_the_left) {
  const MachineLayout m = layout_machine(kUsual, false, 1);
  const auto at = [&](LoopPhase phase) { return ring_point(m, ring_degrees(*ring_index(phase))); };
  EXPECT_LT(at(LoopPhase::select).x, m.center.x);
  EXPECT_LT(at(LoopPhase::io).y, m.center.y);
  EXPECT_GT(at(LoopPhase::timers).x, m.center.x);
  EXPECT_GT(at(LoopPhase::run).y, m.center.y);
  EXPECT_EQ(ring_index(LoopPhase::idle), std::nullopt);
}

OneLoopState running(LoopPhase phase) {
  OneLoopState l;
  l.running = l.in_iteration = true;
  l.phase = phase;
  l.iteration = 1;
  return l;
}

TEST(Marker, Goes_round_the_run_arc_with_the_handles_of_the_snapshot) {
  const MachineLayout m = layout_machine(kUsual, false, 1);
  OneLoopState l = running(LoopPhase::run);
  l.snapshot = l.snapshot_left = 3;
  float last = *marker_degrees(m, l, EventKind::ready_begin, 0);
  EXPECT_GT(last, 90 - kArcHalf);
  for (int k = 0; k < 3; ++k) {
    --l.snapshot_left;
    l.running_handle.emplace();
    const float now = *marker_degrees(m, l, EventKind::handle_begin, 0);
    EXPECT_GT(now, last);
    last = now;
    l.running_handle.reset();
  }
  const float end = *marker_degrees(m, l, EventKind::ready_end, 0);
  EXPECT_GT(end, last);
  EXPECT_LT(end, 90 + kArcHalf);
}

TEST(Marker, Is_never_hidden_by_the_pill_of_its_phase) {
  for (const Rect& panel : {kUsual, kSmallPanel, Rect{0, 0, 560, 400}}) {
    const MachineLayout m = layout_machine(panel, panel.w < 700, 1);
    for (const LoopPhase phase : kRing) {
      OneLoopState l = running(phase);
      l.snapshot = 40;
      l.select_ready = 40;
      for (std::size_t k = 0; k <= 40; ++k) {
        l.snapshot_left = k;
        l.io_queued = l.promoted = static_cast<std::uint32_t>(k);
        const Vec2 at = ring_point(m, *marker_degrees(m, l, EventKind::handle_begin, 0));
        EXPECT_FALSE(m.pills[static_cast<std::size_t>(*ring_index(phase))].contains(at));
      }
    }
  }
}

TEST(Marker, Stands_in_the_gap_before_select_between_iterations_and_nowhere_when_idle) {
  const MachineLayout m = layout_machine(kUsual, false, 1);
  OneLoopState l = running(LoopPhase::between);
  EXPECT_FLOAT_EQ(*marker_degrees(m, l, EventKind::iteration_begin, 0), 135);
  l.in_iteration = false;
  EXPECT_FLOAT_EQ(*marker_degrees(m, l, EventKind::iteration_end, 0), 135);
  l.running = false;
  EXPECT_EQ(marker_degrees(m, l, EventKind::loop_idle, 0), std::nullopt);
}

TEST(Machine, Of_the_lowest_panels_lays_nothing_on_anything_else) {
  for (float h = 137; h < 260; h += 3) {
    const MachineLayout m = layout_machine({0, 0, 361, h}, true, 1);
    if (m.form != MachineLayout::Form::strip) continue;
    for (const Rect& pill : m.pills) EXPECT_LE(pill.bottom() + 12, m.queue_title_y) << h;
    EXPECT_LE(m.queue_title_y, m.queue.y) << h;
    EXPECT_LE(m.queue.bottom(), h) << h;
  }
}

TEST(Marker, Begins_before_run_on_a_loop_that_drains_its_queue_first) {
  const MachineLayout m = layout_machine(kUsual, false, 1);
  OneLoopState l = running(LoopPhase::between);
  l.order = traces::RunOrder::until_empty;
  EXPECT_FLOAT_EQ(*marker_degrees(m, l, EventKind::iteration_begin, 0), 45);
  EXPECT_FLOAT_EQ(*marker_degrees(m, l, EventKind::ready_end, 0), 135);
  EXPECT_FLOAT_EQ(*marker_degrees(m, l, EventKind::timers_end, 0), 45);
  l.in_iteration = false;
  EXPECT_FLOAT_EQ(*marker_degrees(m, l, EventKind::iteration_end, 0), 45);
}

TEST(Marker, Takes_the_short_way_round_over_the_zero_angle) {
  EXPECT_FLOAT_EQ(between_degrees(350, 10, 0.5F), 360);
  EXPECT_FLOAT_EQ(between_degrees(10, 350, 0.5F), 0);
  EXPECT_FLOAT_EQ(between_degrees(135, 142, 1), 142);
}

TEST(Overdue, Counts_only_timers_that_are_late_and_not_cancelled) {
  OneLoopState l;
  // heapq order: parents first. 1.0 and 1.5 are late at 2.0, 2.0 is just due.
  for (const double when : {1.0, 1.5, 2.0, 1.9, 3.0}) {
    traces::HeapTimer timer;
    timer.when = when;
    l.heap.push_back(timer);
  }
  EXPECT_EQ(count_overdue(l, 2.0, 100), 3U);
  l.heap.edit(1).cancelled = true;
  EXPECT_EQ(count_overdue(l, 2.0, 100), 2U);
  EXPECT_EQ(count_overdue(l, 0.5, 100), 0U);
}

TEST(Overdue, Stops_at_its_cap_in_a_large_heap) {
  OneLoopState l;
  for (int i = 0; i < 100000; ++i) l.heap.push_back({});
  EXPECT_EQ(count_overdue(l, 1.0, 100), 100U);
}

}  // namespace
}  // namespace loopscope::viz

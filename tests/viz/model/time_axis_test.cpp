#include "viz/model/time_axis.h"

#include <chrono>
#include <gtest/gtest.h>

#include "tests/viz/model/trace_builder.h"
#include "viz/model/instants.h"

namespace loopscope::viz {
namespace {

using traces::EventIndex;

constexpr float kLeft = 100, kRight = 1100;

/// Ten events at 0 s, ten at 1 s, ten at 4 s.
std::shared_ptr<traces::TraceStore> three_instants() {
  TraceBuilder b;
  b.worlds(10).at(1).worlds(10).at(4).worlds(10);
  return b.store;
}

TimeAxis axis_of(const traces::TraceStore& store, AxisKind kind, const TimelineView& view = {}) {
  return {store, store.size(), kind, view, kLeft, kRight};
}

TEST(TimeAxis, Gives_every_event_the_same_width_on_steps) {
  const auto store = three_instants();
  const TimeAxis axis = axis_of(*store, AxisKind::steps);
  EXPECT_FLOAT_EQ(axis.x_of(0), kLeft);
  EXPECT_FLOAT_EQ(axis.x_of(30), kRight);
  EXPECT_NEAR(axis.x_of(11) - axis.x_of(10), 1000.0 / 30, 0.01);
  EXPECT_NEAR(axis.x_mid(10), (axis.x_of(10) + axis.x_of(11)) / 2, 0.01);
}

TEST(TimeAxis, Gives_true_durations_on_the_clock) {
  const auto store = three_instants();
  const TimeAxis axis = axis_of(*store, AxisKind::clock);
  EXPECT_FLOAT_EQ(axis.x_of(0), axis.x_of(9));
  const float second = axis.x_of(10) - axis.x_of(0);
  EXPECT_GT(second, 200);
  EXPECT_NEAR(axis.x_of(20) - axis.x_of(10), 3 * second, 0.1);
  EXPECT_GT(axis.x_of(0), kLeft);
  EXPECT_LT(axis.x_of(29), kRight);
}

TEST(TimeAxis, Finds_the_event_under_a_pixel_on_steps) {
  const auto store = three_instants();
  const TimeAxis axis = axis_of(*store, AxisKind::steps);
  for (std::size_t i = 0; i < store->size(); ++i) EXPECT_EQ(axis.event_at(axis.x_mid(i)), i);
  EXPECT_EQ(axis.event_at(-5000), 0U);
  EXPECT_EQ(axis.event_at(5000), 29U);
}

TEST(TimeAxis, Finds_the_last_event_that_had_happened_by_then_on_the_clock) {
  const auto store = three_instants();
  const TimeAxis axis = axis_of(*store, AxisKind::clock);
  EXPECT_EQ(axis.event_at(axis.x_of_time(500'000'000)), 9U);
  EXPECT_EQ(axis.event_at(axis.x_of_time(3'999'000'000)), 19U);
  EXPECT_EQ(axis.event_at(kRight), 29U);
  EXPECT_EQ(axis.event_at(kLeft), 0U);
}

TEST(TimeAxis, Names_the_first_event_at_or_right_of_a_pixel) {
  const auto store = three_instants();
  EXPECT_EQ(axis_of(*store, AxisKind::steps).first_from(kLeft + 1), 1U);
  EXPECT_EQ(axis_of(*store, AxisKind::steps).first_from(kRight + 1), 30U);
  const TimeAxis clock = axis_of(*store, AxisKind::clock);
  EXPECT_EQ(clock.first_from(clock.x_of_time(500'000'000)), 10U);
  EXPECT_EQ(clock.first_from(kRight), 30U);
}

TEST(TimeAxis, Shows_a_trace_of_one_event_on_both_axes) {
  TraceBuilder b;
  b.worlds(1);
  for (const AxisKind kind : {AxisKind::steps, AxisKind::clock}) {
    const TimeAxis axis = axis_of(*b.store, kind);
    EXPECT_GE(axis.x_mid(0), kLeft);
    EXPECT_LE(axis.x_mid(0), kRight);
    EXPECT_EQ(axis.event_at(600), 0U);
    EXPECT_EQ(axis.visible(), (std::pair<EventIndex, EventIndex>{0, 1}));
    const TimeAxis nearer = axis_of(*b.store, kind, axis.zoomed(600, 10));
    EXPECT_GT(nearer.end(), nearer.begin());
  }
}

TEST(TimeAxis, Shows_events_of_one_instant_on_the_clock_without_dividing_by_zero) {
  TraceBuilder b;
  b.at(5).worlds(100);
  const TimeAxis axis = axis_of(*b.store, AxisKind::clock);
  EXPECT_TRUE(std::isfinite(axis.x_of(50)));
  EXPECT_GE(axis.x_of(50), kLeft);
  EXPECT_LE(axis.x_of(50), kRight);
  EXPECT_EQ(axis.event_at(axis.x_of(50)), 99U);
}

TEST(TimeAxis, Zooms_about_the_pointer) {
  const auto store = three_instants();
  for (const AxisKind kind : {AxisKind::steps, AxisKind::clock}) {
    const TimeAxis axis = axis_of(*store, kind);
    const float x = axis.x_mid(12);
    const TimeAxis nearer = axis_of(*store, kind, axis.zoomed(x, 2));
    EXPECT_NEAR(nearer.x_mid(12), x, 0.5);
    EXPECT_NEAR(nearer.pixels_per_unit() / axis.pixels_per_unit(), 2, 1e-6);
    EXPECT_FALSE(nearer.shows_all());
  }
}

TEST(TimeAxis, Zooming_out_far_enough_fits_the_whole_trace_again) {
  const auto store = three_instants();
  TimelineView view = axis_of(*store, AxisKind::steps).zoomed(700, 3);
  view = axis_of(*store, AxisKind::steps, view).zoomed(200, 0.1);
  EXPECT_EQ(view.steps_begin, view.steps_end);
  EXPECT_TRUE(axis_of(*store, AxisKind::steps, view).shows_all());
}

TEST(TimeAxis, Never_zooms_nearer_than_a_few_events_nor_by_nonsense) {
  const auto store = three_instants();
  TimelineView view;
  for (int i = 0; i < 100; ++i) view = axis_of(*store, AxisKind::steps, view).zoomed(500, 4);
  EXPECT_NEAR(view.steps_end - view.steps_begin, 4, 1e-9);
  const TimeAxis axis = axis_of(*store, AxisKind::steps, view);
  for (const double factor : {0.0, -1.0, std::nan("")})
    EXPECT_EQ(axis.zoomed(500, factor).steps_begin, view.steps_begin);
}

TEST(TimeAxis, Pans_with_the_drag_and_stops_at_the_ends) {
  const auto store = three_instants();
  const TimeAxis axis = axis_of(*store, AxisKind::steps, {.steps_begin = 10, .steps_end = 20});
  const TimeAxis moved = axis_of(*store, AxisKind::steps, axis.panned(100));
  EXPECT_NEAR(moved.x_of(12) - axis.x_of(12), 100, 0.01);
  EXPECT_DOUBLE_EQ(axis.panned(1e6).steps_begin, 0);
  EXPECT_DOUBLE_EQ(axis.panned(-1e6).steps_end, 30);
}

TEST(TimeAxis, Panning_what_is_all_in_sight_changes_nothing) {
  const auto store = three_instants();
  const TimelineView view = axis_of(*store, AxisKind::steps).panned(300);
  EXPECT_EQ(view.steps_begin, view.steps_end);
}

TEST(SwitchAxis, Keeps_the_playhead_in_place) {
  const auto store = three_instants();
  const TimelineView views[] = {
      {},
      {.steps_begin = 8, .steps_end = 16, .clock_begin = 0, .clock_end = 0},
      {.steps_begin = 5, .steps_end = 25, .clock_begin = 0.5e9, .clock_end = 1.5e9}};
  for (const TimelineView& view : views) {
    for (const AxisKind from : {AxisKind::steps, AxisKind::clock}) {
      const AxisKind to = from == AxisKind::steps ? AxisKind::clock : AxisKind::steps;
      for (const EventIndex cursor : {9U, 12U, 15U}) {
        const TimelineView after = switch_axis(*store, store->size(), view, from, cursor, kLeft, kRight);
        const float x = std::clamp(axis_of(*store, from, view).x_mid(cursor), kLeft, kRight);
        EXPECT_NEAR(axis_of(*store, to, after).x_mid(cursor), x, 1);
      }
    }
  }
}

TEST(SwitchAxis, Keeps_a_run_that_is_all_in_sight_in_sight) {
  const auto store = three_instants();
  const TimelineView view = switch_axis(*store, store->size(), {}, AxisKind::steps, 12, kLeft, kRight);
  EXPECT_TRUE(axis_of(*store, AxisKind::clock, view).shows_all());
}

TEST(SwitchAxis, There_and_back_changes_nothing) {
  const auto store = three_instants();
  TimelineView view = switch_axis(*store, store->size(), {}, AxisKind::steps, 12, kLeft, kRight);
  view = switch_axis(*store, store->size(), view, AxisKind::clock, 12, kLeft, kRight);
  EXPECT_EQ(view.steps_begin, view.steps_end);
}

TEST(TimeAxis, Maps_a_million_events_without_looking_at_them) {
  TraceBuilder b;
  b.worlds(1);
  // The store has one event; the axis believes in a million. On steps it never asks.
  constexpr std::size_t kMany = 1'000'000;
  const TimeAxis axis(*b.store, kMany, AxisKind::steps, {.steps_begin = 500'000, .steps_end = 500'100}, kLeft,
                      kRight);
  EXPECT_NEAR(axis.x_of(500'050), 600, 0.1);
  EXPECT_EQ(axis.event_at(600), 500'050U);
  EXPECT_EQ(axis.visible(), (std::pair<EventIndex, EventIndex>{500'000, 500'100}));
  EXPECT_EQ(axis.first_from(kRight), 500'100U);
  EXPECT_LT(axis.zoomed(600, 2).steps_end, 500'100);
}

TEST(Instant, Holds_the_neighbours_with_the_same_stamp) {
  const auto store = three_instants();
  for (const EventIndex i : {0U, 5U, 9U}) EXPECT_EQ(instant_of(*store, 30, i).end, 10U);
  for (const EventIndex i : {10U, 19U}) EXPECT_EQ(instant_of(*store, 30, i).begin, 10U);
  EXPECT_EQ(instant_of(*store, 30, 29).count(), 10U);
  EXPECT_EQ(instant_of(*store, 25, 22).end, 25U);
  EXPECT_EQ(instant_of(*store, 30, 20).ts, 4'000'000'000);
}

}  // namespace
}  // namespace loopscope::viz

#include "viz/model/lanes.h"

#include <cmath>
#include <gtest/gtest.h>

#include "tests/viz/model/trace_builder.h"
#include "viz/model/collapse.h"
#include "viz/model/layout.h"

namespace loopscope::viz {
namespace {

using traces::TaskPhase;

TimelineGeometry geometry(std::size_t tasks, float width = 1600, float height = 1000, float scale = 1) {
  return timeline_geometry(make_layout(width, height, scale), {.tasks = tasks, .timer_rows = 2});
}

TEST(LaneShare, Grows_with_the_nearness_to_the_CPU) {
  EXPECT_FLOAT_EQ(lane_share(TaskPhase::running).height, 0.84F);
  EXPECT_FLOAT_EQ(lane_share(TaskPhase::ready).height, 0.60F);
  EXPECT_FLOAT_EQ(lane_share(TaskPhase::sleeping).height, 0.32F);
  EXPECT_FLOAT_EQ(lane_share(TaskPhase::io).height, 0.32F);
  EXPECT_FLOAT_EQ(lane_share(TaskPhase::waiting).height, 0.20F);
  EXPECT_FLOAT_EQ(lane_share(TaskPhase::done).height, 0.06F);
}

TEST(TimelineGeometry, Has_the_measures_of_the_design_for_three_tasks) {
  const TimelineGeometry g = geometry(3);
  EXPECT_FLOAT_EQ(g.title.h, 36);
  EXPECT_FLOAT_EQ(g.ruler.h, 40);
  EXPECT_FLOAT_EQ(g.phases.h, 24);
  EXPECT_FLOAT_EQ(g.depth.h, 26);
  EXPECT_FLOAT_EQ(g.lane_height, 28);
  EXPECT_FLOAT_EQ(g.timers.h, 28);
  EXPECT_FLOAT_EQ(g.plot_left, 8 + 112);
  EXPECT_FALSE(g.strip.empty());
  EXPECT_FLOAT_EQ(g.max_scroll(), 0);
}

TEST(TimelineGeometry, Stacks_its_rows_inside_the_panel_without_overlap) {
  for (const auto& [tasks, rows] :
       {std::pair<std::size_t, std::size_t>{0, 4}, {1, 4}, {1, 0}, {3, 2}, {5, 3}, {100'000, 1}}) {
    for (const float scale : {1.0F, 1.5F, 2.0F}) {
      for (const auto& [w, h] :
           {std::pair{1600.0F, 1000.0F}, std::pair{1280.0F, 720.0F}, std::pair{1000.0F, 560.0F}}) {
        const Layout layout = make_layout(w * scale, h * scale, scale);
        const TimelineGeometry g = timeline_geometry(layout, {tasks, rows});
        float y = layout.timeline.y;
        for (const Rect& r : {g.title, g.ruler, g.phases, g.depth, g.lanes, g.timers}) {
          EXPECT_NEAR(r.y, y, 0.01);
          y = r.bottom();
        }
        EXPECT_LE(y, (g.strip.empty() ? layout.timeline.bottom() : g.strip.y) + 0.5F);
      }
    }
  }
}

TEST(TimelineGeometry, Makes_lanes_thinner_before_they_scroll) {
  const TimelineGeometry five = geometry(5);
  EXPECT_LT(five.lane_height, 28);
  EXPECT_GE(five.lane_height, 18);
  EXPECT_FLOAT_EQ(five.max_scroll(), 0);
  EXPECT_GT(geometry(40).max_scroll(), 0);
}

TEST(TimelineGeometry, Never_cuts_a_lane_when_they_scroll) {
  for (const std::size_t tasks : {4U, 7U, 40U}) {
    for (const float height : {1400.0F, 1000.0F, 720.0F, 660.0F, 600.0F}) {
      const TimelineGeometry g = geometry(tasks, 1280, height);
      const float lanes = g.lanes.h / g.lane_height;
      EXPECT_NEAR(lanes, std::round(lanes), 0.01) << tasks << " tasks, " << height << " high";
      EXPECT_FLOAT_EQ(g.snapped(g.lane_height * 1.3F), std::min(g.lane_height, g.max_scroll()));
      EXPECT_NEAR(g.snapped(1e6F), g.max_scroll(), 0.01);
    }
  }
}

TEST(TimelineGeometry, Gives_many_timers_the_room_that_lanes_leave) {
  const Layout layout = make_layout(1600, 1000, 1);
  EXPECT_FLOAT_EQ(timeline_geometry(layout, {.tasks = 0, .timer_rows = 4}).timers.h, 70);
  EXPECT_FLOAT_EQ(timeline_geometry(layout, {.tasks = 0, .timer_rows = 2}).timers.h, 28);
  EXPECT_FLOAT_EQ(timeline_geometry(layout, {.tasks = 9, .timer_rows = 4}).timers.h, 28);
  EXPECT_TRUE(timeline_geometry(layout, {.tasks = 3, .timer_rows = 0}).timers.empty());
}

TEST(TimelineGeometry, Hides_the_clock_strip_and_the_depth_when_low) {
  const TimelineGeometry g = geometry(3, 1280, 720);
  EXPECT_TRUE(g.depth.empty());
  EXPECT_TRUE(g.strip.empty());
  EXPECT_FLOAT_EQ(g.lane_height, 20);
}

TEST(TimelineGeometry, Finds_the_lane_under_the_pointer) {
  const TimelineGeometry g = geometry(40);
  const float scroll = 4 * g.lane_height;
  EXPECT_EQ(g.lane_at(g.lanes.y + 1, scroll), std::optional<std::size_t>(4));
  EXPECT_EQ(g.lane_at(g.lane(6, scroll).center().y, scroll), std::optional<std::size_t>(6));
  EXPECT_EQ(g.lane_at(g.lanes.y - 1, 0), std::nullopt);
  EXPECT_EQ(g.lane_at(g.lanes.bottom() + 1, 0), std::nullopt);
  EXPECT_EQ(geometry(0).lane_at(geometry(0).lanes.y, 0), std::nullopt);
}

TEST(TimelineGeometry, Names_only_the_lanes_in_sight) {
  const TimelineGeometry g = geometry(100'000);
  const auto [first, last] = g.visible_lanes(50'000 * g.lane_height);
  EXPECT_NEAR(static_cast<double>(first), 50'000, 1);
  EXPECT_LT(last - first, 12U);
}

TEST(TimelineGeometry, Scrolls_no_further_than_it_must_to_show_a_lane) {
  const TimelineGeometry g = geometry(40);
  EXPECT_FLOAT_EQ(g.scroll_to(0, 0), 0);
  EXPECT_FLOAT_EQ(g.scroll_to(2, 5 * g.lane_height), 2 * g.lane_height);
  const float down = g.scroll_to(20, 0);
  EXPECT_NEAR(g.lane(20, down).bottom(), g.lanes.bottom(), 0.5);
}

// --- collapse --------------------------------------------------------------------------

struct Span {
  std::size_t begin, end;
  int rank;
};

std::vector<Block> blocks_of(const std::vector<Span>& spans, std::size_t size, const TimeAxis& axis,
                             float least = 2) {
  return collapse(std::span<const Span>(spans), size, axis, least, [](const Span& s) { return s.rank; });
}

TEST(Collapse, Draws_wide_spans_one_by_one) {
  TraceBuilder b;
  const TimeAxis axis(*b.store, 100, AxisKind::steps, {}, 0, 1000);
  const auto blocks = blocks_of({{0, 10, 1}, {10, 30, 2}, {50, 200, 1}}, 100, axis);
  ASSERT_EQ(blocks.size(), 3U);
  EXPECT_FLOAT_EQ(blocks[1].x0, 100);
  EXPECT_FLOAT_EQ(blocks[1].x1, 300);
  EXPECT_FLOAT_EQ(blocks[2].x1, 1000);  // ends with the trace
  EXPECT_FALSE(blocks[0].dense);
}

TEST(Collapse, Merges_what_shares_a_pixel_and_shows_the_highest) {
  TraceBuilder b;
  const TimeAxis axis(*b.store, 10'000, AxisKind::steps, {}, 0, 100);
  const auto blocks = blocks_of({{0, 20, 1}, {20, 40, 7}, {40, 60, 2}, {5000, 10'000, 1}}, 10'000, axis);
  ASSERT_EQ(blocks.size(), 2U);
  EXPECT_TRUE(blocks[0].dense);
  EXPECT_EQ(blocks[0].shown, 1U);
  EXPECT_EQ(blocks[0].last, 2U);
  EXPECT_FALSE(blocks[1].dense);
}

TEST(Collapse, Leaves_a_wide_span_behind_a_crowd_its_own_block) {
  TraceBuilder b;
  const TimeAxis axis(*b.store, 10'000, AxisKind::steps, {}, 0, 100);
  const auto blocks = blocks_of({{0, 20, 5}, {20, 40, 5}, {40, 9000, 1}}, 10'000, axis);
  ASSERT_EQ(blocks.size(), 2U);
  EXPECT_EQ(blocks[1].shown, 2U);
  EXPECT_NEAR(blocks[1].x1, 90, 0.1);
}

TEST(Collapse, Skips_what_lies_outside_the_view) {
  TraceBuilder b;
  const TimeAxis axis(*b.store, 1000, AxisKind::steps, {.steps_begin = 400, .steps_end = 500}, 0, 1000);
  const auto blocks =
      blocks_of({{0, 100, 1}, {300, 420, 1}, {450, 460, 1}, {490, 700, 1}, {800, 900, 1}}, 1000, axis);
  ASSERT_EQ(blocks.size(), 3U);
  EXPECT_EQ(blocks.front().first, 1U);
  EXPECT_EQ(blocks.back().first, 3U);
}

TEST(Collapse, Costs_by_pixels_and_not_by_spans) {
  TraceBuilder b;
  std::vector<Span> spans;
  constexpr std::size_t kMany = 1'000'000;
  for (std::size_t i = 0; i < kMany; i += 2) spans.push_back({i, i + 2, static_cast<int>(i / 2 % 3)});
  const TimeAxis axis(*b.store, kMany, AxisKind::steps, {}, 0, 1500);
  std::size_t asked = 0;
  const auto blocks =
      collapse(std::span<const Span>(spans), kMany, axis, 2, [&](const Span& s) { return ++asked, s.rank; });
  EXPECT_LE(blocks.size(), 751U);
  EXPECT_LT(asked, 40'000U);
  EXPECT_NEAR(blocks.back().x1, 1500, 3);
}

TEST(Collapse, Gives_spans_without_duration_a_tick_on_the_clock) {
  TraceBuilder b;
  b.worlds(10).at(1).worlds(10);
  const TimeAxis axis(*b.store, 20, AxisKind::clock, {}, 0, 1000);
  const auto blocks = blocks_of({{0, 3, 1}, {3, 6, 9}, {6, 12, 2}, {12, 20, 3}}, 20, axis, 3);
  ASSERT_EQ(blocks.size(), 3U);
  EXPECT_TRUE(blocks[0].dense);
  EXPECT_EQ(blocks[0].shown, 1U);
  EXPECT_FALSE(blocks[1].dense);
  EXPECT_FLOAT_EQ(blocks[2].x1 - blocks[2].x0, 3);
}

TEST(Collapse, Of_nothing_is_nothing) {
  TraceBuilder b;
  const TimeAxis axis(*b.store, 1, AxisKind::steps, {}, 0, 1000);
  EXPECT_TRUE(blocks_of({}, 1, axis).empty());
}

}  // namespace
}  // namespace loopscope::viz

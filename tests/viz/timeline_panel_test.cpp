// The timeline as people use it, without a window.
#include <gtest/gtest.h>

#include "core/trace/event_reader.h"
#include "tests/viz/busy_trace.h"
#include "tests/viz/headless.h"
#include "tests/viz/model/trace_builder.h"
#include "viz/model/lanes.h"
#include "viz/model/timeline_model.h"

namespace loopscope::viz {
namespace {

/// The headless viewer with the timeline's geometry and axis at hand.
class TimelineDriver {
 public:
  explicit TimelineDriver(std::shared_ptr<const traces::TraceStore> store = sample_trace(),
                          float width = 1600, float height = 1000)
      : head_(std::move(store), width, height), viewer(head_.viewer) {}

  void click(Vec2 p) { head_.click(p); }
  void drag(Vec2 from, Vec2 to) { head_.drag(from, to); }
  void wheel(Vec2 p, float notches) { head_.wheel(p, notches); }
  void move_to(Vec2 p) { head_.move_to(p); }
  void type(char32_t c) { head_.type(c); }
  void frame(int count = 1) { head_.frame(count); }
  int vertices() const { return head_.vertices(); }
  float text_width(Face face, float em, const std::string& text) const {
    const Fonts::Pick pick = head_.fonts().pick(face, em);
    return pick.font->CalcTextSizeA(pick.size, 1e9F, 0, text.c_str()).x;
  }

  const traces::TraceStore& store() const { return *head_.session.shown.run.store; }
  ViewState& view() { return viewer.view(); }
  TimelineGeometry geometry() {
    const TimelineModel& model = *view().trace_model;
    return timeline_geometry(head_.layout(), {model.tasks().size(), model.timer_rows()});
  }
  TimeAxis axis() {
    const TimelineGeometry g = geometry();
    return {store(), store().size(), view().axis, view().timeline, g.plot_left, g.plot_right};
  }
  Vec2 on_lane(std::size_t row, EventIndex event) {
    return {axis().x_mid(event), geometry().lane(row, geometry().snapped(view().lanes_scroll)).center().y};
  }
  Vec2 on_ruler(EventIndex event) { return {axis().x_mid(event), geometry().ruler.center().y}; }

 private:
  HeadlessDriver head_;

 public:
  Viewer& viewer;
};

std::shared_ptr<traces::TraceStore> trace_of_many_tasks(int tasks) {
  TraceBuilder b;
  b.loop();
  for (int i = 0; i < tasks; ++i) {
    const TaskId task = b.task("worker " + std::to_string(i));
    const HandleId step = b.queue_step(task);
    b.begin_step(step, task).sleep(task, b.timer(i + 1.0), 0).plain(EventKind::handle_end, step.value);
  }
  b.store->finish();
  return b.store;
}

TEST(Timeline, A_click_on_a_lane_selects_its_task) {
  TimelineDriver driver;
  driver.click(driver.on_lane(1, 40));
  EXPECT_EQ(driver.view().selection, (Selection{Selection::Kind::task, 2}));
  EXPECT_EQ(driver.viewer.cursor(), 0U);
}

TEST(Timeline, A_double_click_goes_to_the_event) {
  TimelineDriver driver;
  const Vec2 p = driver.on_lane(1, 40);
  driver.click(p);
  driver.click(p);
  EXPECT_EQ(driver.viewer.cursor(), 40U);
}

TEST(Timeline, Pointing_at_a_lane_makes_its_task_glow) {
  TimelineDriver driver;
  driver.move_to(driver.on_lane(2, 60));
  EXPECT_EQ(driver.view().hovered, (Selection{Selection::Kind::task, 3}));
}

TEST(Timeline, Dragging_on_the_ruler_scrubs) {
  TimelineDriver driver;
  driver.drag(driver.on_ruler(10), driver.on_ruler(90));
  EXPECT_EQ(driver.viewer.cursor(), 90U);
  driver.drag(driver.on_ruler(90), {-400, driver.on_ruler(0).y});
  EXPECT_EQ(driver.viewer.cursor(), 0U);
}

TEST(Timeline, The_wheel_zooms_about_the_pointer) {
  TimelineDriver driver;
  const Vec2 p = driver.on_lane(0, 100);
  const double before = driver.axis().pixels_per_unit();
  driver.wheel(p, 4);
  EXPECT_GT(driver.axis().pixels_per_unit(), 1.5 * before);
  EXPECT_EQ(driver.axis().event_at(p.x), 100U);
  EXPECT_NEAR(driver.axis().x_mid(100), p.x, 1);
}

TEST(Timeline, Dragging_the_lanes_pans_and_selects_nothing) {
  TimelineDriver driver;
  driver.wheel(driver.on_lane(0, 100), 8);
  const float x = driver.axis().x_of(100);
  const Vec2 from = driver.on_lane(0, 100);
  driver.drag(from, from + Vec2{120, 0});
  EXPECT_NEAR(driver.axis().x_of(100) - x, 120, 1);
  EXPECT_EQ(driver.view().selection, Selection{});
  EXPECT_EQ(driver.viewer.cursor(), 0U);
}

TEST(Timeline, F_fits_and_a_and_d_pan) {
  TimelineDriver driver;
  driver.wheel(driver.on_lane(0, 100), 8);
  const double begin = driver.axis().begin();
  driver.type('d');
  EXPECT_GT(driver.axis().begin(), begin);
  driver.type('a');
  EXPECT_NEAR(driver.axis().begin(), begin, 0.01);
  driver.type('f');
  EXPECT_TRUE(driver.axis().shows_all());
}

TEST(Timeline, X_and_the_switch_change_the_axis_and_leave_the_playhead_where_it_is) {
  TimelineDriver driver;
  driver.viewer.apply(command::Seek{61});
  driver.frame();
  const float x = driver.axis().x_mid(61);
  driver.type('x');
  EXPECT_EQ(driver.view().axis, AxisKind::clock);
  EXPECT_NEAR(driver.axis().x_mid(61), x, 1);
  const Rect title = driver.geometry().title;
  driver.click(
      {title.x + 14 + driver.text_width(Face::semibold, 14, "Timeline") + 19 + 20, title.center().y});
  EXPECT_EQ(driver.view().axis, AxisKind::steps);
}

TEST(Timeline, Shift_and_the_wheel_scroll_the_lanes) {
  TimelineDriver driver(trace_of_many_tasks(200));
  const Vec2 p = driver.geometry().lanes.center();
  ImGui::GetIO().KeyShift = true;
  driver.wheel(p, -2);
  ImGui::GetIO().KeyShift = false;
  EXPECT_NEAR(driver.view().lanes_scroll, 2 * driver.geometry().lane_height, 0.5);
  EXPECT_TRUE(driver.axis().shows_all());
  driver.click(driver.on_lane(2, 5));
  EXPECT_EQ(driver.view().selection.id, 3U);
}

TEST(Timeline, Side_lanes_without_room_come_by_the_wheel_and_by_a_click_on_their_count) {
  HeadlessDriver driver(busy_trace({.fds = 30}));
  const ViewState& view = driver.viewer.view();
  const TimelineModel& model = *view.trace_model;
  const std::size_t all = view.lane_list->side().size();
  const TimelineGeometry g =
      timeline_geometry(driver.layout(), {model.tasks().size(), model.timer_rows(), all});
  ASSERT_GT(g.side_rows, 0U);
  ASSERT_LT(g.side_rows, all);
  ImGui::GetIO().KeyShift = true;
  driver.wheel(g.side.center(), -3);
  ImGui::GetIO().KeyShift = false;
  EXPECT_FLOAT_EQ(view.side_scroll, 3);
  EXPECT_FLOAT_EQ(view.lanes_scroll, 0);
  const Vec2 count{g.plot_left - 20, g.side_lane(g.side_rows - 1).center().y};
  driver.click(count);
  EXPECT_FLOAT_EQ(view.side_scroll, 3 + static_cast<float>(g.side_rows));
  for (std::size_t clicks = 0; clicks < all && view.side_scroll > 0; ++clicks) driver.click(count);
  EXPECT_FLOAT_EQ(view.side_scroll, 0);  // past the last one it begins again
}

TEST(Timeline, The_running_tasks_lane_comes_into_sight) {
  TimelineDriver driver(trace_of_many_tasks(200));
  for (EventIndex i = 0; i < driver.store().size(); ++i) {
    const TraceEvent e = driver.store().event(i);
    if (e.kind != EventKind::task_step || field::task(e).value != 150) continue;
    driver.viewer.apply(command::Seek{i});
  }
  driver.frame(2);
  const TimelineGeometry g = driver.geometry();
  const Rect lane = g.lane(149, g.snapped(driver.view().lanes_scroll));
  EXPECT_GE(lane.y, g.lanes.y - 0.5F);
  EXPECT_LE(lane.bottom(), g.lanes.bottom() + 0.5F);
}

TEST(Timeline, Lanes_of_a_large_run_shrink_to_heat_rows_that_all_fit) {
  TimelineDriver driver(trace_of_many_tasks(60));
  const TimelineGeometry g = driver.geometry();
  EXPECT_TRUE(g.heat);
  EXPECT_GE(g.lane_height, 3);
  EXPECT_FLOAT_EQ(g.max_scroll(), 0);
  EXPECT_GT(g.lanes.h, TimelineDriver().geometry().lanes.h);
}

TEST(Timeline, Shift_and_a_drag_mark_a_range_and_Escape_forgets_it) {
  TimelineDriver driver;
  ImGui::GetIO().KeyShift = true;
  driver.drag(driver.on_lane(0, 20), driver.on_lane(0, 80));
  ImGui::GetIO().KeyShift = false;
  ASSERT_TRUE(driver.view().range);
  EXPECT_EQ(*driver.view().range, (EventRange{20, 80}));
  driver.viewer.apply(command::Dismiss{});
  EXPECT_FALSE(driver.view().range);
}

TEST(Timeline, While_zoomed_in_the_strip_is_a_map_of_the_whole_run) {
  TimelineDriver driver;
  driver.viewer.apply(command::Zoom{4});
  driver.frame();
  const TimelineGeometry g = driver.geometry();
  driver.click({g.plot_right - 2, g.strip.center().y});
  EXPECT_GE(driver.viewer.cursor(), driver.store().size() - 2);
}

TEST(Timeline, A_click_on_the_clock_strip_goes_to_that_time) {
  TimelineDriver driver;
  const TimelineGeometry g = driver.geometry();
  driver.click({g.plot_right - 1, g.strip.bottom() - 17});
  EXPECT_EQ(driver.viewer.cursor(), driver.store().size() - 1);
  driver.click({(g.plot_left + g.plot_right) / 2 - 60, g.strip.bottom() - 17});
  EXPECT_EQ(driver.store().event(driver.viewer.cursor()).ts, 0);
  EXPECT_EQ(driver.store().event(driver.viewer.cursor()).kind, EventKind::select_begin) << "it waits";
}

TEST(Timeline, Draws_every_event_of_the_run_on_both_axes_and_sizes) {
  for (const auto& [w, h] :
       {std::pair{1600.0F, 1000.0F}, std::pair{1280.0F, 720.0F}, std::pair{900.0F, 500.0F}}) {
    TimelineDriver driver(sample_trace(), w, h);
    for (const AxisKind axis : {AxisKind::steps, AxisKind::clock}) {
      driver.view().axis = axis;
      for (EventIndex i = 0; i < driver.store().size(); i += 7) {
        driver.viewer.apply(command::Seek{i});
        driver.frame();
      }
    }
  }
}

TEST(Timeline, Draws_traces_of_one_event_and_of_one_instant) {
  TraceBuilder one, instant;
  one.worlds(1).store->finish();
  instant.loop().empty_iteration(1).worlds(300).store->finish();
  for (const auto& store : {one.store, instant.store}) {
    TimelineDriver driver(store);
    driver.type('x');
    driver.wheel(driver.geometry().plot().center(), 30);
    driver.wheel(driver.geometry().plot().center(), -60);
    driver.type('x');
    EXPECT_GT(driver.vertices(), 0);
  }
}

TEST(Timeline, What_is_drawn_follows_the_pixels_and_not_the_events) {
  const auto drawn = [](int iterations) {
    TraceBuilder b;
    b.loop();
    for (int n = 1; n <= iterations; ++n) b.at(n * 0.001).empty_iteration(static_cast<std::uint64_t>(n));
    b.store->finish();
    TimelineDriver driver(b.store);
    driver.viewer.apply(command::Seek{b.size() / 2});
    driver.frame(2);
    return driver.vertices();
  };
  EXPECT_LT(drawn(20'000), 2 * drawn(2'000));
}

}  // namespace
}  // namespace loopscope::viz

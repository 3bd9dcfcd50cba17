#include "viz/model/motion.h"

#include <gtest/gtest.h>

#include "core/trace/events.h"
#include "viz/model/loop_geometry.h"
#include "viz/model/ready_layout.h"

namespace loopscope::viz {
namespace {

constexpr LoopId kLoop{1};
constexpr Rect kPanel{440, 64, 772, 564};

TraceEvent queued(Cause cause) {
  return make::handle_queued(kLoop, HandleId{5}, {},
                             {.cause = cause, .task = {}, .future = {}, .of_task = {}});
}

traces::OneLoopState loop(bool runs_a_handle) {
  traces::OneLoopState l;
  if (runs_a_handle) l.running_handle.emplace();
  return l;
}

TEST(Flight, Of_a_promoted_timer_goes_from_the_heap_to_the_queue) {
  EXPECT_EQ(flight_of(queued(Cause::timer), loop(false)), (Flight{{5}, Station::heap, Station::queue}));
}

TEST(Flight, Of_an_fds_handle_comes_from_the_selector_and_of_call_soon_from_the_running_slot) {
  EXPECT_EQ(flight_of(queued(Cause::io), loop(false))->from, Station::selector);
  EXPECT_EQ(flight_of(queued(Cause::call_soon), loop(true))->from, Station::slot);
  EXPECT_EQ(flight_of(queued(Cause::task_step), loop(false))->from, Station::outside);
  EXPECT_EQ(flight_of(queued(Cause::threadsafe), loop(true))->from, Station::outside);
}

TEST(Flight, Of_a_new_timer_ends_in_the_heap_and_of_a_beginning_handle_in_the_slot) {
  const TraceEvent timer = make::timer_scheduled(kLoop, {4}, 2.0, {});
  EXPECT_EQ(flight_of(timer, loop(true)), (Flight{{4}, Station::slot, Station::heap}));
  const TraceEvent begin = make::plain(EventKind::handle_begin, kLoop, 7);
  EXPECT_EQ(flight_of(begin, loop(false)), (Flight{{7}, Station::queue, Station::slot}));
  EXPECT_EQ(flight_of(make::plain(EventKind::handle_end, kLoop, 7), loop(true)), std::nullopt);
}

struct Ends {
  Rect from, to;
};
std::vector<std::pair<Flight, Ends>> flights() {
  const MachineLayout m = layout_machine(kPanel, false, 1);
  std::vector<std::pair<Flight, Ends>> all;
  for (std::size_t n = 1; n <= 12; ++n) {
    const Rect to = ready_place(layout_ready(m.queue, n, 1), n - 1);
    for (const auto& [station, from] :
         {std::pair{Station::heap, m.heap}, {Station::selector, m.selector}, {Station::slot, m.slot}})
      all.push_back({{{1}, station, Station::queue}, {from, to}});
    all.push_back({{{1}, Station::queue, Station::slot}, {to, m.slot}});
  }
  all.push_back({{{1}, Station::slot, Station::heap}, {m.slot, m.heap}});
  return all;
}

TEST(FlightWay, Begins_in_its_source_and_ends_in_its_target) {
  for (const auto& [flight, ends] : flights()) {
    const Way c = flight_way(flight, ends.from, ends.to, kPanel, 1);
    EXPECT_TRUE(ends.from.contains(c.at(0)));
    EXPECT_EQ(c.at(1), ends.to.center());
  }
}

TEST(FlightWay, Never_takes_the_chips_middle_out_of_the_panel) {
  for (const auto& [flight, ends] : flights()) {
    const Way c = flight_way(flight, ends.from, ends.to, kPanel, 1);
    for (float t = 0; t <= 1; t += .02F) EXPECT_TRUE(kPanel.contains(c.at(t))) << t;
  }
}

TEST(FlightWay, Backwards_is_the_same_line_reversed) {
  for (const auto& [flight, ends] : flights()) {
    const Curve c = flight_way(flight, ends.from, ends.to, kPanel, 1).line, back = c.reversed();
    for (float t = 0; t <= 1; t += .125F) {
      EXPECT_NEAR(c.at(t).x, back.at(1 - t).x, .01);
      EXPECT_NEAR(c.at(t).y, back.at(1 - t).y, .01);
    }
  }
}

TEST(FlightWay, Shows_its_line_from_the_edge_of_its_source_to_the_edge_of_its_target) {
  for (const auto& [flight, ends] : flights()) {
    const Way way = flight_way(flight, ends.from, ends.to, kPanel, 1);
    const Curve shown = shown_line(way.line, ends.from, ends.to, 1);
    EXPECT_FALSE(ends.to.contains(shown.at(1)));
    EXPECT_FALSE(ends.from.inset(12).contains(shown.at(0)));
    // It is a part of the whole line: its ends lie on it.
    for (const Vec2 end : {shown.at(0), shown.at(1)}) {
      float nearest = 1e9F;
      for (float t = 0; t <= 1; t += .001F)
        nearest = std::min(nearest, std::abs(way.line.at(t).x - end.x) + std::abs(way.line.at(t).y - end.y));
      EXPECT_LT(nearest, 2);
    }
  }
}

TEST(MotionStep, Shows_the_last_event_of_a_short_step_that_moves_a_chip) {
  const auto moves = [](EventIndex i) { return i == 12 || i == 14; };
  EXPECT_EQ(motion_step({.from = 10, .to = 15, .progress = .5F}, moves)->event, 14U);
  EXPECT_EQ(motion_step({.from = 10, .to = 13, .progress = .5F}, moves)->event, 12U);
  EXPECT_FALSE(motion_step({.from = 10, .to = 11, .progress = .5F}, moves));
}

TEST(MotionStep, Backwards_undoes_the_event_it_leaves) {
  const auto moves = [](EventIndex i) { return i == 12; };
  const auto step = motion_step({.from = 12, .to = 11, .progress = .5F}, moves);
  ASSERT_TRUE(step);
  EXPECT_EQ(step->event, 12U);
  EXPECT_TRUE(step->backwards);
  EXPECT_FALSE(motion_step({.from = 13, .to = 12, .progress = .5F}, moves));
}

TEST(MotionStep, Moves_nothing_at_rest_or_over_more_than_eight_events) {
  const auto moves = [](EventIndex) { return true; };
  EXPECT_FALSE(motion_step({.from = 10, .to = 11, .progress = 1}, moves));
  EXPECT_TRUE(motion_step({.from = 10, .to = 18, .progress = .5F}, moves));
  EXPECT_FALSE(motion_step({.from = 10, .to = 19, .progress = .5F}, moves));
  EXPECT_FALSE(motion_step({.from = 10, .to = 10, .progress = .5F}, moves));
}

TEST(Touch, Tells_what_the_event_works_on) {
  EXPECT_EQ(touch_of(queued(Cause::timer)).where, Station::queue);
  EXPECT_EQ(touch_of(queued(Cause::timer)).handle, HandleId{5});
  const Touch io = touch_of(make::io_ready(kLoop, 7, kReadable, {9}));
  EXPECT_EQ(io.fd, 7U);
  EXPECT_EQ(io.handle, HandleId{9});
  EXPECT_EQ(touch_of(make::plain(EventKind::iteration_begin, kLoop, 3)).handle, HandleId{});
}

TEST(Parts, Of_a_move_share_its_time) {
  EXPECT_FLOAT_EQ(first_part(.25F, .5F), .5F);
  EXPECT_FLOAT_EQ(first_part(.75F, .5F), 1);
  EXPECT_FLOAT_EQ(last_part(.25F, .5F), 0);
  EXPECT_FLOAT_EQ(last_part(.75F, .5F), .5F);
  EXPECT_EQ(between({0, 0, 10, 10}, {10, 20, 20, 10}, .5F), (Rect{5, 10, 15, 10}));
}

}  // namespace
}  // namespace loopscope::viz

#include "viz/model/listing_model.h"

#include <cmath>
#include <gtest/gtest.h>

#include "core/trace/event_reader.h"
#include "tests/viz/model/trace_builder.h"
#include "tests/viz/sample_trace.h"
#include "viz/model/timeline_model.h"

namespace loopscope::viz {
namespace {

using traces::EventIndex;
using traces::TaskPhase;

ListingModel model_at(const traces::TraceStore& store, EventIndex i) {
  const traces::LoopState before = i > 0 ? store.state_at(i - 1) : traces::LoopState{};
  return listing_model(store.event(i), before, store.state_at(i));
}

/// The `nth` event of a kind, from 0.
EventIndex find(const traces::TraceStore& store, EventKind kind, int nth = 0) {
  for (EventIndex i = 0; i < store.size(); ++i)
    if (store.event(i).kind == kind && nth-- == 0) return i;
  ADD_FAILURE() << "no such event";
  return 0;
}

TEST(ListingModel, Marks_the_lines_where_tasks_are_suspended) {
  const auto store = sample_trace();
  const ListingModel model = model_at(*store, find(*store, EventKind::timer_promoted));
  ASSERT_EQ(model.marks.size(), 2U);
  ASSERT_NE(model.at(5), nullptr);
  EXPECT_EQ(model.at(5)->badges.size(), 2U);
  ASSERT_NE(model.at(12), nullptr);
  EXPECT_EQ(model.at(12)->badges.front().phase, TaskPhase::waiting);
  EXPECT_EQ(model.at(6), nullptr);
}

TEST(ListingModel, The_task_of_a_fired_timer_is_the_hot_one) {
  const auto store = sample_trace();
  const EventIndex promoted = find(*store, EventKind::timer_promoted);
  for (const EventIndex i : {promoted, promoted + 1}) {  // and its handle.queued
    const ListingModel model = model_at(*store, i);
    EXPECT_EQ(model.event_task.value, 3U) << "B";
    EXPECT_TRUE(model.at(5)->hot);
    EXPECT_FALSE(model.at(5)->badges[0].hot);
    EXPECT_TRUE(model.at(5)->badges[1].hot);
    EXPECT_FALSE(model.at(12)->hot);
    EXPECT_EQ(model.focus_line, 5U);
  }
}

TEST(ListingModel, Follows_the_running_line_of_a_step) {
  const auto store = sample_trace();
  for (EventIndex i = 0; i < store->size(); ++i) {
    const TraceEvent e = store->event(i);
    if (e.kind != EventKind::line) continue;
    const ListingModel model = model_at(*store, i);
    EXPECT_EQ(model.running_line, field::line(e));
    EXPECT_EQ(model.focus_line, field::line(e));
    EXPECT_EQ(model.running_task, field::task(e));
  }
}

TEST(ListingModel, Nothing_runs_while_the_loop_selects) {
  const auto store = sample_trace();
  const ListingModel model = model_at(*store, find(*store, EventKind::select_begin, 2));
  EXPECT_EQ(model.running_line, 0U);
  EXPECT_FALSE(model.running_task);
}

TEST(ListingModel, Tasks_that_have_ended_leave_the_listing) {
  const auto store = sample_trace();
  EXPECT_TRUE(model_at(*store, store->size() - 1).marks.empty());
}

TEST(ListingModel, Knows_the_line_of_what_ended_the_program) {
  TraceBuilder b;
  b.loop();
  const TaskId task = b.task("A");
  const auto failure = [&] { return line_of_failure(*b.store, b.store->state_at(b.size() - 1)); };
  b.line(task, 3);
  EXPECT_EQ(failure(), 0U);
  b.emit(make::error(b.loop_id(), task, 4));  // the loop's exception handler tells of it
  EXPECT_EQ(failure(), 0U);
  b.emit(make::error({}, {}, 5)).plain(EventKind::loop_closed);
  EXPECT_EQ(failure(), 5U);
}

TEST(ListingModel, Holds_every_task_on_one_line) {
  TraceBuilder b;
  b.loop();
  for (int i = 0; i < 31; ++i) {
    const TaskId task = b.task("t" + std::to_string(i));
    b.begin_step(b.queue_step(task), task).line(task, 7);
    b.sleep(task, b.timer(1), 7).plain(EventKind::handle_end, static_cast<std::uint64_t>(2 * i + 1));
  }
  const ListingModel model = model_at(*b.store, b.size() - 1);
  ASSERT_NE(model.at(7), nullptr);
  EXPECT_EQ(model.at(7)->badges.size(), 31U);
}

TEST(ScrollToLine, Leaves_a_line_alone_that_is_well_in_sight) {
  EXPECT_FLOAT_EQ(scroll_to_line(10, 20, 400, 2000, 100), 100);
}

TEST(ScrollToLine, Centres_a_line_that_is_not_and_stays_inside_the_listing) {
  EXPECT_NEAR(scroll_to_line(50, 20, 400, 2000, 0), 49 * 20 + 10 - 200, 10);
  EXPECT_FLOAT_EQ(std::fmod(scroll_to_line(50, 20, 400, 2000, 0), 20.0F), 0) << "no row is cut";
  EXPECT_FLOAT_EQ(scroll_to_line(1, 20, 400, 2000, 900), 0);
  EXPECT_FLOAT_EQ(scroll_to_line(100, 20, 400, 2000, 0), 1600);
  EXPECT_FLOAT_EQ(scroll_to_line(3, 20, 400, 100, 50), 0);
  EXPECT_FLOAT_EQ(scroll_to_line(0, 20, 400, 2000, 333), 333);
}

}  // namespace
}  // namespace loopscope::viz

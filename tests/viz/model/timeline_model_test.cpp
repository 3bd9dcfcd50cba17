#include "viz/model/timeline_model.h"

#include <gtest/gtest.h>

#include "core/trace/event_reader.h"
#include "tests/viz/model/trace_builder.h"
#include "tests/viz/sample_trace.h"

namespace loopscope::viz {
namespace {

using traces::EventIndex;
using traces::LoopPhase;

TimelineModel model_of(const traces::TraceStore& store) {
  TimelineModel model;
  model.update(store, store.size(), true);
  return model;
}

TEST(TimelineModel, Knows_the_phases_of_every_iteration) {
  const auto store = sample_trace();
  const TimelineModel model = model_of(*store);
  const auto* track = model.track(LoopId{1});
  ASSERT_NE(track, nullptr);
  EXPECT_EQ(track->iterations.size(), 12U);
  ASSERT_EQ(track->phases.size(), 36U);
  for (std::size_t i = 0; i < 36; ++i) {
    constexpr LoopPhase kOrder[] = {LoopPhase::select, LoopPhase::timers, LoopPhase::run};
    EXPECT_EQ(track->phases[i].phase, kOrder[i % 3]);
    EXPECT_LT(track->phases[i].end, store->size());
  }
}

TEST(TimelineModel, Depth_of_the_ready_queue_agrees_with_the_state_at_every_event) {
  const auto store = sample_trace();
  const TimelineModel model = model_of(*store);
  const auto& depth = model.track(LoopId{1})->depth;
  for (EventIndex i = 0; i < store->size(); ++i) {
    const traces::LoopState state = store->state_at(i);
    if (state.loops.empty()) continue;
    std::uint32_t drawn = 0;
    for (const auto& span : depth)
      if (span.begin <= i && i < span.end) drawn = span.depth;
    EXPECT_EQ(drawn, state.loops[0].ready_count()) << "event " << i;
  }
  EXPECT_EQ(model.track(LoopId{1})->deepest, 2U);
}

TEST(TimelineModel, Grows_with_the_trace_to_the_same_as_at_once) {
  const auto whole = sample_trace();
  TimelineModel growing;
  for (EventIndex size = 1; size <= whole->size(); ++size)
    growing.update(*whole, size, size == whole->size());
  const TimelineModel at_once = model_of(*whole);
  const auto *a = growing.track(LoopId{1}), *b = at_once.track(LoopId{1});
  ASSERT_EQ(a->phases.size(), b->phases.size());
  for (std::size_t i = 0; i < a->phases.size(); ++i) EXPECT_EQ(a->phases[i].end, b->phases[i].end);
  EXPECT_EQ(a->depth.size(), b->depth.size());
  ASSERT_EQ(growing.tasks().size(), at_once.tasks().size());
  EXPECT_EQ(growing.wakeups().size(), at_once.wakeups().size());
  EXPECT_EQ(growing.output().rows().size(), 4U);
}

TEST(TimelineModel, Starts_anew_on_another_trace) {
  TimelineModel model;
  const auto first = sample_trace();
  model.update(*first, first->size(), true);
  TraceBuilder other;
  other.worlds(3);
  model.update(*other.store, 3, true);
  EXPECT_TRUE(model.tasks().empty());
  EXPECT_EQ(model.track(LoopId{1}), nullptr);
  EXPECT_EQ(model.timer_rows(), 0U);
}

TEST(TimelineModel, Knows_which_task_runs_at_an_event) {
  const auto store = sample_trace();
  const TimelineModel model = model_of(*store);
  TaskId running;
  for (EventIndex i = 0; i < store->size(); ++i) {
    const TraceEvent e = store->event(i);
    if (e.kind == EventKind::task_step) running = field::task(e);
    if (e.kind == EventKind::handle_end) running = {};
    EXPECT_EQ(model.running_task(i), running) << "event " << i;
  }
}

TEST(TimelineModel, Plants_timers_that_wait_together_in_rows_of_their_own) {
  const auto store = sample_trace();
  const TimelineModel model = model_of(*store);
  EXPECT_EQ(model.timer_rows(), 2U);
  const auto* pin = model.timer(model.timer_row(1).front().handle);
  ASSERT_NE(pin, nullptr);
  EXPECT_TRUE(pin->fired);
  EXPECT_DOUBLE_EQ(pin->when, 1.0);
  EXPECT_EQ(store->event(pin->end - 1).kind, EventKind::timer_promoted);
}

TEST(TimelineModel, Counts_the_timers_that_find_no_row_and_keeps_the_cancelled) {
  TraceBuilder b;
  b.loop();
  const HandleId cancelled = b.timer(1);
  b.plain(EventKind::timer_cancelled, cancelled.value);
  for (int i = 0; i < 40; ++i) b.timer(2);
  const TimelineModel model = model_of(*b.store);
  EXPECT_EQ(model.timer_rows(), 4U);
  EXPECT_EQ(model.timers_left_out(), 36U);
  ASSERT_NE(model.timer(cancelled), nullptr);
  EXPECT_TRUE(model.timer(cancelled)->cancelled);
  EXPECT_FALSE(model.timer(cancelled)->fired);
}

TEST(TimelineModel, An_open_phase_and_iteration_last_until_they_are_closed) {
  TraceBuilder b;
  b.loop().plain(EventKind::iteration_begin, 1).emit(make::select_begin(b.loop_id(), 5));
  TimelineModel model;
  model.update(*b.store, b.size(), false);
  EXPECT_EQ(model.track(b.loop_id())->phases.back().end, TimelineModel::kOpen);
  EXPECT_NE(model.track(b.loop_id())->iteration_at(1'000'000), nullptr);
  b.at(5).plain(EventKind::select_end);
  model.update(*b.store, b.size(), false);
  EXPECT_EQ(model.track(b.loop_id())->phases.back().end, b.size());
}

TEST(OutputRows, A_print_with_newlines_makes_several_rows) {
  TraceBuilder b;
  b.print("one\ntwo").print("").print("three");
  OutputRows rows;
  rows.rebuild(*b.store, b.size());
  ASSERT_EQ(rows.rows().size(), 4U);
  EXPECT_EQ(rows.rows()[1].text, "two");
  EXPECT_EQ(rows.rows()[2].text, "");
  EXPECT_EQ(rows.rows()[3].event, 2U);
  EXPECT_EQ(rows.rows_at(0), 2U);
  EXPECT_EQ(rows.rows_at(1), 3U);
}

TEST(OutputRows, Prints_that_end_without_a_newline_share_a_row) {
  TraceBuilder b;
  b.print("a", " ").print("b", "").print("c").print("d");
  OutputRows rows;
  rows.rebuild(*b.store, b.size());
  ASSERT_EQ(rows.rows().size(), 2U);
  EXPECT_EQ(rows.rows()[0].text, "a bc");
  EXPECT_EQ(rows.rows()[0].text_at(0), "a ");
  EXPECT_EQ(rows.rows()[0].text_at(1), "a b");
  EXPECT_EQ(rows.rows()[0].text_at(3), "a bc");
  EXPECT_EQ(rows.rows_at(0), 1U);
}

TEST(OutputRows, Hold_only_what_lies_before_the_size) {
  TraceBuilder b;
  b.print("a").print("b");
  OutputRows rows;
  rows.rebuild(*b.store, 1);
  EXPECT_EQ(rows.rows().size(), 1U);
}

}  // namespace
}  // namespace loopscope::viz

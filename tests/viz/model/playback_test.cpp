#include "viz/model/playback.h"

#include "core/trace/event_reader.h"
#include "tests/viz/sample_trace.h"

namespace loopscope::viz {
namespace {

EventIndex first(const traces::TraceStore& store, EventKind kind, EventIndex from = 0) {
  for (EventIndex i = from; i < store.size(); ++i)
    if (store.event(i).kind == kind) return i;
  ADD_FAILURE() << "no such event";
  return 0;
}

double seconds_of(const Motion& start) {
  Motion motion = start;
  double seconds = 0;
  for (; motion.transition().moving() && seconds < 5; seconds += 0.001) motion.advance(0.001);
  return seconds;
}

TEST(Playback, At_speed_1_four_events_come_in_a_second) {
  Playback playback;
  playback.start();
  std::size_t events = 0;
  for (int frame = 0; frame < 60; ++frame) events += playback.advance(1.0 / 60, 1);
  EXPECT_NEAR(static_cast<double>(events), 4, 1);
  playback.start();
  EXPECT_EQ(playback.advance(0.24, 1), 0U);
  EXPECT_EQ(playback.advance(0.02, 1), 1U);
}

TEST(Playback, Speed_multiplies_and_no_time_is_lost_between_frames) {
  for (const float speed : {0.25F, 2.0F, 64.0F}) {
    Playback playback;
    playback.start();
    std::size_t events = 0;
    for (int frame = 0; frame < 700; ++frame) events += playback.advance(1.0 / 70, speed);
    EXPECT_NEAR(static_cast<double>(events), 40 * static_cast<double>(speed), 1);
  }
}

TEST(Playback, A_frame_that_took_minutes_does_not_run_away) {
  Playback playback;
  playback.start();
  EXPECT_LE(playback.advance(300, 1), 4U);
  EXPECT_EQ(playback.advance(-5, 1), 0U);
}

TEST(Motion, Runs_evenly_from_0_to_1_and_rests) {
  const auto store = sample_trace();
  const EventIndex queued = first(*store, EventKind::handle_queued, first(*store, EventKind::timer_promoted));
  Motion motion;
  EXPECT_FALSE(motion.transition().moving());
  motion.start(*store, queued - 1, queued, 10);
  EXPECT_TRUE(motion.transition().moving());
  EXPECT_FLOAT_EQ(motion.transition().progress, 0);
  motion.advance(0.080);
  EXPECT_NEAR(motion.transition().progress, 0.25, 0.001);
  for (int i = 0; i < 3; ++i) motion.advance(0.0801);
  EXPECT_FALSE(motion.transition().moving());
  EXPECT_EQ(motion.transition().to, queued);
}

TEST(Motion, From_the_heap_to_ready_takes_320_ms_and_back_six_tenths_of_it) {
  const auto store = sample_trace();
  const EventIndex queued = first(*store, EventKind::handle_queued, first(*store, EventKind::timer_promoted));
  Motion motion;
  motion.start(*store, queued - 1, queued, 10);
  EXPECT_NEAR(seconds_of(motion), 0.320, 0.002);
  motion.start(*store, queued, queued - 1, 10);
  EXPECT_NEAR(seconds_of(motion), 0.192, 0.002);
}

TEST(Motion, Each_kind_of_move_has_its_own_time) {
  const auto store = sample_trace();
  const EventIndex planted = first(*store, EventKind::timer_scheduled);
  EXPECT_DOUBLE_EQ(motion_seconds(*store, first(*store, EventKind::handle_queued)), 0.200);
  EXPECT_DOUBLE_EQ(motion_seconds(*store, first(*store, EventKind::handle_begin)), 0.180);
  EXPECT_DOUBLE_EQ(motion_seconds(*store, first(*store, EventKind::timers_begin)), 0.160);
  EXPECT_DOUBLE_EQ(motion_seconds(*store, planted), 0.280);
  EXPECT_DOUBLE_EQ(motion_seconds(*store, first(*store, EventKind::timer_scheduled, planted + 1)), 0.370);
  EXPECT_DOUBLE_EQ(motion_seconds(*store, first(*store, EventKind::line)), 0);
}

TEST(Motion, Steps_over_more_than_eight_events_do_not_move) {
  const auto store = sample_trace();
  Motion motion;
  motion.start(*store, 10, 18, 10);
  EXPECT_TRUE(motion.transition().moving());
  motion.start(*store, 10, 19, 10);
  EXPECT_FALSE(motion.transition().moving());
  EXPECT_EQ(motion.transition().to, 19U);
}

TEST(Motion, A_new_step_finishes_the_old_one_at_once) {
  const auto store = sample_trace();
  const EventIndex queued = first(*store, EventKind::handle_queued);
  const EventIndex silent = first(*store, EventKind::line, 20);
  Motion motion;
  motion.start(*store, queued - 1, queued, 10);
  motion.start(*store, silent - 1, silent, 10);
  EXPECT_FALSE(motion.transition().moving());
  EXPECT_EQ(motion.transition().from, silent - 1);
}

TEST(Motion, A_limit_shortens_it_so_that_it_ends_before_the_next_event) {
  const auto store = sample_trace();
  const EventIndex queued = first(*store, EventKind::handle_queued);
  Motion motion;
  motion.start(*store, queued - 1, queued, 0.05);
  EXPECT_NEAR(seconds_of(motion), 0.05, 0.002);
}

TEST(Easing, Starts_at_0_ends_at_1_and_is_slow_at_the_end) {
  EXPECT_FLOAT_EQ(ease_out_cubic(0), 0);
  EXPECT_FLOAT_EQ(ease_out_cubic(1), 1);
  EXPECT_FLOAT_EQ(ease_out_cubic(2), 1);
  EXPECT_GT(ease_out_cubic(0.5F), 0.8F);
}

}  // namespace
}  // namespace loopscope::viz

// What one iteration does, and in which order. Expected values are CPython's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/loop_lab.h"

namespace loopscope::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Iteration : public testing::Test {
 protected:
  LoopLab lab;
  EventLoop& loop = *lab.loop;
};

TEST_F(Iteration, Runs_its_phases_in_order_each_as_one_pair_of_events_S1) {
  loop.call_later(0, lab.noting("timer"), "timer");
  loop.call_at(5, {}, "never")->cancel();
  loop.call_soon(lab.noting("soon"), "soon");
  loop.stop();
  lab.sink.clear();
  loop.run_forever();
  EXPECT_THAT(lab.sink.texts(),
              ElementsAre("loop.run how=run_forever", "iteration.begin n=1", "select.begin timeout=0",
                          "select.end ready=0", "timers.begin", "timer.promoted handle=2 when=0",
                          "handle.queued handle=2 label=timer cause=timer", "timers.end promoted=1 purged=0",
                          "ready.begin count=2", "handle.begin handle=4", "handle.end handle=4",
                          "handle.begin handle=2", "handle.end handle=2", "ready.end", "iteration.end n=1",
                          "loop.idle"));
}

TEST_F(Iteration, Emits_every_pair_also_when_there_is_nothing_to_do_S1) {
  loop.stop();
  lab.sink.clear();
  loop.run_forever();
  EXPECT_THAT(lab.sink.texts(),
              ElementsAre("loop.run how=run_forever", "iteration.begin n=1", "select.begin timeout=0",
                          "select.end ready=0", "timers.begin", "timers.end promoted=0 purged=0",
                          "ready.begin count=0", "ready.end", "iteration.end n=1", "loop.idle"));
}

TEST_F(Iteration, Is_numbered_on_over_several_runs_S1) {
  for (int run = 0; run < 2; ++run) {
    loop.stop();
    loop.run_forever();
  }
  EXPECT_THAT(lab.sink.texts_of({"iteration.begin"}),
              ElementsAre("iteration.begin n=1", "iteration.begin n=2"));
}

TEST(IterationOfALongRun, Waits_not_at_all_for_ready_work_then_for_the_next_timer_at_most_a_day_S4) {
  LoopLab lab({.time = 1e6});
  EventLoop& loop = *lab.loop;
  loop.call_soon(lab.noting("soon"), "soon");
  loop.call_later(2, lab.noting("two"), "two");
  loop.call_later(100000, lab.stopping(), "stop");
  loop.run_forever();
  EXPECT_THAT(lab.timeouts(), ElementsAre("select.begin timeout=0", "select.begin timeout=2",
                                          "select.begin timeout=86400", "select.begin timeout=13598"));
  EXPECT_THAT(lab.notes, ElementsAre("1 soon", "2 two"));
  EXPECT_EQ(lab.now(), 100000);
}

TEST_F(Iteration, Waits_for_ever_when_nothing_is_scheduled_S4) {
  EXPECT_THROW(loop.run_forever(), RunEnded);
  EXPECT_THAT(lab.timeouts(), ElementsAre("select.begin"));
}

TEST_F(Iteration, Does_not_wait_once_the_stop_flag_is_up_S4) {
  loop.call_later(1, lab.noting("later"), "later");
  loop.stop();
  loop.run_forever();
  EXPECT_THAT(lab.timeouts(), ElementsAre("select.begin timeout=0"));
  EXPECT_EQ(lab.now(), 0);
}

TEST_F(Iteration, Promotes_timers_strictly_before_now_plus_the_resolution_S7) {
  loop.call_at(1e-9, lab.noting("at resolution"), "at resolution");
  loop.call_at(0, lab.stopping(), "stop");
  loop.run_forever();
  EXPECT_THAT(lab.notes, IsEmpty());
  EXPECT_EQ(lab.sink.count("timer.promoted"), 1u);
}

TEST_F(Iteration, Promotes_what_falls_within_the_resolution_of_the_first_deadline_S7) {
  loop.call_at(1e-9, lab.noting("at resolution"), "at resolution");
  loop.call_at(0.5e-9, lab.noting("below"), "below");
  loop.call_later(1, lab.stopping(), "stop");
  loop.run_forever();
  EXPECT_THAT(lab.notes, ElementsAre("1 below", "1 at resolution"));
  EXPECT_EQ(lab.iterations(), 2u);
}

TEST_F(Iteration, Promotes_a_cancelled_timer_that_is_due_and_skips_it_when_it_is_its_turn_S7_S10) {
  std::vector<Ref<Handle>> timers;
  for (const char* name : {"0", "1", "2"}) timers.push_back(loop.call_at(1, lab.noting(name), name));
  timers[2]->cancel();  // not at the head: it stays there until it is due
  loop.call_at(2, lab.stopping(), "stop");
  loop.run_forever();
  EXPECT_THAT(lab.notes, ElementsAre("1 0", "1 1"));
  EXPECT_THAT(
      lab.sink.texts_of({"timer.cancelled", "timer.p", "handle.queued", "handle.skipped", "handle.begin"}),
      ElementsAre("timer.cancelled handle=4", "timer.promoted handle=2 when=1",
                  "handle.queued handle=2 label=0 cause=timer", "timer.promoted handle=4 when=1",
                  "handle.queued handle=4 label=2 cause=timer", "timer.promoted handle=3 when=1",
                  "handle.queued handle=3 label=1 cause=timer", "handle.begin handle=2",
                  "handle.skipped handle=4", "handle.begin handle=3", "timer.promoted handle=5 when=2",
                  "handle.queued handle=5 label=stop cause=timer", "handle.begin handle=5"));
}

TEST_F(Iteration, Queues_what_was_ready_then_io_then_due_timers_S8) {
  loop.call_later(0, lab.noting("timer"), "timer");
  loop.call_soon(lab.noting("soon"), "soon");
  loop.world().network.wake(Fd{5});
  loop.stop();
  lab.sink.clear();
  loop.run_forever();
  EXPECT_THAT(lab.sink.texts_of({"select", "io.", "timer.", "handle.queued", "handle.begin"}),
              ElementsAre("select.begin timeout=0", "select.end ready=1", "io.ready fd=4 mask=r handle=1",
                          "handle.queued handle=1 label=_read_from_self cause=io",
                          "timer.promoted handle=2 when=0", "handle.queued handle=2 label=timer cause=timer",
                          "handle.begin handle=3", "handle.begin handle=1", "handle.begin handle=2"));
}

TEST_F(Iteration, Drains_the_self_pipe_so_that_many_wake_ups_are_one_S8) {
  for (int i = 0; i < 3; ++i) loop.world().network.wake(Fd{5});
  loop.call_soon([this] { loop.call_soon(lab.stopping(), "stop"); }, "again");
  loop.run_forever();
  EXPECT_EQ(lab.iterations(), 2u);
  EXPECT_EQ(lab.sink.count("io.ready"), 1u);
}

TEST_F(Iteration, Leaves_callbacks_that_come_while_it_runs_to_the_next_one_S9) {
  loop.call_soon(
      [this] {
        lab.note("first");
        loop.call_soon(
            [this] {
              lab.note("second");
              loop.stop();
            },
            "second");
      },
      "first");
  loop.run_forever();
  EXPECT_THAT(lab.notes, ElementsAre("1 first", "2 second"));
  EXPECT_THAT(lab.sink.texts_of({"ready.begin"}), ElementsAre("ready.begin count=1", "ready.begin count=1"));
}

TEST_F(Iteration, Spends_a_slot_of_the_snapshot_on_a_cancelled_handle_S10) {
  const Ref<Handle> cancelled = loop.call_soon(lab.noting("cancelled"), "cancelled");
  loop.call_soon(lab.noting("kept"), "kept");
  cancelled->cancel();
  cancelled->cancel();
  loop.call_soon(lab.stopping(), "stop");
  loop.run_forever();
  EXPECT_THAT(lab.notes, ElementsAre("1 kept"));
  EXPECT_THAT(lab.sink.texts_of({"ready.begin", "handle.skipped", "handle.cancelled", "handle.begin"}),
              ElementsAre("handle.cancelled handle=2", "ready.begin count=3", "handle.skipped handle=2",
                          "handle.begin handle=3", "handle.begin handle=4"));
}

TEST_F(Iteration, Compares_deadlines_as_doubles_S12) {
  loop.call_at(0.3, lab.noting("0.3"), "a");
  loop.call_at(0.1 + 0.2, lab.noting("0.1+0.2"), "b");
  loop.call_at(0.3, lab.noting("0.3 again"), "c");
  loop.call_later(1, lab.stopping(), "stop");
  loop.run_forever();
  EXPECT_THAT(lab.notes, ElementsAre("1 0.3", "1 0.3 again", "1 0.1+0.2"));
  EXPECT_THAT(lab.timeouts(), ElementsAre("select.begin timeout=0.3", "select.begin timeout=0.7"));
}

TEST_F(Iteration, Adds_the_delay_of_call_later_to_the_time_S12) {
  loop.world().threads.sleep(0.1);
  EXPECT_EQ(*loop.call_later(0.2, {}, "timer")->when(), 0.1 + 0.2);
  EXPECT_EQ(loop.call_soon([] {}, "soon")->when(), std::nullopt);
}

TEST_F(Iteration, Runs_timers_of_the_past_behind_what_is_ready_S13) {
  loop.world().threads.sleep(5);
  loop.call_at(1, lab.noting("past"), "past");
  loop.call_later(-1, lab.noting("negative"), "negative");
  loop.call_later(0, lab.noting("zero"), "zero");
  loop.call_soon(lab.noting("soon"), "soon");
  loop.call_later(1, lab.stopping(), "stop");
  loop.run_forever();
  EXPECT_THAT(lab.notes, ElementsAre("1 soon", "1 past", "1 negative", "1 zero"));
}

TEST_F(Iteration, Cancelling_a_promoted_timer_cancels_a_ready_handle_S14) {
  std::vector<Ref<Handle>> timers;
  for (const char* name : {"0", "1", "2"}) timers.push_back(loop.call_at(1, lab.noting(name), name));
  loop.call_at(
      0.5, [&] { timers[2]->cancel(); }, "cancel 2");
  loop.call_at(
      1,
      [&] {
        timers[1]->cancel();
        loop.stop();
      },
      "cancel 1");
  loop.run_forever();
  EXPECT_THAT(lab.notes, ElementsAre("2 0"));
  EXPECT_THAT(lab.sink.texts_of({"timer.cancelled", "handle.cancelled", "handle.skipped", "timer.purged"}),
              ElementsAre("timer.cancelled handle=4", "timer.purged handle=4 bulk=false",
                          "handle.cancelled handle=3", "handle.skipped handle=3"));
}

TEST_F(Iteration, Runs_ready_callbacks_first_in_first_out_each_with_a_handle_of_its_own_S15) {
  const Callback twice = lab.noting("twice");
  const Ref<Handle> a = loop.call_soon(twice, "twice"), b = loop.call_soon(twice, "twice");
  loop.call_soon(lab.noting("last"), "last");
  loop.stop();
  loop.run_forever();
  EXPECT_NE(a->id(), b->id());
  EXPECT_THAT(lab.notes, ElementsAre("1 twice", "1 twice", "1 last"));
}

TEST_F(Iteration, Cancelling_a_running_or_finished_callback_has_no_effect_S15) {
  Ref<Handle> self;
  self = loop.call_soon(
      [&] {
        self->cancel();
        lab.note("goes on");
      },
      "self");
  const Ref<Handle> before = loop.call_soon(lab.noting("before"), "before");
  loop.stop();
  loop.run_forever();
  before->cancel();
  EXPECT_TRUE(before->cancelled());
  EXPECT_THAT(lab.notes, ElementsAre("1 goes on", "1 before"));
  EXPECT_EQ(lab.sink.count("handle.cancelled"), 0u);
}

}  // namespace
}  // namespace loopscope::test

#include "core/world/virtual_world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/errors.h"
#include "tests/support/loop_lab.h"

namespace loopscope::test {
namespace {

using testing::ElementsAre;

class VirtualWorldTest : public testing::Test {
 protected:
  RecordingSink sink;
  Tracer tracer{&sink};
  Budget budget{{.time = 100}};
  VirtualWorld virtual_world{tracer, budget};
  World world = virtual_world.world();
};

TEST_F(VirtualWorldTest, Starts_at_zero_on_the_main_thread) {
  EXPECT_EQ(world.clock.now(), 0.0);
  EXPECT_EQ(world.clock.resolution(), 1e-9);
  EXPECT_EQ(world.threads.current().id, kMainThread);
  EXPECT_THAT(sink.texts(), ElementsAre("thread.started name=MainThread"));
}

TEST_F(VirtualWorldTest, Time_stands_still_but_for_sleeps_and_waits_and_is_told_to_the_tracer) {
  world.threads.sleep(0.1);
  world.threads.sleep(0.2);
  EXPECT_EQ(world.clock.now(), 0.1 + 0.2);
  tracer.emit(make::thread_ended());
  EXPECT_EQ(sink.events().back().ts, 300000000);
  world.threads.sleep(-1);
  EXPECT_EQ(world.clock.now(), 0.1 + 0.2);
}

TEST_F(VirtualWorldTest, A_wait_ends_at_its_deadline_or_at_once) {
  EXPECT_FALSE(world.threads.block([] { return false; }, 3, "x"));
  EXPECT_EQ(world.clock.now(), 3);
  EXPECT_TRUE(world.threads.block([] { return true; }, 9, "x"));
  EXPECT_EQ(world.clock.now(), 3);
  EXPECT_FALSE(world.threads.block([] { return false; }, 1, "x"));  // over already
  EXPECT_EQ(world.clock.now(), 3);
}

TEST_F(VirtualWorldTest, A_wait_that_nothing_can_end_is_a_deadlock_that_names_it) {
  try {
    world.threads.block([] { return false; }, std::nullopt, "Lock.acquire");
    FAIL();
  } catch (const RunEnded& ended) {
    EXPECT_EQ(ended.why(), RunEnded::Why::deadlock);
    EXPECT_EQ(ended.message(), "deadlock: MainThread waits in Lock.acquire for ever");
  }
}

TEST_F(VirtualWorldTest, Time_never_passes_the_budget) {
  world.threads.sleep(99.5);
  world.threads.sleep(0.5);
  EXPECT_EQ(world.clock.now(), 100);
  EXPECT_THROW(world.threads.sleep(0.5), RunEnded);
  EXPECT_EQ(world.clock.now(), 100);
  EXPECT_THROW(world.threads.sleep(0), RunEnded);  // the run is over
}

TEST_F(VirtualWorldTest, Gives_out_the_lowest_free_fd_as_in_a_fresh_process) {
  auto selector = world.network.open_selector();
  EXPECT_EQ(world.network.open_pair(), std::pair(Fd{4}, Fd{5}));
  EXPECT_EQ(world.network.open_pair(), std::pair(Fd{6}, Fd{7}));
  world.network.close(Fd{5});
  selector.reset();
  EXPECT_EQ(world.network.open_pair(), std::pair(Fd{3}, Fd{5}));
}

TEST_F(VirtualWorldTest, A_second_loop_takes_the_next_fds) {
  AsyncioModel model;
  EventLoop a(world, tracer, budget, model), b(world, tracer, budget, model);
  EXPECT_THAT(sink.texts_of({"fd.watched"}),
              ElementsAre("fd.watched fd=4 mask=r handle=1 label=_read_from_self",
                          "fd.watched fd=7 mask=r handle=2 label=_read_from_self"));
}

TEST_F(VirtualWorldTest, A_select_reports_a_readable_fd_until_it_is_drained) {
  const auto selector = world.network.open_selector();
  const auto [reader, writer] = world.network.open_pair();
  selector->watch(reader, kReadable);
  EXPECT_TRUE(selector->select(0).empty());
  world.network.wake(writer);
  for (int i = 0; i < 2; ++i) {
    const std::vector<FdEvent> events = selector->select(std::nullopt);
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events[0].fd, reader);
    EXPECT_EQ(events[0].mask, kReadable);
  }
  EXPECT_EQ(world.clock.now(), 0);
  world.network.drain(reader);
  EXPECT_TRUE(selector->select(2).empty());
  EXPECT_EQ(world.clock.now(), 2);
  world.network.wake(writer);
  selector->watch(reader, 0);
  EXPECT_TRUE(selector->select(0).empty());
}

TEST_F(VirtualWorldTest, A_select_ends_at_now_plus_its_timeout_by_IEEE_addition) {
  const auto selector = world.network.open_selector();
  world.threads.sleep(0.1);
  selector->select(0.2);
  EXPECT_EQ(world.clock.now(), 0.1 + 0.2);
}

TEST_F(VirtualWorldTest, Fds_that_are_not_open_do_nothing) {
  world.network.close(Fd{40});
  world.network.wake(Fd{40});
  world.network.drain(Fd{40});
  const auto [a, b] = world.network.open_pair();
  world.network.close(a);
  world.network.wake(b);  // nobody is there any more
}

}  // namespace
}  // namespace loopscope::test

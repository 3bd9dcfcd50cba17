// Starting, stopping, closing a loop, and errors in its callbacks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdexcept>

#include "tests/support/loop_lab.h"

namespace loopscope::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Running : public testing::Test {
 protected:
  LoopLab lab;
  EventLoop& loop = *lab.loop;

  [[noreturn]] static void raise(CoreError::Type type, std::string message) {
    throw CoreError(type, message);
  }
};

TEST_F(Running, A_new_loop_watches_its_self_pipe_S17) {
  EXPECT_THAT(lab.sink.texts(),
              ElementsAre("thread.started name=MainThread", "loop.created model=asyncio debug=false",
                          "fd.watched fd=4 mask=r handle=1 label=_read_from_self"));
}

TEST_F(Running, Stop_lets_the_iteration_finish_and_keeps_what_was_added_S18) {
  loop.call_soon(
      [this] {
        lab.note("a");
        loop.stop();
        loop.call_soon(lab.noting("late"), "late");
      },
      "a");
  loop.call_soon(lab.noting("b"), "b");
  loop.run_forever();
  lab.note("left");
  loop.call_soon(lab.stopping(), "stop");
  loop.run_forever();
  EXPECT_THAT(lab.notes, ElementsAre("1 a", "1 b", "1 left", "2 late"));
}

TEST_F(Running, Stop_before_run_forever_gives_exactly_one_iteration_S18) {
  loop.stop();
  loop.call_soon(lab.noting("soon"), "soon");
  loop.call_later(0, lab.noting("timer"), "timer");
  loop.call_later(1, lab.noting("later"), "later");
  loop.run_forever();
  EXPECT_THAT(lab.notes, ElementsAre("1 soon", "1 timer"));
  EXPECT_EQ(lab.iterations(), 1u);
}

TEST_F(Running, The_stop_flag_is_down_after_leaving_S18) {
  loop.stop();
  loop.run_forever();
  loop.call_later(1, lab.stopping(), "stop");
  loop.run_forever();
  EXPECT_EQ(lab.now(), 1);
}

TEST_F(Running, Close_drops_what_is_queued_without_running_or_cancelling_it_S19) {
  const auto held = std::make_shared<int>(1);
  const Ref<Handle> soon = loop.call_soon([held] {}, "soon"), timer = loop.call_later(
                                                                  1, [held] {}, "timer");
  lab.sink.clear();
  loop.close();
  loop.close();
  soon->cancel();
  timer->cancel();
  EXPECT_THAT(lab.sink.texts(),
              ElementsAre("fd.unwatched fd=4 mask=r", "handle.cancelled handle=1", "loop.closed"));
  EXPECT_EQ(held.use_count(), 1);
  EXPECT_TRUE(loop.is_closed());
}

TEST_F(Running, Close_gives_its_fds_back_S19) {
  loop.close();
  const auto [a, b] = loop.world().network.open_pair();
  EXPECT_EQ(a, Fd{3});
  EXPECT_EQ(b, Fd{4});
}

TEST_F(Running, Close_fails_while_running_S19) {
  std::string error;
  loop.call_soon([&] { error = error_of([&] { loop.close(); }); }, "close");
  loop.stop();
  loop.run_forever();
  EXPECT_EQ(error, "RuntimeError('Cannot close a running event loop')");
}

TEST_F(Running, An_error_in_a_callback_is_reported_and_the_loop_goes_on_S20) {
  loop.set_position(TaskId{}, 7);
  loop.call_soon([] { raise(CoreError::Type::ValueError, "no"); }, "bad");
  loop.call_soon([] { throw std::runtime_error("from outside"); }, "foreign");
  loop.call_soon(lab.noting("next"), "next");
  loop.stop();
  loop.run_forever();
  EXPECT_THAT(lab.notes, ElementsAre("1 next"));
  EXPECT_THAT(lab.errors, ElementsAre("Exception in callback bad()", "Exception in callback foreign()"));
  EXPECT_THAT(
      lab.sink.texts_of({"error", "handle.begin", "handle.end"}),
      ElementsAre("handle.begin handle=2", "error text=Exception in callback bad(): ValueError: no line=7",
                  "handle.end handle=2", "handle.begin handle=3",
                  "error text=Exception in callback foreign(): std::runtime_error: from outside line=7",
                  "handle.end handle=3", "handle.begin handle=4", "handle.end handle=4"));
}

TEST_F(Running, KeyboardInterrupt_leaves_at_once_and_the_rest_stays_ready_S20) {
  for (const auto type : {CoreError::Type::KeyboardInterrupt, CoreError::Type::SystemExit}) {
    lab.notes.clear();
    loop.call_soon([type] { raise(type, "x"); }, "leave");
    loop.call_soon(lab.noting("after"), "after");
    lab.sink.clear();
    EXPECT_THROW(loop.run_forever(), CoreError);
    EXPECT_FALSE(loop.is_running());
    EXPECT_THAT(lab.notes, IsEmpty());
    const std::vector<std::string> all = lab.sink.texts();
    EXPECT_THAT(std::vector(all.end() - 4, all.end()),
                ElementsAre(testing::StartsWith("handle.end"), "ready.end",
                            testing::StartsWith("iteration.end"), "loop.idle"));
    loop.stop();
    loop.run_forever();
    EXPECT_THAT(lab.notes, ElementsAre("2 after"));
  }
}

TEST_F(Running, A_closed_loop_refuses_calls_but_makes_futures_S21) {
  loop.close();
  const std::string closed = "RuntimeError('Event loop is closed')";
  EXPECT_EQ(error_of([&] { loop.call_soon([] {}, "x"); }), closed);
  EXPECT_EQ(error_of([&] {
              loop.call_later(
                  1, [] {}, "x");
            }),
            closed);
  EXPECT_EQ(error_of([&] {
              loop.call_at(
                  1, [] {}, "x");
            }),
            closed);
  EXPECT_EQ(error_of([&] { loop.run_forever(); }), closed);
  EXPECT_EQ(error_of([&] { create_task(loop, sleep(1)); }), closed);
  EXPECT_EQ(error_of([&] { run_until_complete(loop, sleep(1)); }), closed);
  EXPECT_TRUE(all_tasks(loop).empty());
  const Ref<Future> future = lab.future();
  future->set_result(1);
  EXPECT_EQ(future->result().repr(), "1");
}

TEST_F(Running, A_running_loop_does_not_run_again_nor_lets_another_run_S22) {
  EventLoop other(loop.world(), lab.tracer, lab.budget, lab.model);
  std::vector<std::string> errors;
  loop.call_soon(
      [&] {
        errors.push_back(error_of([&] { loop.run_forever(); }));
        errors.push_back(error_of([&] { other.run_forever(); }));
        errors.push_back(error_of([&] { run_until_complete(other, sleep(0)); }));
      },
      "nested");
  loop.stop();
  loop.run_forever();
  EXPECT_THAT(errors, ElementsAre("RuntimeError('This event loop is already running')",
                                  "RuntimeError('Cannot run the event loop while another loop is running')",
                                  "RuntimeError('Cannot run the event loop while another loop is running')"));
}

}  // namespace
}  // namespace loopscope::test

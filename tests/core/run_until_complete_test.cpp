#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/loop_lab.h"

namespace loopscope::test {
namespace {

using testing::ElementsAre;

class RunUntilComplete : public testing::Test {
 protected:
  LoopLab lab;
  EventLoop& loop = *lab.loop;
};

Coroutine<int> seven() { co_return 7; }
Coroutine<> sleeping(double delay) { co_await sleep(delay); }
Coroutine<> interrupted() {
  co_await Yield{};
  throw CoreError(CoreError::Type::KeyboardInterrupt);
}

TEST_F(RunUntilComplete, Makes_the_task_adds_its_callback_and_runs_until_that_stops_the_loop_S22) {
  lab.sink.clear();
  EXPECT_EQ(run_until_complete(loop, seven()).repr(), "7");
  EXPECT_THAT(
      lab.sink.texts_of({"task.", "loop.", "handle."}),
      ElementsAre("task.created task=1 name=Task-1 named=false coro=seven",
                  "handle.queued handle=2 label=seven cause=task_step task=1",
                  "loop.run how=run_until_complete task=1", "handle.begin handle=2", "task.step task=1",
                  "task.done task=1 outcome=returned value=7",
                  "handle.queued handle=3 label=_run_until_complete_cb cause=future_callback of_task=1",
                  "handle.end handle=2", "handle.begin handle=3", "loop.stop", "handle.end handle=3",
                  "loop.idle"));
}

TEST_F(RunUntilComplete, Checks_the_loop_before_it_makes_a_task_S22) {
  loop.close();
  lab.sink.clear();
  EXPECT_EQ(error_of([&] { run_until_complete(loop, seven()); }), "RuntimeError('Event loop is closed')");
  EXPECT_TRUE(lab.sink.texts().empty());
}

TEST_F(RunUntilComplete, Takes_one_iteration_more_than_its_task_S23) {
  run_until_complete(loop, seven());
  EXPECT_EQ(lab.iterations(), 2u);
  lab.sink.clear();
  run_until_complete(loop, sleeping(0));
  EXPECT_EQ(lab.iterations(), 3u);
  lab.sink.clear();
  run_until_complete(loop, sleeping(1));
  EXPECT_EQ(lab.iterations(), 4u);
  EXPECT_EQ(lab.now(), 1);
}

TEST_F(RunUntilComplete, Takes_one_iteration_for_a_future_that_is_done_S23) {
  const Ref<Future> future = lab.future();
  future->set_result(3);
  EXPECT_EQ(run_until_complete(loop, future).repr(), "3");
  EXPECT_EQ(lab.iterations(), 1u);
  EXPECT_THAT(lab.sink.texts_of({"loop.run"}), ElementsAre("loop.run how=run_until_complete"));
}

TEST_F(RunUntilComplete, Fails_when_something_else_stops_the_loop_S24) {
  loop.call_soon(lab.stopping(), "stop");
  const Ref<Task> task = lab.start(sleeping(10));
  EXPECT_EQ(error_of([&] { run_until_complete(loop, task); }),
            "RuntimeError('Event loop stopped before Future completed.')");
  EXPECT_EQ(lab.iterations(), 1u);
  lab.sink.clear();
  loop.call_later(20, lab.stopping(), "stop");
  loop.run_forever();  // the callback was removed: the task's end does not stop the loop
  EXPECT_TRUE(task->done());
  EXPECT_EQ(lab.now(), 20);
}

TEST_F(RunUntilComplete, Does_not_stop_a_loop_that_KeyboardInterrupt_leaves_anyway_S25) {
  EXPECT_EQ(error_of([&] { run_until_complete(loop, interrupted()); }), "KeyboardInterrupt()");
  EXPECT_EQ(lab.iterations(), 2u);
  loop.call_soon(lab.noting("x"), "x");
  loop.call_later(1, lab.stopping(), "stop");
  loop.run_forever();
  EXPECT_EQ(lab.now(), 1);  // the callback that was queued did not stop the loop
  EXPECT_EQ(lab.sink.count("loop.stop"), 1u);
}

TEST_F(RunUntilComplete, Throws_what_the_task_threw_S22) {
  EXPECT_EQ(error_of([&] {
              run_until_complete(loop, [](int) -> Coroutine<int> {
                throw CoreError(CoreError::Type::ValueError, "no");
                co_return 1;
              }(0));
            }),
            "ValueError('no')");
}

TEST_F(RunUntilComplete, Refuses_a_future_of_another_loop_S22) {
  EventLoop other(loop.world(), lab.tracer, lab.budget, lab.model);
  EXPECT_EQ(
      error_of([&] { run_until_complete(other, lab.future()); }),
      "ValueError('The future belongs to a different loop than the one specified as the loop argument')");
}

}  // namespace
}  // namespace loopscope::test

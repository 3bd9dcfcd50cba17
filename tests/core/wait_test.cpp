// asyncio.wait, wait_for and shield. Expected iterations are CPython's.
#include "core/task/wait.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/loop_lab.h"

namespace loopscope::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Futures = std::vector<Ref<Future>>;

class Wait : public testing::Test {
 protected:
  LoopLab lab;
  EventLoop& loop = *lab.loop;

  void run(std::unique_ptr<Steppable> main) { run_until_complete(loop, std::move(main)); }
};
using WaitFor = Wait;
using Shield = Wait;

Coroutine<std::string> nop() { co_return "nop"; }
Coroutine<std::string> sleeper(LoopLab& lab, double delay) {
  try {
    co_await sleep(delay);
  } catch (const CoreError& error) {
    lab.note("sleeper " + error.repr());
    throw;
  }
  co_return "slept";
}
Coroutine<> bad(double delay) {
  co_await sleep(delay);
  throw CoreError(CoreError::Type::ValueError, "no");
}

std::string names(const Futures& futures) {
  std::string text;
  for (const Ref<Future>& future : futures) text += (text.empty() ? "" : " ") + future->as_task()->name();
  return "[" + text + "]";
}

Coroutine<> waits(LoopLab& lab, Futures futures, WaitOptions options) {
  try {
    const WaitResult result = co_await wait(std::move(futures), options);
    lab.note("done " + names(result.done) + " pending " + names(result.pending));
  } catch (const CoreError& error) {
    lab.note(error.repr());
  }
}

Coroutine<> waits_for_fresh_and_done_tasks(LoopLab& lab) {
  Futures fresh;
  for (int i = 0; i < 2; ++i) fresh.push_back(lab.start(nop()));
  lab.note("start");
  WaitOptions options;
  co_await waits(lab, fresh, options);
  fresh.push_back(fresh.front());
  fresh.front() = fresh[1];
  co_await waits(lab, fresh, options);
}

TEST_F(Wait, Takes_three_iterations_for_fresh_tasks_and_two_for_done_ones_S44) {
  run(waits_for_fresh_and_done_tasks(lab));
  EXPECT_THAT(lab.notes, ElementsAre("1 start", "4 done [Task-2 Task-3] pending []",
                                     "6 done [Task-3 Task-2] pending []"));
  EXPECT_THAT(
      lab.sink.texts_of({"task.suspended", "future."}),
      ElementsAre("future.created future=1 label=wait",
                  "task.suspended task=1 on=wait:1 stack=waits_for_fresh_and_done_tasks>waits>wait",
                  "future.done future=1 outcome=returned value=None", "future.created future=2 label=wait",
                  "task.suspended task=1 on=wait:2 stack=waits_for_fresh_and_done_tasks>waits>wait",
                  "future.done future=2 outcome=returned value=None"));
}

TEST_F(Wait, Returns_all_that_are_done_when_the_first_one_is_S44) {
  const Futures tasks{lab.start(sleeper(lab, 2)), lab.start(sleeper(lab, 1)), lab.start(sleeper(lab, 1))};
  run(waits(lab, tasks, {.return_when = ReturnWhen::first_completed}));
  EXPECT_THAT(lab.notes, ElementsAre("5 done [Task-2 Task-3] pending [Task-1]"));
  EXPECT_FALSE(tasks[0]->cancelled());
}

TEST_F(Wait, Goes_on_past_results_and_cancellations_until_the_first_error_S44) {
  const Futures tasks{lab.start(sleeper(lab, 3)), lab.start(sleeper(lab, 1)), lab.start(bad(2))};
  loop.call_later(
      0.5, [&] { tasks[1]->cancel(); }, "cancel");
  run(waits(lab, tasks, {.return_when = ReturnWhen::first_exception}));
  EXPECT_THAT(lab.notes,
              ElementsAre("3 sleeper CancelledError()", "8 done [Task-2 Task-3] pending [Task-1]"));
  EXPECT_TRUE(tasks[2]->error_retrieved());
}

TEST_F(Wait, Cancels_nothing_at_its_timeout_S44) {
  const Futures tasks{lab.start(sleeper(lab, 3))};
  run(waits(lab, tasks, {.timeout = 1}));
  EXPECT_THAT(lab.notes, ElementsAre("3 done [] pending [Task-1]"));
  EXPECT_EQ(lab.now(), 1);
}

TEST_F(Wait, Cancels_its_timer_when_the_work_ends_first_S44) {
  const Futures tasks{lab.start(nop())};
  run(waits(lab, tasks, {.timeout = 5}));
  EXPECT_EQ(lab.sink.count("timer.cancelled"), 1u);
  EXPECT_EQ(lab.now(), 0);
}

TEST_F(Wait, For_nothing_is_an_error_S44) {
  run(waits(lab, {}, {}));
  EXPECT_THAT(lab.notes, ElementsAre("1 ValueError('Set of Tasks/Futures is empty.')"));
}

Coroutine<> limits(LoopLab& lab, Awaitable work, std::optional<double> timeout) {
  lab.note("start");
  try {
    AnyValue result = co_await wait_for(std::move(work), timeout);
    lab.note("result " + result.repr());
  } catch (const CoreError& error) {
    lab.note(error.repr() + (error.cause() ? " from " + repr_of(error.cause()) : ""));
  }
}

TEST_F(WaitFor, A_coroutine_without_awaits_takes_three_iterations_S45) {
  run(limits(lab, nop(), 1));
  EXPECT_THAT(lab.notes, ElementsAre("1 start", "4 result 'nop'"));
}

TEST_F(WaitFor, Makes_the_timer_before_the_task_S45) {
  run(limits(lab, nop(), 1));
  const std::vector<std::string> made =
      lab.sink.texts_of({"future.created", "timer.scheduled", "task.created"});
  EXPECT_THAT(made, ElementsAre("task.created task=1 name=Task-1 named=false coro=limits",
                                "future.created future=1 label=wait_for",
                                "timer.scheduled handle=3 when=1 label=_release_waiter",
                                "task.created task=2 name=Task-2 named=false coro=nop parent=1"));
}

TEST_F(WaitFor, Without_a_timeout_is_a_plain_await_S45) {
  run(limits(lab, nop(), {}));
  EXPECT_THAT(lab.notes, ElementsAre("1 start", "1 result 'nop'"));
  EXPECT_EQ(lab.sink.count("task.created"), 1u);
}

TEST_F(WaitFor, Cancels_the_work_and_waits_for_its_end_before_it_gives_up_S45) {
  run(limits(lab, sleeper(lab, 2), 1));
  EXPECT_THAT(lab.notes,
              ElementsAre("1 start", "5 sleeper CancelledError()", "7 TimeoutError() from CancelledError()"));
}

TEST_F(WaitFor, With_no_time_cancels_the_task_before_its_first_step_S45) {
  run(limits(lab, sleeper(lab, 2), 0));
  EXPECT_THAT(lab.notes, ElementsAre("1 start", "4 TimeoutError() from CancelledError()"));
}

Coroutine<> stubborn(LoopLab& lab) {
  try {
    co_await sleep(5);
  } catch (const CoreError&) {
    lab.note("refuses");
  }
  co_await sleep(1);
  throw CoreError(CoreError::Type::ValueError, "late");
}

TEST_F(WaitFor, Gives_the_error_of_work_that_refuses_to_be_cancelled_S45) {
  run(limits(lab, stubborn(lab), 1));
  EXPECT_THAT(lab.notes, ElementsAre("1 start", "5 refuses", "9 ValueError('late')"));
}

TEST_F(WaitFor, The_result_wins_when_it_is_there_in_the_iteration_of_the_timeout_S45) {
  const Ref<Future> future = lab.future();
  loop.call_later(
      1, [&] { future->set_result(7); }, "set");
  run(limits(lab, future, 1));
  EXPECT_THAT(lab.notes, ElementsAre("1 start", "3 result 7"));
}

TEST_F(WaitFor, A_cancellation_is_swallowed_when_the_result_is_there_S45) {
  const Ref<Future> future = lab.future();
  const Ref<Task> waiter = lab.start(limits(lab, future, 1));
  loop.call_later(
      0.5,
      [&] {
        future->set_result(7);
        waiter->cancel();
      },
      "both");
  run_until_complete(loop, waiter);
  EXPECT_THAT(lab.notes, ElementsAre("1 start", "3 result 7"));
  EXPECT_FALSE(waiter->cancelled());
}

TEST_F(WaitFor, A_cancellation_waits_for_the_end_of_the_work_S45) {
  const Ref<Task> waiter = lab.start(limits(lab, sleeper(lab, 5), 3));
  loop.call_later(
      1, [&] { waiter->cancel("stop"); }, "cancel");
  run_until_complete(loop, waiter);
  EXPECT_THAT(lab.notes, ElementsAre("1 start", "5 sleeper CancelledError()", "7 CancelledError('stop')"));
  EXPECT_EQ(lab.sink.count("timer.cancelled"), 2u);
}

Coroutine<> awaits(LoopLab& lab, Ref<Future> future) {
  try {
    AnyValue result = co_await future;
    lab.note("result " + result.repr());
  } catch (const CoreError& error) {
    lab.note(error.repr());
  }
}

TEST_F(Shield, Lets_the_work_go_on_when_the_waiter_is_cancelled_S47) {
  const Ref<Task> inner = lab.start(sleeper(lab, 2));
  const Ref<Task> waiter = lab.start(awaits(lab, shield(inner)));
  loop.call_later(
      1, [&] { waiter->cancel(); }, "cancel");
  run_until_complete(loop, waiter);
  EXPECT_THAT(lab.notes, ElementsAre("3 CancelledError()"));
  EXPECT_EQ(run_until_complete(loop, inner).repr(), "'slept'");
}

TEST_F(Shield, Takes_three_iterations_for_a_coroutine_without_awaits_S47) {
  run(awaits(lab, shield(lab.start(nop()))));
  EXPECT_THAT(lab.notes, ElementsAre("3 result 'nop'"));  // one less: its task was there before
}

TEST_F(Shield, Gives_a_done_future_back_S47) {
  const Ref<Future> done = lab.future();
  done->set_result(1);
  EXPECT_EQ(shield(done).get(), done.get());
}

TEST_F(Shield, Is_cancelled_with_the_work_and_fails_with_it_S47) {
  const Ref<Task> inner = lab.start(sleeper(lab, 2));
  const Ref<Future> outer = shield(inner);
  loop.call_later(
      1, [&] { inner->cancel(); }, "cancel");
  run(awaits(lab, outer));
  EXPECT_TRUE(outer->cancelled());
  run(awaits(lab, shield(lab.start(bad(1)))));
  EXPECT_EQ(lab.notes.back().substr(3), "ValueError('no')");
}

TEST_F(Shield, Retrieves_the_error_that_nobody_waits_for_any_more_S47) {
  const Ref<Task> inner = lab.start(bad(1));
  Ref<Future> outer;
  // Cancelled when the inner callback is queued already, right behind this one.
  inner->add_done_callback({[&](Future&) { outer->cancel(); }, "cancel"});
  outer = shield(inner);
  loop.call_later(2, lab.stopping(), "stop");
  loop.run_forever();
  EXPECT_TRUE(inner->error_retrieved());
  EXPECT_THAT(lab.errors, IsEmpty());
}

}  // namespace
}  // namespace loopscope::test

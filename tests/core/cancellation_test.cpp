// Cancelling tasks. Expected iterations are CPython's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/loop_lab.h"

namespace loopscope::test {
namespace {

using testing::ElementsAre;

class Cancellation : public testing::Test {
 protected:
  LoopLab lab;
  EventLoop& loop = *lab.loop;

  void run(std::unique_ptr<Steppable> main) { run_until_complete(loop, std::move(main)); }
};

std::string text(bool value) { return value ? "True" : "False"; }

Coroutine<int> seven() { co_return 7; }
Coroutine<> noting(LoopLab& lab, std::string text) {
  lab.note(text);
  co_return;
}
/// Sleeps for ten seconds; notes `seen` when cancelled, and passes it on.
Coroutine<> sleeper(LoopLab& lab, std::string seen) {
  try {
    co_await sleep(10);
  } catch (const CoreError&) {
    lab.note(seen);
    throw;
  }
}
/// Awaits `future`; notes `seen` when that is cancelled, and goes on.
Coroutine<> awaiter(LoopLab& lab, Ref<Future> future, std::string seen) {
  try {
    co_await future;
  } catch (const CoreError& error) {
    lab.note(seen + ", " + error.repr());
  }
}

Coroutine<> cancels_a_done_task(LoopLab& lab) {
  Ref<Task> task = lab.start(seven());
  co_await task;
  lab.note(text(task->cancel()) + " " + std::to_string(task->cancelling()));
}

TEST_F(Cancellation, Of_a_done_task_does_nothing_S34) {
  run(cancels_a_done_task(lab));
  EXPECT_THAT(lab.notes, ElementsAre("3 False 0"));
  EXPECT_EQ(lab.sink.count("task.cancel"), 0u);
}

TEST_F(Cancellation, Counts_requests_and_cancels_the_awaited_future_at_once_S34) {
  const Ref<Future> future = lab.future();
  const Ref<Task> task = lab.start(awaiter(lab, future, "seen"));
  loop.call_soon(
      [&] {
        task->cancel("one");
        task->cancel("two");
        lab.note(text(future->cancelled()) + " " + std::to_string(task->cancelling()));
      },
      "cancel");
  run_until_complete(loop, task);
  // The second request finds the future done: it is left for the next step, which already throws.
  EXPECT_THAT(lab.notes, ElementsAre("1 True 2", "2 seen, CancelledError('one')"));
  EXPECT_THAT(lab.sink.texts_of({"task.cancel", "future.done", "task.step"}),
              ElementsAre("task.step task=1", "task.cancel task=1", "future.done future=1 outcome=cancelled",
                          "task.cancel task=1", "task.step task=1 throws=CancelledError"));
}

TEST_F(Cancellation, Before_the_first_step_keeps_the_body_from_running_S35) {
  const Ref<Task> task = lab.start(noting(lab, "body ran"));
  task->cancel();
  task->add_done_callback({[&](Future& done) { lab.note("cancelled " + text(done.cancelled())); }, "cb"});
  loop.call_later(1, lab.stopping(), "stop");
  loop.run_forever();
  EXPECT_THAT(lab.notes, ElementsAre("2 cancelled True"));
  EXPECT_THAT(lab.sink.texts_of({"task.step", "task.done"}),
              ElementsAre("task.step task=1 throws=CancelledError", "task.done task=1 outcome=cancelled"));
}

Coroutine<> cancels_next(LoopLab& lab, Ref<Task> task) {
  co_await sleep(0);
  lab.note("cancel");
  task->cancel();
}
Coroutine<> awaits_a_sleeper(LoopLab& lab) {
  Ref<Task> task = lab.start(sleeper(lab, "inner sees"));
  lab.start(cancels_next(lab, task));
  co_await awaiter(lab, task, "awaiter sees");
}

TEST_F(Cancellation, Of_a_sleep_is_seen_in_the_next_iteration_and_its_timer_is_cancelled_S36) {
  run(awaits_a_sleeper(lab));
  EXPECT_THAT(lab.notes, ElementsAre("3 cancel", "4 inner sees", "5 awaiter sees, CancelledError()"));
  EXPECT_THAT(lab.sink.texts_of({"future.done", "timer.", "task.step task=2", "task.done task=2"}),
              ElementsAre("task.step task=2", "timer.scheduled handle=5 when=10 label=sleep(10)",
                          "future.done future=1 outcome=cancelled", "task.step task=2 throws=CancelledError",
                          "timer.cancelled handle=5", "task.done task=2 outcome=cancelled",
                          "timer.purged handle=5 bulk=false"));
  EXPECT_EQ(lab.now(), 0);
}

Coroutine<> outer_of(LoopLab& lab) {
  Ref<Task> inner = lab.start(sleeper(lab, "inner"));
  try {
    co_await inner;
  } catch (const CoreError&) {
    lab.note("outer");
    throw;
  }
}
Coroutine<> cancels_the_outer_task(LoopLab& lab) {
  Ref<Task> outer = lab.start(outer_of(lab));
  for (int i = 0; i < 3; ++i) co_await sleep(0);
  lab.note("cancel " + text(outer->cancel()));
  co_await awaiter(lab, outer, "awaiter");
}

TEST_F(Cancellation, Goes_through_awaited_tasks_inner_first_S37) {
  run(cancels_the_outer_task(lab));
  EXPECT_THAT(lab.notes, ElementsAre("4 cancel True", "5 inner", "6 outer", "7 awaiter, CancelledError()"));
}

Coroutine<std::string> swallows(LoopLab& lab) {
  try {
    co_await sleep(10);
  } catch (const CoreError&) {
    lab.note("swallowed");
  }
  co_return "ok";
}
Coroutine<std::string> outer_of_swallower(LoopLab& lab) {
  Ref<Task> inner = lab.start(swallows(lab));
  AnyValue value = co_await inner;
  lab.note("outer got " + value.repr());
  co_return "outer's";
}
Coroutine<> cancels_around_a_swallower(LoopLab& lab) {
  Ref<Task> outer = lab.start(outer_of_swallower(lab));
  for (int i = 0; i < 3; ++i) co_await sleep(0);
  outer->cancel();
  AnyValue value = co_await outer;
  lab.note("awaiter got " + value.repr() + ", cancelling " + std::to_string(outer->cancelling()));
}

TEST_F(Cancellation, May_be_swallowed_by_the_inner_task_S37) {
  run(cancels_around_a_swallower(lab));
  EXPECT_THAT(lab.notes,
              ElementsAre("5 swallowed", "6 outer got 'ok'", "7 awaiter got \"outer's\", cancelling 1"));
}

TEST_F(Cancellation, After_the_wake_up_is_queued_loses_the_result_S38) {
  const Ref<Future> future = lab.future();
  const Ref<Task> task = lab.start(awaiter(lab, future, "cancelled"));
  loop.call_soon(
      [&] {
        future->set_result("lost");
        EXPECT_TRUE(task->cancel());
      },
      "cancel");
  run_until_complete(loop, task);
  EXPECT_THAT(lab.notes, ElementsAre("2 cancelled, CancelledError()"));
  EXPECT_EQ(future->result().repr(), "'lost'");
}

Coroutine<int> cancels_itself_and_returns(LoopLab& lab) {
  StepContext here = co_await ThisStep{};
  here.task.cancel("me");
  lab.note("goes on");
  co_return 5;
}

TEST_F(Cancellation, Of_itself_lets_the_code_go_on_but_drops_what_it_returns_S39) {
  const Ref<Task> task = lab.start(cancels_itself_and_returns(lab));
  EXPECT_EQ(error_of([&] { run_until_complete(loop, task); }), "CancelledError('me')");
  EXPECT_TRUE(task->cancelled());
  EXPECT_THAT(lab.notes, ElementsAre("1 goes on"));
  EXPECT_THAT(lab.sink.texts_of({"task.done"}), ElementsAre("task.done task=1 outcome=cancelled"));
}

Coroutine<> cancels_itself_and_awaits(LoopLab& lab, Ref<Future> future) {
  StepContext here = co_await ThisStep{};
  here.task.cancel();
  co_await awaiter(lab, future, "awaited future");
}

TEST_F(Cancellation, Of_itself_cancels_the_next_future_it_awaits_at_once_S39) {
  const Ref<Future> future = lab.future();
  run(cancels_itself_and_awaits(lab, future));
  EXPECT_TRUE(future->cancelled());
  EXPECT_THAT(lab.notes, ElementsAre("2 awaited future, CancelledError()"));
  EXPECT_THAT(
      lab.sink.texts_of({"task.suspended", "future.done", "handle.queued handle=3"}),
      ElementsAre(
          "task.suspended task=1 on=future:1 stack=cancels_itself_and_awaits>awaiter",
          "future.done future=1 outcome=cancelled",
          "handle.queued handle=3 label=cancels_itself_and_awaits cause=task_wakeup task=1 future=1"));
}

Coroutine<> cancels_itself_and_yields(LoopLab& lab) {
  StepContext here = co_await ThisStep{};
  here.task.cancel();
  try {
    co_await sleep(0);
  } catch (const CoreError&) {
    lab.note("at the yield");
  }
}

TEST_F(Cancellation, Of_itself_is_thrown_at_its_next_suspension_S39) {
  run(cancels_itself_and_yields(lab));
  EXPECT_THAT(lab.notes, ElementsAre("2 at the yield"));
}

Coroutine<> yields_once(LoopLab& lab) {
  try {
    co_await sleep(0);
    lab.note("not cancelled");
  } catch (const CoreError&) {
    lab.note("cancelled anyway");
  }
}
Coroutine<> uncancels(LoopLab& lab) {
  Ref<Task> task = lab.start(yields_once(lab));
  co_await sleep(0);
  task->cancel();
  lab.note(std::to_string(task->uncancel()));
  co_await task;
  lab.note(std::to_string(task->uncancel()));
}

TEST_F(Cancellation, Is_not_withdrawn_by_uncancel_which_only_counts_S40) {
  run(uncancels(lab));
  EXPECT_THAT(lab.notes, ElementsAre("2 0", "3 cancelled anyway", "4 0"));
}

Coroutine<> catches_twice(LoopLab& lab) {
  StepContext here = co_await ThisStep{};
  Task& me = here.task;
  for (int i = 0; i < 2; ++i) {
    try {
      co_await sleep(10);
    } catch (const CoreError&) {
      lab.note("caught, counter " + std::to_string(me.cancelling()));
    }
  }
}
Coroutine<> cancels_twice(LoopLab& lab) {
  Ref<Task> task = lab.start(catches_twice(lab));
  co_await sleep(0);
  task->cancel();
  co_await sleep(0);
  task->cancel();
  co_await task;
}

TEST_F(Cancellation, Leaves_the_counter_when_it_is_caught_S41) {
  run(cancels_twice(lab));
  EXPECT_THAT(lab.notes, ElementsAre("3 caught, counter 1", "4 caught, counter 2"));
  EXPECT_EQ(lab.iterations(), 6u);
}

Coroutine<> awaits_number(std::vector<Ref<Task>>& tasks, std::size_t number) {
  Ref<Task> task = tasks[number];
  co_await task;
}

TEST_F(Cancellation, Of_tasks_that_await_each_other_in_a_circle_is_a_RecursionError_S37) {
  std::vector<Ref<Task>> tasks(2);
  tasks[0] = lab.start(awaits_number(tasks, 1));
  tasks[1] = lab.start(awaits_number(tasks, 0));
  loop.stop();
  loop.run_forever();
  const std::string error =
      "RecursionError('maximum recursion depth exceeded while calling a Python object')";
  EXPECT_EQ(error_of([&] { tasks[0]->cancel(); }), error);
  EXPECT_EQ(error_of([&] { tasks[0]->cancel(); }), error);
  EXPECT_FALSE(tasks[0]->done());
}

TEST_F(Cancellation, Goes_through_at_most_985_awaited_tasks_S37) {
  const auto cancel_chain = [this](std::size_t length) {
    std::vector<Ref<Task>> tasks{lab.start(sleep(100))};
    tasks.reserve(length);
    while (tasks.size() < length) tasks.push_back(lab.start(awaits_number(tasks, tasks.size() - 1)));
    loop.stop();
    loop.run_forever();
    return error_of([&] { tasks.back()->cancel(); });
  };
  EXPECT_EQ(cancel_chain(985), "");
  EXPECT_NE(cancel_chain(986), "");
}

}  // namespace
}  // namespace loopscope::test

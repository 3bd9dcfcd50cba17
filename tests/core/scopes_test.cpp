// asyncio.timeout, TaskGroup and Runner. Expected iterations are CPython's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/task/runner.h"
#include "core/task/task_group.h"
#include "core/task/timeout.h"
#include "tests/support/loop_lab.h"

namespace loopscope::test {
namespace {

using testing::ElementsAre;

class TimeoutScope : public testing::Test {
 protected:
  LoopLab lab;
  EventLoop& loop = *lab.loop;

  void run(std::unique_ptr<Steppable> main) { run_until_complete(loop, std::move(main)); }
};
using Groups = TimeoutScope;

Coroutine<int> sleeper(LoopLab& lab, double delay) {
  try {
    co_await sleep(delay);
  } catch (const CoreError& error) {
    lab.note("sleeper " + error.repr());
    throw;
  }
  co_return 7;
}

Coroutine<> limits(LoopLab& lab, double delay, double work) {
  lab.note("start");
  StepContext here = co_await ThisStep{};
  try {
    const int result = co_await timeout(delay, sleeper(lab, work));
    lab.note("result " + std::to_string(result));
  } catch (const ProgramError& error) {
    lab.note(error.repr() + " cancelling " + std::to_string(here.task.cancelling()));
  }
}

TEST_F(TimeoutScope, Turns_its_cancellation_into_TimeoutError_in_two_iterations_S46) {
  run(limits(lab, 1, 5));
  EXPECT_THAT(lab.notes,
              ElementsAre("1 start", "3 sleeper CancelledError()", "3 TimeoutError() cancelling 0"));
}

TEST_F(TimeoutScope, Of_no_time_lets_the_body_run_to_its_first_suspension_S46) {
  run(limits(lab, 0, 5));
  EXPECT_THAT(lab.notes,
              ElementsAre("1 start", "3 sleeper CancelledError()", "3 TimeoutError() cancelling 0"));
  EXPECT_EQ(lab.now(), 0);
}

TEST_F(TimeoutScope, Gives_the_result_and_cancels_its_timer_S46) {
  run(limits(lab, 5, 1));
  EXPECT_THAT(lab.notes, ElementsAre("1 start", "3 result 7"));
  EXPECT_EQ(lab.sink.count("timer.cancelled"), 1u);
}

TEST_F(TimeoutScope, Leaves_a_cancellation_from_outside_alone_S46) {
  const Ref<Task> task = lab.start(limits(lab, 2, 5));
  loop.call_later(
      1, [&] { task->cancel(); }, "cancel");
  run_until_complete(loop, task);
  EXPECT_THAT(lab.notes,
              ElementsAre("1 start", "3 sleeper CancelledError()", "3 CancelledError() cancelling 1"));
}

Coroutine<> reschedules(LoopLab& lab) {
  std::function<Coroutine<>(Timeout&)> body = [&lab](Timeout& scope) -> Coroutine<> {
    lab.note(scope.repr());
    scope.reschedule(3);
    co_await sleep(2);
    scope.reschedule({});
    lab.note(scope.repr());
    co_await sleep(5);
    scope.reschedule(8.23456);
    lab.note(scope.repr());
    co_await sleep(5);
  };
  try {
    co_await timeout<void>(1, std::move(body));
  } catch (const CoreError& error) {
    lab.note(error.repr() + " at " + short_number(lab.now()));
  }
}

TEST_F(TimeoutScope, Can_be_moved_and_taken_away_S46) {
  run(reschedules(lab));
  EXPECT_THAT(lab.notes, ElementsAre("1 <Timeout [active] when=1.0>", "3 <Timeout [active] when=None>",
                                     "5 <Timeout [active] when=8.235>", "7 TimeoutError() at 8.23456"));
}

TEST_F(TimeoutScope, Cannot_be_moved_when_it_is_over_S46) {
  const Ref<Timeout> scope = make_ref<Timeout>(std::nullopt);
  EXPECT_EQ(error_of([&] { scope->reschedule(1); }), "AssertionError()");
  const Ref<Task> task = lab.start(sleeper(lab, 1));
  scope->enter(task);
  scope->exit(nullptr);
  EXPECT_EQ(error_of([&] { scope->reschedule(1); }),
            "RuntimeError('Cannot change state of finished Timeout')");
  run_until_complete(loop, task);
}

// --- TaskGroup

Coroutine<> works(LoopLab& lab, std::string name, double delay, bool fails = false) {
  lab.note(name + " starts");
  try {
    co_await sleep(delay);
  } catch (const CoreError& error) {
    lab.note(name + " " + error.repr());
    throw;
  }
  if (fails) throw CoreError(CoreError::Type::ValueError, name);
  lab.note(name + " ends");
}

Coroutine<> nop() { co_return; }

using Body = std::function<Coroutine<>(TaskGroup&)>;

Coroutine<> groups(LoopLab& lab, Body body) {
  lab.note("start");
  StepContext here = co_await ThisStep{};
  try {
    co_await task_group(std::move(body));
    lab.note("joined");
  } catch (const ProgramError& error) {
    lab.note(error.repr() + " cancelling " + std::to_string(here.task.cancelling()));
  }
}

TEST_F(Groups, Without_tasks_are_left_at_once_S48) {
  run(groups(lab, [](TaskGroup&) { return nop(); }));
  EXPECT_THAT(lab.notes, ElementsAre("1 start", "1 joined"));
}

TEST_F(Groups, Take_three_iterations_for_a_task_without_awaits_S48) {
  run(groups(lab, [](TaskGroup& group) {
    group.create_task(nop());
    return nop();
  }));
  EXPECT_THAT(lab.notes, ElementsAre("1 start", "4 joined"));
  EXPECT_THAT(lab.sink.texts_of({"task.suspended"}),
              ElementsAre("task.suspended task=1 on=taskgroup stack=groups>task_group>join>wait_for_tasks"));
}

TEST_F(Groups, Cancel_the_others_and_the_parent_when_one_fails_S48) {
  run(groups(lab, [this](TaskGroup& group) {
    group.create_task(works(lab, "a", 5));
    group.create_task(works(lab, "b", 0, true));
    group.create_task(works(lab, "c", 5));
    return works(lab, "body", 5);
  }));
  EXPECT_THAT(
      lab.notes,
      ElementsAre("1 start", "1 body starts", "2 a starts", "2 b starts", "2 c starts",
                  "5 a CancelledError()", "5 c CancelledError()", "5 body CancelledError()",
                  "7 ExceptionGroup('unhandled errors in a TaskGroup', [ValueError('b')]) cancelling 0"));
}

Coroutine<> throws(CoreError error) {
  throw error;
  co_return;
}

TEST_F(Groups, Never_run_what_is_unstarted_when_the_body_fails_S48) {
  run(groups(lab, [this](TaskGroup& group) {
    group.create_task(works(lab, "a", 5));
    return throws(CoreError(CoreError::Type::KeyboardInterrupt));
  }));
  EXPECT_THAT(lab.notes, ElementsAre("1 start", "4 KeyboardInterrupt() cancelling 0"));
}

Coroutine<> enters_again(TaskGroup& group) {
  StepContext here = co_await ThisStep{};
  group.enter(here);
}

TEST_F(Groups, Refuse_tasks_when_they_are_not_open_S48) {
  const Ref<TaskGroup> group = make_ref<TaskGroup>();
  EXPECT_EQ(error_of([&] { group->create_task(nop()); }),
            "RuntimeError('TaskGroup <TaskGroup> has not been entered')");
  run(groups(lab, enters_again));
  EXPECT_THAT(lab.notes.back(),
              testing::HasSubstr("RuntimeError('TaskGroup <TaskGroup entered> has been already entered')"));
}

// --- Runner

class RunnerTest : public testing::Test {
 protected:
  LoopLab lab;
  Runner runner{LoopSetting{lab.virtual_world.world(), lab.tracer, lab.budget, lab.model}};
};

TEST_F(RunnerTest, Runs_several_coroutines_on_one_loop_S70) {
  EXPECT_EQ(runner.run(sleeper(lab, 1)).repr(), "7");
  EventLoop* loop = &runner.loop();
  EXPECT_EQ(runner.run(sleeper(lab, 1)).repr(), "7");
  EXPECT_EQ(&runner.loop(), loop);
  EXPECT_EQ(lab.now(), 2);
  runner.close();
  EXPECT_EQ(runner.state(), Runner::State::closed);
  EXPECT_EQ(error_of([&] { runner.loop(); }), "RuntimeError('Runner is closed')");
  runner.close();
}

TEST_F(RunnerTest, Does_nothing_on_close_before_its_first_run_S70) {
  runner.close();
  EXPECT_EQ(runner.state(), Runner::State::created);
  EXPECT_EQ(lab.sink.count("loop.created"), 1u);  // the lab's own
}

TEST_F(RunnerTest, Refuses_to_run_inside_a_running_loop_S73) {
  std::string error;
  lab.loop->call_soon(
      [&] {
        error = error_of([&] { runner.run(nop()); });
        lab.loop->stop();
      },
      "runs");
  lab.loop->run_forever();
  EXPECT_EQ(error, "RuntimeError('Runner.run() cannot be called from a running event loop')");
}

TEST_F(RunnerTest, Uses_the_loop_of_its_factory_and_leaves_the_thread_s_alone_S70) {
  Runner own(LoopSetting{lab.virtual_world.world(), lab.tracer, lab.budget, lab.model},
             [this] { return lab.loop; });
  own.run(nop());
  EXPECT_EQ(&own.loop(), lab.loop.get());
  own.close();
  EXPECT_TRUE(lab.loop->is_closed());
  EXPECT_FALSE(lab.virtual_world.world().threads.current().current_was_set);
}

}  // namespace
}  // namespace loopscope::test

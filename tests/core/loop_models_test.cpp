// What one iteration is on the models that are not CPython's, and what a program may do there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>

#include "core/loop/loop_model.h"
#include "tests/support/loop_lab.h"

namespace loopscope::test {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Drain : public testing::Test {
 protected:
  LoopLab lab{{.events = 10'000}, "drain"};
  EventLoop& loop = *lab.loop;
};

TEST_F(Drain, Runs_what_is_ready_and_what_joins_meanwhile_before_it_looks_at_timers) {
  loop.call_later(0, lab.noting("timer"), "timer");
  loop.call_soon([&] { loop.call_soon(lab.noting("joined"), "joined"); }, "first");
  loop.stop();
  lab.sink.clear();
  loop.run_forever();
  EXPECT_THAT(lab.sink.texts(),
              ElementsAre("loop.run how=run_forever", "iteration.begin n=1", "ready.begin count=1",
                          "handle.begin handle=3", "handle.queued handle=4 label=joined cause=call_soon",
                          "handle.end handle=3", "handle.begin handle=4", "handle.end handle=4", "ready.end",
                          "select.begin timeout=0", "select.end ready=0", "timers.begin",
                          "timer.promoted handle=2 when=0", "handle.queued handle=2 label=timer cause=timer",
                          "timers.end promoted=1 purged=0", "iteration.end n=1", "loop.idle"));
}

TEST_F(Drain, Stops_at_the_end_of_the_iteration_when_all_that_is_ready_has_run) {
  loop.call_soon(
      [&] {
        loop.stop();
        loop.call_soon(lab.noting("still runs"), "after");
      },
      "stop");
  loop.call_later(0, lab.noting("never"), "timer");
  loop.run_forever();
  EXPECT_THAT(lab.notes, ElementsAre("1 still runs"));
  EXPECT_EQ(lab.iterations(), 1u);
}

TEST_F(Drain, Is_starved_by_a_callback_that_queues_itself_until_a_limit_ends_it) {
  std::function<void()> again = [&] { loop.call_soon(again, "again"); };
  loop.call_soon(again, "again");
  loop.call_later(0, lab.noting("never"), "timer");
  try {
    loop.run_forever();
    FAIL() << "nothing ended it";
  } catch (const RunEnded& ended) {
    EXPECT_EQ(ended.name(), "events");
  }
  EXPECT_THAT(lab.notes, IsEmpty());
  EXPECT_EQ(lab.sink.texts().back(), "loop.idle") << "every open pair is closed";
}

TEST_F(Drain, Purges_cancelled_timers_first_S3) {
  loop.call_later(1, {}, "gone")->cancel();
  loop.stop();
  lab.sink.clear();
  loop.run_forever();
  EXPECT_THAT(lab.sink.texts_of({"timer.", "timers.", "iteration.begin"}),
              ElementsAre("iteration.begin n=1", "timer.purged handle=2 bulk=false", "timers.begin",
                          "timers.end promoted=0 purged=1"));
}

TEST_F(Drain, Waits_for_the_next_timer_when_nothing_is_ready) {
  loop.call_later(2, lab.stopping(), "stop");
  loop.run_forever();
  EXPECT_THAT(lab.timeouts(), ElementsAre("select.begin timeout=2", "select.begin timeout=0"));
  EXPECT_EQ(lab.now(), 2);
}

class Trampoline : public testing::Test {
 protected:
  LoopLab lab{{}, "trampoline"};
  EventLoop& loop = *lab.loop;
  AnyValue run(std::unique_ptr<Steppable> main) { return run_until_complete(loop, std::move(main)); }
};

TEST_F(Trampoline, Runs_one_handle_a_turn_and_has_no_phases) {
  loop.call_soon(lab.noting("a"), "a");
  loop.call_soon([&] { loop.stop(); }, "b");
  lab.sink.clear();
  lab.sink.with_time = true;
  loop.run_forever();
  EXPECT_THAT(lab.sink.texts(),
              ElementsAre("loop.run @0 how=run_forever", "iteration.begin @0 n=1", "handle.begin @0 handle=1",
                          "handle.end @0 handle=1", "iteration.end @0.001 n=1", "iteration.begin @0.001 n=2",
                          "handle.begin @0.001 handle=2", "loop.stop @0.001", "handle.end @0.001 handle=2",
                          "iteration.end @0.002 n=2", "loop.idle @0.002"));
}

TEST_F(Trampoline, Uses_up_a_turn_for_a_cancelled_handle) {
  loop.call_soon({}, "gone")->cancel();
  loop.call_soon(lab.stopping(), "stop");
  lab.sink.clear();
  loop.run_forever();
  EXPECT_THAT(lab.sink.texts_of({"iteration.begin", "handle."}),
              ElementsAre("iteration.begin n=1", "handle.skipped handle=1", "iteration.begin n=2",
                          "handle.begin handle=2", "handle.end handle=2"));
}

Coroutine<std::string> child(LoopLab& lab, std::string text) {
  lab.note(text + " begins");
  co_await sleep(0);
  lab.note(text + " ends");
  co_return text;
}
Coroutine<std::string> parent(LoopLab& lab) {
  std::string first = co_await child(lab, "one");
  std::string second = co_await child(lab, "two");
  co_return first + second;
}

TEST_F(Trampoline, Queues_an_awaited_coroutine_as_a_child_and_its_waiter_when_it_has_ended) {
  EXPECT_EQ(run(parent(lab)).repr(), "'onetwo'");
  EXPECT_THAT(lab.sink.texts_of({"task.created"}),
              ElementsAre("task.created task=1 name=Task-1 named=false coro=parent",
                          "task.created task=2 name=child named=false coro=child parent=1",
                          "task.created task=3 name=sleep named=false coro=sleep parent=2",
                          "task.created task=4 name=child named=false coro=child parent=1",
                          "task.created task=5 name=sleep named=false coro=sleep parent=4"));
  EXPECT_THAT(lab.sink.texts_of({"task.suspended task=1"}),
              ElementsAre("task.suspended task=1 on=task:2 stack=parent",
                          "task.suspended task=1 on=task:4 stack=parent"));
  EXPECT_THAT(lab.notes, ElementsAre("2 one begins", "5 one ends", "7 two begins", "10 two ends"));
}

Coroutine<> sleeper(double seconds) { co_await sleep(seconds); }

TEST_F(Trampoline, Sleeps_by_asking_the_clock_once_a_turn) {
  run(sleeper(0.01));
  EXPECT_THAT(lab.sink.texts_of({"task.step task=2"}), SizeIs(11));
  EXPECT_THAT(lab.sink.texts_of({"task.suspended task=2"}), Each(HasSubstr("on=yield")));
  EXPECT_THAT(lab.sink.texts_of({"timer", "select", "ready", "fd."}), IsEmpty());
}

Coroutine<std::unique_ptr<int>> only_movable() {
  co_await Yield{};
  co_return std::make_unique<int>(7);
}
Coroutine<int> takes_it() {
  std::unique_ptr<int> number = co_await only_movable();
  co_return *number;
}

TEST_F(Trampoline, Hands_a_childs_result_to_its_waiter_without_a_copy) {
  EXPECT_EQ(run(takes_it()).repr(), "7");
}

Coroutine<> fails() {
  co_await Yield{};
  throw std::runtime_error("inner");
}
Coroutine<std::string> catches() {
  try {
    co_await fails();
  } catch (const std::runtime_error& error) {
    co_return error.what();
  }
  co_return "nothing";
}

TEST_F(Trampoline, Throws_a_childs_error_into_its_waiter) { EXPECT_EQ(run(catches()).repr(), "'inner'"); }

Coroutine<> interrupts() {
  co_await Yield{};
  throw CoreError(CoreError::Type::KeyboardInterrupt);
}
Coroutine<> awaits_interrupt() { co_await interrupts(); }

TEST_F(Trampoline, Lets_an_interrupt_leave_the_loop_from_the_programs_own_task) {
  EXPECT_EQ(error_of([&] { run(awaits_interrupt()); }), "KeyboardInterrupt()");
}

TEST_F(Trampoline, Cancels_the_child_that_a_task_waits_for_S37) {
  const Ref<Task> task = lab.start(sleeper(100));
  loop.call_soon([&] { loop.call_soon([&] { task->cancel(); }, "cancel"); }, "later");
  EXPECT_EQ(error_of([&] { run_until_complete(loop, task); }), "CancelledError()");
  EXPECT_TRUE(task->cancelled());
}

Coroutine<> inner(std::string& seen) {
  StepContext here = co_await ThisStep{};
  seen = current_task(here.loop)->name() + " of " + std::to_string(all_tasks(here.loop).size()) + ", " +
         stepping_task(here.loop)->name() + " steps";
}
Coroutine<> looks_deeper(std::string& seen) { co_await inner(seen); }

TEST_F(Trampoline, Shows_the_program_its_own_tasks_only) {
  std::string seen;
  run(looks_deeper(seen));
  EXPECT_EQ(seen, "Task-1 of 1, inner steps");
}

TEST_F(Trampoline, Refuses_what_needs_timers_or_a_selector) {
  EXPECT_THAT(error_of([&] { loop.call_later(1, {}, "x"); }),
              HasSubstr("call_later() needs a timer heap and a selector, and the 'trampoline' loop model"));
  EXPECT_THAT(error_of([&] { loop.call_at(1, {}, "x"); }), HasSubstr("call_at() needs a timer heap"));
}

TEST_F(Trampoline, Ends_in_a_deadlock_when_its_queue_is_empty_for_ever) {
  const Ref<Future> never = lab.future();
  try {
    run_until_complete(loop, never);
    FAIL();
  } catch (const RunEnded& ended) {
    EXPECT_EQ(ended.why(), RunEnded::Why::deadlock);
    EXPECT_THAT(ended.message(), HasSubstr("an empty queue"));
  }
  EXPECT_EQ(lab.sink.texts().back(), "loop.idle");
}

Coroutine<std::string> note_when(LoopLab& lab, std::string name, double delay) {
  lab.notes.push_back(name + " starts");
  co_await sleep(delay);
  lab.notes.push_back(name + " is done");
  co_return name;
}
Coroutine<> two_tasks(LoopLab& lab) {
  StepContext here = co_await ThisStep{};
  Ref<Task> a = create_task(here.loop, note_when(lab, "A", 0.2));
  Ref<Task> b = create_task(here.loop, note_when(lab, "B", 0.1));
  co_await a;
  co_await b;
}

TEST(LoopModels, Run_the_same_program_with_the_same_output_and_a_trace_of_their_own) {
  std::vector<Notes> outputs;
  std::vector<std::size_t> iterations;
  for (const std::string_view name : loop_model_names()) {
    LoopLab lab({}, name);
    run_until_complete(*lab.loop, two_tasks(lab));
    outputs.push_back(lab.notes);
    iterations.push_back(lab.iterations());
  }
  EXPECT_THAT(outputs, Each(ElementsAre("A starts", "B starts", "B is done", "A is done")));
  EXPECT_LT(iterations[1], iterations[0]) << "drain needs fewer";
  EXPECT_GT(iterations[2], 200u) << "trampoline polls";
}

TEST(LoopModels, Are_known_by_name) {
  for (const std::string_view name : loop_model_names()) EXPECT_EQ(make_loop_model(name)->name(), name);
  EXPECT_EQ(make_loop_model("uvloop"), nullptr);
}

}  // namespace
}  // namespace loopscope::test

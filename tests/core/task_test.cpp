// How tasks run. Expected iterations are CPython's.
#include "core/task/task.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdexcept>

#include "tests/support/loop_lab.h"

namespace loopscope::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Tasks : public testing::Test {
 protected:
  LoopLab lab;
  EventLoop& loop = *lab.loop;

  /// Runs `main` as run_until_complete does, and forgets what came before it in the trace.
  AnyValue run(std::unique_ptr<Steppable> main) { return run_until_complete(loop, std::move(main)); }
};

Coroutine<int> seven() { co_return 7; }
Coroutine<> failing(CoreError::Type type) {
  throw CoreError(type, "no");
  co_return;
}

TEST_F(Tasks, Creation_runs_nothing_and_queues_the_first_step_S26) {
  lab.sink.clear();
  const Ref<Task> task = create_task(loop, seven().named("fetch", "'A', 2"), {.line = 12});
  EXPECT_FALSE(task->done());
  EXPECT_THAT(lab.sink.texts(),
              ElementsAre("task.created task=1 name=Task-1 named=false coro=fetch args='A', 2 line=12",
                          "handle.queued handle=2 label=fetch cause=task_step task=1"));
}

TEST_F(Tasks, Numbers_its_names_also_when_the_program_names_the_task_afterwards_S26) {
  const auto name_of = [&](TaskOptions options) {
    return create_task(loop, seven(), std::move(options))->name();
  };
  EXPECT_EQ(name_of({}), "Task-1");
  EXPECT_EQ(name_of({.name = "A"}), "A");  // asyncio.create_task(name=)
  EXPECT_EQ(name_of({}), "Task-3");
  EXPECT_EQ(name_of({.name = "B", .named_at_once = true}), "B");  // loop.create_task(name=)
  EXPECT_EQ(name_of({}), "Task-4");
  EXPECT_THAT(lab.sink.texts_of({"task.created"}),
              testing::Contains("task.created task=2 name=A named=true coro=seven"));
}

TEST_F(Tasks, Can_be_renamed_S26) {
  const Ref<Task> task = lab.start(seven());
  task->set_name("better");
  EXPECT_EQ(task->name(), "better");
  EXPECT_THAT(lab.sink.texts_of({"task.renamed"}), ElementsAre("task.renamed task=1 name=better"));
}

Coroutine<> yields(LoopLab& lab) {
  lab.note("a");
  co_await sleep(0);
  lab.note("b");
  co_await sleep(-1);
  lab.note("c");
}

TEST_F(Tasks, A_bare_yield_resumes_in_the_next_iteration_S27) {
  run(yields(lab));
  EXPECT_THAT(lab.notes, ElementsAre("1 a", "2 b", "3 c"));
  EXPECT_EQ(lab.iterations(), 4u);
  EXPECT_THAT(
      lab.sink.texts_of({"task.", "handle.queued"}),
      ElementsAre("task.created task=1 name=Task-1 named=false coro=yields",
                  "handle.queued handle=2 label=yields cause=task_step task=1", "task.step task=1",
                  "task.suspended task=1 on=yield stack=yields>sleep",
                  "handle.queued handle=3 label=yields cause=task_step task=1", "task.step task=1",
                  "task.suspended task=1 on=yield stack=yields>sleep",
                  "handle.queued handle=4 label=yields cause=task_step task=1", "task.step task=1",
                  "task.done task=1 outcome=returned value=None",
                  "handle.queued handle=5 label=_run_until_complete_cb cause=future_callback of_task=1"));
}

Coroutine<AnyValue> waits_for(Ref<Future> future) { co_return co_await future; }

TEST_F(Tasks, A_pending_future_wakes_its_task_when_it_is_done_S27) {
  const Ref<Future> future = lab.future();
  const Ref<Task> task = lab.start(waits_for(future));
  loop.call_later(
      1, [future] { future->set_result("news"); }, "set");
  run_until_complete(loop, task);
  EXPECT_EQ(task->result().repr(), "'news'");
  EXPECT_THAT(
      lab.sink.texts_of({"task.", "future.", "handle.queued"}),
      ElementsAre("future.created future=1 label=Future",
                  "task.created task=1 name=Task-1 named=false coro=waits_for",
                  "handle.queued handle=2 label=waits_for cause=task_step task=1", "task.step task=1",
                  "task.suspended task=1 on=future:1 stack=waits_for",
                  "handle.queued handle=3 label=set cause=timer",
                  "future.done future=1 outcome=returned value='news'",
                  "handle.queued handle=4 label=waits_for cause=task_wakeup task=1 future=1",
                  "task.step task=1", "task.done task=1 outcome=returned value='news'",
                  "handle.queued handle=5 label=_run_until_complete_cb cause=future_callback of_task=1"));
}

TEST_F(Tasks, An_error_ends_the_task_and_is_thrown_by_its_result_S27) {
  EXPECT_EQ(error_of([&] { run(failing(CoreError::Type::ValueError)); }), "ValueError('no')");
  EXPECT_THAT(lab.sink.texts_of({"task.done"}),
              ElementsAre("task.done task=1 outcome=raised value=ValueError('no')"));
}

Coroutine<> throws_foreign() {
  throw std::runtime_error("x");
  co_return;
}

TEST_F(Tasks, A_foreign_exception_is_stored_like_any_other_S27) {
  EXPECT_THROW(run(throws_foreign()), std::runtime_error);
  EXPECT_THAT(lab.sink.texts_of({"task.done", "error"}),
              ElementsAre("task.done task=1 outcome=raised value=std::runtime_error('x')"));
}

TEST_F(Tasks, CancelledError_makes_it_cancelled_though_nobody_called_cancel_S27) {
  const Ref<Task> task = lab.start(failing(CoreError::Type::CancelledError));
  EXPECT_EQ(error_of([&] { run_until_complete(loop, task); }), "CancelledError('no')");
  EXPECT_TRUE(task->cancelled());
  EXPECT_EQ(task->cancelling(), 0);
  EXPECT_EQ(error_of([&] { task->result(); }), "CancelledError()");  // the first one was handed out
  EXPECT_THAT(lab.sink.texts_of({"task.done"}), ElementsAre("task.done task=1 outcome=cancelled"));
}

TEST_F(Tasks, KeyboardInterrupt_is_stored_and_leaves_the_loop_S27) {
  const Ref<Task> task = lab.start(failing(CoreError::Type::KeyboardInterrupt));
  loop.call_soon(lab.noting("not yet"), "not yet");
  EXPECT_EQ(error_of([&] { loop.run_forever(); }), "KeyboardInterrupt('no')");
  EXPECT_EQ(error_of([&] { task->result(); }), "KeyboardInterrupt('no')");
  EXPECT_THAT(lab.notes, IsEmpty());
  EXPECT_THAT(lab.errors, IsEmpty());
}

TEST_F(Tasks, A_bad_yield_fails_in_the_next_step_S27) {
  std::string thrown;
  const auto yield_42 = [&](StepContext&, const StepInput&) -> StepOutcome {
    return BadYield{"Task got bad yield: 42"};
  };
  const auto catch_it = [&](StepContext&, const StepInput& input) -> StepOutcome {
    thrown = repr_of(std::get<Throw>(input).error);
    lab.note("caught");
    return Returned{};
  };
  run(std::make_unique<ScriptedSteppable>(std::vector<ScriptedSteppable::Step>{yield_42, catch_it}));
  EXPECT_EQ(thrown, "RuntimeError('Task got bad yield: 42')");
  EXPECT_THAT(lab.notes, ElementsAre("2 caught"));
  EXPECT_EQ(lab.iterations(), 3u);
  EXPECT_THAT(lab.sink.texts_of({"task.step"}),
              ElementsAre("task.step task=1", "task.step task=1 throws=RuntimeError"));
}

Coroutine<> awaits_itself(LoopLab& lab) {
  StepContext here = co_await ThisStep{};
  Ref<Future> me(&here.task);
  try {
    co_await me;
  } catch (const CoreError& error) {
    lab.note(error.message());
  }
}

TEST_F(Tasks, Awaiting_itself_fails_in_the_next_step_S27) {
  run(awaits_itself(lab));
  EXPECT_THAT(lab.notes, ElementsAre("2 Task cannot await on itself: <Task pending name='Task-1' "
                                     "coro=<awaits_itself()> cb=[_run_until_complete_cb() "
                                     "at /usr/lib/python3.11/asyncio/base_events.py:180]>"));
}

Coroutine<> awaits_foreign(LoopLab& lab, Ref<Future> future) {
  try {
    co_await future;
  } catch (const CoreError& error) {
    lab.note(error.message());
  }
}

TEST_F(Tasks, Awaiting_a_future_of_another_loop_fails_in_the_next_step_S27) {
  EventLoop other(loop.world(), lab.tracer, lab.budget, lab.model);
  run(awaits_foreign(lab, make_ref<Future>(other)));
  EXPECT_THAT(
      lab.notes,
      ElementsAre("2 Task <Task pending name='Task-1' coro=<awaits_foreign()> cb=[_run_until_complete_cb() "
                  "at /usr/lib/python3.11/asyncio/base_events.py:180]> got Future "
                  "<Future pending> attached to a different loop"));
}

Coroutine<> awaits_done_things(LoopLab& lab) {
  Ref<Future> future = lab.future();
  future->set_result(1);
  co_await future;
  lab.note("future");
  Ref<Task> task = lab.start(seven());
  co_await task;
  lab.note("task");
  co_await task;
  lab.note("again");
  int value = co_await seven();
  lab.note("coroutine " + std::to_string(value));
}

TEST_F(Tasks, Awaiting_what_is_done_or_a_coroutine_does_not_suspend_S28) {
  run(awaits_done_things(lab));
  EXPECT_THAT(lab.notes, ElementsAre("1 future", "3 task", "3 again", "3 coroutine 7"));
  EXPECT_EQ(lab.iterations(), 4u);
}

Coroutine<> waits_and_notes(LoopLab& lab, Ref<Future> future) {
  co_await future;
  lab.note("waiter");
}

Coroutine<> completes_a_future(LoopLab& lab) {
  Ref<Future> future = lab.future();
  const auto noting = [&lab](std::string text) {
    return DoneCallback{[&lab, text](Future&) { lab.note(text); }, text, {}};
  };
  future->add_done_callback(noting("cb1"));
  Ref<Task> waiter = lab.start(waits_and_notes(lab, future));
  co_await sleep(0);
  future->add_done_callback(noting("cb2"));
  future->set_result(1);
  lab.loop->call_soon(lab.noting("soon"), "soon");
  future->add_done_callback(noting("late"));
  lab.note("set");
  co_await waiter;
}

TEST_F(Tasks, A_wake_up_is_one_of_the_done_callbacks_in_order_of_registration_S29) {
  run(completes_a_future(lab));
  EXPECT_THAT(lab.notes, ElementsAre("2 set", "3 cb1", "3 waiter", "3 cb2", "3 soon", "3 late"));
}

TEST_F(Tasks, A_removed_done_callback_does_not_run_S29) {
  const Ref<Future> future = lab.future();
  const auto id = future->add_done_callback({[&](Future&) { lab.note("removed"); }, "removed"});
  EXPECT_TRUE(future->remove_done_callback(id));
  EXPECT_FALSE(future->remove_done_callback(id));
  future->set_result(1);
  loop.stop();
  loop.run_forever();
  EXPECT_THAT(lab.notes, IsEmpty());
}

Coroutine<> awaits_fresh_task(LoopLab& lab) {
  lab.note("start");
  Ref<Task> task = lab.start(seven());
  co_await task;
  lab.note("end");
}

TEST_F(Tasks, A_fresh_task_without_awaits_is_awaited_in_two_iterations_S30) {
  run(awaits_fresh_task(lab));
  EXPECT_THAT(lab.notes, ElementsAre("1 start", "3 end"));
  EXPECT_THAT(
      lab.sink.texts_of({"task.suspended", "handle.queued handle=4"}),
      ElementsAre("task.suspended task=1 on=task:2 stack=awaits_fresh_task",
                  "handle.queued handle=4 label=awaits_fresh_task cause=task_wakeup task=1 of_task=2"));
}

Coroutine<> sleeps(LoopLab& lab, std::string name) {
  lab.note(name + " start");
  co_await sleep(1);
  lab.note(name + " woke");
}

TEST_F(Tasks, A_sleep_wakes_its_task_one_iteration_after_its_timer_S31) {
  run(sleeps(lab, "a"));
  EXPECT_THAT(lab.notes, ElementsAre("1 a start", "3 a woke"));
  EXPECT_THAT(
      lab.sink.texts_of({"future.", "timer.", "task.suspended", "handle.queued"}),
      ElementsAre("handle.queued handle=2 label=sleeps cause=task_step task=1",
                  "future.created future=1 label=sleep(1)", "timer.scheduled handle=3 when=1 label=sleep(1)",
                  "task.suspended task=1 on=sleep:3 stack=sleeps>sleep", "timer.promoted handle=3 when=1",
                  "handle.queued handle=3 label=sleep(1) cause=timer",
                  "future.done future=1 outcome=returned value=None",
                  "handle.queued handle=4 label=sleeps cause=task_wakeup task=1 future=1",
                  "handle.queued handle=5 label=_run_until_complete_cb cause=future_callback of_task=1"));
}

TEST_F(Tasks, A_sleep_returns_its_result_and_is_labelled_as_written_S31) {
  EXPECT_EQ(run(sleep(0.5, "well")).repr(), "'well'");
  EXPECT_EQ(run(sleep(0, "at once")).repr(), "'at once'");
  EXPECT_THAT(lab.sink.texts_of({"timer.scheduled"}),
              ElementsAre("timer.scheduled handle=3 when=0.5 label=sleep(0.5)"));
}

Coroutine<> counts(LoopLab& lab, std::string name) {
  for (int i = 0; i < 3; ++i) {
    lab.note(name + std::to_string(i));
    co_await sleep(0);
  }
}

Coroutine<> three_tasks(LoopLab& lab) {
  std::vector<Ref<Task>> tasks;
  for (const char* name : {"A", "B", "C"}) tasks.push_back(lab.start(counts(lab, name)));
  for (const Ref<Task>& task : tasks) co_await task;
}

TEST_F(Tasks, Ready_tasks_take_turns_in_the_order_of_their_queueing_S32) {
  run(three_tasks(lab));
  EXPECT_THAT(lab.notes, ElementsAre("2 A0", "2 B0", "2 C0", "3 A1", "3 B1", "3 C1", "4 A2", "4 B2", "4 C2"));
  EXPECT_EQ(lab.iterations(), 7u);
}

TEST_F(Tasks, A_future_is_cancelled_once_and_its_callbacks_are_queued_S33) {
  const Ref<Future> future = lab.future();
  future->add_done_callback({[&](Future&) { lab.note("cb"); }, "cb"});
  EXPECT_TRUE(future->cancel());
  EXPECT_FALSE(future->cancel());
  EXPECT_TRUE(future->cancelled());
  EXPECT_THAT(lab.notes, IsEmpty());
  loop.stop();
  loop.run_forever();
  EXPECT_THAT(lab.notes, ElementsAre("1 cb"));
  EXPECT_EQ(error_of([&] { future->result(); }), "CancelledError()");
  const Ref<Future> with_message = lab.future();
  with_message->cancel("why");
  EXPECT_EQ(error_of([&] { with_message->result(); }), "CancelledError('why')");
  EXPECT_EQ(error_of([&] { with_message->exception(); }), "CancelledError('why')");
  EXPECT_THAT(lab.sink.texts_of({"future.done"}), ElementsAre("future.done future=1 outcome=cancelled",
                                                              "future.done future=2 outcome=cancelled"));
}

TEST_F(Tasks, A_future_refuses_what_does_not_fit_its_state_as_CPythons_does_S75) {
  const Ref<Future> future = lab.future();
  EXPECT_EQ(error_of([&] { future->result(); }), "InvalidStateError('Result is not set.')");
  EXPECT_EQ(error_of([&] { future->exception(); }), "InvalidStateError('Exception is not set.')");
  future->set_exception(std::make_exception_ptr(CoreError(CoreError::Type::ValueError, "no")));
  EXPECT_FALSE(future->error_retrieved());
  EXPECT_EQ(repr_of(future->stored_error()), "ValueError('no')");
  EXPECT_FALSE(future->error_retrieved());
  EXPECT_EQ(repr_of(future->exception()), "ValueError('no')");
  EXPECT_TRUE(future->error_retrieved());
  EXPECT_EQ(error_of([&] { future->set_result(1); }), "InvalidStateError('invalid state')");
  EXPECT_EQ(error_of([&] { future->set_exception({}); }), "InvalidStateError('invalid state')");
  const Ref<Task> task = lab.start(seven());
  EXPECT_EQ(error_of([&] { task->set_result(1); }),
            "RuntimeError('Task does not support set_result operation')");
  EXPECT_EQ(error_of([&] { task->set_exception({}); }),
            "RuntimeError('Task does not support set_exception operation')");
}

TEST_F(Tasks, Futures_and_tasks_show_themselves_by_their_state) {
  const Ref<Future> future = lab.future();
  EXPECT_EQ(future->repr(), "<Future pending>");
  future->set_result("x");
  EXPECT_EQ(future->repr(), "<Future finished result='x'>");
  const Ref<Task> task = lab.start(seven());
  EXPECT_EQ(task->repr(), "<Task pending name='Task-1' coro=<seven()>>");
  run_until_complete(loop, task);
  EXPECT_EQ(task->repr(), "<Task finished name='Task-1' coro=<seven()> result=7>");
  const Ref<Task> cancelled = lab.start(seven());
  cancelled->cancel();
  EXPECT_EQ(error_of([&] { run_until_complete(loop, cancelled); }), "CancelledError()");
  EXPECT_EQ(cancelled->repr(), "<Task cancelled name='Task-2' coro=<seven()>>");
}

Coroutine<> looks_around(LoopLab& lab) {
  StepContext here = co_await ThisStep{};
  Ref<Task> child = lab.start(seven());
  lab.note(current_task(here.loop) == &here.task ? "it is me" : "who?");
  std::string names;
  for (const Ref<Task>& task : all_tasks(here.loop)) names += task->name() + " ";
  lab.note(names);
  co_await child;
  lab.note(std::to_string(all_tasks(here.loop).size()));
}

TEST_F(Tasks, The_loop_knows_its_unfinished_tasks_in_order_and_the_one_that_runs) {
  run(looks_around(lab));
  EXPECT_THAT(lab.notes, ElementsAre("1 it is me", "1 Task-1 Task-2 ", "3 1"));
  EXPECT_EQ(current_task(loop), nullptr);
  EXPECT_THAT(lab.sink.texts_of({"task.created"}),
              ElementsAre("task.created task=1 name=Task-1 named=false coro=looks_around",
                          "task.created task=2 name=Task-2 named=false coro=seven parent=1"));
}

}  // namespace
}  // namespace loopscope::test

// What a loop says of callbacks, futures and tasks that go wrong, and what debug mode adds.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

#include "tests/support/loop_lab.h"

namespace loopscope::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

class Diagnostics : public testing::Test {
 protected:
  LoopLab lab;
  EventLoop& loop = *lab.loop;

  void one_iteration() {
    loop.stop();
    loop.run_forever();
  }
  std::vector<std::string> warnings() { return lab.sink.texts_of({"warning"}); }
};

Coroutine<> fails() {
  co_await Yield{};
  throw CoreError(CoreError::Type::ValueError, "no");
}
Coroutine<> nothing() { co_return; }
Coroutine<> waits(Ref<Future> future) { co_await future; }

// --- exception handlers

TEST_F(Diagnostics, An_exception_handler_is_told_in_place_of_the_default_one_S20) {
  std::vector<std::string> told;
  loop.set_exception_handler([&](const ErrorContext& context) {
    told.push_back(default_log_text(context) + " / " + describe(context.error));
  });
  loop.call_soon([] { throw CoreError(CoreError::Type::ValueError, "no"); }, "bad");
  one_iteration();
  EXPECT_THAT(told, ElementsAre("Exception in callback bad()\nhandle: <Handle bad()> / ValueError: no"));
  EXPECT_THAT(lab.errors, IsEmpty());
  EXPECT_THAT(lab.sink.texts_of({"error"}),
              ElementsAre("error text=Exception in callback bad(): ValueError: no"));
  loop.set_exception_handler({});
  loop.report({.message = "mine"});
  EXPECT_THAT(lab.errors, ElementsAre("mine"));
}

TEST_F(Diagnostics, A_handler_that_fails_is_told_of_by_the_default_one_S20) {
  loop.set_exception_handler([](const ErrorContext&) { throw CoreError(CoreError::Type::TypeError, "handler"); });
  loop.call_soon([] { throw CoreError(CoreError::Type::ValueError, "no"); }, "bad");
  loop.call_soon(lab.noting("next"), "next");
  one_iteration();
  EXPECT_THAT(lab.errors, ElementsAre("Unhandled error in exception handler"));
  EXPECT_THAT(lab.notes, ElementsAre("1 next"));
}

TEST_F(Diagnostics, A_handler_may_leave_the_loop_S20) {
  loop.set_exception_handler([](const ErrorContext&) { throw CoreError(CoreError::Type::SystemExit); });
  loop.call_soon([] { throw CoreError(CoreError::Type::ValueError, "no"); }, "bad");
  EXPECT_EQ(error_of([&] { loop.run_forever(); }), "SystemExit()");
  EXPECT_FALSE(loop.is_running());
}

TEST_F(Diagnostics, The_log_shows_a_contexts_keys_in_order) {
  const Ref<Creation> made = make_ref<Creation>("f:1", "  File \"f\", line 1, in main");
  EXPECT_EQ(default_log_text({.message = "m", .key = "future", .subject_text = "<F>", .creation = made}),
            "m\nfuture: <F>\nsource_traceback: Object created at (most recent call last):\n"
            "  File \"f\", line 1, in main");
  EXPECT_EQ(default_log_text({.message = "m", .key = "task", .subject_text = "<T>", .creation = made}),
            "m\nsource_traceback: Object created at (most recent call last):\n"
            "  File \"f\", line 1, in main\ntask: <T>");
  EXPECT_EQ(default_log_text({.message = "m", .key = "handle", .subject_text = "<H>", .handle_creation = made}),
            "m\nhandle: <H>\nhandle_traceback: Handle created at (most recent call last):\n"
            "  File \"f\", line 1, in main");
}

// --- last words

TEST_F(Diagnostics, A_task_whose_error_nobody_asked_for_says_so_when_it_goes_S78) {
  Ref<Task> task = lab.start(fails());
  one_iteration();
  one_iteration();
  EXPECT_TRUE(task->done());
  EXPECT_THAT(lab.errors, IsEmpty());
  task = nullptr;
  EXPECT_THAT(lab.errors, ElementsAre("Task exception was never retrieved"));
  EXPECT_THAT(warnings(), ElementsAre("warning rule=never_retrieved text=Task exception was never retrieved: "
                                      "ValueError: no"));
}

TEST_F(Diagnostics, So_does_a_future_but_not_one_that_was_asked_or_cancelled_S78) {
  const auto error = std::make_exception_ptr(CoreError(CoreError::Type::ValueError, "no"));
  Ref<Future> lost = lab.future(), asked = lab.future(), cancelled = lab.future(), fine = lab.future();
  lost->set_exception(error);
  asked->set_exception(error);
  asked->exception();
  cancelled->cancel();
  fine->set_result(1);
  lost = asked = cancelled = fine = nullptr;
  EXPECT_THAT(lab.errors, ElementsAre("Future exception was never retrieved"));
}

TEST_F(Diagnostics, A_handler_may_keep_the_future_that_it_is_told_of_and_hears_of_it_once_S78) {
  std::vector<Ref<RefCounted>> kept;
  loop.set_exception_handler([&](const ErrorContext& context) { kept.push_back(context.subject); });
  Ref<Future> future = lab.future();
  future->set_exception(std::make_exception_ptr(CoreError(CoreError::Type::ValueError, "no")));
  future = nullptr;
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(dynamic_cast<Future&>(*kept[0]).repr(), "<Future finished exception=ValueError('no')>");
  kept.clear();
  EXPECT_THAT(kept, IsEmpty());
  EXPECT_EQ(warnings().size(), 1u);
}

TEST_F(Diagnostics, A_pending_task_says_so_when_the_last_reference_goes_S78) {
  Ref<Task> task = lab.start(nothing());
  loop.close();
  EXPECT_THAT(lab.errors, IsEmpty());
  task = nullptr;
  EXPECT_THAT(lab.errors, ElementsAre("Task was destroyed but it is pending!"));
  EXPECT_THAT(warnings(),
              ElementsAre("warning rule=destroyed_pending text=Task was destroyed but it is pending!"));
}

TEST_F(Diagnostics, A_task_in_a_circle_with_its_future_is_silent_until_the_programs_end_S78) {
  {
    const Ref<Future> future = lab.future();
    lab.start(waits(future));
    one_iteration();
  }
  EXPECT_THAT(lab.errors, IsEmpty());
  loop.abandon();
  EXPECT_THAT(lab.errors, IsEmpty());
}

TEST_F(Diagnostics, What_goes_with_its_loop_says_nothing) {
  Ref<Future> future = lab.future();
  future->set_exception(std::make_exception_ptr(CoreError(CoreError::Type::ValueError, "no")));
  lab.start(nothing());
  lab.loop.reset();
  future = nullptr;
  EXPECT_THAT(lab.errors, IsEmpty());
  EXPECT_THAT(warnings(), IsEmpty());
}

// --- reprs

TEST_F(Diagnostics, Handles_show_what_they_call) {
  const Ref<Handle> soon = loop.call_soon([] {}, "work('x')");
  const Ref<Handle> later = loop.call_later(2, [] {}, "work");
  EXPECT_EQ(soon->repr(), "<Handle work('x')>");
  EXPECT_EQ(later->repr(), "<TimerHandle when=2.0 work()>");
  later->cancel();
  EXPECT_EQ(later->repr(), "<TimerHandle cancelled when=2.0>");
}

TEST_F(Diagnostics, Futures_show_who_waits_for_them_and_tasks_what_they_wait_for) {
  const Ref<Future> future = lab.future();
  const Ref<Task> inner = lab.start(waits(future)), outer = lab.start(waits(inner));
  one_iteration();
  EXPECT_EQ(future->repr(), "<Future pending cb=[Task.task_wakeup()]>");
  EXPECT_EQ(outer->repr(),
            "<Task pending name='Task-2' coro=<waits()> wait_for=<Task pending name='Task-1' coro=<waits()> "
            "wait_for=<Future pending cb=[Task.task_wakeup()]> cb=[Task.task_wakeup()]>>");
  for (int i = 0; i < 3; ++i) future->add_done_callback({[](Future&) {}, "cb" + std::to_string(i)});
  EXPECT_EQ(future->repr(), "<Future pending cb=[Task.task_wakeup(), <2 more>, cb2()]>");
  outer->cancel();
  EXPECT_THAT(outer->repr(), StartsWith("<Task cancelling name='Task-2'"));
}

Coroutine<> awaits_gather(LoopLab& lab) {
  Ref<Future> all = gather(*lab.loop, {lab.start(nothing())});
  lab.notes.push_back(all->repr());
  lab.notes.push_back(all_tasks(*lab.loop).back()->repr());
  co_await all;
}

TEST_F(Diagnostics, Asyncios_own_callbacks_are_shown_with_their_lines) {
  run_until_complete(loop, awaits_gather(lab));
  EXPECT_THAT(lab.notes,
              ElementsAre("<_GatheringFuture pending>",
                          "<Task pending name='Task-2' coro=<nothing()> cb=[gather.<locals>._done_callback() at "
                          "/usr/lib/python3.11/asyncio/tasks.py:754]>"));
}

TEST_F(Diagnostics, Tasks_that_wait_for_each_other_are_shown_once) {
  struct Box {
    Ref<Task> other;
  };
  static constexpr auto wait_for_other = [](std::shared_ptr<Box> box) -> Coroutine<> { co_await box->other; };
  const auto first = std::make_shared<Box>(), second = std::make_shared<Box>();
  const Ref<Task> a = lab.start(wait_for_other(first)), b = lab.start(wait_for_other(second));
  first->other = b;
  second->other = a;
  one_iteration();
  EXPECT_THAT(a->repr(), HasSubstr("wait_for=<Task pending name='Task-2' coro=<<lambda>()> wait_for=..."));
  first->other = second->other = nullptr;
  loop.abandon();
}

// --- debug mode

class DebugMode : public testing::Test {
 protected:
  DebugMode() {
    LoopOptions options;
    options.debug = true;
    options.on_log = [this](const std::string& text) { log.push_back(text); };
    options.creation = [](std::size_t) { return make_ref<Creation>("main.py:5", "  File \"main.py\", line 5, in main"); };
    lab.loop = std::make_shared<EventLoop>(lab.virtual_world.world(), lab.tracer, lab.budget, lab.model, options);
  }
  void work(double seconds) { lab.virtual_world.world().threads.sleep(seconds); }

  LoopLab lab;
  std::vector<std::string> log;
};

TEST_F(DebugMode, Says_where_handles_futures_and_tasks_were_made_S76) {
  EXPECT_EQ(lab.loop->call_soon([] {}, "cb")->repr(), "<Handle cb() created at main.py:5>");
  EXPECT_EQ(lab.future()->repr(),
            "<Future pending created at /usr/lib/python3.11/asyncio/base_events.py:427>");
  EXPECT_EQ(lab.start(nothing())->repr(),
            "<Task pending name='Task-1' coro=<nothing()> created at main.py:5>");
  const Ref<Handle> timer = lab.loop->call_later(1, [] {}, "cb");
  timer->cancel();
  EXPECT_EQ(timer->repr(), "<TimerHandle cancelled when=1.0 cb() created at main.py:5>");
}

TEST_F(DebugMode, Warns_of_callbacks_that_take_long_inside_their_handle_S77) {
  lab.loop->call_soon([&] { work(0.12); }, "slow");
  lab.loop->call_soon([&] { work(0.05); }, "quick");
  lab.loop->stop();
  lab.sink.clear();
  lab.loop->run_forever();
  EXPECT_THAT(log, ElementsAre("Executing <Handle slow() created at main.py:5> took 0.120 seconds"));
  EXPECT_THAT(lab.sink.texts_of({"handle.begin", "handle.end", "warning"}),
              ElementsAre("handle.begin handle=3",
                          "warning rule=slow_callback text=Executing <Handle slow() created at main.py:5> took "
                          "0.120 seconds",
                          "handle.end handle=3", "handle.begin handle=4", "handle.end handle=4"));
  log.clear();
  lab.loop->set_slow_callback_duration(0.04);
  lab.loop->call_soon([&] { work(0.05); }, "quick");
  lab.loop->stop();
  lab.loop->run_forever();
  EXPECT_EQ(log.size(), 1u);
}

TEST_F(DebugMode, Names_the_task_of_a_step_that_takes_long_S77) {
  const auto slow = [this]() -> Coroutine<> {
    work(0.2);
    co_return;
  };
  run_until_complete(*lab.loop, slow());
  ASSERT_EQ(log.size(), 1u);
  EXPECT_THAT(log[0], StartsWith("Executing <Task finished name='Task-1' coro=<<lambda>()> result=None"));
  EXPECT_THAT(log[0], testing::EndsWith("took 0.200 seconds"));
}

TEST_F(DebugMode, Refuses_calls_from_a_foreign_thread_while_the_loop_runs_S76) {
  std::vector<std::string> errors;
  const World world = lab.virtual_world.world();
  lab.loop->call_soon([&] {
    world.threads.start("other", [&] {
      errors.push_back(error_of([&] { lab.loop->call_soon([] {}, "cb"); }));
      errors.push_back(error_of([&] { lab.loop->call_later(1, [] {}, "cb"); }));
      lab.loop->call_soon_threadsafe(lab.stopping(), "stop");
    });
  }, "start");
  lab.loop->run_forever();
  const std::string text =
      "RuntimeError('Non-thread-safe operation invoked on an event loop other than the current one')";
  EXPECT_THAT(errors, ElementsAre(text, text));
}

TEST_F(DebugMode, Is_turned_on_and_off_through_a_handle_of_its_own_while_the_loop_runs) {
  lab.loop->set_debug(false);
  lab.loop->call_soon([&] { lab.loop->set_debug(true); }, "on");
  lab.loop->stop();
  lab.sink.clear();
  lab.loop->run_forever();
  EXPECT_TRUE(lab.loop->debug());
  EXPECT_THAT(lab.sink.texts_of({"handle.queued"}),
              ElementsAre("handle.queued handle=4 label=_set_coroutine_origin_tracking cause=threadsafe"));
}

}  // namespace
}  // namespace loopscope::test

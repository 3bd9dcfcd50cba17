// asyncio.gather. Expected iterations are CPython's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/loop_lab.h"

namespace loopscope::test {
namespace {

using testing::ElementsAre;

using Futures = std::vector<Ref<Future>>;

class Gather : public testing::Test {
 protected:
  LoopLab lab;
  EventLoop& loop = *lab.loop;

  void run(std::unique_ptr<Steppable> main) { run_until_complete(loop, std::move(main)); }
};

Coroutine<std::string> named(LoopLab& lab, std::string name) {
  lab.note(name + " runs");
  co_return name;
}
Coroutine<int> seven() { co_return 7; }
Coroutine<> sleeping(double delay) { co_await sleep(delay); }
Coroutine<std::string> named_later(std::string name, double delay) {
  co_await sleep(delay);
  co_return name;
}
Coroutine<> bad(LoopLab& lab) {
  lab.note("bad");
  throw CoreError(CoreError::Type::ValueError, "no");
  co_return;
}
/// Notes the result or error of `outer`.
Coroutine<> awaits(LoopLab& lab, Ref<Future> outer) {
  try {
    AnyValue value = co_await outer;
    lab.note("end " + value.repr());
  } catch (const CoreError& error) {
    lab.note(error.repr() + ", cancelled " + (outer->cancelled() ? "True" : "False"));
  }
}

Coroutine<> gathers_three(LoopLab& lab) {
  lab.note("start");
  Futures children;
  for (const char* name : {"a", "b", "c"}) children.push_back(lab.start(named(lab, name)));
  co_await awaits(lab, gather(*lab.loop, children));
}

TEST_F(Gather, Of_coroutines_without_awaits_takes_three_iterations_S42) {
  run(gathers_three(lab));
  EXPECT_THAT(lab.notes, ElementsAre("1 start", "2 a runs", "2 b runs", "2 c runs", "4 end ['a', 'b', 'c']"));
  EXPECT_THAT(
      lab.sink.texts_of({"future.", "task.suspended", "handle.queued handle=6", "handle.queued handle=9"}),
      ElementsAre("future.created future=1 label=gather",
                  "task.suspended task=1 on=gather:1 stack=gathers_three>awaits",
                  "handle.queued handle=6 label=_done_callback cause=future_callback of_task=2",
                  "future.done future=1 outcome=returned value=['a', 'b', 'c']",
                  "handle.queued handle=9 label=gathers_three cause=task_wakeup task=1 future=1"));
}

TEST_F(Gather, Of_nothing_is_done_at_once_S42) {
  const Ref<Future> outer = gather(loop, {});
  EXPECT_TRUE(outer->done());
  EXPECT_EQ(outer->result().repr(), "[]");
  run(awaits(lab, outer));
  EXPECT_EQ(lab.iterations(), 2u);
}

Coroutine<> gathers_a_done_task_twice(LoopLab& lab) {
  Ref<Task> task = lab.start(seven());
  co_await task;
  lab.note("start");
  Futures children{task, task};
  co_await awaits(lab, gather(*lab.loop, children));
}

TEST_F(Gather, Of_a_done_task_takes_two_iterations_and_repeats_duplicates_S42) {
  run(gathers_a_done_task_twice(lab));
  EXPECT_THAT(lab.notes, ElementsAre("3 start", "5 end [7, 7]"));
}

TEST_F(Gather, Gives_results_in_order_of_the_arguments_S42) {
  const Futures children{lab.start(named_later("slow", 2)), lab.start(named_later("fast", 1))};
  EXPECT_EQ(run_until_complete(loop, gather(loop, children)).repr(), "['slow', 'fast']");
  EXPECT_EQ(lab.now(), 2);
}

TEST_F(Gather, Renders_its_results_as_the_program_wants_S42) {
  const GatherOptions options{.render = [](std::vector<AnyValue> values) { return AnyValue(values.size()); }};
  EXPECT_EQ(run_until_complete(loop, gather(loop, {lab.start(seven()), lab.start(seven())}, options)).repr(),
            "2");
  EXPECT_EQ(gather(loop, {}, options)->result().repr(), "0");
}

Coroutine<> other(LoopLab& lab) {
  co_await sleep(1);
  lab.note("other goes on");
}
Coroutine<> gathers_a_failure(LoopLab& lab) {
  Ref<Task> going_on = lab.start(other(lab));
  Futures children{lab.start(bad(lab)), going_on};
  co_await awaits(lab, gather(*lab.loop, children));
  co_await going_on;
}

TEST_F(Gather, Fails_with_the_first_failure_while_the_others_go_on_S43) {
  run(gathers_a_failure(lab));
  EXPECT_THAT(lab.notes, ElementsAre("2 bad", "4 ValueError('no'), cancelled False", "6 other goes on"));
}

TEST_F(Gather, Retrieves_the_failures_that_come_after_the_first_S43) {
  const Ref<Task> first = lab.start(bad(lab)), second = lab.start(bad(lab));
  EXPECT_EQ(error_of([&] { run_until_complete(loop, gather(loop, {first, second})); }), "ValueError('no')");
  EXPECT_TRUE(first->error_retrieved());
  EXPECT_TRUE(second->error_retrieved());
}

Coroutine<> cancels_a_child(LoopLab& lab) {
  Ref<Task> child = lab.start(sleeping(10));
  Futures children{child};
  Ref<Future> outer = gather(*lab.loop, children);
  co_await sleep(0);
  child->cancel();
  co_await awaits(lab, outer);
}

TEST_F(Gather, Fails_but_is_not_cancelled_when_a_child_is_cancelled_by_others_S43) {
  run(cancels_a_child(lab));
  EXPECT_THAT(lab.notes, ElementsAre("5 CancelledError(), cancelled False"));
  EXPECT_THAT(lab.sink.texts_of({"future.done future=1"}),
              ElementsAre("future.done future=1 outcome=raised value=CancelledError()"));
}

Coroutine<> notes_cancel(LoopLab& lab, std::string name) {
  try {
    co_await sleep(10);
  } catch (const CoreError&) {
    lab.note(name + " cancelled");
    throw;
  }
}
Coroutine<> cancels_the_outer(LoopLab& lab, GatherOptions options) {
  Futures children{lab.start(notes_cancel(lab, "a")), lab.start(notes_cancel(lab, "b"))};
  Ref<Future> outer = gather(*lab.loop, children, options);
  co_await sleep(0);
  lab.note(outer->cancel() ? "cancel True" : "cancel False");
  lab.note(outer->done() ? "done" : "not done yet");
  co_await awaits(lab, outer);
  lab.note(outer->cancel() ? "cancel True" : "cancel False");
}

TEST_F(Gather, Cancelled_itself_cancels_all_children_and_ends_when_they_have_S43) {
  run(cancels_the_outer(lab, {}));
  EXPECT_THAT(lab.notes, ElementsAre("2 cancel True", "2 not done yet", "3 a cancelled", "3 b cancelled",
                                     "5 CancelledError(), cancelled False", "5 cancel False"));
}

TEST_F(Gather, Does_not_hide_its_own_cancellation_with_return_exceptions_S43) {
  run(cancels_the_outer(lab, {.return_exceptions = true}));
  EXPECT_THAT(lab.notes, ElementsAre("2 cancel True", "2 not done yet", "3 a cancelled", "3 b cancelled",
                                     "5 CancelledError(), cancelled False", "5 cancel False"));
}

TEST_F(Gather, Returns_errors_and_cancellations_as_results_when_asked_to_S43) {
  const Ref<Task> cancelled = lab.start(sleeping(10));
  loop.call_later(
      1, [&] { cancelled->cancel(); }, "cancel");
  const Futures children{lab.start(bad(lab)), lab.start(seven()), cancelled};
  EXPECT_EQ(run_until_complete(loop, gather(loop, children, {.return_exceptions = true})).repr(),
            "[ValueError('no'), 7, CancelledError('')]");
  const GatherOptions named{.return_exceptions = true, .as_value = [](std::exception_ptr error) {
                              return AnyValue(type_name_of(error));
                            }};
  EXPECT_EQ(run_until_complete(loop, gather(loop, {lab.start(bad(lab))}, named)).repr(), "['ValueError']");
}

}  // namespace
}  // namespace loopscope::test

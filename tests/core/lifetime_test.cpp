// Who keeps whom alive: nothing leaks and nothing dangles, in whatever order things go.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/loop_lab.h"

namespace loopscope::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Lifetime : public testing::Test {
 protected:
  LoopLab lab;
  std::shared_ptr<int> held = std::make_shared<int>(1);

  void one_iteration() {
    lab.loop->stop();
    lab.loop->run_forever();
  }
};

Coroutine<> holds(std::shared_ptr<int> held, Ref<Future> future) {
  co_await future;
  static_cast<void>(held);
}
Coroutine<> holds_and_sleeps(std::shared_ptr<int> held) {
  co_await sleep(10);
  static_cast<void>(held);
}

TEST_F(Lifetime, Pending_tasks_go_with_their_loop_though_they_and_their_futures_own_each_other) {
  {
    const Ref<Future> future = lab.future();
    const Ref<Task> awaited = lab.start(holds(held, future));
    lab.start(holds(held, awaited));
    lab.start(holds_and_sleeps(held));
    lab.start(holds(held, gather(*lab.loop, {future, awaited})));
    one_iteration();
    lab.start(holds(held, future));  // not started
  }
  EXPECT_GT(held.use_count(), 1);
  lab.sink.clear();
  lab.loop.reset();
  EXPECT_EQ(held.use_count(), 1);
  EXPECT_THAT(lab.sink.texts(), IsEmpty());
}

TEST_F(Lifetime, Circles_of_plain_futures_go_with_their_loop) {
  const Ref<Future> future = lab.future();
  future->add_done_callback({[self = future, kept = held](Future&) {}, "circle"});
  lab.loop.reset();
  EXPECT_EQ(held.use_count(), 1);
}

TEST_F(Lifetime, Abandon_cuts_circles_that_include_the_loop_itself) {
  lab.start(holds_and_sleeps(held));
  const std::shared_ptr<EventLoop> kept = lab.loop;
  lab.loop->call_later(
      1, [kept, h = held] {}, "keeps the loop");
  lab.loop->call_soon([kept, h = held] {}, "keeps the loop");
  lab.loop->abandon();
  EXPECT_EQ(held.use_count(), 1);
  EXPECT_EQ(kept.use_count(), 2);
}

TEST_F(Lifetime, A_chain_of_thousands_of_waiting_tasks_goes_without_recursion) {
  Ref<Future> last = lab.future();
  for (int i = 0; i < 20000; ++i) last = lab.start(holds(held, last));
  one_iteration();
  last = nullptr;
  lab.loop.reset();
  EXPECT_EQ(held.use_count(), 1);
}

TEST_F(Lifetime, Handles_futures_and_tasks_may_outlive_their_loop) {
  const Ref<Handle> timer = lab.loop->call_later(
      1, [h = held] {}, "timer");
  const Ref<Handle> soon = lab.loop->call_soon([h = held] {}, "soon");
  const Ref<Future> future = lab.future(), other = lab.future();
  const Ref<Task> task = lab.start(holds(held, future));
  one_iteration();
  const Ref<Handle> late = lab.loop->call_soon([] {}, "late");
  lab.loop.reset();
  lab.sink.clear();
  timer->cancel();
  soon->cancel();
  late->cancel();
  EXPECT_TRUE(task->cancel());
  EXPECT_FALSE(task->done());
  future->set_result(1);
  EXPECT_EQ(future->result().repr(), "1");
  other->add_done_callback({[](Future&) {}, "never"});
  EXPECT_TRUE(other->cancel());
  other->add_done_callback({[](Future&) {}, "never"});
  EXPECT_FALSE(future->loop_is_alive());
  EXPECT_THAT(lab.sink.texts(), IsEmpty());
  EXPECT_EQ(held.use_count(), 1);
}

TEST_F(Lifetime, A_future_of_a_loop_that_is_gone_cannot_be_awaited_elsewhere) {
  const Ref<Future> orphan = lab.future();
  LoopLab other;
  lab.loop.reset();
  EXPECT_EQ(error_of([&] { run_until_complete(*other.loop, holds(held, orphan)); }),
            "RuntimeError(\"Task <Task pending name='Task-1' coro=<holds()> cb=[_run_until_complete_cb() at "
            "/usr/lib/python3.11/asyncio/base_events.py:180]> got Future <Future pending> attached to a different "
            "loop\")");
}

TEST_F(Lifetime, A_callback_is_dropped_when_it_has_run_though_its_handle_is_kept) {
  const Ref<Handle> handle = lab.loop->call_soon([h = held] {}, "soon");
  const Ref<Handle> cancelled = lab.loop->call_later(
      1, [h = held] {}, "timer");
  one_iteration();
  cancelled->cancel();
  EXPECT_EQ(held.use_count(), 1);
}

TEST_F(Lifetime, A_callback_may_drop_the_last_reference_to_its_own_handle) {
  Ref<Handle> timer = lab.loop->call_later(
      5, [] {}, "timer");
  auto last = std::make_shared<Ref<Handle>>();
  *last = lab.loop->call_later(
      1, [last] {}, "holds itself");
  const Ref<Handle> raw = *last;
  raw->cancel();
  last.reset();
  EXPECT_EQ(raw->use_count(), 2u);  // ours and the heap's
}

TEST_F(Lifetime, The_same_program_gives_the_same_trace) {
  const auto trace = [] {
    LoopLab fresh;
    std::shared_ptr<int> nothing;
    for (int i = 0; i < 3; ++i) fresh.start(holds_and_sleeps(nothing));
    fresh.loop->call_later(20, fresh.stopping(), "stop");
    fresh.loop->run_forever();
    return fresh.sink.texts();
  };
  EXPECT_EQ(trace(), trace());
}

TEST_F(Lifetime, Tracing_does_not_change_what_is_done) {
  Tracer silent;
  Budget budget;
  VirtualWorld world(silent, budget);
  AsyncioModel model;
  const auto loop = std::make_shared<EventLoop>(world.world(), silent, budget, model);
  const Ref<Task> task = create_task(*loop, holds_and_sleeps(nullptr));
  run_until_complete(*loop, task);
  EXPECT_EQ(loop->time(), 10);
  EXPECT_EQ(silent.emitted(), 0u);
  run_until_complete(*lab.loop, holds_and_sleeps(nullptr));
  EXPECT_EQ(silent.ids().handle, lab.tracer.ids().handle);
}

class Limits : public testing::Test {
 protected:
  /// Runs `main` under `limits`; the message that ended it.
  std::string ended(const Budget::Limits& limits, const std::function<void(LoopLab&)>& main) {
    LoopLab lab(limits);
    try {
      main(lab);
      lab.loop->run_forever();
    } catch (const RunEnded& ended) {
      last_events = lab.sink.texts();
      begins = lab.sink.count("handle.begin");
      ends = lab.sink.count("handle.end");
      return ended.message();
    }
    return "";
  }
  std::vector<std::string> last_events;
  std::size_t begins = 0, ends = 0;
};

void again(LoopLab& lab) {
  lab.loop->call_soon([&lab] { again(lab); }, "again");
}

TEST_F(Limits, Iterations_end_an_endless_loop_between_two_iterations) {
  EXPECT_EQ(ended({.iterations = 10}, again), "limit reached: iterations (10)");
  EXPECT_THAT(std::vector(last_events.end() - 2, last_events.end()),
              ElementsAre("iteration.end n=10", "loop.idle"));
}

TEST_F(Limits, Events_end_it_at_the_next_iteration) {
  EXPECT_EQ(ended({.events = 100}, again), "limit reached: events (100)");
  EXPECT_GT(last_events.size(), 100u);
  EXPECT_LT(last_events.size(), 120u);
}

TEST_F(Limits, Time_ends_it_in_the_select_that_would_pass_it) {
  EXPECT_EQ(ended({.time = 5},
                  [](LoopLab& lab) {
                    lab.loop->call_later(
                        6, [] {}, "late");
                  }),
            "limit reached: time (5 s)");
  EXPECT_THAT(std::vector(last_events.end() - 4, last_events.end()),
              ElementsAre("select.begin timeout=6", "select.end ready=0", "iteration.end n=1", "loop.idle"));
}

TEST_F(Limits, A_blocking_callback_that_passes_the_time_leaves_every_pair_closed) {
  EXPECT_EQ(ended({.time = 5},
                  [](LoopLab& lab) {
                    lab.loop->call_soon([&lab] { lab.loop->world().threads.sleep(9); }, "sleep");
                  }),
            "limit reached: time (5 s)");
  EXPECT_EQ(begins, 1u);
  EXPECT_EQ(ends, 1u);
  EXPECT_THAT(std::vector(last_events.end() - 4, last_events.end()),
              ElementsAre("handle.end handle=2", "ready.end", "iteration.end n=1", "loop.idle"));
}

TEST_F(Limits, A_stop_asked_for_from_outside_ends_it_at_the_next_iteration) {
  EXPECT_EQ(ended({},
                  [](LoopLab& lab) {
                    again(lab);
                    lab.loop->call_later(
                        0, [&lab] { lab.budget.request_stop(); }, "stop");
                  }),
            "stopped");
}

TEST_F(Limits, A_deadlock_names_what_thread_and_tasks_wait_for) {
  EXPECT_EQ(ended({},
                  [](LoopLab& lab) {
                    const Ref<Task> inner = lab.start(holds(nullptr, lab.future()));
                    lab.start(holds(nullptr, inner));
                  }),
            "deadlock: MainThread waits in select for ever; Task-1 (holds) waits for future 1, Task-2 "
            "(holds) waits for "
            "task 1");
}

}  // namespace
}  // namespace loopscope::test

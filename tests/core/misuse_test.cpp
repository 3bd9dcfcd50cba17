// What C++ programs do wrong, and Python's cannot or do otherwise: an error that says so, never a crash.
#include <gtest/gtest.h>
#include <stdexcept>

#include "core/asyncio.h"
#include "tests/support/loop_lab.h"

namespace loopscope::test {
namespace {

class Misuse : public testing::Test {
 protected:
  LoopLab lab;
  EventLoop& loop = *lab.loop;

  /// Python's repr of the error that ends `main`; "" when it returns.
  std::string error_in(std::unique_ptr<Steppable> main) {
    return error_of([&] { run_until_complete(loop, std::move(main)); });
  }
};

constexpr const char* kReused = "RuntimeError('cannot reuse already awaited coroutine')";
constexpr const char* kNone = "TypeError(\"object NoneType can't be used in 'await' expression\")";
constexpr const char* kNoFuture = "TypeError('An asyncio.Future, a coroutine or an awaitable is required')";

Coroutine<int> one() {
  co_await Yield{};
  co_return 1;
}

TEST_F(Misuse, A_coroutine_is_awaited_once) {
  const auto main = [this]() -> Coroutine<> {
    Coroutine<int> used = one();
    EXPECT_EQ(co_await std::move(used), 1);
    EXPECT_EQ(error_of([&] { create_task(loop, std::move(used)); }), kReused);
    EXPECT_EQ(error_of([&] { used.take_result(); }), kReused);
    EXPECT_EQ(error_of([&] { std::move(used).named("x").release(); }), kReused);
    co_await std::move(used);
  };
  EXPECT_EQ(error_in(main()), kReused);
}

Coroutine<AnyValue> awaits(Ref<Future> future) { co_return co_await future; }
Coroutine<AnyValue> awaits_steppable(std::unique_ptr<Steppable> child) {
  co_return co_await std::move(child);
}
Coroutine<> awaits_task(Ref<Task> task) { co_await task; }
Coroutine<int> awaits_typed(Typed<int> future) { co_return co_await future; }

TEST_F(Misuse, Null_cannot_be_awaited) {
  EXPECT_EQ(error_in(awaits(nullptr)), kNone);
  EXPECT_EQ(error_in(awaits_task(nullptr)), kNone);
  EXPECT_EQ(error_in(awaits_typed(nullptr)), kNone);
  EXPECT_EQ(error_in(awaits_steppable(nullptr)), kNone);
  EXPECT_EQ(error_in(wait_for(Ref<Future>(), {})), kNone);
}

TEST_F(Misuse, Null_is_no_future_and_no_coroutine) {
  const std::vector<Ref<Future>> none(1);
  EXPECT_EQ(error_of([&] { gather(loop, none); }), kNoFuture);
  EXPECT_EQ(error_of([&] { shield(Ref<Future>()); }), kNoFuture);
  EXPECT_EQ(error_of([&] { as_completed(loop, none); }), kNoFuture);
  EXPECT_EQ(error_of([&] { run_until_complete(loop, Ref<Future>()); }), kNoFuture);
  EXPECT_EQ(error_in(wait(none)), kNoFuture);
  EXPECT_EQ(error_in(wait_for(Ref<Future>(), 1)), kNoFuture);
  EXPECT_EQ(error_in(nullptr), "TypeError('a coroutine was expected, got None')");
}

Coroutine<int> flows_off(bool returns) {
  co_await Yield{};
  if (returns) co_return 1;
}

TEST_F(Misuse, A_coroutine_without_a_result_has_none_to_give) {
  EXPECT_EQ(error_of([] { one().take_result(); }), "RuntimeError(\"coroutine 'one' has not ended\")");
  EXPECT_EQ(run_until_complete(loop, flows_off(true)).as<int>(), 1);
}

/// Steps as it is told.
Ref<Task> step_once(EventLoop& loop, ScriptedSteppable::Step step) {
  std::vector<ScriptedSteppable::Step> steps{std::move(step)};
  return create_task(loop, std::make_unique<ScriptedSteppable>(std::move(steps)));
}

TEST_F(Misuse, What_a_step_throws_ends_the_task) {
  const Ref<Task> throws = step_once(
      loop, [](StepContext&, const StepInput&) -> StepOutcome { throw std::runtime_error("thrown"); });
  EXPECT_THROW(run_until_complete(loop, Ref<Future>(throws)), std::runtime_error);
  const Ref<Task> raises =
      step_once(loop, [](StepContext&, const StepInput&) -> StepOutcome { return Raised{}; });
  EXPECT_EQ(error_of([&] { run_until_complete(loop, Ref<Future>(raises)); }),
            "TypeError('exceptions must derive from BaseException')");
}

TEST_F(Misuse, A_null_future_is_a_bare_yield) {
  std::vector<ScriptedSteppable::Step> steps{
      [](StepContext&, const StepInput&) -> StepOutcome { return Awaits{}; },
      [](StepContext&, const StepInput&) -> StepOutcome { return Returned{7}; }};
  EXPECT_EQ(run_until_complete(loop, std::make_unique<ScriptedSteppable>(std::move(steps))).as<int>(), 7);
}

TEST_F(Misuse, An_error_is_never_null) {
  const Ref<Future> future = lab.future();
  EXPECT_EQ(error_of([&] { future->set_exception(nullptr); }), "TypeError('invalid exception object')");
  EXPECT_FALSE(future->done());
}

TEST_F(Misuse, S49_as_completed_gives_each_future_once) {
  const auto main = [this]() -> Coroutine<> {
    std::vector<Typed<int, Task>> tasks;
    tasks.push_back(create_task(loop, one()));
    const Ref<AsCompleted> all = as_completed(loop, tasks);
    EXPECT_EQ((co_await all->next()).as<int>(), 1);
    EXPECT_EQ(error_of([&] { all->next().release(); }), "RuntimeError('as_completed has no more futures')");
  };
  EXPECT_EQ(error_in(main()), "");
}

TEST_F(Misuse, S48_a_group_is_joined_after_it_was_entered) {
  const Ref<TaskGroup> group = make_ref<TaskGroup>();
  EXPECT_EQ(error_in(group->join()), "RuntimeError('TaskGroup <TaskGroup> has not been entered')");
}

TEST_F(Misuse, S68_signals_that_there_are_and_that_can_be_caught) {
  const auto add = [&](int signal) {
    return error_of([&] {
      loop.add_signal_handler(
          signal, [] {}, "handler");
    });
  };
  EXPECT_EQ(add(0), "ValueError('invalid signal number 0')");
  EXPECT_EQ(add(65), "ValueError('invalid signal number 65')");
  EXPECT_EQ(add(kSigkill), "RuntimeError('sig 9 cannot be caught')");
  EXPECT_EQ(add(kSigterm), "");
  EXPECT_EQ(error_of([&] { loop.remove_signal_handler(-1); }), "ValueError('invalid signal number -1')");
  EXPECT_TRUE(loop.remove_signal_handler(kSigterm));
}

TEST_F(Misuse, What_can_do_no_work_is_not_made) {
  EXPECT_EQ(error_of([&] {
              concurrent::make_thread_pool(lab.virtual_world.world(), lab.tracer, {.max_workers = 0});
            }),
            "ValueError('max_workers must be greater than 0')");
  EXPECT_EQ(error_of([&] { make_ref<Queue>(lab.tracer, 0, Queue::Order::priority); }),
            "TypeError('a priority queue needs to know which item is less')");
}

/// Releases without a word of when.
struct Unlock {
  Ref<Lock> lock;
  ~Unlock() { lock->release(); }
};
Coroutine<> holds(Ref<Lock> lock) {
  co_await lock->acquire();
  const Unlock unlock{lock};
  co_await sleep(100);
}
Coroutine<> wants(Ref<Lock> lock) { co_await lock->acquire(); }

TEST_F(Misuse, What_a_task_releases_as_its_closed_loop_goes_wakes_nobody) {
  const Ref<Lock> lock = make_ref<Lock>(lab.tracer);
  {
    EventLoop closed(lab.virtual_world.world(), lab.tracer, lab.budget, lab.model);
    create_task(closed, holds(lock));
    const Ref<Task> waiting = create_task(closed, wants(lock));
    run_until_complete(closed, one());
    closed.close();
    EXPECT_FALSE(waiting->done());
  }
  EXPECT_FALSE(lock->locked());
}

TEST_F(Misuse, A_loop_that_its_last_owner_drops_runs_to_its_end) {
  auto owned = std::make_shared<EventLoop>(lab.virtual_world.world(), lab.tracer, lab.budget, lab.model);
  EventLoop& dropped = *owned;
  dropped.call_soon([&] { owned = nullptr; }, "drop");
  dropped.call_later(
      1, [&] { dropped.stop(); }, "stop");
  dropped.run_forever();
  EXPECT_EQ(lab.now(), 1);
}

}  // namespace
}  // namespace loopscope::test

// Results with their C++ types.
#include <gtest/gtest.h>
#include <stdexcept>

#include "core/asyncio.h"
#include "tests/support/loop_lab.h"

namespace loopscope::test {
namespace {

class TypedResults : public testing::Test {
 protected:
  LoopLab lab;
  EventLoop& loop = *lab.loop;

  AnyValue run(std::unique_ptr<Steppable> main) { return run_until_complete(loop, std::move(main)); }
};

Coroutine<int> number(int n, double delay = 0) {
  co_await sleep(delay);
  co_return n;
}
Coroutine<std::string> text(std::string value) { co_return value; }
Coroutine<> nothing() { co_await sleep(1); }
Coroutine<std::vector<int>> numbers() { co_return std::vector<int>{1, 2}; }

TEST(AnyValues, Give_what_they_hold_and_nothing_else) {
  AnyValue value(7);
  EXPECT_EQ(value.as<int>(), 7);
  EXPECT_EQ(error_of([&] { value.as<double>(); }), "TypeError('expected double, got int (7)')");
  EXPECT_EQ(error_of([] { AnyValue().as<int>(); }), "TypeError('expected int, got None')");
  EXPECT_EQ(AnyValue(std::string("moved")).as<std::string>(), "moved");
}

TEST_F(TypedResults, Of_a_task) {
  const auto main = [this]() -> Coroutine<int> {
    const Typed<int, Task> task = create_task(loop, number(20));
    const Ref<Task> plain = create_task(loop, number(1));
    const int typed = co_await task;
    co_await create_task(loop, nothing());
    const std::vector<int> list = co_await create_task(loop, numbers());
    co_return typed + (co_await plain).as<int>() + list[1];
  };
  EXPECT_EQ(run(main()).as<int>(), 23);
}

TEST_F(TypedResults, S26_of_a_task_with_a_name) {
  const auto main = [this]() -> Coroutine<std::string> {
    const Typed<int, Task> task = create_task(loop, number(1), "A");
    Typed<int, Task> grouped;
    co_await task_group([&grouped](TaskGroup& group) -> Coroutine<> {
      grouped = group.create_task(number(2), "B");
      co_return;
    });
    co_return task->name() + grouped->name() + std::to_string(co_await create_task(loop, number(3), "C"));
  };
  EXPECT_EQ(run(main()).as<std::string>(), "AB3");
}

TEST_F(TypedResults, Of_a_gather_of_several_types) {
  const auto main = [this]() -> Coroutine<std::string> {
    const Ref<Future> future = lab.future();
    loop.call_later(
        3, [future] { future->set_result(true); }, "set");
    const Typed<int, Task> twice = create_task(loop, number(2, 1));
    const auto [a, b, c, d, e] = co_await gather(loop, text("A"), nothing(), future, twice, twice);
    static_assert(std::is_same_v<decltype(b), const std::monostate>);
    co_return a + c.repr() + std::to_string(d + e);
  };
  EXPECT_EQ(run(main()).as<std::string>(), "ATrue4");
  EXPECT_EQ(lab.now(), 3);
}

TEST_F(TypedResults, Of_a_gather_of_many) {
  const auto main = [this]() -> Coroutine<int> {
    std::vector<Coroutine<int>> coroutines;
    for (int i = 0; i < 5; ++i) coroutines.push_back(number(i, 5 - i));
    int sum = 0;
    for (const int n : co_await gather(loop, std::move(coroutines))) sum = 10 * sum + n;
    const std::vector<int> none = co_await gather(loop, std::vector<Coroutine<int>>());
    co_return sum + static_cast<int>(none.size());
  };
  EXPECT_EQ(run(main()).as<int>(), 1234);
}

Coroutine<int> fails() {
  co_await Yield{};
  throw std::runtime_error("failed");
}

TEST_F(TypedResults, Of_a_gather_with_errors_among_them) {
  const auto main = [this]() -> Coroutine<std::string> {
    std::vector<Coroutine<int>> coroutines;
    coroutines.push_back(number(1));
    coroutines.push_back(fails());
    const AnyValue all = co_await gather(loop, std::move(coroutines), {.return_exceptions = true});
    const auto& list = all.as<std::vector<AnyValue>>();
    co_return list[0].repr() + type_name_of(list[1].as<std::exception_ptr>());
  };
  EXPECT_EQ(run(main()).as<std::string>(), "1std::runtime_error");
}

TEST_F(TypedResults, S42_tasks_of_a_gather_are_made_in_order) {
  const auto main = [this]() -> Coroutine<> {
    co_await gather(loop, number(1).named("first"), number(2).named("second"));
  };
  run(main());
  const std::vector<std::string> created = lab.sink.texts_of({"task.created"});
  ASSERT_EQ(created.size(), 3u);
  EXPECT_NE(created[1].find("first"), std::string::npos) << created[1];
  EXPECT_NE(created[2].find("second"), std::string::npos) << created[2];
}

TEST_F(TypedResults, Of_wait_for_shield_and_timeout) {
  const auto main = [this]() -> Coroutine<int> {
    int sum = co_await wait_for(number(1, 1), 2);
    sum += co_await wait_for(create_task(loop, number(2, 1)), 2);
    sum += co_await shield(create_task(loop, number(4, 1)));
    sum += co_await timeout(2, [](Timeout&) { return number(8, 1); });
    sum += co_await timeout_at(loop.time() + 2, [](Timeout&) { return number(16, 1); });
    co_await wait_for(nothing(), 2);
    co_return sum;
  };
  EXPECT_EQ(run(main()).as<int>(), 31);
  EXPECT_EQ(lab.now(), 6);
}

TEST_F(TypedResults, Tasks_are_waited_for_in_a_vector_of_them) {
  const auto main = [this]() -> Coroutine<int> {
    std::vector<Typed<int, Task>> tasks;
    for (int i = 1; i < 4; ++i) tasks.push_back(create_task(loop, number(i, i)));
    const WaitResult waited = co_await wait(tasks, {.return_when = ReturnWhen::first_completed});
    EXPECT_EQ(waited.done.size(), 1u);
    int sum = 0;
    const Ref<AsCompleted> all = as_completed(loop, tasks);
    for (std::size_t i = 0; i < all->count(); ++i) sum = 10 * sum + (co_await all->next()).as<int>();
    co_return sum;
  };
  EXPECT_EQ(run(main()).as<int>(), 123);
}

TEST_F(TypedResults, Of_a_group_s_tasks) {
  const auto main = []() -> Coroutine<int> {
    Typed<int, Task> task;
    co_await task_group([&task](TaskGroup& group) -> Coroutine<> {
      task = group.create_task(number(5, 1));
      co_return;
    });
    co_return co_await task;
  };
  EXPECT_EQ(run(main()).as<int>(), 5);
}

TEST_F(TypedResults, A_job_is_any_call) {
  const auto main = [this]() -> Coroutine<int> {
    bool called = false;
    co_await to_thread([&called] { called = true; });
    const Ref<concurrent::Executor> pool = concurrent::make_thread_pool(loop.world(), loop.tracer());
    const AnyValue result = co_await run_in_executor(loop, pool, [] { return 3; });
    co_return called ? result.as<int>() : 0;
  };
  EXPECT_EQ(run(main()).as<int>(), 3);
}

TEST_F(TypedResults, S59_a_concurrent_future_is_wrapped) {
  const auto main = [this]() -> Coroutine<int> {
    const Ref<concurrent::Future> theirs = make_ref<concurrent::Future>(loop.world(), loop.tracer());
    const Ref<threading::Thread> thread =
        make_ref<threading::Thread>(loop.world(), loop.tracer(), threading::ThreadOptions{}, [this, theirs] {
          loop.world().threads.sleep(2);
          theirs->set_running_or_notify_cancel();
          theirs->set_result(9);
        });
    thread->start();
    co_return (co_await wrap_future(loop, theirs)).as<int>();
  };
  EXPECT_EQ(run(main()).as<int>(), 9);
  EXPECT_EQ(lab.now(), 2);
  const Ref<concurrent::Future> theirs = make_ref<concurrent::Future>(loop.world(), loop.tracer());
  wrap_future(loop, theirs)->cancel();
  loop.call_soon(lab.stopping(), "stop");
  loop.run_forever();
  EXPECT_TRUE(theirs->cancelled());
}

TEST_F(TypedResults, What_nobody_catches_is_logged) {
  testing::internal::CaptureStderr();
  log_to_stderr({.message = "Exception in callback boom()",
                 .error = std::make_exception_ptr(std::runtime_error("no")),
                 .key = "handle",
                 .subject_text = "<Handle boom()>"});
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "Exception in callback boom()\nhandle: <Handle boom()>\nstd::runtime_error: no\n");
}

}  // namespace
}  // namespace loopscope::test

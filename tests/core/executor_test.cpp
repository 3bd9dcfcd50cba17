#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/task/executor_bridge.h"
#include "core/world/thread.h"
#include "core/world/worker_pool.h"
#include "tests/support/loop_lab.h"

namespace loopscope::test {
namespace {

using concurrent::Executor;
using testing::ElementsAre;
using ConcurrentFuture = concurrent::Future;

class ExecutorTest : public testing::Test, protected LoopLab {
 protected:
  World world() { return virtual_world.world(); }
  void tell(const std::string& text) { notes.push_back(short_number(now()) + " " + text); }
  std::string here() { return world().threads.current().name; }
  /// A job that sleeps and returns `value`.
  concurrent::Job job(double seconds, int value) {
    return {[=, this]() -> AnyValue {
              tell("begin " + std::to_string(value) + " " + here());
              world().threads.sleep(seconds);
              return value;
            },
            "job(" + std::to_string(value) + ")"};
  }
  Ref<Executor> pool(std::size_t workers) {
    return concurrent::make_thread_pool(world(), tracer, {.max_workers = workers});
  }
};

TEST_F(ExecutorTest, S58_A_new_worker_comes_for_each_job_unless_one_is_idle) {
  const Ref<Executor> three = pool(3);
  const auto first = three->submit(job(1, 1)), second = three->submit(job(2, 2));
  first->result();
  const auto third = three->submit(job(0.5, 3));
  third->result();
  for (int i = 4; i <= 6; ++i) three->submit(job(1, i));
  three->shutdown();
  EXPECT_THAT(notes, ElementsAre("0 begin 1 ThreadPoolExecutor-0_0", "0 begin 2 ThreadPoolExecutor-0_1",
                                 "1 begin 3 ThreadPoolExecutor-0_0", "1.5 begin 4 ThreadPoolExecutor-0_0",
                                 "1.5 begin 5 ThreadPoolExecutor-0_2", "2 begin 6 ThreadPoolExecutor-0_1"));
  EXPECT_EQ(now(), 3);
}

TEST_F(ExecutorTest, Jobs_tell_of_themselves_from_the_queue_to_the_end) {
  const Ref<Executor> one = pool(1);
  const auto a = one->submit(job(1, 1)), b = one->submit(job(1, 2));
  EXPECT_TRUE(b->cancel());
  EXPECT_FALSE(a->running());
  one->shutdown();
  EXPECT_THAT(sink.texts_of({"job."}), ElementsAre("job.queued job=1 pool=ThreadPoolExecutor-0 label=job(1)",
                                                   "job.queued job=2 pool=ThreadPoolExecutor-0 label=job(2)",
                                                   "job.end job=2 outcome=cancelled", "job.begin job=1",
                                                   "job.end job=1 outcome=returned"));
}

TEST_F(ExecutorTest, A_concurrent_future_waits_for_its_result) {
  const Ref<Executor> one = pool(1);
  const auto future = one->submit(job(1, 7));
  EXPECT_EQ(error_of([&] { future->result(0.25); }), "TimeoutError()");
  EXPECT_EQ(now(), 0.25);
  EXPECT_TRUE(future->running());
  EXPECT_FALSE(future->cancel());
  EXPECT_EQ(future->result().repr(), "7");
  EXPECT_EQ(future->exception(), nullptr);
  EXPECT_TRUE(future->done());
  const auto failing =
      one->submit({[]() -> AnyValue { throw CoreError(CoreError::Type::ValueError, "no"); }, "failing"});
  EXPECT_EQ(error_of([&] { failing->result(); }), "ValueError('no')");
  EXPECT_EQ(repr_of(failing->exception()), "ValueError('no')");
  const auto late = one->submit(job(1, 8)), cancelled = one->submit(job(1, 9));
  EXPECT_TRUE(cancelled->cancel());
  EXPECT_EQ(error_of([&] { cancelled->result(); }), "CancelledError()");
  one->shutdown();
  EXPECT_THROW(future->set_result(1), concurrent::FutureError);
}

TEST_F(ExecutorTest, Done_callbacks_run_on_the_thread_that_ends_the_future_or_at_once) {
  const Ref<Executor> one = pool(1);
  const auto future = one->submit(job(1, 1));
  future->add_done_callback([&](ConcurrentFuture&) { tell("first on " + here()); });
  future->add_done_callback([&](ConcurrentFuture&) { tell("second on " + here()); });
  one->shutdown();
  future->add_done_callback([&](ConcurrentFuture&) { tell("late on " + here()); });
  EXPECT_THAT(notes, ElementsAre("0 begin 1 ThreadPoolExecutor-0_0", "1 first on ThreadPoolExecutor-0_0",
                                 "1 second on ThreadPoolExecutor-0_0", "1 late on MainThread"));
}

TEST_F(ExecutorTest, A_pool_that_is_shut_down_takes_no_jobs) {
  const Ref<Executor> one = pool(1);
  const auto running = one->submit(job(1, 1)), waiting = one->submit(job(1, 2));
  world().threads.sleep(0.5);
  one->shutdown(false, true);
  EXPECT_EQ(error_of([&] { one->submit(job(1, 3)); }),
            "RuntimeError('cannot schedule new futures after shutdown')");
  EXPECT_TRUE(waiting->cancelled());
  EXPECT_EQ(running->result().repr(), "1");
  threading::shutdown(world());
  const Ref<Executor> late = pool(1);
  EXPECT_EQ(error_of([&] { late->submit(job(1, 3)); }),
            "RuntimeError('cannot schedule new futures after interpreter shutdown')");
}

TEST_F(ExecutorTest, The_end_of_the_program_lets_pools_finish_their_jobs) {
  const Ref<Executor> one = pool(1);
  one->submit(job(1, 1));
  one->submit(job(1, 2));
  threading::shutdown(world());
  EXPECT_EQ(now(), 2);
}

TEST_F(ExecutorTest, A_pool_that_nobody_holds_finishes_its_jobs_and_ends) {
  const auto future = pool(1)->submit(job(1, 1));
  EXPECT_EQ(future->result().repr(), "1");
  world().threads.sleep(1);
  EXPECT_FALSE(world().threads.is_alive(ThreadId{2}));
}

TEST_F(ExecutorTest, A_failing_initializer_breaks_the_pool) {
  concurrent::ThreadPoolOptions options{.max_workers = 1};
  options.initializer = [] { throw CoreError(CoreError::Type::ValueError, "no"); };
  const Ref<Executor> broken = concurrent::make_thread_pool(world(), tracer, options);
  const auto future = broken->submit(job(1, 1));
  EXPECT_THROW(future->result(), concurrent::FutureError);
  EXPECT_THROW(broken->submit(job(1, 2)), concurrent::FutureError);
}

TEST_F(ExecutorTest, All_processes_of_a_pool_come_with_the_first_job) {
  int forks = 0;
  concurrent::ProcessPoolOptions options{.max_workers = 2};
  options.fork = [&] {
    ++forks;
    return [this] { tell("enter " + here()); };
  };
  const Ref<Executor> two = concurrent::make_process_pool(world(), tracer, options);
  EXPECT_EQ(forks, 0);
  const auto first = two->submit(job(1, 1));
  EXPECT_EQ(forks, 2);
  first->result();
  two->shutdown();
  EXPECT_THAT(notes,
              ElementsAre("0 enter ForkProcess-1", "0 begin 1 ForkProcess-1", "0 enter ForkProcess-2"));
}

// --- with a loop

TEST_F(ExecutorTest, S16_Another_threads_callback_stands_before_the_reader_of_the_self_pipe) {
  const auto worker = make_ref<threading::Thread>(world(), tracer, threading::ThreadOptions{}, [&] {
    world().threads.sleep(1);
    loop->call_soon_threadsafe(noting("first"), "first");
    loop->call_soon_threadsafe([this] { note("second"), loop->stop(); }, "second");
  });
  worker->start();
  sink.clear();
  loop->run_forever();
  EXPECT_THAT(notes, ElementsAre("1 first", "1 second"));
  EXPECT_THAT(sink.texts_of({"handle.queued", "select", "ready.begin", "io.ready"}),
              ElementsAre("select.begin", "handle.queued handle=2 label=first cause=threadsafe",
                          "handle.queued handle=3 label=second cause=threadsafe", "select.end ready=1",
                          "io.ready fd=4 mask=r handle=1",
                          "handle.queued handle=1 label=_read_from_self cause=io", "ready.begin count=3"));
}

TEST_F(ExecutorTest, S16_From_the_loops_own_thread_it_costs_one_more_handle_in_the_next_iteration) {
  loop->call_soon(
      [&] {
        loop->call_soon_threadsafe(noting("a"), "a");
        loop->call_soon_threadsafe(noting("b"), "b");
        loop->call_soon([&] { loop->call_soon(stopping(), "stop"); }, "more");
      },
      "start");
  loop->run_forever();
  EXPECT_THAT(notes, ElementsAre("2 a", "2 b"));
  EXPECT_THAT(sink.texts_of({"ready.begin"}),
              ElementsAre("ready.begin count=1", "ready.begin count=4", "ready.begin count=1"));
}

TEST_F(ExecutorTest, S59_A_job_reaches_its_waiter_one_iteration_after_the_loop_notices) {
  const auto main = [this]() -> Coroutine<> {
    AnyValue value = co_await run_in_executor(*loop, nullptr, job(1, 5));
    note("got " + value.repr());
  };
  run_until_complete(*loop, main().named("main"));
  EXPECT_THAT(notes, ElementsAre("0 begin 5 asyncio_0", "3 got 5"));
  EXPECT_THAT(sink.texts_of({"handle.begin", "iteration.begin"}),
              ElementsAre("iteration.begin n=1", "handle.begin handle=2", "iteration.begin n=2",
                          "handle.begin handle=3", "handle.begin handle=1", "iteration.begin n=3",
                          "handle.begin handle=4", "handle.begin handle=5", "iteration.begin n=4",
                          "handle.begin handle=6"));
  EXPECT_THAT(sink.texts_of({"handle.queued handle=3", "handle.queued handle=4", "handle.queued handle=5"}),
              ElementsAre("handle.queued handle=3 label=_set_state cause=threadsafe",
                          "handle.queued handle=4 label=_call_check_cancel cause=future_callback future=1",
                          "handle.queued handle=5 label=main cause=task_wakeup task=1 future=1"));
  EXPECT_THAT(sink.texts_of({"task.suspended"}), ElementsAre(testing::HasSubstr("on=executor")));
}

TEST_F(ExecutorTest, S60_Cancelling_the_loops_future_cancels_only_a_job_that_has_not_begun) {
  const Ref<Executor> one = pool(1);
  const auto main = [&]() -> Coroutine<> {
    Ref<Future> running = run_in_executor(*loop, one, job(1, 1));
    Ref<Future> waiting = run_in_executor(*loop, one, job(1, 2));
    co_await sleep(0.5);
    running->cancel();
    waiting->cancel();
    co_await sleep(2);
  };
  run_until_complete(*loop, main());
  EXPECT_THAT(notes, ElementsAre("0 begin 1 ThreadPoolExecutor-0_0"));
  EXPECT_THAT(sink.texts_of({"job.end"}),
              ElementsAre("job.end job=2 outcome=cancelled", "job.end job=1 outcome=returned"));
  EXPECT_TRUE(errors.empty());
}

TEST_F(ExecutorTest, S61_to_thread_runs_on_the_default_executor) {
  const auto main = [this]() -> Coroutine<> {
    AnyValue value = co_await to_thread(job(0.5, 3));
    note(value.repr() + " by " + here());
  };
  run_until_complete(*loop, main());
  EXPECT_THAT(notes, ElementsAre("0 begin 3 asyncio_0", "3 3 by MainThread"));
}

TEST_F(ExecutorTest, S70_The_default_executor_is_shut_down_by_a_thread_of_its_own) {
  const auto main = [this]() -> Coroutine<> { co_await run_in_executor(*loop, nullptr, job(1, 1)); };
  run_until_complete(*loop, main());
  const std::size_t before = iterations();
  run_until_complete(*loop, shutdown_default_executor(*loop));
  EXPECT_EQ(iterations() - before, 4u);
  EXPECT_THAT(sink.texts_of({"thread."}),
              ElementsAre("thread.started name=MainThread", "thread.started name=asyncio_0",
                          "thread.started name=Thread-1 (_do_shutdown)", "thread.ended", "thread.ended"));
  EXPECT_EQ(error_of([&] { run_in_executor(*loop, nullptr, job(1, 1)); }),
            "RuntimeError('Executor shutdown has been called')");
}

TEST_F(ExecutorTest, S70_asyncio_run_shuts_its_default_executor_down) {
  const auto main = [this]() -> Coroutine<> {
    StepContext step = co_await ThisStep{};
    co_await run_in_executor(step.loop, nullptr, job(1, 1));
  };
  run(world(), tracer, budget, model, {}, main());
  // 4 for main, 2 for the generators, 4 for the executor.
  EXPECT_EQ(iterations(), 10u);
  EXPECT_EQ(sink.count("thread.ended"), 2u);
}

TEST_F(ExecutorTest, S19_Closing_a_loop_lets_its_default_executor_end_without_waiting) {
  const Ref<Future> future = run_in_executor(*loop, nullptr, job(5, 1));
  loop->close();
  EXPECT_EQ(now(), 0);
  EXPECT_EQ(error_of([&] { run_in_executor(*loop, nullptr, job(1, 1)); }),
            "RuntimeError('Event loop is closed')");
  EXPECT_EQ(error_of([&] { loop->call_soon_threadsafe([] {}, "x"); }),
            "RuntimeError('Event loop is closed')");
  threading::shutdown(world());
  EXPECT_EQ(now(), 5);
  EXPECT_FALSE(future->done());
}

TEST_F(ExecutorTest, S50_A_coroutine_started_from_another_thread_gives_a_concurrent_future) {
  const auto child = [this](double seconds) -> Coroutine<int> {
    co_await sleep(seconds);
    co_return 42;
  };
  const auto worker = make_ref<threading::Thread>(world(), tracer, threading::ThreadOptions{}, [&] {
    const auto done = run_coroutine_threadsafe(*loop, child(1));
    tell("result " + done->result().repr());
    const auto slow = run_coroutine_threadsafe(*loop, child(9));
    tell(error_of([&] { slow->result(1); }));
    slow->cancel();
    tell(error_of([&] { slow->result(); }));
    loop->call_soon_threadsafe(stopping(), "stop");
  });
  worker->start();
  loop->run_forever();
  EXPECT_THAT(notes, ElementsAre("1 result 42", "2 TimeoutError()", "2 CancelledError()"));
  EXPECT_EQ(sink.count("task.cancel"), 1u);
}

TEST_F(ExecutorTest, S74_Each_thread_has_its_own_running_loop) {
  const auto second = std::make_shared<EventLoop>(world(), tracer, budget, model);
  const auto ticking = [this](EventLoop& own) -> Coroutine<> {
    for (int i = 0; i < 2; ++i) {
      tell(here() + (world().threads.current().running == &own ? " own loop" : " wrong loop"));
      co_await sleep(1);
    }
  };
  const auto worker = make_ref<threading::Thread>(world(), tracer, threading::ThreadOptions{.name = "worker"},
                                                  [&] { run_until_complete(*second, ticking(*second)); });
  worker->start();
  run_until_complete(*loop, ticking(*loop));
  worker->join();
  EXPECT_THAT(notes, ElementsAre("0 MainThread own loop", "0 worker own loop", "1 MainThread own loop",
                                 "1 worker own loop"));
  EXPECT_EQ(world().threads.current().running, nullptr);
}

TEST_F(ExecutorTest, S73_A_loop_that_runs_on_one_thread_cannot_be_run_or_closed_on_another) {
  const auto worker = make_ref<threading::Thread>(world(), tracer, threading::ThreadOptions{}, [&] {
    tell(error_of([&] { loop->run_forever(); }));
    tell(error_of([&] { loop->close(); }));
    loop->call_soon_threadsafe(stopping(), "stop");
  });
  worker->start();
  loop->run_forever();
  EXPECT_THAT(notes, ElementsAre("0 RuntimeError('This event loop is already running')",
                                 "0 RuntimeError('Cannot close a running event loop')"));
  worker->join();
}

}  // namespace
}  // namespace loopscope::test

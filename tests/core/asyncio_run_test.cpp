// asyncio.run's whole sequence. Expected iterations are CPython's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/loop_lab.h"

namespace loopscope::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// A world without a loop: run() makes its own.
class AsyncioRun : public testing::Test {
 protected:
  AnyValue run(std::unique_ptr<Steppable> main) {
    const LoopOptions options{.on_error = [this](const ErrorContext& e) { errors.push_back(e.message); }};
    return loopscope::run(virtual_world.world(), tracer, budget, model, options, std::move(main));
  }
  void note(const std::string& text) {
    notes.push_back(std::to_string(sink.count("iteration.begin")) + " " + text);
  }
  ThreadSlots& thread() { return virtual_world.world().threads.current(); }

  RecordingSink sink;
  Tracer tracer{&sink};
  Budget budget{{.iterations = 200}};
  VirtualWorld virtual_world{tracer, budget};
  AsyncioModel model;
  Notes notes;
  std::vector<std::string> errors;

 public:
  Coroutine<> sleeper(std::string name) {
    try {
      co_await sleep(10);
    } catch (const CoreError&) {
      note(name + " cancelled");
      throw;
    }
  }
  Coroutine<> fails_when_cancelled() {
    try {
      co_await sleep(10);
    } catch (const CoreError&) {
      throw CoreError(CoreError::Type::ValueError, "bad");
    }
  }
  Coroutine<> leaves_tasks(std::vector<Ref<Task>>& tasks) {
    StepContext here = co_await ThisStep{};
    tasks.push_back(create_task(here.loop, sleeper("a")));
    tasks.push_back(create_task(here.loop, sleeper("b")));
    co_await sleep(0);
    note("end");
  }
  Coroutine<> leaves_a_failing_task(std::vector<Ref<Task>>& tasks) {
    StepContext here = co_await ThisStep{};
    tasks.push_back(create_task(here.loop, fails_when_cancelled()));
    co_await sleep(0);
  }
  Coroutine<> is_interrupted(std::vector<Ref<Task>>& tasks) {
    StepContext here = co_await ThisStep{};
    tasks.push_back(create_task(here.loop, sleeper("a")));
    co_await sleep(0);
    throw CoreError(CoreError::Type::KeyboardInterrupt);
  }
  Coroutine<> runs_nested(std::string& error) {
    error = error_of([this] { run(empty()); });
    co_return;
  }
  Coroutine<> never_ends() {
    while (true) co_await sleep(0);
  }
  static Coroutine<> empty() { co_return; }
  static Coroutine<> fails() {
    throw CoreError(CoreError::Type::ValueError, "x");
    co_return;
  }
};

TEST_F(AsyncioRun, Of_an_empty_coroutine_is_six_iterations_in_three_runs_of_the_loop_S70) {
  EXPECT_TRUE(run(empty()).empty());
  EXPECT_EQ(sink.count("iteration.begin"), 6u);
  EXPECT_THAT(
      sink.texts_of({"loop.", "task.created", "iteration.begin", "fd.", "handle.cancelled"}),
      ElementsAre(
          "loop.created model=asyncio debug=false", "fd.watched fd=4 mask=r handle=1 label=_read_from_self",
          "task.created task=1 name=Task-1 named=false coro=empty", "loop.run how=run_until_complete task=1",
          "iteration.begin n=1", "iteration.begin n=2", "loop.stop", "loop.idle",
          "task.created task=2 name=Task-2 named=false coro=shutdown_asyncgens",
          "loop.run how=run_until_complete task=2", "iteration.begin n=3", "iteration.begin n=4", "loop.stop",
          "loop.idle", "task.created task=3 name=Task-3 named=false coro=shutdown_default_executor",
          "loop.run how=run_until_complete task=3", "iteration.begin n=5", "iteration.begin n=6", "loop.stop",
          "loop.idle", "fd.unwatched fd=4 mask=r", "handle.cancelled handle=1", "loop.closed"));
}

TEST_F(AsyncioRun, Sets_the_threads_loop_and_unsets_it_S70) {
  run(empty());
  EXPECT_EQ(thread().current, nullptr);
  EXPECT_TRUE(thread().current_was_set);
  EXPECT_EQ(thread().running, nullptr);
}

TEST_F(AsyncioRun, Cancels_what_is_left_and_waits_for_it_S70) {
  std::vector<Ref<Task>> tasks;
  run(leaves_tasks(tasks));
  EXPECT_THAT(notes, ElementsAre("2 end", "4 a cancelled", "4 b cancelled"));
  EXPECT_EQ(sink.count("iteration.begin"), 10u);
  EXPECT_EQ(sink.count("loop.run"), 4u);
  EXPECT_TRUE(tasks[0]->cancelled());
  EXPECT_THAT(errors, IsEmpty());
  EXPECT_THAT(
      sink.texts_of({"task.cancel", "loop.run"}),
      ElementsAre("loop.run how=run_until_complete task=1", "task.cancel task=2", "task.cancel task=3",
                  "loop.run how=run_until_complete", "loop.run how=run_until_complete task=4",
                  "loop.run how=run_until_complete task=5"));
}

TEST_F(AsyncioRun, Throws_what_main_threw_after_the_whole_sequence_S70) {
  EXPECT_EQ(error_of([&] { run(fails()); }), "ValueError('x')");
  EXPECT_EQ(sink.count("iteration.begin"), 6u);
  EXPECT_EQ(sink.count("loop.closed"), 1u);
}

TEST_F(AsyncioRun, Cleans_up_after_KeyboardInterrupt_too_S70) {
  std::vector<Ref<Task>> tasks;
  EXPECT_EQ(error_of([&] { run(is_interrupted(tasks)); }), "KeyboardInterrupt()");
  EXPECT_THAT(notes, ElementsAre("3 a cancelled"));
  EXPECT_EQ(sink.count("iteration.begin"), 9u);
  EXPECT_EQ(sink.count("loop.run"), 4u);
}

TEST_F(AsyncioRun, Reports_failures_found_at_shutdown_S71) {
  std::vector<Ref<Task>> tasks;
  run(leaves_a_failing_task(tasks));
  EXPECT_THAT(errors, ElementsAre("unhandled exception during asyncio.run() shutdown"));
  EXPECT_EQ(sink.count("iteration.begin"), 10u);
  EXPECT_THAT(sink.texts_of({"error"}),
              ElementsAre("error text=unhandled exception during asyncio.run() shutdown: ValueError: bad"));
}

TEST_F(AsyncioRun, Refuses_to_run_inside_a_running_loop_S70) {
  std::string error;
  run(runs_nested(error));
  EXPECT_EQ(error, "RuntimeError('asyncio.run() cannot be called from a running event loop')");
  EXPECT_EQ(sink.count("loop.created"), 1u);
}

TEST_F(AsyncioRun, Twice_makes_two_loops_with_the_same_fds_S70) {
  sink.with_loop = true;
  run(empty());
  run(empty());
  EXPECT_THAT(sink.texts_of({"fd.watched"}),
              ElementsAre("fd.watched loop=1 fd=4 mask=r handle=1 label=_read_from_self",
                          "fd.watched loop=2 fd=4 mask=r handle=8 label=_read_from_self"));
  EXPECT_THAT(sink.texts_of({"iteration.begin loop=2 n=1"}), ElementsAre("iteration.begin loop=2 n=1"));
}

TEST_F(AsyncioRun, A_limit_ends_it_at_once_with_every_pair_closed) {
  try {
    run(never_ends());
    FAIL();
  } catch (const RunEnded& ended) {
    EXPECT_EQ(ended.message(), "limit reached: iterations (200)");
  }
  EXPECT_EQ(sink.count("iteration.begin"), 200u);
  EXPECT_EQ(sink.count("iteration.end"), 200u);
  EXPECT_EQ(sink.lines().back().text, "loop.idle");
  EXPECT_EQ(thread().running, nullptr);
}

}  // namespace
}  // namespace loopscope::test

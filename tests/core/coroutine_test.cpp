#include "core/task/coroutine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdexcept>

#include "tests/support/loop_lab.h"

namespace loopscope::test {
namespace {

using testing::ElementsAre;

class Coroutines : public testing::Test {
 protected:
  LoopLab lab;
  EventLoop& loop = *lab.loop;

  AnyValue run(std::unique_ptr<Steppable> main) { return run_until_complete(loop, std::move(main)); }
};

/// Writes `text` when it goes.
class Farewell {
 public:
  Farewell(Notes& notes, std::string text) : notes_(notes), text_(std::move(text)) {}
  ~Farewell() { notes_.push_back(text_); }
  Farewell(const Farewell&) = delete;
  Farewell& operator=(const Farewell&) = delete;

 private:
  Notes& notes_;
  std::string text_;
};

Coroutine<int> add(int a, int b) {
  co_await sleep(1);
  co_return a + b;
}
Coroutine<std::string> describe_sum(int a, int b) {
  int sum = co_await add(a, b);
  int again = co_await add(sum, sum);
  co_return std::to_string(sum) + "/" + std::to_string(again);
}

TEST_F(Coroutines, Pass_values_from_the_innermost_to_the_task) {
  EXPECT_EQ(run(describe_sum(1, 2)).repr(), "'3/6'");
  EXPECT_EQ(lab.now(), 2);
  EXPECT_EQ(lab.iterations(), 6u);
}

Coroutine<> throws(std::string text) {
  co_await sleep(1);
  throw std::runtime_error(text);
}
Coroutine<std::string> catches() {
  std::string caught;
  try {
    co_await throws("inner");
  } catch (const std::runtime_error& error) {
    caught = error.what();
  }
  co_return caught;
}

TEST_F(Coroutines, Pass_errors_to_whoever_awaits_them) {
  EXPECT_EQ(run(catches()).repr(), "'inner'");
  EXPECT_THROW(run(throws("outer")), std::runtime_error);
}

Coroutine<int> depth(int levels) {
  if (levels == 0) {
    co_await sleep(1);
    co_return 0;
  }
  int below = co_await depth(levels - 1);
  co_return below + 1;
}

TEST_F(Coroutines, Run_and_unwind_deep_chains_without_recursion) {
  EXPECT_EQ(run(depth(20000)).repr(), "20000");
}

TEST_F(Coroutines, Destroy_a_deep_suspended_chain_without_recursion) {
  LoopLab untraced;  // 20000 stack nodes are not the point here
  const Ref<Task> task = untraced.start(depth(20000));
  untraced.loop->stop();
  untraced.loop->run_forever();
  EXPECT_FALSE(task->done());
  untraced.loop.reset();
}

Coroutine<> holds(Notes& notes, std::string name, double delay) {
  const Farewell farewell(notes, name);
  co_await sleep(delay);
}
Coroutine<> holds_and_awaits(Notes& notes) {
  const Farewell farewell(notes, "outer");
  co_await holds(notes, "inner", 100);
}

TEST_F(Coroutines, Destroyed_while_suspended_destroy_their_locals_innermost_first) {
  {
    std::unique_ptr<Steppable> chain = holds_and_awaits(lab.notes);
    const Ref<Task> task = lab.start(std::move(chain));
    loop.stop();
    loop.run_forever();
    EXPECT_TRUE(lab.notes.empty());
    loop.abandon();
  }
  EXPECT_THAT(lab.notes, ElementsAre("inner", "outer"));
}

TEST_F(Coroutines, Never_started_run_nothing_and_leak_nothing) {
  const auto held = std::make_shared<int>(1);
  {
    const auto holder = [](std::shared_ptr<int>) -> Coroutine<> { co_return; };
    const Coroutine<> unawaited = holder(held);
    const std::unique_ptr<Steppable> steppable = holder(held);
    EXPECT_EQ(held.use_count(), 3);
  }
  EXPECT_EQ(held.use_count(), 1);
}

Coroutine<> finishes(std::shared_ptr<int> held) {
  co_await sleep(0);
  static_cast<void>(held);
}

TEST_F(Coroutines, Drop_their_frames_when_the_task_is_done) {
  const auto held = std::make_shared<int>(1);
  const Ref<Task> task = lab.start(finishes(held));
  run_until_complete(loop, task);
  EXPECT_EQ(held.use_count(), 1);
  EXPECT_EQ(task->steppable(), nullptr);
  EXPECT_EQ(task->coroutine_name(), "finishes");
}

struct Fetcher {
  Coroutine<std::vector<AnyValue>> fetch(int page) const { co_return std::vector<AnyValue>{page, "x"}; }
};

TEST_F(Coroutines, Are_named_after_their_functions_unless_told_otherwise) {
  const Fetcher fetcher;
  const auto lambda = [](int) -> Coroutine<> { co_return; };
  const std::unique_ptr<Steppable> method = fetcher.fetch(1), anonymous = lambda(1),
                                   named = add(1, 2).named("sum", "1, 2");
  EXPECT_EQ(method->name(), "fetch");
  EXPECT_EQ(anonymous->name(), "<lambda>");
  EXPECT_EQ(named->name(), "sum");
  EXPECT_EQ(named->args(), "1, 2");
}

Coroutine<> moves_only(std::unique_ptr<int> value, Notes& notes) {
  co_await Yield{};
  notes.push_back(std::to_string(*value));
}
Coroutine<> passes_on(Notes& notes) {
  co_await moves_only(std::make_unique<int>(3), notes);
  Coroutine<> later = moves_only(std::make_unique<int>(4), notes);
  co_await std::move(later);
}

TEST_F(Coroutines, Take_arguments_that_only_move) {
  run(passes_on(lab.notes));
  EXPECT_THAT(lab.notes, ElementsAre("3", "4"));
}

Coroutine<> waits_without_end(Ref<Future> future) { co_await future; }

TEST_F(Coroutines, Wait_again_when_a_step_comes_before_their_future_is_done) {
  const std::unique_ptr<Steppable> steppable = waits_without_end(lab.future());
  const Ref<Task> task = lab.start(sleep(0));
  StepContext context{loop, *task};
  EXPECT_TRUE(std::holds_alternative<Awaits>(steppable->step(context, Send{})));
  EXPECT_TRUE(std::holds_alternative<Awaits>(steppable->step(context, Send{})));
}

Coroutine<> blocks_for_ever(World world) {
  co_await Yield{};
  world.threads.block([] { return false; }, std::nullopt, "a lock");
}
Coroutine<> tries_to_catch(World world, Notes& notes) {
  try {
    co_await blocks_for_ever(world);
  } catch (const ProgramError&) {
    notes.push_back("seen");
  }
}

TEST_F(Coroutines, Let_the_end_of_a_run_pass_unseen) {
  EXPECT_THROW(run(tries_to_catch(loop.world(), lab.notes)), RunEnded);
  EXPECT_TRUE(lab.notes.empty());
  EXPECT_EQ(lab.sink.count("task.done"), 0u);
}

}  // namespace
}  // namespace loopscope::test

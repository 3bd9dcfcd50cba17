#include "core/world/scheduler.h"

#include <atomic>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/loop_lab.h"

namespace loopscope::test {
namespace {

using testing::ElementsAre;

/// A program of several threads that notes "TIME TEXT".
class SchedulerTest : public testing::Test {
 protected:
  void note(const std::string& text) { notes.push_back(short_number(world.clock.now()) + " " + text); }
  ThreadId start(std::string name, std::function<void()> body) {
    return world.threads.start(std::move(name), std::move(body));
  }
  void join(ThreadId thread) {
    world.threads.block([&] { return !world.threads.is_alive(thread); }, std::nullopt, "Thread.join");
  }
  bool wait(const bool& flag, std::optional<double> deadline = {}, std::string_view what = "wait") {
    return world.threads.block([&flag] { return flag; }, deadline, what);
  }
  void sleep(double seconds) { world.threads.sleep(seconds); }
  std::string message_of(const std::function<void()>& action) {
    try {
      action();
    } catch (const RunEnded& ended) {
      return ended.message();
    }
    return "";
  }

  RecordingSink sink;
  Tracer tracer{&sink};
  Budget budget{{.time = 100}};
  Notes notes;
  VirtualWorld virtual_world{tracer, budget};
  World world = virtual_world.world();
};

TEST_F(SchedulerTest, Starting_a_thread_lets_its_starter_go_on) {
  const ThreadId child = start("child", [&] { note("child"); });
  note("main");
  join(child);
  note("joined");
  EXPECT_THAT(notes, ElementsAre("0 main", "0 child", "0 joined"));
}

TEST_F(SchedulerTest, A_thread_sleeps_beside_the_others) {
  const auto sleeper = [&](std::string name, double seconds) {
    return [this, name, seconds] {
      sleep(seconds);
      note(name);
    };
  };
  const ThreadId a = start("a", sleeper("a", 3)), b = start("b", sleeper("b", 1));
  sleep(2);
  note("main");
  join(a);
  join(b);
  EXPECT_THAT(notes, ElementsAre("1 b", "2 main", "3 a"));
  EXPECT_EQ(world.clock.now(), 3);
}

TEST_F(SchedulerTest, At_one_instant_world_events_come_first_then_threads_by_their_ids) {
  const auto sleeper = [&](std::string name) {
    return [this, name] {
      sleep(1);
      note(name);
    };
  };
  start("a", sleeper("a"));
  const ThreadId b = start("b", sleeper("b"));
  virtual_world.schedule(1, [&] { note("event"); });
  sleep(1);
  note("main");
  join(b);
  EXPECT_THAT(notes, ElementsAre("1 event", "1 main", "1 a", "1 b"));
}

TEST_F(SchedulerTest, A_wait_that_is_over_before_it_began_keeps_the_baton) {
  bool go = false;
  const ThreadId child = start("child", [&] {
    go = true;
    wait(go);
    sleep(0);
    note("child");
  });
  wait(go);
  note("main");
  join(child);
  EXPECT_THAT(notes, ElementsAre("0 child", "0 main"));
}

TEST_F(SchedulerTest, A_wait_ends_when_another_thread_ends_it_or_at_its_deadline) {
  bool flag = false;
  const ThreadId child = start("child", [&] {
    sleep(2);
    flag = true;
  });
  EXPECT_FALSE(wait(flag, 1));
  EXPECT_EQ(world.clock.now(), 1);
  EXPECT_TRUE(wait(flag, 5));
  EXPECT_EQ(world.clock.now(), 2);
  join(child);
}

TEST_F(SchedulerTest, The_clock_never_passes_over_an_event_of_the_world) {
  bool flag = false;
  virtual_world.schedule(2, [&] { note("second"); });
  virtual_world.schedule(1, [&] {
    note("first");
    virtual_world.schedule(1, [&] { note("at once"); });
    virtual_world.schedule(1.5, [&] { flag = true; });
  });
  EXPECT_TRUE(wait(flag));
  note("main");
  sleep(10);
  EXPECT_THAT(notes, ElementsAre("1 first", "1 at once", "1.5 main", "2 second"));
  EXPECT_EQ(world.clock.now(), 11.5);
}

TEST_F(SchedulerTest, A_deadlock_names_what_every_thread_waits_for) {
  const bool never = false;
  start("ended", [] {});
  start("worker", [&] { wait(never, {}, "Queue.get"); });
  EXPECT_EQ(message_of([&] { wait(never, {}, "Lock.acquire"); }),
            "deadlock: MainThread waits in Lock.acquire for ever; worker waits in Queue.get for ever");
}

TEST_F(SchedulerTest, A_deadlock_names_the_tasks_of_every_loop) {
  AsyncioModel model;
  const auto forever = [&] {
    const auto loop = std::make_shared<EventLoop>(world, tracer, budget, model);
    run_until_complete(*loop, make_ref<Future>(*loop));
  };
  const auto task = [&]() -> Coroutine<> {
    StepContext here = co_await ThisStep{};
    co_await make_ref<Future>(here.loop);
  };
  const auto with_task = [&] {
    const auto loop = std::make_shared<EventLoop>(world, tracer, budget, model);
    run_until_complete(*loop, task().named("main"));
  };
  start("worker", with_task);
  EXPECT_EQ(message_of(forever),
            "deadlock: MainThread waits in select for ever; worker waits in select for ever; "
            "Task-1 (main) waits for future 2");
}

TEST_F(SchedulerTest, What_ends_the_run_on_one_thread_unwinds_all_of_them) {
  struct Noting {
    std::function<void()> note;
    ~Noting() { note(); }
  };
  const bool never = false;
  start("waiter", [&] {
    const Noting noting{[&] { note("waiter unwound"); }};
    wait(never);
    note("not reached");
  });
  start("spender", [&] {
    sleep(1);
    throw RunEnded(RunEnded::Why::limit, "steps", "too many");
  });
  start("sleeper", [&] {
    const Noting noting{[&] { note("sleeper unwound"); }};
    sleep(50);
    note("not reached");
  });
  EXPECT_EQ(message_of([&] { wait(never); }), "too many");
  virtual_world.stop_threads();
  EXPECT_THAT(notes, ElementsAre("1 waiter unwound", "1 sleeper unwound"));
  EXPECT_EQ(message_of([&] { sleep(1); }), "too many");
}

TEST_F(SchedulerTest, A_thread_that_never_ran_is_ended_without_running) {
  start("child", [&] { note("not reached"); });
  virtual_world.end();
  EXPECT_THAT(notes, ElementsAre());
  EXPECT_THAT(sink.texts(), ElementsAre("thread.started name=MainThread", "thread.started name=child",
                                        "thread.ended"));
  EXPECT_EQ(sink.events()[2].thread, 1);
}

TEST_F(SchedulerTest, Events_carry_the_thread_that_runs) {
  const ThreadId child = start("child", [&] {
    sleep(1);
    tracer.emit(make::line({}, {}, 7));
  });
  join(child);
  tracer.emit(make::line({}, {}, 8));
  std::vector<std::pair<std::string, int>> seen;
  for (const RecordingSink::Line& line : sink.lines()) seen.emplace_back(line.text, line.event.thread);
  EXPECT_THAT(seen, ElementsAre(std::pair("thread.started name=MainThread", 1),
                                std::pair("thread.started name=child", 2), std::pair("line line=7", 2),
                                std::pair("thread.ended", 2), std::pair("line line=8", 1)));
}

TEST_F(SchedulerTest, An_interrupt_wakes_a_blocked_main_thread_which_then_goes_on_waiting) {
  virtual_world.schedule(1, [&] {
    world.threads.interrupt_main([&] { note("one"); });
    world.threads.interrupt_main([&] { note("two"); });
  });
  sleep(3);
  note("awake");
  world.threads.run_interrupts();
  EXPECT_THAT(notes, ElementsAre("1 one", "1 two", "3 awake"));
}

TEST_F(SchedulerTest, An_interrupt_that_throws_leaves_the_blocking_call) {
  virtual_world.schedule(
      1, [&] { world.threads.interrupt_main([] { throw CoreError(CoreError::Type::KeyboardInterrupt); }); });
  EXPECT_EQ(error_of([&] { sleep(3); }), "KeyboardInterrupt()");
  EXPECT_EQ(world.clock.now(), 1);
  sleep(1);
  EXPECT_EQ(world.clock.now(), 2);
}

TEST_F(SchedulerTest, Interrupts_run_on_the_main_thread_only) {
  const ThreadId child = start("child", [&] {
    world.threads.interrupt_main([&] { note("on " + world.threads.current().name); });
    world.threads.run_interrupts();
    note("child");
    sleep(1);
    note("child again");
  });
  join(child);
  EXPECT_THAT(notes, ElementsAre("0 child", "0 on MainThread", "1 child again"));
}

TEST_F(SchedulerTest, Every_switch_tells_the_runtime_who_holds_the_baton) {
  std::vector<std::string> holders;
  world.threads.on_switch([&](ThreadSlots& holder) { holders.push_back(holder.name); });
  const ThreadId child = start("child", [&] { sleep(1); });
  sleep(0.5);
  join(child);
  EXPECT_THAT(holders, ElementsAre("child", "MainThread", "child", "MainThread"));
}

TEST_F(SchedulerTest, There_are_at_most_255_threads_in_a_run) {
  for (int i = 0; i < 254; ++i) join(start("t", [] {}));
  EXPECT_EQ(message_of([&] { start("one more", [] {}); }), "limit reached: threads (255)");
}

TEST_F(SchedulerTest, Threads_have_their_own_stacks_and_know_where_these_end) {
  std::uintptr_t end = 0, here = 0;
  join(start("child", [&] {
    here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
    end = world.threads.current().stack_end;
  }));
  EXPECT_GT(here, end);
  EXPECT_LT(here - end, std::uintptr_t{64} << 20);
  EXPECT_EQ(world.threads.current().stack_end, 0u);
}

TEST_F(SchedulerTest, A_stop_asked_for_from_outside_ends_a_program_that_only_waits) {
  start("ticker", [&] {
    for (;;) sleep(0.001);
  });
  budget.request_stop();
  EXPECT_EQ(message_of([&] { sleep(50); }), "stopped");
}

TEST_F(SchedulerTest, Many_threads_that_hand_over_often_give_the_same_order_every_time) {
  const auto run = [] {
    RecordingSink sink;
    sink.with_time = true;
    Tracer tracer(&sink);
    Budget budget;
    VirtualWorld virtual_world(tracer, budget);
    const World world = virtual_world.world();
    int turns = 0;
    std::vector<ThreadId> threads;
    for (int i = 0; i < 20; ++i)
      threads.push_back(world.threads.start("t" + std::to_string(i), [&, i] {
        for (int k = 1; k <= 10; ++k) {
          world.threads.sleep(0.001 * ((i * 7 + k * 13) % 5));
          const int mine = ++turns;
          tracer.emit(make::line({}, {}, static_cast<std::uint32_t>(100 * i + k)));
          world.threads.block([&] { return turns > mine || turns == 200; }, world.clock.now() + 0.002, "x");
        }
      }));
    for (const ThreadId thread : threads)
      world.threads.block([&] { return !world.threads.is_alive(thread); }, std::nullopt, "join");
    virtual_world.end();
    std::vector<std::string> lines;
    for (const RecordingSink::Line& line : sink.lines())
      lines.push_back(line.text + " on " + std::to_string(line.event.thread));
    return lines;
  };
  const std::vector<std::string> first = run();
  EXPECT_EQ(first.size(), 20u * 10 + 21 * 2);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(run(), first);
}

}  // namespace
}  // namespace loopscope::test

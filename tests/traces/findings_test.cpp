#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/traces/trace_script.h"
#include "traces/findings/finding.h"

namespace loopscope::traces {
namespace {

using test::TraceScript;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// A trace under construction with a listing, and what its rules find.
class Findings : public testing::Test {
 protected:
  Findings() : store(header()), s(store) { s.start(); }

  static TraceHeader header() {
    return {
        .producer = "test",
        .title = {},
        .scenario_json = {},
        .listing = {"time.sleep(0.3)", "await asyncio.sleep(1)", "x = compute()",
                    "t1 = asyncio.create_task(f())", "t2 = asyncio.create_task(f())", "await t1", "await t2"},
        .has_listing = true,
        .started_at = {}};
  }
  void pass(double seconds) {
    s.now += seconds;
    s.tracer.advance_to(static_cast<std::int64_t>(std::llround(s.now * 1e9)));
  }
  void lose() { s.emit(make::plain(EventKind::gap, {}, 5)); }
  /// One iteration with one callback that runs for `seconds` at `line`.
  void busy(double seconds, std::uint32_t line = 3) {
    s.queue("crunch");
    s.iterate([&](HandleId) {
      s.line({}, line);
      pass(seconds);
      s.line({}, 2);
    });
  }
  std::vector<Finding> found(std::string_view rule) {
    store.finish();
    std::vector<Finding> all = find_all(store);
    std::erase_if(all, [&](const Finding& f) { return f.rule != rule; });
    return all;
  }

  TraceStore store;
  TraceScript s;
};

TEST_F(Findings, A_callback_of_over_a_tenth_of_a_second_is_slow) {
  busy(0.25);
  busy(0.12);
  const auto all = found("slow_callback");
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].title, "Slow callback: 0.250 s");
  EXPECT_EQ(all[0].times, 2u);
  EXPECT_EQ(all[0].line, 3u);
  EXPECT_EQ(store.event(all[0].at).kind, EventKind::handle_begin);
  EXPECT_THAT(finding_text(all[0]), HasSubstr("crunch, line 3, iteration 1"));
}

TEST_F(Findings, A_callback_just_under_the_threshold_is_not_slow) {
  busy(0.099);
  EXPECT_THAT(found("slow_callback"), IsEmpty());
}

TEST_F(Findings, Nothing_is_said_of_a_callback_with_lost_events_inside) {
  s.queue("crunch");
  s.iterate([&](HandleId) {
    lose();
    pass(5);
  });
  EXPECT_THAT(found("slow_callback"), IsEmpty());
}

TEST_F(Findings, Many_small_handles_make_a_slow_iteration) {
  for (int i = 0; i < 30; ++i) s.queue("small");
  const std::size_t n = s.begin_iteration();
  for (std::size_t i = 0; i < n; ++i) {
    const HandleId handle = s.take();
    pass(0.01);
    s.end_handle(handle);
  }
  s.end_iteration();
  const auto all = found("slow_iteration");
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].title, "Slow iteration: 0.300 s in 30 handles");
}

TEST_F(Findings, One_slow_handle_is_no_slow_iteration) {
  busy(0.5);
  EXPECT_THAT(found("slow_iteration"), IsEmpty());
}

TEST_F(Findings, A_long_sleep_in_select_is_no_slow_iteration) {
  s.schedule(10, "later");
  s.iterate([](HandleId) {});
  EXPECT_THAT(found("slow_iteration"), IsEmpty());
}

TEST_F(Findings, A_handle_that_waits_behind_many_others_starves) {
  for (int i = 0; i < 20; ++i) s.queue("small");
  s.queue("last");
  const std::size_t n = s.begin_iteration();
  for (std::size_t i = 0; i < n; ++i) {
    const HandleId handle = s.take();
    pass(0.02);
    s.end_handle(handle);
  }
  s.end_iteration();
  const auto all = found("starvation");
  ASSERT_THAT(all, SizeIs(2));  // the worst of "small", and "last"
  EXPECT_THAT(all[1].title, HasSubstr("last was ready for 0.400 s"));
}

TEST_F(Findings, Waiting_behind_one_slow_handle_is_not_starvation) {
  s.queue("slow");
  s.queue("next");
  s.iterate([&](HandleId) { pass(1); }, [](HandleId) {});
  EXPECT_THAT(found("starvation"), IsEmpty());
}

TEST_F(Findings, A_timer_held_up_by_a_long_run_is_late) {
  s.schedule(0.1, "tick");
  busy(0.5);
  s.iterate([](HandleId) {});
  const auto all = found("timer_lateness");
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].title, "Timer late by 0.400 s");
  EXPECT_THAT(all[0].place, HasSubstr("behind crunch"));
}

TEST_F(Findings, A_timer_that_fires_in_time_is_not_late) {
  s.schedule(0.1, "tick");
  s.iterate([](HandleId) {});
  EXPECT_THAT(found("timer_lateness"), IsEmpty());
}

TEST_F(Findings, A_timer_that_was_cancelled_cannot_be_late) {
  const HandleId timer = s.schedule(0.1, "tick");
  s.cancel_timer(timer);
  busy(0.5);
  s.queue("more");
  s.iterate([](HandleId) {});
  EXPECT_THAT(found("timer_lateness"), IsEmpty());
}

TEST_F(Findings, A_sleep_of_the_whole_thread_is_a_blocking_call) {
  busy(0.3, 1);
  const auto all = found("blocking_call");
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].title, "Blocking call: time.sleep takes 0.300 s");
  EXPECT_EQ(all[0].remedy, "await asyncio.sleep(...)");
  EXPECT_EQ(all[0].line, 1u);
}

TEST_F(Findings, Computing_is_slow_but_no_blocking_call) {
  busy(0.3, 3);
  EXPECT_THAT(found("blocking_call"), IsEmpty());
}

TEST_F(Findings, A_step_of_ten_thousand_lines_never_yields) {
  const TaskId task = s.create("spin", "");
  s.iterate([&](HandleId) {
    s.step(task);
    for (int i = 0; i < 10'000; ++i) s.line(task, 3);
  });
  const auto all = found("never_yielding");
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].title, "10000 lines without an await");
  EXPECT_EQ(all[0].task, task);
}

TEST_F(Findings, As_many_lines_in_many_steps_do_yield) {
  const TaskId task = s.create("spin", "");
  for (int n = 0; n < 20; ++n)
    s.iterate([&](HandleId) {
      s.step(task);
      for (int i = 0; i < 500; ++i) s.line(task, 3);
      s.queue("spin", {.cause = Cause::task_step, .task = task});
      s.suspend(task, {WaitKind::yield, 0, {}}, 2);
    });
  EXPECT_THAT(found("never_yielding"), IsEmpty());
}

TEST_F(Findings, A_callback_that_queues_itself_a_hundred_times_is_a_busy_loop) {
  s.queue("poll");
  for (int n = 0; n < 120; ++n) s.iterate([&](HandleId) { s.queue("poll"); });
  const auto all = found("call_soon_loop");
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_THAT(all[0].title, HasSubstr("poll queues itself again 120 times"));
}

TEST_F(Findings, A_callback_that_another_one_queues_again_is_no_busy_loop) {
  s.queue("a");
  for (int n = 0; n < 120; ++n) {
    s.iterate([&](HandleId) { s.queue("b"); });
    s.iterate([&](HandleId) { s.queue("a"); });
  }
  EXPECT_THAT(found("call_soon_loop"), IsEmpty());
}

TEST_F(Findings, A_rhythm_of_timers_is_no_busy_loop) {
  s.schedule(1, "tick");
  for (int n = 0; n < 120; ++n) s.iterate([&](HandleId) { s.schedule(s.now + 1, "tick"); });
  EXPECT_THAT(found("call_soon_loop"), IsEmpty());
}

TEST_F(Findings, A_heap_full_of_cancelled_timers_is_a_hint) {
  for (int i = 0; i < 60; ++i) s.cancel_timer(s.schedule(100 + i, "timeout"));
  const auto all = found("cancelled_timers");
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].title, "60 of 60 timers in the heap are cancelled");
  EXPECT_EQ(all[0].level, Finding::Level::hint);
}

TEST_F(Findings, A_few_cancelled_timers_among_many_live_ones_are_fine) {
  for (int i = 0; i < 60; ++i) {
    s.schedule(100 + i, "live");
    s.schedule(100 + i, "live");
    s.cancel_timer(s.schedule(100 + i, "timeout"));
  }
  EXPECT_THAT(found("cancelled_timers"), IsEmpty());
}

TEST_F(Findings, A_waiter_of_a_deadlock_has_lost_its_waker) {
  const TaskId task = s.create("main", "");
  s.iterate([&](HandleId) {
    s.step(task);
    s.suspend(task, {WaitKind::event, 1, s.label("ready")}, 6);
  });
  s.tracer.emit(make::error({}, {}, 0), {{TextField::text, "deadlock: MainThread waits in select for ever"}});
  const auto lost = found("lost_waker");
  ASSERT_THAT(lost, SizeIs(1));
  EXPECT_EQ(lost[0].title, "main waits for event ready, and nobody will wake it");
  EXPECT_EQ(lost[0].task, task);
  EXPECT_THAT(found("deadlock"), SizeIs(1));
}

TEST_F(Findings, A_lost_waker_is_sought_where_its_kind_of_wait_would_get_it_from) {
  const struct {
    WaitKind kind;
    std::string label, remedy;
  } waits[] = {
      {WaitKind::lock, "lock", "take it by async with, which releases it; who holds it already cannot"},
      {WaitKind::semaphore, "semaphore", "take it by async with, which releases it whatever happens"},
      {WaitKind::condition, "condition", "call notify() or notify_all() under the lock"},
      {WaitKind::barrier, "barrier", "as many tasks as the barrier has parties must come"},
      {WaitKind::queue, "Queue.join", "call task_done() for every item that get() gave"},
      {WaitKind::queue, "Queue.put", "somebody must get() items"},
      {WaitKind::queue, "Queue.get", "put a last item that means the end"},
  };
  for (const auto& wait : waits) {
    const TaskId task = s.create(wait.label, "");
    s.iterate([&](HandleId) {
      s.step(task);
      s.suspend(task, {wait.kind, 1, s.label(wait.label)}, 6);
    });
  }
  s.tracer.emit(make::error({}, {}, 0), {{TextField::text, "deadlock: MainThread waits in select for ever"}});
  const auto lost = found("lost_waker");
  ASSERT_THAT(lost, SizeIs(std::size(waits)));
  for (std::size_t i = 0; i < lost.size(); ++i)
    EXPECT_THAT(lost[i].remedy, testing::HasSubstr(waits[i].remedy)) << waits[i].label;
}

TEST_F(Findings, A_deadlock_with_oneself_has_another_remedy_than_one_with_others) {
  const auto remedy = [this](const std::string& who) {
    s.tracer.emit(make::error({}, {}, 0),
                  {{TextField::text, "deadlock: MainThread waits in select for ever; " + who}});
    return found("deadlock").back().remedy;
  };
  const std::string own = "release the lock first, or take it once: a Lock is not reentrant";
  EXPECT_EQ(remedy("Task-1 (main) holds lock 1 and waits for lock 1"), own);
  EXPECT_EQ(
      remedy("Task-1 (a) holds lock 1 and waits for lock 12, Task-2 (b) holds lock 12 and waits for lock 1"),
      "take locks in the same order everywhere, and release what you took");
  EXPECT_THAT(remedy("Worker waits in Future.result for ever"), testing::HasSubstr("await instead"));
}

TEST_F(Findings, A_deadlock_of_locks_is_told_whole_and_with_its_remedy) {
  const TaskId task = s.create("main", "");
  s.iterate([&](HandleId) {
    s.step(task);
    s.suspend(task, {WaitKind::lock, 2, s.label("Lock")}, 6);
  });
  const std::string who =
      "Task-2 (worker_with_a_long_name) holds lock 1 and waits for lock 2, "
      "Task-3 (worker_with_a_long_name) holds lock 2 and waits for lock 1";
  s.tracer.emit(make::error({}, {}, 0),
                {{TextField::text, "deadlock: MainThread waits in select for ever; " + who}});
  const auto dead = found("deadlock");
  ASSERT_THAT(dead, SizeIs(1));
  EXPECT_THAT(dead[0].place, testing::HasSubstr(who));
  EXPECT_THAT(dead[0].place, testing::HasSubstr("main stands at line 6"));
  EXPECT_EQ(dead[0].remedy, "take locks in the same order everywhere, and release what you took");
}

TEST_F(Findings, A_waiter_in_a_run_that_just_ends_has_lost_nothing) {
  const TaskId task = s.create("main", "");
  s.iterate([&](HandleId) {
    s.step(task);
    s.suspend(task, {WaitKind::event, 1, s.label("ready")}, 6);
  });
  s.close();
  EXPECT_THAT(found("lost_waker"), IsEmpty());
  EXPECT_THAT(found("deadlock"), IsEmpty());
}

TEST_F(Findings, Tasks_that_await_each_other_are_a_cycle) {
  const TaskId a = s.create("f", "'a'"), b = s.create("f", "'b'");
  s.iterate(
      [&](HandleId) {
        s.step(a);
        s.suspend(a, {WaitKind::task, b.value, {}}, 6);
      },
      [&](HandleId) {
        s.step(b);
        s.suspend(b, {WaitKind::task, a.value, {}}, 7);
      });
  const auto all = found("await_cycle");
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].title, "2 tasks await each other");
  EXPECT_THAT(all[0].place, HasSubstr("b → a → b"));
}

TEST_F(Findings, A_chain_of_awaits_is_no_cycle) {
  const TaskId a = s.create("f", "'a'"), b = s.create("f", "'b'"), c = s.create("f", "'c'");
  s.iterate(
      [&](HandleId) {
        s.step(a);
        s.suspend(a, {WaitKind::task, b.value, {}}, 6);
      },
      [&](HandleId) {
        s.step(b);
        s.suspend(b, {WaitKind::task, c.value, {}}, 6);
      },
      [&](HandleId) {
        s.step(c);
        s.sleep(c, 1, 2, "sleep");
      });
  EXPECT_THAT(found("await_cycle"), IsEmpty());
}

TEST_F(Findings, The_loops_own_warnings_are_findings) {
  for (const char* rule : {"never_awaited", "never_retrieved", "destroyed_pending", "wrong_thread"})
    s.tracer.emit(make::warning({}, s.label(rule), 3), {{TextField::text, "what CPython says"}});
  for (const char* rule : {"never_awaited", "never_retrieved", "destroyed_pending", "wrong_thread"}) {
    const auto all = found(rule);
    ASSERT_THAT(all, SizeIs(1)) << rule;
    EXPECT_EQ(all[0].place, "line 3: what CPython says");
  }
}

TEST_F(Findings, A_run_without_warnings_has_none_of_them) {
  test::write_lifecycle(store);
  for (const char* rule : {"never_awaited", "never_retrieved", "destroyed_pending", "wrong_thread"})
    EXPECT_THAT(found(rule), IsEmpty()) << rule;
}

/// main makes t1 and t2 (lines 4, 5), awaits t1 and then t2; `first` ends a second earlier.
void await_in_order(TraceScript& s, bool t2_first) {
  const TaskId main = s.create("main", "");
  TaskId t1, t2;
  s.iterate([&](HandleId) {
    s.step(main);
    t1 = s.create("f", "1", main, 4);
    t2 = s.create("f", "2", main, 5);
    s.line(main, 6);
    s.suspend(main, {WaitKind::task, t1.value, {}}, 6);
  });
  const double one = t2_first ? 2 : 1, two = t2_first ? 1 : 2;
  s.iterate([&](HandleId) { s.step(t1), s.sleep(t1, one, 2, "sleep"); },
            [&](HandleId) { s.step(t2), s.sleep(t2, two, 2, "sleep"); });
  const auto fire = [&](HandleId timer) { s.wake_sleeper(timer); };
  const TaskId order[] = {t2_first ? t2 : t1, t2_first ? t1 : t2};
  for (const TaskId task : order) {
    s.iterate(fire);
    s.iterate([&](HandleId) {
      s.step(task);
      s.finish(task, "1", task == t1 ? std::vector{main} : std::vector<TaskId>{});
    });
    if (task == t1)
      s.iterate([&](HandleId) {
        s.step(main);
        s.line(main, 7);
        if (!t2_first) s.suspend(main, {WaitKind::task, t2.value, {}}, 7);
      });
  }
}

TEST_F(Findings, A_result_that_is_read_a_second_late_is_a_hint) {
  await_in_order(s, true);
  const auto all = found("late_await");
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].title, "Result of f 2 waits 1.000 s to be read");
  EXPECT_EQ(all[0].line, 7u);
}

TEST_F(Findings, A_result_that_is_awaited_before_it_comes_is_not_late) {
  await_in_order(s, false);
  EXPECT_THAT(found("late_await"), IsEmpty());
}

TEST_F(Findings, A_plain_call_from_another_thread_is_found_without_debug_mode) {
  s.run({});
  s.tracer.set_thread(ThreadId{2});
  s.emit(make::thread_started(s.label("worker")));
  s.queue("oops");
  s.queue("fine", {.cause = Cause::threadsafe});
  const auto all = found("wrong_thread");
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_THAT(all[0].place, HasSubstr("worker queues oops on loop 1"));
}

TEST_F(Findings, A_loop_that_runs_on_a_worker_is_used_rightly_there) {
  s.tracer.set_thread(ThreadId{2});
  s.run({});
  s.queue("fine");
  EXPECT_THAT(found("wrong_thread"), IsEmpty());
}

/// Two jobs for one worker; each takes `seconds`.
void two_jobs(TraceScript& s, double seconds) {
  const LabelId pool = s.label("pool-0"), label = s.label("load");
  const auto queued = [&](std::uint32_t job) {
    s.emit(make::plain(EventKind::job_queued, s.loop, make::pack(job, job), label.value, pool.value));
  };
  queued(1), queued(2);
  for (std::uint32_t job : {1U, 2U}) {
    s.emit(make::plain(EventKind::job_begin, {}, job));
    s.now += seconds;
    s.tracer.advance_to(static_cast<std::int64_t>(std::llround(s.now * 1e9)));
    s.emit(make::plain(EventKind::job_end, {}, job));
  }
}

TEST_F(Findings, Jobs_that_wait_for_a_worker_tell_of_a_full_pool) {
  two_jobs(s, 0.4);
  const auto all = found("pool_queue");
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].title, "Pool full: a job waited 0.400 s");
  EXPECT_THAT(all[0].place, testing::StartsWith("pool-0, queued at "));
}

TEST_F(Findings, A_job_that_begins_soon_does_not) {
  two_jobs(s, 0.01);
  EXPECT_THAT(found("pool_queue"), IsEmpty());
}

TEST(FindingRules, Have_the_seventeen_names_of_the_format) {
  EXPECT_THAT(
      finding_rules(),
      testing::ElementsAre("slow_callback", "slow_iteration", "starvation", "timer_lateness", "blocking_call",
                           "never_yielding", "call_soon_loop", "cancelled_timers", "lost_waker",
                           "await_cycle", "never_awaited", "never_retrieved", "destroyed_pending",
                           "late_await", "wrong_thread", "pool_queue", "deadlock"));
}

TEST(FindingRules, Find_nothing_in_an_empty_trace) { EXPECT_THAT(find_all(TraceStore()), IsEmpty()); }

}  // namespace
}  // namespace loopscope::traces

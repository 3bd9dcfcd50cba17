#include "traces/narration.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <sstream>

#include "tests/traces/trace_script.h"
#include "traces/explain.h"
#include "traces/names.h"

namespace loopscope::traces {
namespace {

using test::TraceScript;

EventIndex nth(const TraceStore& store, EventKind kind, int n = 1) {
  EventIndex i = *store.next_of({kind}, 0);
  while (--n > 0) i = *store.next_of({kind}, i + 1);
  return i;
}

std::string told(const TraceStore& store, EventKind kind, int n = 1) {
  return narrate(store, nth(store, kind, n)).text;
}

TEST(Narration, Says_of_a_promotion_what_caused_it_what_moves_and_what_follows) {
  const auto store = test::lifecycle();
  const Narration n = narrate(*store, nth(*store, EventKind::timer_promoted));
  EXPECT_EQ(n.place, "Iteration 3 · timers");
  EXPECT_EQ(n.phase, LoopPhase::timers);
  EXPECT_EQ(
      n.text,
      "B’s sleep(1) was due at 1.000 s. Its timer moves to the ready queue, behind nothing, and runs next; B "
      "resumes in iteration 4.");
}

TEST(Narration, The_end_of_the_main_thread_names_what_ended_the_program) {
  const auto ends = [](const auto& before) {
    TraceStore store;
    TraceScript s(store);
    s.start();
    before(s);
    s.emit(make::plain(EventKind::thread_ended, {}, 1));
    return narrate(store, store.size() - 1);
  };
  const std::string well = "The main thread ends, and the program with it.";
  const auto fails = [](TraceScript& s, LoopId loop, TaskId task) {
    s.tracer.emit(make::error(loop, task, 0), {{TextField::text, "ValueError: no such page"}});
  };
  EXPECT_EQ(ends([](TraceScript&) {}).text, well);
  const Narration failed = ends([&](TraceScript& s) { fails(s, {}, {}); });
  EXPECT_EQ(failed.text, "The program ends: ValueError: no such page.");
  EXPECT_EQ(failed.place, "The end");
  // What a task ends with, or the loop's exception handler tells, ends nothing.
  EXPECT_EQ(ends([&](TraceScript& s) { fails(s, {}, s.create("user", "", {}, 3, "A")); }).text, well);
  EXPECT_EQ(ends([&](TraceScript& s) { fails(s, s.loop, {}); }).text, well);
}

TEST(Narration, Says_which_lock_or_queue_a_task_waits_for_and_what_it_wants_of_it) {
  TraceStore store;
  TraceScript s(store);
  s.start();
  const TaskId task = s.create("user", "", {}, 3, "A");
  struct Case {
    make::WaitsOn on;
    std::string words;
  };
  const Case cases[] = {
      {{WaitKind::lock, 1, s.label("Lock.acquire")}, "for lock 1"},
      {{WaitKind::semaphore, 2, s.label("BoundedSemaphore.acquire")}, "for semaphore 2"},
      {{WaitKind::event, 3, s.label("Event.wait")}, "for event 3"},
      {{WaitKind::condition, 4, s.label("Condition.wait")}, "for condition 4"},
      {{WaitKind::barrier, 5, s.label("Barrier.wait")}, "for barrier 5"},
      {{WaitKind::queue, 6, s.label("PriorityQueue.get")}, "for queue 6 (get)"},
      {{WaitKind::queue, 6, s.label("Queue.join")}, "for queue 6 (join)"},
      {{WaitKind::wait, 1, {}}, "for wait()"},
      {{WaitKind::wait_for, 1, {}}, "for wait_for()"},
      {{WaitKind::shield, 1, {}}, "for shield()"},
      {{WaitKind::as_completed, 1, {}}, "for as_completed()"},
      {{WaitKind::taskgroup, 0, {}}, "for its task group"},
  };
  for (const Case& one : cases) s.suspend(task, one.on, 4);
  for (int i = 0; i < static_cast<int>(std::size(cases)); ++i)
    EXPECT_EQ(told(store, EventKind::task_suspended, i + 1),
              "A waits at line 4 " + cases[i].words + ". The loop is free for others.");
}

TEST(Narration, Tells_the_lifecycle_in_the_programs_own_names) {
  const auto store = test::lifecycle();
  using K = EventKind;
  EXPECT_EQ(told(*store, K::thread_started), "The program starts on its main thread.");
  EXPECT_EQ(told(*store, K::loop_run), "run_until_complete starts the loop; it runs until main is done.");
  EXPECT_EQ(told(*store, K::iteration_begin, 3),
            "Iteration 3 begins: nothing is ready, and 2 timers wait in the heap.");
  EXPECT_EQ(told(*store, K::select_begin, 1), "1 handle is ready, so select only looks and does not wait.");
  EXPECT_EQ(told(*store, K::select_begin, 3),
            "Nothing is ready. select waits for at most 1.000 s, until B’s sleep timer is due.");
  EXPECT_EQ(told(*store, K::select_end, 3),
            "select has waited 1.000 s and nothing arrived. It is 1.000 s now.");
  EXPECT_EQ(told(*store, K::task_created, 2),
            "main makes task A from task('A', 2). None of its code runs yet.");
  EXPECT_EQ(told(*store, K::handle_queued, 2),
            "A’s first step joins the ready queue, behind nothing. It runs in iteration 2, not now.");
  EXPECT_EQ(told(*store, K::task_suspended, 1),
            "main waits at line 12 for task A. That task’s end will queue it again.");
  EXPECT_EQ(told(*store, K::timer_scheduled, 1),
            "A’s sleep(2) puts a timer into the heap, due at 2.000 s. It is the only one.");
  EXPECT_EQ(told(*store, K::future_done, 1),
            "The future of sleep(1) is done. B waits for it and is queued, not run at once.");
  EXPECT_EQ(told(*store, K::line, 1), "main runs line 10: t1 = asyncio.create_task(task('A', 2))");
  EXPECT_EQ(told(*store, K::output, 1), "A prints “A: starting”.");
  EXPECT_EQ(told(*store, K::task_done, 1), "B returns 'B' and is done. Nobody waits for it.");
  EXPECT_EQ(told(*store, K::task_done, 2),
            "A returns 'A' and is done. main waits for it and is queued, not run at once.");
  EXPECT_EQ(told(*store, K::loop_stop, 1),
            "run_until_complete’s callback calls stop(). That raises a flag: iteration 8 goes on to its end, "
            "then the loop leaves.");
  EXPECT_EQ(told(*store, K::loop_idle, 1), "The loop has stopped; run_until_complete returns main’s result.");
  EXPECT_EQ(told(*store, K::loop_closed), "The loop is closed; nothing was left in it.");
}

TEST(Narration, A_program_without_a_loop_is_before_none) {
  TraceStore store;
  TraceScript script(store);
  script.emit(make::thread_started(script.label("MainThread")));
  EXPECT_EQ(narrate(store, 0).place, "Without a loop");
}

TEST(Narration, What_another_thread_does_is_told_of_that_thread) {
  TraceStore store;
  TraceScript script(store);
  script.start();
  script.queue("say", {});
  script.run({});
  script.begin_iteration();
  const HandleId say = script.take();
  script.tracer.set_thread(ThreadId{2});
  script.emit(make::thread_started(script.label("Thread-1 (work)")));
  script.emit(make::line({}, {}, 3));
  EXPECT_EQ(narrate(store, store.size() - 1).text, "Thread-1 (work) runs line 3.");
  script.tracer.set_thread(kMainThread);
  script.line({}, 4);
  EXPECT_EQ(narrate(store, store.size() - 1).text, "say runs line 4.");
  script.end_handle(say);
}

TEST(Narration, Places_events_before_between_and_after_runs) {
  const auto store = test::lifecycle();
  EXPECT_EQ(narrate(*store, 0).place, "Before the loop");
  EXPECT_EQ(narrate(*store, nth(*store, EventKind::loop_run)).place, "The loop");
  EXPECT_EQ(narrate(*store, nth(*store, EventKind::iteration_begin, 2)).place, "Iteration 2");
  EXPECT_EQ(narrate(*store, nth(*store, EventKind::iteration_end, 2)).place, "Iteration 2");
  EXPECT_EQ(narrate(*store, nth(*store, EventKind::ready_end, 2)).place, "Iteration 2 · run");
  EXPECT_EQ(narrate(*store, nth(*store, EventKind::loop_idle)).place, "Between runs");
  EXPECT_EQ(narrate(*store, store->size() - 1).place, "After the loop");
}

TEST(Narration, Tells_cancellation) {  // S34, S36
  TraceStore store;
  TraceScript s(store);
  s.start();
  const TaskId main = s.create("main", ""), worker = s.create("work", "'w'");
  s.iterate([&](HandleId) { s.step(main); },
            [&](HandleId) {
              s.step(worker);
              s.sleep(worker, 5, 7, "sleep(5)");
            });
  const HandleId timer = s.heap[0].handle;
  s.queue("main", {.cause = Cause::task_step, .task = main});
  s.iterate([&](HandleId) {
    s.step(main);
    s.emit(make::plain(EventKind::task_cancel, s.loop, worker.value));
    s.emit(make::future_done(s.loop, FutureId{1}, Outcome::cancelled));
    s.queue("work", {.cause = Cause::task_wakeup, .task = worker, .future = FutureId{1}});
  });
  s.iterate([&](HandleId) {
    s.step(worker, "CancelledError");
    s.cancel_timer(timer);
    s.emit(make::task_done(s.loop, worker, Outcome::cancelled));
  });
  s.begin_iteration();
  store.finish();
  using K = EventKind;
  EXPECT_EQ(told(store, K::task_cancel),
            "main cancels w. It does not stop now: CancelledError is thrown into it at its next step.");
  EXPECT_EQ(told(store, K::future_done),
            "The future of sleep(5) is cancelled. w waits for it and is queued, not run at once.");
  EXPECT_EQ(told(store, K::handle_queued, 4),
            "What w waited for is cancelled, so w’s wake-up joins the ready queue, behind nothing. w resumes "
            "in iteration 3.");
  EXPECT_EQ(told(store, K::task_step, 4), "w wakes up, and CancelledError is thrown into it at line 7.");
  EXPECT_EQ(told(store, K::timer_cancelled),
            "w’s sleep timer is cancelled. It stays in the heap, marked, until the next iteration begins.");
  EXPECT_EQ(told(store, K::task_done), "w ends as cancelled. Nobody waits for it.");
  EXPECT_EQ(told(store, K::timer_purged), "Timer #" + std::to_string(timer.value) +
                                              " at the head of the heap was cancelled, so it is dropped.");
}

TEST(Narration, Tells_callbacks_and_their_timers) {
  TraceStore store;
  TraceScript s(store);
  s.start();
  s.run({});
  s.queue("say('x')");
  s.iterate([&](HandleId) {
    s.queue("say('y')");
    s.schedule(0.5, "later");
  });
  s.begin_iteration();
  const HandleId y = s.take();
  s.emit(make::plain(EventKind::loop_stop, s.loop));
  s.end_handle(y);
  s.end_iteration();
  using K = EventKind;
  EXPECT_EQ(told(store, K::loop_run), "run_forever starts the loop; it runs until somebody calls stop().");
  EXPECT_EQ(told(store, K::handle_queued, 1),
            "call_soon puts say('x') into the ready queue, behind nothing. It runs in iteration 1, not now.");
  EXPECT_EQ(told(store, K::timer_scheduled),
            "say('x') puts a timer for later into the heap, due at 0.500 s. It is the only one.");
  EXPECT_EQ(told(store, K::handle_end, 1), "say('x') has run. It was the last of the snapshot.");
  EXPECT_EQ(told(store, K::iteration_end, 2), "Iteration 2 ends. stop() was called, so the loop leaves.");
}

TEST(Narration, Tells_cancelled_handles_by_what_they_were) {  // S10
  TraceStore store;
  TraceScript s(store);
  s.start();
  const HandleId handle = s.queue("say('x')");
  s.emit(make::plain(EventKind::handle_cancelled, s.loop, handle.value));
  s.begin_iteration();
  s.emit(make::plain(EventKind::handle_skipped, s.loop, handle.value));
  s.emit(make::fd_unwatched(s.loop, 4, kReadable));
  s.emit(make::plain(EventKind::handle_cancelled, s.loop, 1));
  EXPECT_EQ(told(store, EventKind::handle_cancelled),
            "say('x') is cancelled. It keeps its place in the ready queue, but it will be skipped.");
  EXPECT_EQ(told(store, EventKind::handle_skipped),
            "say('x') was cancelled: it uses its place in the snapshot, and nothing runs.");
  EXPECT_EQ(told(store, EventKind::handle_cancelled, 2),
            "Handle #1, which waited for a file descriptor, is cancelled.");
  EXPECT_EQ(store.state_at(store.size() - 1).loops[0].ready_count(), 0u);
}

TEST(Narration, Asyncios_own_callbacks_have_names_for_people) {
  EXPECT_EQ(callback_name("_run_until_complete_cb()"), "run_until_complete’s callback");
  EXPECT_EQ(callback_name("BaseSelectorEventLoop._read_from_self()"), "the self-pipe’s reader");
  EXPECT_EQ(callback_name("_set_result_unless_cancelled"), "a waiter’s result");  // no timer at all
  EXPECT_EQ(callback_name("_UnixSelectorEventLoop.stop()"), "loop.stop()");
  EXPECT_EQ(callback_name("Window.stop('x.y')"), "Window.stop('x.y')");
  EXPECT_EQ(callback_name(""), "a callback");
}

// Every sentence of a trace with every kind in it, valid and damaged.
std::vector<std::string> all_sentences() {
  std::vector<std::string> all;
  const auto add = [&all](const TraceStore& store) {
    for (EventIndex i = 0; i < store.size(); ++i) all.push_back(narrate(store, i).text);
  };
  add(*test::lifecycle());
  for (std::uint32_t seed = 0; seed < 2; ++seed) {
    TraceStore store;
    TraceScript s(store);
    test::write_random(s, seed, 40, [](const TraceScript&) {});
    add(store);
  }
  TraceStore store;
  TraceScript s(store);
  s.start();
  s.create("main", "");
  for (int k = 0; k < kEventKinds; ++k)
    for (std::uint64_t n : {0, 1, 2})
      s.emit(make::plain(static_cast<EventKind>(k), s.loop, n, n, static_cast<std::uint32_t>(n)));
  add(store);
  return all;
}

TEST(Narration, Has_a_sentence_for_every_kind_that_ends_as_one_and_is_short) {
  for (const std::string& text : all_sentences()) {
    ASSERT_FALSE(text.empty());
    EXPECT_EQ(text.find("{}"), std::string::npos) << text;
    EXPECT_EQ(text.find("  "), std::string::npos) << text;
    const bool code = text.find(" runs line ") != std::string::npos;
    if (!code) {
      EXPECT_TRUE(text.back() == '.') << text;
    }
    // At most 20 words a sentence; program text in quotes counts as it comes.
    std::istringstream words(text);
    int count = 0;
    for (std::string word; words >> word;) {
      ++count;
      EXPECT_LE(count, 20) << text;
      if (word.back() == '.') count = 0;
    }
    for (const char* banned : {"the loop decides", "event loop decides", "''s"})
      EXPECT_EQ(text.find(banned), std::string::npos) << text;
  }
}

TEST(Narration, Titles_of_handles_say_what_will_happen) {
  const auto store = test::lifecycle();
  const auto title = [&](EventIndex i) {
    const LoopState state = store->state_at(i);
    const auto& loop = state.loops[0];
    return handle_title(*store, state, loop.ready.back());
  };
  EXPECT_EQ(title(nth(*store, EventKind::handle_queued, 2)).title, "A · starts");
  const auto timer = title(nth(*store, EventKind::timer_promoted) + 1);
  EXPECT_EQ(timer.title, "B · sleep over");
  EXPECT_EQ(timer.detail, "#6 due 1.000");
  const auto wakes = title(nth(*store, EventKind::task_done, 2) + 1);
  EXPECT_EQ(wakes.title, "main · wakes");
  EXPECT_EQ(wakes.detail, "#9 A is done");
}

TEST(Narration, Waiting_is_told_in_a_few_words) {
  const auto store = test::lifecycle();
  const LoopState state = store->state_at(nth(*store, EventKind::timer_promoted) - 1);
  const auto waits = [&](std::uint32_t id) { return waits_for(*store, state, *state.task(TaskId{id})); };
  EXPECT_EQ(waits(1), "for task A");
  EXPECT_EQ(waits(2), "until 2.000 s");
  EXPECT_EQ(state_word(*state.task(TaskId{1})), "waits");
  EXPECT_EQ(state_word(*state.task(TaskId{2})), "sleeps");
  EXPECT_EQ(task_badge(*store, state, TaskId{2}), "A");
  EXPECT_EQ(task_title(*store, *state.task(TaskId{1})), "main");
}

TEST(Narration, A_renamed_task_has_its_old_name_before_and_its_new_one_after) {
  TraceStore store;
  TraceScript s(store);
  s.start();
  const TaskId task = s.create("work", "1");
  s.emit(make::task_renamed(s.loop, task, s.label("worker")));
  const EventIndex renamed = store.size() - 1;
  EXPECT_EQ(task_badge(store, store.state_at(renamed - 1), task), "work 1");
  EXPECT_EQ(task_badge(store, store.state_at(renamed), task), "worker");
}

TEST(Explain, Groups_the_sentences_by_iteration) {
  const auto store = test::lifecycle();
  std::string text, markdown;
  ASSERT_TRUE(explain(*store, ExplainAs::text, [&](std::string_view part) {
    text += part;
    return true;
  }));
  ASSERT_TRUE(explain(*store, ExplainAs::markdown, [&](std::string_view part) {
    markdown += part;
    return true;
  }));
  EXPECT_NE(text.find("\nIteration 3 (0.000 s)\n"), std::string::npos);
  EXPECT_NE(text.find("     56  timers  B’s sleep(1) was due at 1.000 s."), std::string::npos);
  EXPECT_EQ(static_cast<std::size_t>(std::count(markdown.begin(), markdown.end(), '-')) >= store->size(),
            true);
  EXPECT_NE(markdown.find("## Iteration 12 (2.000 s)"), std::string::npos);
  EXPECT_NE(markdown.find("- **timers** B’s sleep(1) was due"), std::string::npos);
}

TEST(Explain, Stops_when_nothing_can_be_written) {
  EXPECT_FALSE(explain(*test::lifecycle(), ExplainAs::text, [](std::string_view) { return false; }));
}

}  // namespace
}  // namespace loopscope::traces

#include "traces/trace_store.h"

#include <atomic>
#include <gtest/gtest.h>
#include <thread>

#include "tests/traces/trace_script.h"
#include "traces/fold.h"
#include "traces/narration.h"
#include "traces/state_cursor.h"
#include "traces/state_dump.h"

namespace loopscope::traces {
namespace {

using test::TraceScript;

std::shared_ptr<TraceStore> random_store(std::uint32_t seed, int iterations) {
  auto store = std::make_shared<TraceStore>();
  TraceScript script(*store);
  test::write_random(script, seed, iterations, [](const TraceScript&) {});
  store->finish();
  return store;
}

TEST(TraceStore, Gives_back_the_events_labels_stacks_and_texts_that_were_written) {
  TraceStore store;
  Tracer tracer(&store);
  const StackId outer = tracer.stack({}, tracer.label("main"), 12);
  const StackId inner = tracer.stack(outer, tracer.label("task"), 5);
  tracer.advance_to(5);
  tracer.emit(make::task_suspended(LoopId{1}, TaskId{1}, {}, 5, inner));
  tracer.emit(make::output(LoopId{1}, TaskId{1}, 3), {{TextField::text, "hello"}, {TextField::end, ""}});
  ASSERT_EQ(store.size(), 2u);
  EXPECT_EQ(store.event(0).ts, 5);
  const auto frames = store.stack(inner);
  ASSERT_EQ(frames.size(), 2u);
  EXPECT_EQ(frames[0].function, "main");
  EXPECT_EQ(frames[1].line, 5u);
  EXPECT_EQ(store.text(1, TextField::text), "hello");
  EXPECT_EQ(store.text(1, TextField::end), "");
  EXPECT_EQ(store.text(1, TextField::value), std::nullopt);
  EXPECT_EQ(store.text(0, TextField::text), std::nullopt);
  EXPECT_EQ(store.label({}), "");
  EXPECT_EQ(store.label(LabelId{99}), "");
}

TEST(TraceStore, The_state_at_any_event_is_the_fold_of_all_events_up_to_it) {
  const auto store = random_store(3, 900);
  ASSERT_GT(store->size(), 3u * 4096);
  LoopState state;
  for (EventIndex i = 0; i < store->size(); ++i) {
    apply(state, *store, store->event(i), i);
    if (i % 1021 == 0 || i % 4096 < 2 || i % 4096 == 4095) {
      ASSERT_EQ(dump_state(*store, store->state_at(i)), dump_state(*store, state)) << i;
    }
  }
}

TEST(TraceStore, Iterations_are_found_by_event) {
  const auto store = test::lifecycle();
  ASSERT_EQ(store->iteration_count(), 12u);
  const auto all = store->iterations();
  for (std::size_t k = 0; k < 12; ++k) {
    EXPECT_EQ(all[k].n, k + 1);
    EXPECT_FALSE(all[k].open);
    EXPECT_EQ(store->event(all[k].begin).kind, EventKind::iteration_begin);
    EXPECT_EQ(store->event(all[k].end).kind, EventKind::iteration_end);
    EXPECT_EQ(store->iteration_at(all[k].begin)->n, k + 1);
    EXPECT_EQ(store->iteration_at(all[k].end)->n, k + 1);
    EXPECT_EQ(store->iteration(k).begin, all[k].begin);
  }
  EXPECT_FALSE(store->iteration_at(0));
  EXPECT_FALSE(store->iteration_at(store->size() - 1));
  EXPECT_EQ(store->iterations_before(all[2].begin), 2u);
}

TEST(TraceStore, Iterations_of_loops_on_two_threads_do_not_mix) {
  TraceStore store;
  TraceScript a(store);
  a.start();
  a.emit(make::plain(EventKind::iteration_begin, LoopId{1}, 1));
  a.tracer.set_thread(ThreadId{2});
  a.emit(make::loop_created(LoopId{2}, a.label("asyncio"), false));
  a.emit(make::plain(EventKind::iteration_begin, LoopId{2}, 1));
  a.emit(make::plain(EventKind::select_begin, LoopId{2}));
  a.tracer.set_thread(ThreadId{1});
  a.emit(make::plain(EventKind::select_begin, LoopId{1}));
  a.emit(make::plain(EventKind::iteration_end, LoopId{1}, 1));
  const std::size_t n = store.size();
  EXPECT_EQ(store.iteration_at(n - 1)->loop, LoopId{1});
  EXPECT_EQ(store.iteration_at(n - 3)->loop, LoopId{2});
  EXPECT_TRUE(store.iteration_at(n - 3)->open);
}

TEST(TraceStore, The_intervals_of_a_task_follow_each_other_without_a_hole) {
  const auto store = test::lifecycle();
  const auto intervals = store->intervals(TaskId{3});
  std::vector<TaskPhase> phases;
  for (const auto& interval : intervals) phases.push_back(interval.phase);
  EXPECT_EQ(phases, (std::vector{TaskPhase::ready, TaskPhase::running, TaskPhase::sleeping, TaskPhase::ready,
                                 TaskPhase::running, TaskPhase::done}));
  for (std::size_t k = 1; k < intervals.size(); ++k) EXPECT_EQ(intervals[k - 1].end, intervals[k].begin);
  EXPECT_EQ(intervals.back().end, store->size());
  EXPECT_EQ(store->created_at(TaskId{3}), intervals.front().begin);
  EXPECT_EQ(store->done_at(TaskId{3}), intervals.back().begin);
}

TEST(TraceStore, Intervals_by_range_are_those_that_touch_it) {
  const auto store = test::lifecycle();
  const auto all = store->intervals(TaskId{2});
  for (EventIndex from = 0; from < store->size(); from += 7)
    for (EventIndex to = from; to < store->size(); to += 11) {
      std::vector<EventIndex> expected, found;
      for (const auto& interval : all)
        if (interval.begin <= to && interval.end > from) expected.push_back(interval.begin);
      for (const auto& interval : store->intervals(TaskId{2}, from, to)) found.push_back(interval.begin);
      ASSERT_EQ(found, expected) << from << ".." << to;
    }
}

TEST(TraceStore, The_intervals_agree_with_the_states) {
  const auto store = random_store(5, 200);
  for (const TaskId task : store->tasks())
    for (const TaskInterval& interval : store->intervals(task)) {
      ASSERT_EQ(store->state_at(interval.begin).task(task)->phase, interval.phase);
      ASSERT_EQ(store->state_at(interval.end - 1).task(task)->phase, interval.phase);
    }
}

TEST(TraceStore, Timers_know_when_they_were_planted_and_how_they_left) {
  TraceStore store;
  TraceScript s(store);
  s.start();
  const HandleId fires = s.schedule(1, "fires"), dies = s.schedule(0.5, "dies"),
                 stays = s.schedule(9, "stays");
  s.cancel_timer(dies);
  s.begin_iteration();
  s.begin_iteration();
  EXPECT_TRUE(store.timer(fires)->promoted);
  EXPECT_TRUE(store.timer(dies)->cancelled);
  EXPECT_TRUE(store.timer(dies)->purged);
  EXPECT_FALSE(store.timer(stays)->promoted);
  EXPECT_EQ(store.timers().size(), 3u);
  const EventIndex end = *store.timer(dies)->purged;
  EXPECT_EQ(store.timers(end + 1, store.size()).size(), 2u);
  EXPECT_EQ(store.timers(0, store.timer(fires)->scheduled).size(), 1u);
  EXPECT_FALSE(store.timer(HandleId{999}));
}

TEST(TraceStore, Wake_ups_name_what_was_behind_them) {
  const auto store = test::lifecycle();
  const auto wakeups = store->wakeups();
  ASSERT_EQ(wakeups.size(), 3u);
  EXPECT_EQ(wakeups[0].task, TaskId{3});
  EXPECT_EQ(store->event(wakeups[0].cause).kind, EventKind::future_done);
  EXPECT_TRUE(wakeups[0].by_timer);
  EXPECT_EQ(wakeups[2].task, TaskId{1});
  EXPECT_EQ(wakeups[2].by_task, TaskId{2});
  EXPECT_EQ(store->event(wakeups[2].cause).kind, EventKind::task_done);
  EXPECT_FALSE(wakeups[2].by_timer);
  EXPECT_EQ(store->wakeups(wakeups[1].queued, wakeups[1].queued).size(), 1u);
  EXPECT_TRUE(store->wakeup_at(wakeups[1].queued));
  EXPECT_FALSE(store->wakeup_at(wakeups[1].queued + 1));
}

TEST(TraceStore, Output_lines_stand_with_their_task_line_and_iteration) {
  const auto store = test::lifecycle();
  ASSERT_EQ(store->output_count(), 4u);
  const auto lines = store->output();
  EXPECT_EQ(lines[0].text, "A: starting");
  EXPECT_EQ(lines[2].text, "B: done");
  EXPECT_EQ(lines[2].task, TaskId{3});
  EXPECT_EQ(lines[2].line, 6u);
  EXPECT_EQ(lines[2].iteration, 4u);
}

TEST(TraceStore, The_running_handle_is_found_across_chunks) {
  TraceStore store;
  TraceScript s(store);
  s.start();
  s.queue("long");
  const HandleId handle = s.take();
  const EventIndex from = store.size();
  for (int i = 0; i < 10'000; ++i) s.line({}, 1);
  s.end_handle(handle);
  s.line({}, 1);
  EXPECT_EQ(store.running_handle(from), handle);
  EXPECT_EQ(store.running_handle(9000), handle);
  EXPECT_EQ(store.running_handle(store.size() - 2), handle);
  EXPECT_EQ(store.running_handle(store.size() - 1), HandleId{});
  EXPECT_EQ(store.running_handle(0), HandleId{});
}

TEST(TraceStore, Events_are_found_by_kind_in_both_directions) {
  const auto store = random_store(8, 700);
  const KindSet kinds{EventKind::task_done, EventKind::timer_cancelled};
  std::vector<EventIndex> all;
  for (EventIndex i = 0; i < store->size(); ++i)
    if (kinds.has(store->event(i).kind)) all.push_back(i);
  std::vector<EventIndex> forward, backward;
  for (auto i = store->next_of(kinds, 0); i; i = store->next_of(kinds, *i + 1)) forward.push_back(*i);
  for (auto i = store->previous_of(kinds, store->size()); i; i = store->previous_of(kinds, *i))
    backward.push_back(*i);
  EXPECT_EQ(forward, all);
  EXPECT_EQ(backward, std::vector(all.rbegin(), all.rend()));
  EXPECT_FALSE(store->next_of({EventKind::gap}, 0));
  EXPECT_FALSE(store->previous_of({EventKind::gap}, store->size()));
}

TEST(StateCursor, Gives_the_same_state_as_the_store_however_it_walks) {
  const auto store = random_store(11, 700);
  StateCursor cursor(store);
  std::mt19937 random(4);
  EventIndex at = 0;
  for (int n = 0; n < 250; ++n) {
    const EventIndex size = store->size();
    switch (random() % 4) {
      case 0:
        at = random() % size;
        break;
      case 1:
        at = std::min(at + random() % 300, size - 1);
        break;
      default:
        at -= std::min<EventIndex>(at, random() % 300);
        break;
    }
    ASSERT_EQ(dump_state(*store, cursor.seek(at)), dump_state(*store, store->state_at(at))) << at;
  }
}

// Readers look at everything while the writer writes. Meant to be run under a thread
// sanitizer too.
TEST(TraceStore, Readers_see_whole_and_lasting_states_while_the_writer_writes) {
  auto store = std::make_shared<TraceStore>();
  std::atomic<bool> stop{false};
  std::atomic<std::size_t> reads{0};
  const auto read = [&](std::uint32_t seed) {
    std::mt19937 random(seed);
    StateCursor cursor(store);
    while (!stop.load()) {
      const std::size_t size = store->size();
      if (size == 0) continue;
      const EventIndex i = random() % size;
      const std::string once = dump_state(*store, store->state_at(i));
      if (i % 3 == 0) {
        ASSERT_EQ(dump_state(*store, cursor.seek(i)), once);
      }
      ASSERT_FALSE(narrate(*store, i).text.empty());
      for (const auto& span : store->iterations()) ASSERT_LT(span.begin, store->size());
      for (const TaskId task : store->tasks()) {
        const auto all = store->intervals(task, i, i + 100);
        if (!all.empty()) {
          ASSERT_LE(all.back().end, store->size());
        }
      }
      for (const Wakeup& wakeup : store->wakeups(i, i + 500)) ASSERT_LE(wakeup.cause, wakeup.queued);
      store->timers(i, i + 10);
      store->output();
      store->running_handle(i);
      ++reads;
    }
  };
  std::thread one(read, 1), two(read, 2);
  TraceScript script(*store);
  test::write_random(script, 21, 500, [&](const TraceScript&) { std::this_thread::yield(); });
  store->finish();
  while (reads.load() < 8) std::this_thread::yield();
  stop = true;
  one.join();
  two.join();
  EXPECT_TRUE(store->finished());
}

}  // namespace
}  // namespace loopscope::traces

#include "traces/fold.h"

#include <gtest/gtest.h>

#include "tests/traces/trace_script.h"
#include "traces/narration.h"
#include "traces/state_dump.h"

namespace loopscope::traces {
namespace {

using test::TraceScript;

LoopState last_state(const TraceStore& store) { return store.state_at(store.size() - 1); }

TEST(Fold, The_heap_has_heapqs_array_order_and_the_queue_its_handles_whatever_happens) {  // S2, S3, S11
  for (std::uint32_t seed = 0; seed < 25; ++seed) {
    TraceStore store;
    TraceScript script(store);
    test::write_random(script, seed, 110, [&](const TraceScript& s) {
      const LoopState state = last_state(store);
      const OneLoopState& loop = state.loops[0];
      ASSERT_EQ(loop.heap.size(), s.heap.size()) << "seed " << seed << " event " << store.size();
      for (std::size_t i = 0; i < s.heap.size(); ++i) {
        ASSERT_EQ(loop.heap[i].handle, s.heap[i].handle) << "seed " << seed << " event " << store.size();
        ASSERT_EQ(loop.heap[i].cancelled, s.heap[i].cancelled);
      }
      ASSERT_EQ(loop.cancelled_timers, s.cancelled());
      ASSERT_EQ(loop.ready_count(), s.ready.size());
      for (std::size_t i = 0; i < s.ready.size(); ++i)
        ASSERT_EQ(loop.ready[loop.ready_head + i].handle, s.ready[i]);
    });
    if (HasFatalFailure()) return;
  }
}

TEST(Fold, Lifecycle_ends_with_everything_done_and_closed) {
  const auto store = test::lifecycle();
  const LoopState state = last_state(*store);
  ASSERT_EQ(state.loops.size(), 1u);
  EXPECT_TRUE(state.loops[0].closed);
  EXPECT_EQ(state.loops[0].iteration, 12u);
  EXPECT_EQ(state.loops[0].heap.size(), 0u);
  EXPECT_EQ(state.loops[0].ready_count(), 0u);
  EXPECT_TRUE(state.loops[0].fds.empty());
  EXPECT_EQ(state.now, 2'000'000'000);
  EXPECT_EQ(state.outputs, 4u);
  ASSERT_EQ(state.tasks.size(), 5u);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(state.tasks[i].phase, TaskPhase::done);
  EXPECT_EQ(state.tasks[1].result, "'A'");
  EXPECT_EQ(state.tasks[1].args, "'A', 2");
  EXPECT_EQ(state.tasks[0].steps, 2u);
}

TEST(Fold, A_loop_belongs_to_the_thread_that_runs_it_not_to_the_one_that_made_it) {
  TraceStore store;
  TraceScript script(store);
  script.start();
  EXPECT_EQ(last_state(store).loops[0].thread.value, 1u);
  script.tracer.set_thread(ThreadId{2});
  script.run({});
  EXPECT_EQ(last_state(store).loops[0].thread.value, 2u);
}

EventIndex nth(const TraceStore& store, EventKind kind, int n) {
  EventIndex i = *store.next_of({kind}, 0);
  while (--n > 0) i = *store.next_of({kind}, i + 1);
  return i;
}

TEST(Fold, A_sleeper_has_fired_from_its_timers_promotion_until_its_wake_up_is_queued) {
  const auto store = test::lifecycle();
  const EventIndex promoted = nth(*store, EventKind::timer_promoted, 1);
  const TaskId b{3};
  EXPECT_FALSE(store->state_at(promoted - 1).task(b)->fired);
  const LoopState fired = store->state_at(promoted);
  EXPECT_TRUE(fired.task(b)->fired);
  EXPECT_EQ(fired.task(b)->phase, TaskPhase::sleeping);
  EXPECT_EQ(state_word(*fired.task(b)), "fired");
  EXPECT_EQ(waits_for(*store, fired, *fired.task(b)), "wakes in iteration 4");
  EXPECT_EQ(fired.loops[0].ready_count(), 0u);
  const LoopState queued = store->state_at(promoted + 1);
  EXPECT_TRUE(queued.task(b)->fired);
  EXPECT_EQ(queued.loops[0].ready[queued.loops[0].ready_head].timer_task, b);
  EXPECT_EQ(queued.loops[0].ready[queued.loops[0].ready_head].when, 1.0);
  const EventIndex done = nth(*store, EventKind::future_done, 1);
  const LoopState woken = store->state_at(done + 1);
  EXPECT_FALSE(woken.task(b)->fired);
  EXPECT_EQ(woken.task(b)->phase, TaskPhase::ready);
}

TEST(Fold, A_sleep_links_its_task_its_future_and_its_timer) {
  const auto store = test::lifecycle();
  const LoopState state = store->state_at(nth(*store, EventKind::task_suspended, 3));
  const OneLoopState& loop = state.loops[0];
  ASSERT_EQ(loop.heap.size(), 2u);
  EXPECT_EQ(loop.heap[0].task, TaskId{3});
  EXPECT_EQ(loop.heap[1].task, TaskId{2});
  EXPECT_EQ(state.task(TaskId{3})->wake_at, 1.0);
  EXPECT_EQ(state.future(FutureId{2})->timer, loop.heap[0].handle);
}

TEST(Fold, A_ready_queue_that_is_never_empty_does_not_grow) {
  TraceStore store;
  TraceScript s(store);
  s.start();
  for (int i = 0; i < 3; ++i) s.queue("again");
  for (int n = 0; n < 20'000; ++n) {
    s.queue("again");
    s.end_handle(s.take());
  }
  const LoopState state = last_state(store);
  EXPECT_EQ(state.loops[0].ready_count(), 3u);
  EXPECT_LT(state.loops[0].ready.size(), 4096u + 4);
  const OneLoopState& loop = state.loops[0];
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(loop.ready[loop.ready_head + i].handle, s.ready[i]);
}

TEST(Fold, A_yielding_task_is_ready_whichever_of_its_two_events_comes_first) {
  TraceStore store;
  TraceScript s(store);
  s.start();
  const TaskId task = s.create("work", "");
  s.begin_iteration();
  const HandleId handle = s.take();
  s.step(task);
  s.queue("work", {.cause = Cause::task_step, .task = task});
  EXPECT_EQ(last_state(store).task(task)->phase, TaskPhase::running);
  s.suspend(task, {WaitKind::yield, 0, {}}, 3);
  EXPECT_EQ(last_state(store).task(task)->phase, TaskPhase::ready);
  s.end_handle(handle);
  EXPECT_EQ(last_state(store).task(task)->phase, TaskPhase::ready);
}

TEST(Fold, A_cancelled_timer_that_falls_due_is_promoted_as_cancelled) {  // S7, S14
  TraceStore store;
  TraceScript s(store);
  s.start();
  s.schedule(1, "first");
  const HandleId second = s.schedule(1, "second");
  s.cancel_timer(second);
  s.begin_iteration();
  const LoopState state = last_state(store);
  ASSERT_EQ(state.loops[0].ready_count(), 2u);
  EXPECT_FALSE(state.loops[0].ready[0].cancelled);
  EXPECT_TRUE(state.loops[0].ready[1].cancelled);
  EXPECT_EQ(state.loops[0].cancelled_timers, 0u);
}

TEST(Fold, Events_about_things_that_were_never_introduced_change_nothing_and_do_not_fail) {
  TraceStore store;
  Tracer tracer(&store);
  const LoopId ghost{7};
  for (int k = 0; k < kEventKinds; ++k)
    for (const std::uint64_t subject :
         {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{99}, ~std::uint64_t{0}})
      tracer.emit(make::plain(static_cast<EventKind>(k), ghost, subject, subject, 0));
  const LoopState state = last_state(store);
  EXPECT_NE(state.loop(ghost), nullptr);
  EXPECT_EQ(state.task(TaskId{99})->id, TaskId{99});
  EXPECT_EQ(state.task(TaskId{98}), nullptr);
  EXPECT_FALSE(dump_state(store, state).empty());
  for (EventIndex i = 0; i < store.size(); ++i) EXPECT_FALSE(narrate(store, i).text.empty());
}

TEST(Fold, Huge_ids_take_no_memory) {
  TraceStore store;
  Tracer tracer(&store);
  const LoopId loop{1};
  tracer.emit(make::task_created(loop, {.task = TaskId{4'000'000'000}, .name = {}, .coro = {}}), {});
  tracer.emit(make::future_created(loop, FutureId{4'000'000'000}, {}));
  tracer.emit(make::timer_scheduled(loop, HandleId{4'000'000'000}, 1, {}));
  tracer.emit(make::plain(EventKind::timer_cancelled, loop, 4'000'000'000));
  const LoopState state = last_state(store);
  EXPECT_EQ(state.tasks.size(), 0u);
  EXPECT_EQ(state.futures.size(), 0u);
  EXPECT_EQ(state.places.size(), 0u);
  EXPECT_EQ(state.loops[0].heap.size(), 1u);
}

TEST(Fold, A_timer_that_leaves_from_the_middle_of_the_heap_leaves_a_heap) {
  TraceStore store;
  TraceScript s(store);
  s.start();
  std::vector<HandleId> timers;
  for (int i = 0; i < 200; ++i) timers.push_back(s.schedule((i * 37) % 101, "later"));
  for (std::size_t k = 0; k < timers.size(); k += 3) s.emit(make::timer_promoted(s.loop, timers[k], 0));
  const LoopState state = last_state(store);
  const auto& heap = state.loops[0].heap;
  EXPECT_EQ(heap.size(), 200u - 67u);
  for (std::size_t i = 1; i < heap.size(); ++i) EXPECT_LE(heap[(i - 1) / 2].when, heap[i].when);
}

TEST(Fold, What_was_before_a_running_handle_in_the_queue_is_gone_after_a_gap) {
  TraceStore store;
  TraceScript s(store);
  s.start();
  for (int i = 0; i < 5; ++i) s.queue("soon");
  const HandleId third = s.ready[2];
  s.emit(make::plain(EventKind::gap, {}, 10));
  s.emit(make::plain(EventKind::handle_begin, s.loop, third.value));
  const LoopState state = last_state(store);
  EXPECT_EQ(state.gaps, 10u);
  EXPECT_EQ(state.loops[0].running_handle->handle, third);
  EXPECT_EQ(state.loops[0].ready_count(), 2u);
}

TEST(Fold, Closing_a_loop_drops_what_is_left_in_it) {  // S19
  TraceStore store;
  TraceScript s(store);
  s.start();
  s.queue("soon");
  const HandleId timer = s.schedule(1, "later");
  s.close();
  const LoopState state = last_state(store);
  EXPECT_EQ(state.loops[0].ready_count(), 0u);
  EXPECT_EQ(state.loops[0].heap.size(), 0u);
  EXPECT_EQ(store.timer(timer)->dropped, store.size() - 1);
}

TEST(Fold, A_job_and_an_fd_know_who_waits_for_them) {
  TraceStore store;
  TraceScript s(store);
  s.start();
  const TaskId reads = s.create("reads", ""), works = s.create("works", "");
  s.emit(make::fd_watched(s.loop, 7, kReadable, HandleId{90}, s.label("on_data")));
  s.emit(make::plain(EventKind::job_queued, s.loop, 1, 0, 0));
  s.begin_iteration();
  for (const TaskId task : {reads, works}) {
    const HandleId handle = s.take();
    s.step(task);
    s.suspend(task,
              task == reads ? make::WaitsOn{WaitKind::io, 7, {}} : make::WaitsOn{WaitKind::executor, 1, {}},
              2);
    s.end_handle(handle);
  }
  EXPECT_EQ(last_state(store).task(reads)->phase, TaskPhase::io);
  EXPECT_EQ(last_state(store).task(works)->phase, TaskPhase::job);
  s.emit(make::io_ready(s.loop, 7, kReadable, HandleId{90}));
  EXPECT_TRUE(last_state(store).task(reads)->fired);
  s.emit(make::plain(EventKind::job_end, {}, 1, 0, 0));
  EXPECT_TRUE(last_state(store).task(works)->fired);
}

}  // namespace
}  // namespace loopscope::traces

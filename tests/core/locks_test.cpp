// Locks, events, conditions and barriers. Expected iterations are CPython's.
#include "core/sync/locks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/sync/barrier.h"
#include "tests/support/loop_lab.h"

namespace loopscope::test {
namespace {

using testing::ElementsAre;

class Locks : public testing::Test {
 protected:
  LoopLab lab;
  EventLoop& loop = *lab.loop;

  /// Runs what was started, to its end or to its deadlock.
  void run_all() {
    for (const Ref<Task>& task : all_tasks(loop)) {
      if (task->done()) continue;
      try {
        run_until_complete(loop, task);
      } catch (const ProgramError&) {
      }
    }
  }
};

/// Holds `lock` for `steps` iterations.
Coroutine<> holds(LoopLab& lab, Ref<Lockable> lock, std::string name, int steps) {
  try {
    co_await lock->acquire();
  } catch (const CoreError& error) {
    lab.note(name + " " + error.repr());
    throw;
  }
  lab.note(name + " has it");
  for (int i = 0; i < steps; ++i) co_await Yield{};
  lock->release();
}

TEST_F(Locks, Are_taken_in_order_of_arrival_one_iteration_after_the_release_S51) {
  const Ref<Lock> lock = make_ref<Lock>(lab.tracer);
  for (const char* name : {"a", "b", "c"}) lab.start(holds(lab, lock, name, 1));
  run_all();
  EXPECT_THAT(lab.notes, ElementsAre("1 a has it", "3 b has it", "5 c has it"));
  EXPECT_THAT(lab.sink.texts_of({"future.created", "task.suspended task=2"}),
              ElementsAre("future.created future=1 label=Lock.acquire",
                          "task.suspended task=2 on=lock:1(Lock.acquire) stack=holds>acquire",
                          "future.created future=2 label=Lock.acquire",
                          "task.suspended task=2 on=yield stack=holds"));
}

TEST_F(Locks, Are_free_but_not_to_be_had_while_the_next_owner_wakes_S51) {
  const Ref<Lock> lock = make_ref<Lock>(lab.tracer);
  lab.start(holds(lab, lock, "a", 1));
  lab.start(holds(lab, lock, "b", 0));
  loop.call_later(
      0, [] {}, "tick");
  loop.call_soon(
      [&] {
        loop.call_soon(
            [&] {
              lab.note(lock->repr());  // behind a's release, in its iteration
              lab.start(holds(lab, lock, "newcomer", 0));
            },
            "look");
      },
      "first");
  run_all();
  EXPECT_THAT(lab.notes, ElementsAre("1 a has it",
                                     "2 <asyncio.locks.Lock object at 0x7f0000000010 [unlocked, waiters:1]>",
                                     "3 b has it", "3 newcomer has it"));
}

TEST_F(Locks, A_cancelled_waiter_passes_its_wake_up_on_S51) {
  const Ref<Lock> lock = make_ref<Lock>(lab.tracer);
  lab.start(holds(lab, lock, "a", 1));
  const Ref<Task> b = lab.start(holds(lab, lock, "b", 0));
  lab.start(holds(lab, lock, "c", 0));
  loop.call_soon([&] { loop.call_soon([&] { b->cancel(); }, "cancel"); }, "first");
  run_all();
  EXPECT_THAT(lab.notes, ElementsAre("1 a has it", "3 b CancelledError()", "4 c has it"));
}

TEST_F(Locks, A_wrong_release_is_an_error_S51) {
  const Ref<Lock> lock = make_ref<Lock>(lab.tracer);
  EXPECT_EQ(error_of([&] { lock->release(); }), "RuntimeError('Lock is not acquired.')");
}

TEST_F(Locks, Are_bound_to_the_loop_of_the_first_use_that_blocks) {
  const Ref<Lock> lock = make_ref<Lock>(lab.tracer);
  lab.start(holds(lab, lock, "a", 1));
  lab.start(holds(lab, lock, "b", 1));
  run_all();
  lab.start(holds(lab, lock, "a", 100));
  LoopLab other;
  Ref<Task> stranger = other.start(holds(other, lock, "stranger", 0));
  run_until_complete(loop, lab.start(sleep(0)));  // "a" has it
  EXPECT_EQ(
      error_of([&] { run_until_complete(*other.loop, stranger); }),
      "RuntimeError('<asyncio.locks.Lock object at 0x7f0000000010 [locked]> is bound to a different event "
      "loop')");
}

TEST_F(Locks, Semaphores_hand_permits_over_in_order_S52) {
  const Ref<Semaphore> semaphore = make_ref<Semaphore>(lab.tracer, 2);
  for (const char* name : {"a", "b", "c", "d"}) lab.start(holds(lab, semaphore, name, 1));
  loop.call_soon([&] { lab.note(semaphore->state()); }, "look");
  run_all();
  EXPECT_THAT(lab.notes,
              ElementsAre("1 a has it", "1 b has it", "1 locked, waiters:2", "3 c has it", "3 d has it"));
  EXPECT_EQ(semaphore->state(), "unlocked, value:2");
}

TEST_F(Locks, A_semaphore_s_waiter_that_is_cancelled_with_its_permit_gives_it_to_the_next_S52) {
  const Ref<Semaphore> semaphore = make_ref<Semaphore>(lab.tracer, 0);
  const Ref<Task> a = lab.start(holds(lab, semaphore, "a", 0));
  lab.start(holds(lab, semaphore, "b", 0));
  loop.call_soon(
      [&] {
        semaphore->release();
        a->cancel();
      },
      "release and cancel");
  run_all();
  EXPECT_THAT(lab.notes, ElementsAre("2 a CancelledError()", "3 b has it"));
}

TEST_F(Locks, Bounded_semaphores_do_not_grow_and_none_begins_below_zero_S52) {
  const Ref<Semaphore> bounded = make_ref<Semaphore>(lab.tracer, 1, true);
  EXPECT_EQ(error_of([&] { bounded->release(); }), "ValueError('BoundedSemaphore released too many times')");
  EXPECT_EQ(error_of([&] { make_ref<Semaphore>(lab.tracer, -1); }),
            "ValueError('Semaphore initial value must be >= 0')");
}

Coroutine<> waits(LoopLab& lab, Ref<Event> event, std::string name) {
  co_await event->wait();
  lab.note(name + (event->is_set() ? " set" : " unset"));
}

TEST_F(Locks, An_event_wakes_all_and_a_clear_does_not_undo_that_S53) {
  const Ref<Event> event = make_ref<Event>(lab.tracer);
  lab.start(waits(lab, event, "a"));
  lab.start(waits(lab, event, "b"));
  loop.call_soon(
      [&] {
        lab.note(event->repr());
        event->set();
        event->clear();
      },
      "set and clear");
  run_all();
  EXPECT_THAT(lab.notes, ElementsAre("1 <asyncio.locks.Event object at 0x7f0000000010 [unset, waiters:2]>",
                                     "2 a unset", "2 b unset"));
}

Coroutine<> waits_for_news(LoopLab& lab, Ref<Condition> condition, std::string name, int steps) {
  co_await condition->acquire();
  std::exception_ptr error;
  try {
    co_await condition->wait();
    lab.note(name + " has news");
  } catch (const CoreError& e) {
    error = std::current_exception();
    lab.note(name + " " + e.repr() + (condition->locked() ? " locked" : ""));
  }
  for (int i = 0; i < steps; ++i) co_await Yield{};
  condition->release();
  if (error) std::rethrow_exception(error);
}

Coroutine<> tells_all(LoopLab& lab, Ref<Condition> condition) {
  co_await condition->acquire();
  condition->notify_all();
  lab.note("told");
  condition->release();
}

TEST_F(Locks, A_condition_s_waiters_take_the_lock_one_by_one_S54) {
  for (const int steps : {0, 1}) {
    lab.notes.clear();
    lab.sink.clear();
    const Ref<Condition> condition = make_ref<Condition>(lab.tracer);
    for (const char* name : {"a", "b", "c"}) lab.start(waits_for_news(lab, condition, name, steps));
    lab.start(tells_all(lab, condition));
    run_all();
    if (steps == 0)
      EXPECT_THAT(lab.notes, ElementsAre("1 told", "2 a has news", "2 b has news", "2 c has news"));
    else
      EXPECT_THAT(lab.notes, ElementsAre("1 told", "2 a has news", "4 b has news", "6 c has news"));
  }
}

TEST_F(Locks, A_condition_takes_its_lock_again_however_often_that_is_cancelled_S54) {
  const Ref<Condition> condition = make_ref<Condition>(lab.tracer);
  const Ref<Task> waiter = lab.start(waits_for_news(lab, condition, "a", 0));
  lab.start(holds(lab, condition->lock(), "holder", 5));
  for (const double when : {0.0, 0.0, 0.0})
    loop.call_later(
        when, [&] { waiter->cancel(); }, "cancel");
  run_all();
  EXPECT_THAT(lab.notes, ElementsAre("1 holder has it", "7 a CancelledError() locked"));
  EXPECT_TRUE(waiter->cancelled());
}

TEST_F(Locks, A_condition_wants_its_lock_held_S54) {
  const Ref<Condition> condition = make_ref<Condition>(lab.tracer);
  EXPECT_EQ(error_of([&] { condition->notify(); }), "RuntimeError('cannot notify on un-acquired lock')");
  EXPECT_EQ(error_of([&] { run_until_complete(loop, condition->wait()); }),
            "RuntimeError('cannot wait on un-acquired lock')");
}

Coroutine<> party(LoopLab& lab, Ref<Barrier> barrier, std::string name) {
  try {
    const std::int64_t index = co_await barrier->wait();
    lab.note(name + " " + std::to_string(index));
  } catch (const CoreError& error) {
    lab.note(name + " " + error.repr());
  }
}

TEST_F(Locks, The_last_to_come_opens_a_barrier_without_waiting_S55) {
  const Ref<Barrier> barrier = make_ref<Barrier>(lab.tracer, 3);
  for (const char* name : {"a", "b", "c", "d"}) lab.start(party(lab, barrier, name));
  loop.call_later(1, lab.stopping(), "stop");
  loop.run_forever();
  EXPECT_THAT(lab.notes, ElementsAre("1 c 2", "2 a 0", "2 b 1"));
  EXPECT_EQ(barrier->state(), "filling, waiters:1/3");
  EXPECT_THAT(lab.sink.texts_of({"task.suspended task=1"}),
              ElementsAre("task.suspended task=1 on=barrier:1(Barrier.wait) "
                          "stack=party>wait>wait_until_full>wait_for>wait"));
}

TEST_F(Locks, An_aborted_barrier_fails_those_who_wait_and_those_who_come_S55) {
  const Ref<Barrier> barrier = make_ref<Barrier>(lab.tracer, 3);
  lab.start(party(lab, barrier, "a"));
  lab.start(barrier->abort());
  lab.start(party(lab, barrier, "b"));
  run_all();
  EXPECT_THAT(lab.notes, ElementsAre("1 b BrokenBarrierError('Barrier aborted')",
                                     "2 a BrokenBarrierError('Abort or reset of barrier')"));
  EXPECT_TRUE(barrier->broken());
  EXPECT_EQ(error_of([&] { make_ref<Barrier>(lab.tracer, 0); }), "ValueError('parties must be > 0')");
}

TEST_F(Locks, What_waits_is_freed_with_the_loop) {
  const Ref<Lock> lock = make_ref<Lock>(lab.tracer);
  lab.start(holds(lab, lock, "a", 100));
  lab.start(holds(lab, lock, "b", 0));
  run_until_complete(loop, lab.start(sleep(0)));
  lab.loop.reset();
  EXPECT_EQ(lock->use_count(), 1u);
}

}  // namespace
}  // namespace loopscope::test

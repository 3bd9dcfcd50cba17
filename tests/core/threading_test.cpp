#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/world/thread.h"
#include "core/world/thread_queue.h"
#include "core/world/thread_sync.h"
#include "tests/support/loop_lab.h"

namespace loopscope::test {
namespace {

using testing::ElementsAre;
using threading::Queue;
using threading::QueueError;

class ThreadingTest : public testing::Test {
 protected:
  using Body = std::function<void()>;

  void note(const std::string& text) { notes.push_back(short_number(world.clock.now()) + " " + text); }
  void sleep(double seconds) { world.threads.sleep(seconds); }
  Ref<threading::Thread> thread(Body body, threading::ThreadOptions options = {}) {
    return make_ref<threading::Thread>(world, tracer, std::move(options), std::move(body));
  }
  Ref<threading::Thread> start(Body body) {
    const Ref<threading::Thread> made = thread(std::move(body));
    made->start();
    return made;
  }
  Queue& get_noting(Queue& queue, const std::string& who) {
    note(who + " " + queue.get().repr());
    return queue;
  }

  RecordingSink sink;
  Tracer tracer{&sink};
  Budget budget;
  Notes notes;
  VirtualWorld virtual_world{tracer, budget};
  World world = virtual_world.world();
};

TEST_F(ThreadingTest, Threads_are_named_by_one_counter_unless_they_are_given_a_name) {
  EXPECT_EQ(thread({})->name(), "Thread-1");
  EXPECT_EQ(thread({}, {.target_name = "fetch"})->name(), "Thread-2 (fetch)");
  EXPECT_EQ(thread({}, {.name = "worker"})->name(), "worker");
  EXPECT_EQ(thread({})->name(), "Thread-3");
}

TEST_F(ThreadingTest, A_thread_is_alive_from_its_start_to_its_end) {
  const auto child = thread([&] { sleep(2); });
  EXPECT_FALSE(child->is_alive());
  child->start();
  EXPECT_TRUE(child->is_alive());
  child->join(0.5);
  EXPECT_TRUE(child->is_alive());
  child->join(-1);
  EXPECT_EQ(world.clock.now(), 0.5);
  child->join();
  EXPECT_FALSE(child->is_alive());
  EXPECT_EQ(world.clock.now(), 2);
  child->join();
}

TEST_F(ThreadingTest, Misuse_of_a_thread_gives_the_errors_of_CPython) {
  const auto child = start([&] {
    note(error_of([&] {
      note("unreached");
      throw CoreError(CoreError::Type::RuntimeError, "x");
    }));
  });
  EXPECT_EQ(error_of([&] { child->start(); }), "RuntimeError('threads can only be started once')");
  EXPECT_EQ(error_of([&] { child->set_daemon(true); }),
            "RuntimeError('cannot set daemon status of active thread')");
  EXPECT_EQ(error_of([&] { thread({})->join(); }), "RuntimeError('cannot join thread before it is started')");
  threading::Thread* self = nullptr;
  std::string message;
  const auto own = thread([&] { message = error_of([&] { self->join(); }); });
  self = own.get();
  own->start();
  own->join();
  EXPECT_EQ(message, "RuntimeError('cannot join current thread')");
}

TEST_F(ThreadingTest, An_exception_ends_its_thread_alone_and_is_reported_there) {
  std::vector<std::string> reported;
  threading::ThreadOptions options{.name = "bad"};
  options.on_error = [&](const std::exception_ptr& error) { reported.push_back(repr_of(error)); };
  const auto bad = thread([] { throw CoreError(CoreError::Type::ValueError, "no"); }, options);
  bad->start();
  const auto leaving = thread([] { throw CoreError(CoreError::Type::SystemExit); }, options);
  leaving->start();
  bad->join();
  leaving->join();
  EXPECT_THAT(reported, ElementsAre("ValueError('no')"));
  EXPECT_THAT(sink.texts_of({"error"}), ElementsAre("error text=Exception in thread bad: ValueError: no"));
}

TEST_F(ThreadingTest, The_end_of_the_program_waits_for_threads_that_are_no_daemons) {
  start([&] {
    sleep(1);
    start([&] {
      sleep(1);
      note("grandchild");
    });
  });
  const auto daemon = thread(
      [&] {
        sleep(9);
        note("not reached");
      },
      {.daemon = true});
  daemon->start();
  threading::shutdown(world);
  note("over");
  EXPECT_THAT(notes, ElementsAre("2 grandchild", "2 over"));
}

TEST_F(ThreadingTest, A_lock_goes_to_the_waiting_thread_with_the_lowest_id) {
  threading::Lock lock(world);
  lock.acquire();
  std::vector<Ref<threading::Thread>> threads;
  for (const double delay : {0.3, 0.2, 0.1})
    threads.push_back(start([&, delay] {
      sleep(delay);
      lock.acquire();
      note("thread " + std::to_string(world.threads.current().id.value));
      sleep(1);
      lock.release();
    }));
  sleep(1);
  EXPECT_FALSE(lock.acquire(false));
  lock.release();
  EXPECT_TRUE(lock.acquire());  // who comes while it is free has it
  lock.release();
  for (const auto& t : threads) t->join();
  EXPECT_THAT(notes, ElementsAre("1 thread 2", "2 thread 3", "3 thread 4"));
  EXPECT_EQ(error_of([&] { lock.release(); }), "RuntimeError('release unlocked lock')");
}

TEST_F(ThreadingTest, A_lock_that_is_not_had_in_time_is_not_had) {
  threading::Lock lock(world);
  lock.acquire();
  EXPECT_FALSE(lock.acquire(true, 0.5));
  EXPECT_EQ(world.clock.now(), 0.5);
}

TEST_F(ThreadingTest, An_event_wakes_all_that_wait_even_when_it_is_cleared_at_once) {
  threading::Event event(world);
  const auto waiter = [&](std::string name) {
    return [&, name] {
      note(name + (event.wait() ? " woken" : " not"));
      note(name + (event.wait(0.5) ? " woken" : " not"));
    };
  };
  const auto a = start(waiter("a")), b = start(waiter("b"));
  sleep(1);
  event.set();
  event.clear();
  a->join();
  b->join();
  EXPECT_FALSE(event.wait(0));
  event.set();
  EXPECT_TRUE(event.wait(0));
  EXPECT_THAT(notes, ElementsAre("1 a woken", "1 b woken", "1.5 a not", "1.5 b not"));
}

TEST_F(ThreadingTest, A_bounded_queue_makes_producers_wait_for_room) {
  Queue queue(world, 1);
  const auto producer = start([&] {
    for (int i = 1; i <= 3; ++i) {
      queue.put(i);
      note("put " + std::to_string(i));
    }
  });
  sleep(1);
  EXPECT_TRUE(queue.full());
  for (int i = 0; i < 3; ++i) {
    get_noting(queue, "got");
    sleep(1);
  }
  producer->join();
  EXPECT_THAT(notes, ElementsAre("0 put 1", "1 got 1", "1 put 2", "2 got 2", "2 put 3", "3 got 3"));
}

TEST_F(ThreadingTest, A_queue_gives_up_in_time_and_never_waits_when_told_so) {
  Queue queue(world, 1);
  EXPECT_EQ(error_of([&] { queue.get(false); }), "Empty()");
  EXPECT_EQ(error_of([&] { queue.get(true, 0.5); }), "Empty()");
  EXPECT_EQ(world.clock.now(), 0.5);
  queue.put("x");
  EXPECT_EQ(error_of([&] { queue.put("y", false); }), "Full()");
  EXPECT_EQ(error_of([&] { queue.put("y", true, 0.25); }), "Full()");
  EXPECT_EQ(world.clock.now(), 0.75);
  EXPECT_EQ(error_of([&] { queue.put("y", true, -1); }),
            "ValueError(\"'timeout' must be a non-negative number\")");
}

TEST_F(ThreadingTest, A_queues_join_waits_until_every_item_is_done) {
  Queue queue(world);
  const auto worker = start([&] {
    for (int i = 0; i < 2; ++i) {
      queue.get();
      sleep(1);
      queue.task_done();
    }
  });
  queue.put(1);
  queue.put(2);
  queue.join();
  EXPECT_EQ(world.clock.now(), 2);
  EXPECT_EQ(error_of([&] { queue.task_done(); }), "ValueError('task_done() called too many times')");
}

}  // namespace
}  // namespace loopscope::test

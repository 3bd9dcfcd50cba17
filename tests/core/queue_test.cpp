// Queues and as_completed. Expected iterations are CPython's.
#include "core/sync/queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/sync/as_completed.h"
#include "tests/support/loop_lab.h"

namespace loopscope::test {
namespace {

using testing::ElementsAre;

class Queues : public testing::Test {
 protected:
  LoopLab lab;
  EventLoop& loop = *lab.loop;

  void run_for(double seconds) {
    loop.call_later(seconds, lab.stopping(), "stop");
    loop.run_forever();
  }
};
using AsCompletedTest = Queues;

Coroutine<> gets(LoopLab& lab, Ref<Queue> queue, std::string name) {
  try {
    AnyValue item = co_await queue->get();
    lab.note(name + " got " + item.repr());
  } catch (const CoreError& error) {
    lab.note(name + " " + error.repr());
    throw;
  }
}

Coroutine<> puts(LoopLab& lab, Ref<Queue> queue, int item) {
  co_await queue->put(item);
  lab.note("put " + std::to_string(item));
}

TEST_F(Queues, A_put_wakes_one_getter_who_takes_the_item_when_it_runs_S56) {
  const Ref<Queue> queue = make_ref<Queue>(lab.tracer);
  for (const char* name : {"a", "b"}) lab.start(gets(lab, queue, name));
  loop.call_soon(
      [&] {
        lab.note(queue->repr());
        queue->put_nowait(1);
        lab.note(queue->repr());
      },
      "put");
  run_for(1);
  EXPECT_THAT(lab.notes, ElementsAre("1 <Queue at 0x7f0000000010 maxsize=0 _getters[2]>",
                                     "1 <Queue at 0x7f0000000010 maxsize=0 _queue=[1] _getters[1] tasks=1>",
                                     "2 a got 1"));
  EXPECT_THAT(lab.sink.texts_of({"task.suspended task=1"}),
              ElementsAre("task.suspended task=1 on=queue:1(Queue.get) stack=gets>get"));
}

TEST_F(Queues, A_woken_getter_whose_item_was_taken_waits_again_behind_the_others_S56) {
  const Ref<Queue> queue = make_ref<Queue>(lab.tracer);
  for (const char* name : {"a", "b"}) lab.start(gets(lab, queue, name));
  loop.call_soon(
      [&] {
        queue->put_nowait(1);
        lab.note("stolen " + queue->get_nowait().repr());
      },
      "steal");
  loop.call_later(
      1, [&] { queue->put_nowait(2); }, "put");
  run_for(2);
  EXPECT_THAT(lab.notes, ElementsAre("1 stolen 1", "4 b got 2"));
}

TEST_F(Queues, A_getter_cancelled_after_its_wake_up_passes_it_on_S56) {
  const Ref<Queue> queue = make_ref<Queue>(lab.tracer);
  const Ref<Task> a = lab.start(gets(lab, queue, "a"));
  lab.start(gets(lab, queue, "b"));
  loop.call_soon(
      [&] {
        queue->put_nowait(1);
        a->cancel();
      },
      "put and cancel");
  run_for(1);
  EXPECT_THAT(lab.notes, ElementsAre("2 a CancelledError()", "3 b got 1"));
}

TEST_F(Queues, A_full_queue_lets_putters_in_one_by_one_S56) {
  const Ref<Queue> queue = make_ref<Queue>(lab.tracer, 1);
  for (const int item : {1, 2, 3}) lab.start(puts(lab, queue, item));
  loop.call_soon(
      [&] {
        EXPECT_TRUE(queue->full());
        EXPECT_EQ(error_of([&] { queue->put_nowait(9); }), "QueueFull()");
        queue->get_nowait();
      },
      "get");
  run_for(1);
  EXPECT_THAT(lab.notes, ElementsAre("1 put 1", "2 put 2"));
  EXPECT_EQ(queue->state(), " _putters[1] tasks=2");
}

Coroutine<> joins(LoopLab& lab, Ref<Queue> queue) {
  co_await queue->join();
  lab.note("joined");
}

TEST_F(Queues, Join_waits_until_every_item_was_reported_done_S56) {
  const Ref<Queue> queue = make_ref<Queue>(lab.tracer);
  queue->put_nowait(1);
  queue->put_nowait(2);
  lab.start(joins(lab, queue));
  queue->task_done();
  loop.call_later(
      1, [&] { queue->task_done(); }, "done");
  run_for(2);
  EXPECT_THAT(lab.notes, ElementsAre("3 joined"));
  EXPECT_EQ(error_of([&] { queue->task_done(); }), "ValueError('task_done() called too many times')");
  EXPECT_THAT(lab.sink.texts_of({"task.suspended"}),
              ElementsAre("task.suspended task=1 on=queue:1(Queue.join) stack=joins>join>wait"));
}

std::string drained(Queue& queue) {
  std::string text;
  while (!queue.empty()) text += queue.get_nowait().repr() + " ";
  return text;
}

bool int_less(const AnyValue& a, const AnyValue& b) { return *a.get_if<int>() < *b.get_if<int>(); }

TEST_F(Queues, The_last_in_is_the_first_out_of_a_lifo_queue_S57) {
  const Ref<Queue> queue = make_ref<Queue>(lab.tracer, 0, Queue::Order::lifo);
  for (const int item : {1, 2, 3}) queue->put_nowait(item);
  EXPECT_EQ(drained(*queue), "3 2 1 ");
  EXPECT_EQ(error_of([&] { queue->get_nowait(); }), "QueueEmpty()");
}

TEST_F(Queues, A_priority_queue_is_heapq_S57) {
  const Ref<Queue> queue = make_ref<Queue>(lab.tracer, 0, Queue::Order::priority, int_less);
  for (const int item : {5, 1, 4, 1, 3, 9, 2, 6}) queue->put_nowait(item);
  EXPECT_EQ(queue->repr(),
            "<PriorityQueue at 0x7f0000000010 maxsize=0 _queue=[1, 1, 2, 5, 3, 9, 4, 6] tasks=8>");
  EXPECT_EQ(drained(*queue), "1 1 2 3 4 5 6 9 ");
}

TEST_F(Queues, A_comparison_that_fails_leaves_the_item_in_the_heap_S57) {
  const Ref<Queue> queue =
      make_ref<Queue>(lab.tracer, 0, Queue::Order::priority, [](const AnyValue&, const AnyValue&) -> bool {
        throw CoreError(CoreError::Type::TypeError, "no order");
      });
  queue->put_nowait(1);
  EXPECT_EQ(error_of([&] { queue->put_nowait(2); }), "TypeError('no order')");
  EXPECT_EQ(queue->qsize(), 2u);
  EXPECT_EQ(queue->state(), " tasks=1");
}

// --- as_completed

Coroutine<std::string> named(std::string name, double delay) {
  co_await sleep(delay);
  co_return name;
}

Coroutine<> takes_all(LoopLab& lab, Ref<AsCompleted> completed) {
  for (std::size_t i = 0; i < completed->count(); ++i) {
    try {
      AnyValue result = co_await completed->next();
      lab.note(result.repr());
    } catch (const CoreError& error) {
      lab.note(error.repr());
    }
  }
}

TEST_F(AsCompletedTest, Gives_results_in_order_of_their_ends_S49) {
  const Ref<Task> twice = lab.start(named("a", 2));
  const std::vector<Ref<Future>> futures{twice, lab.start(named("b", 1)), twice};
  run_until_complete(loop, takes_all(lab, AsCompleted::start(loop, futures)));
  EXPECT_THAT(lab.notes, ElementsAre("5 'b'", "9 'a'"));
  EXPECT_THAT(lab.sink.texts_of({"task.suspended task=3"}),
              ElementsAre("task.suspended task=3 on=as_completed:3 stack=takes_all>wait_for_one>get",
                          "task.suspended task=3 on=as_completed:4 stack=takes_all>wait_for_one>get"));
}

TEST_F(AsCompletedTest, Gives_TimeoutError_for_each_that_is_late_S49) {
  const std::vector<Ref<Future>> futures{lab.start(named("a", 1)), lab.start(named("b", 5)),
                                         lab.start(named("c", 5))};
  run_until_complete(loop, takes_all(lab, AsCompleted::start(loop, futures, 2)));
  EXPECT_THAT(lab.notes, ElementsAre("5 'a'", "7 TimeoutError()", "7 TimeoutError()"));
  EXPECT_FALSE(futures[1]->done());
}

}  // namespace
}  // namespace loopscope::test

// Timers of one loop: the order of ties, and when cancelled ones are removed.
#include "core/loop/timer_heap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <numeric>

#include "tests/support/loop_lab.h"

namespace loopscope::test {
namespace {

using testing::ElementsAre;

/// In which order `count` equal timers run, when one more of the same deadline stops the loop.
std::vector<std::string> order_of_equal_timers(int count) {
  LoopLab lab;
  for (int i = 0; i < count; ++i) {
    const std::string name = std::to_string(i);
    lab.loop->call_at(
        1, [&lab, name] { lab.notes.push_back(name); }, name);
  }
  lab.loop->call_at(1, lab.stopping(), "stop");
  lab.loop->run_forever();
  return lab.notes;
}

TEST(TimerHeap, Equal_deadlines_leave_in_heapq_order_S11) {
  EXPECT_THAT(order_of_equal_timers(2), ElementsAre("0", "1"));
  EXPECT_THAT(order_of_equal_timers(3), ElementsAre("0", "2", "1"));
  EXPECT_THAT(order_of_equal_timers(4), ElementsAre("0", "2", "1", "3"));
  EXPECT_THAT(order_of_equal_timers(5), ElementsAre("0", "2", "4", "1", "3"));
  EXPECT_THAT(order_of_equal_timers(6), ElementsAre("0", "2", "5", "4", "1", "3"));
  EXPECT_THAT(order_of_equal_timers(7), ElementsAre("0", "2", "6", "5", "4", "1", "3"));
  EXPECT_THAT(order_of_equal_timers(8), ElementsAre("0", "2", "6", "5", "7", "4", "1", "3"));
}

/// What one iteration leaves of `total` timers, the last `cancelled` of which are cancelled.
struct Left {
  std::size_t timers;
  bool bulk;
};
Left after_one_iteration(int total, int cancelled) {
  LoopLab lab;
  std::vector<Ref<Handle>> timers;
  for (int i = 0; i < total; ++i)
    timers.push_back(lab.loop->call_at(
        10 + i, [] {}, "timer"));
  for (int i = total - cancelled; i < total; ++i) timers[static_cast<std::size_t>(i)]->cancel();
  lab.sink.clear();
  lab.loop->stop();
  lab.loop->run_forever();
  const std::size_t purged = lab.sink.count("timer.purged");
  return {static_cast<std::size_t>(total) - purged, purged > 0};
}

TEST(TimerHeap, Cancelled_timers_are_purged_when_they_are_over_half_of_over_a_hundred_S2) {
  struct {
    int total, cancelled;
    std::size_t left;
    bool bulk;
  } const kTable[] = {{100, 51, 100, false}, {101, 50, 101, false}, {101, 51, 50, true},
                      {102, 51, 102, false}, {102, 52, 50, true},   {200, 100, 200, false},
                      {200, 101, 99, true}};
  for (const auto& row : kTable) {
    const Left left = after_one_iteration(row.total, row.cancelled);
    EXPECT_EQ(left.timers, row.left) << row.total << "/" << row.cancelled;
    EXPECT_EQ(left.bulk, row.bulk) << row.total << "/" << row.cancelled;
  }
}

TEST(TimerHeap, A_bulk_purge_is_told_directly_after_the_iterations_begin_and_counted_at_its_end_S2) {
  LoopLab lab;
  std::vector<Ref<Handle>> timers;
  for (int i = 0; i < 101; ++i)
    timers.push_back(lab.loop->call_at(
        10 + i, [] {}, "timer"));
  for (int i = 50; i < 101; ++i) timers[static_cast<std::size_t>(i)]->cancel();
  lab.loop->stop();
  lab.sink.clear();
  lab.loop->run_forever();
  const std::vector<std::string> all = lab.sink.texts();
  EXPECT_EQ(all[1], "iteration.begin n=1");
  EXPECT_EQ(all[2], "timer.purged handle=52 bulk=true");
  EXPECT_EQ(all[52], "timer.purged handle=102 bulk=true");
  EXPECT_EQ(all[53], "select.begin timeout=0");
  EXPECT_THAT(lab.sink.texts_of({"timers.end"}), ElementsAre("timers.end promoted=0 purged=51"));
}

TEST(TimerHeap, A_bulk_purge_heapifies_what_is_left_so_that_ties_change_order_S2) {
  LoopLab lab;
  std::vector<Ref<Handle>> timers;
  for (int i = 0; i < 110; ++i) {
    const std::string name = std::to_string(i);
    timers.push_back(lab.loop->call_at(
        10, [&lab, name] { lab.notes.push_back(name); }, name));
  }
  for (std::size_t i = 0; i < 110; i += 2) timers[i]->cancel();
  timers[1]->cancel();
  lab.loop->call_at(10, lab.stopping(), "stop");
  lab.loop->run_forever();
  EXPECT_EQ(lab.notes.size(), 54u);
  lab.notes.resize(20);
  EXPECT_THAT(lab.notes, ElementsAre("63", "31", "15", "7", "3", "13", "109", "53", "105", "25", "101", "49",
                                     "97", "5", "93", "45", "89", "21", "85", "41"));
}

TEST(TimerHeap, Otherwise_cancelled_timers_go_only_from_the_head_S3) {
  LoopLab lab;
  std::vector<Ref<Handle>> timers;
  for (int i = 0; i < 5; ++i)
    timers.push_back(lab.loop->call_at(
        10 + i, [] {}, "timer"));
  for (const std::size_t i : {0, 1, 3}) timers[i]->cancel();
  lab.loop->stop();
  lab.loop->run_forever();
  EXPECT_THAT(lab.sink.texts_of({"timer.purged"}),
              ElementsAre("timer.purged handle=2 bulk=false", "timer.purged handle=3 bulk=false"));
}

TEST(TimerHeap, Counts_cancelled_timers_as_CPython_does_leak_included_S14) {
  LoopLab lab;
  TimerHeap heap;
  // Handles come from a loop; here they live in a heap of their own.
  std::vector<Ref<Handle>> timers;
  for (int i = 0; i < 3; ++i)
    timers.push_back(lab.loop->call_at(
        1, [] {}, "timer"));
  for (const Ref<Handle>& timer : timers) heap.push(timer);
  timers[2]->cancel();
  heap.count_cancelled();
  EXPECT_TRUE(heap.purge_cancelled().timers.empty());  // not at the head
  EXPECT_EQ(heap.cancelled_count(), 1);
  while (heap.pop_due(2)) {
  }
  EXPECT_TRUE(heap.empty());
  EXPECT_EQ(heap.cancelled_count(), 1);  // it fell due: it stays counted
}

TEST(TimerHeap, A_cancelled_timer_that_fell_due_moves_a_later_bulk_purge_S14) {
  const auto purged_after = [](int leaked) {
    LoopLab lab;
    std::vector<Ref<Handle>> due;
    lab.loop->call_at(
        1, [] {}, "head");
    for (int i = 0; i < leaked; ++i)
      due.push_back(lab.loop->call_at(
          1, [] {}, "due"));
    for (const Ref<Handle>& timer : due) timer->cancel();
    lab.loop->call_at(1, lab.stopping(), "stop");
    lab.loop->run_forever();
    std::vector<Ref<Handle>> timers;
    for (int i = 0; i < 101; ++i)
      timers.push_back(lab.loop->call_at(
          100 + i, [] {}, "timer"));
    for (std::size_t i = 51; i < 101; ++i) timers[i]->cancel();  // 50 of 101: not enough by themselves
    lab.loop->stop();
    lab.sink.clear();
    lab.loop->run_forever();
    return lab.sink.count("timer.purged");
  };
  EXPECT_EQ(purged_after(0), 0u);
  EXPECT_EQ(purged_after(1), 50u);
}

}  // namespace
}  // namespace loopscope::test

// Long work: its words, its card, and how it is stopped.
#include "viz/model/work.h"

#include <atomic>
#include <chrono>
#include <gtest/gtest.h>

#include "tests/traces/trace_script.h"
#include "tests/viz/headless.h"
#include "viz/model/background.h"

namespace loopscope::viz {
namespace {

TEST(Work, Says_what_it_is_and_how_far_it_has_come) {
  EXPECT_EQ(title_of({Work::Kind::reading, "big.trace.jsonl"}), "Reading big.trace.jsonl");
  EXPECT_EQ(title_of({Work::Kind::running, "lifecycle"}), "Running lifecycle");
  EXPECT_EQ(detail_of({Work::Kind::reading, "a", 512'000, 0.62F}), "62 % · 512 000 events");
  EXPECT_EQ(detail_of({Work::Kind::running, "a", 1'000}), "1 000 events");
  EXPECT_EQ(detail_of({Work::Kind::reading, "a", 0, 2}), "100 %");
  EXPECT_EQ(detail_of({Work::Kind::running, "a"}), "");
}

TEST(Work, Stands_over_the_run_until_it_is_done) {
  HeadlessDriver driver(traces::test::lifecycle());
  driver.frame(2);
  const int without = driver.vertices();
  driver.session.shown.work = Work{Work::Kind::reading, "big", 5, 0.4F};
  driver.frame(2);
  EXPECT_GT(driver.vertices(), without);
  EXPECT_TRUE(driver.frames.expects_more());
  driver.session.shown.work.reset();
  driver.frame(2);
  EXPECT_EQ(driver.vertices(), without);
}

TEST(Work, Is_stopped_by_its_key_by_Escape_and_by_a_click) {
  HeadlessDriver driver(traces::test::lifecycle());
  driver.session.shown.work = Work{Work::Kind::running, "long", 5};
  driver.frame(2);
  driver.press(typed(U'.', true));
  EXPECT_EQ(driver.session.cancels, 1);
  driver.press({.key = KeyName::escape});
  EXPECT_EQ(driver.session.cancels, 2);
  const Layout layout = driver.layout();
  driver.click({layout.window.w / 2 + 280 - 14 - 20, layout.loop.y + 44 + 20});
  EXPECT_EQ(driver.session.cancels, 3);
}

TEST(Work, Escape_closes_what_is_open_before_it_stops_anything) {
  HeadlessDriver driver(traces::test::lifecycle());
  driver.session.shown.work = Work{Work::Kind::running, "long", 5};
  driver.type(U'?');
  driver.press({.key = KeyName::escape});
  EXPECT_FALSE(driver.viewer.view().help_open);
  EXPECT_EQ(driver.session.cancels, 0);
}

TEST(Work, Can_be_stopped_while_there_is_nothing_else_to_show) {
  HeadlessDriver driver(nullptr);
  driver.session.shown.notice = Notice{"Opening big", "", Notice::Kind::busy};
  driver.session.shown.work = Work{Work::Kind::reading, "big", 5, 0.4F};
  driver.frame(2);
  EXPECT_GT(driver.vertices(), 0);
  driver.press({.key = KeyName::escape});
  EXPECT_EQ(driver.session.cancels, 1);
}

TEST(Background, Gives_its_answer_once) {
  Background<int> work;
  EXPECT_FALSE(work.running());
  work.start([](const std::atomic<bool>&) { return 7; });
  while (!work.ready()) std::this_thread::yield();
  EXPECT_EQ(work.take(), 7);
  EXPECT_EQ(work.take(), std::nullopt);
  EXPECT_FALSE(work.running());
}

TEST(Background, Is_told_to_stop_when_another_question_comes_or_nobody_asks_any_more) {
  std::atomic<int> stopped{0};
  const auto waits = [&stopped](const std::atomic<bool>& stop) {
    while (!stop) std::this_thread::yield();
    return ++stopped;
  };
  {
    Background<int> work;
    work.start(waits);
    work.start(waits);
    EXPECT_EQ(stopped, 1);
    EXPECT_EQ(work.take(), std::nullopt);
  }
  EXPECT_EQ(stopped, 2);
}

}  // namespace
}  // namespace loopscope::viz

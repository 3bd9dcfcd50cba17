// The panels beside the loop, the prompt and the timeline's range, driven headless.
#include <gmock/gmock.h>

#include "tests/traces/trace_script.h"
#include "tests/viz/headless.h"
#include "viz/model/answers.h"

namespace loopscope::viz {
namespace {

using testing::SizeIs;

TEST(WhyPanel, A_click_on_a_task_in_the_chain_selects_it) {
  HeadlessDriver driver(traces::test::lifecycle());
  driver.viewer.apply(command::Select{{Selection::Kind::task, 1}});
  driver.viewer.apply(command::Seek{60});
  driver.frame(2);
  const Rect why = driver.layout().why;
  ASSERT_FALSE(why.empty());
  driver.click({why.x + 100, why.y + 36 + 8 + 42 + 12});  // the second node: main waits for A
  EXPECT_EQ(driver.viewer.view().selection, (Selection{Selection::Kind::task, 2}));
}

TEST(WhyPanel, Go_there_leads_to_where_the_task_runs_again) {
  const auto store = traces::test::lifecycle();
  HeadlessDriver driver(store);
  driver.viewer.apply(command::Select{{Selection::Kind::task, 2}});
  driver.viewer.apply(command::Seek{60});
  driver.frame(2);
  const Rect why = driver.layout().why;
  const auto target = store->run(TaskId{2}, 1).begin;
  for (float y = why.y + 60; y < why.bottom() && driver.viewer.cursor() == 60; y += 8)
    driver.click({why.right() - 40, y});
  EXPECT_EQ(driver.viewer.cursor(), target);
}

TEST(WhyPanel, Tells_how_a_task_ended_where_nothing_waits_any_more) {
  const auto store = traces::test::lifecycle();
  HeadlessDriver driver(store);
  driver.viewer.apply(command::Seek{store->size() - 1});  // no event before told of a task
  driver.frame(2);
  EXPECT_EQ(
      answers(driver.viewer.view()).why_task(driver.viewer.frame(1600, 1000, 1, 0), driver.viewer.view()),
      TaskId{1});
}

TEST(FindingsPanel, A_click_goes_to_the_place_and_opens_the_finding) {
  const auto store = sample_trace();
  auto busy = std::make_shared<traces::TraceStore>();
  traces::test::TraceScript s(*busy);
  s.start();
  s.queue("crunch");
  s.iterate([&](HandleId) { s.tracer.advance_to(500'000'000); });
  busy->finish();
  HeadlessDriver driver(busy);
  const Rect findings = driver.layout().findings;
  driver.click({findings.x + 100, findings.y + 36 + 20});
  EXPECT_EQ(driver.viewer.view().finding, 0u);
  EXPECT_EQ(busy->event(driver.viewer.cursor()).kind, EventKind::handle_begin);
}

TEST(SideTabs, Share_one_panel_in_the_small_layout) {
  HeadlessDriver driver(traces::test::lifecycle(), 1280, 720);
  const Layout layout = driver.layout();
  EXPECT_TRUE(layout.side_tabs);
  EXPECT_TRUE(layout.why.empty());
  driver.click({layout.tasks.x + 90, layout.tasks.y + 18});
  EXPECT_EQ(driver.viewer.view().side_tab, 1);
  driver.click({layout.tasks.x + 130, layout.tasks.y + 18});
  EXPECT_EQ(driver.viewer.view().side_tab, kAwaitTab);
  driver.click({layout.tasks.right() - 50, layout.tasks.y + 18});
  EXPECT_EQ(driver.viewer.view().side_tab, kFindingsTab);
  driver.type(U'u');
  EXPECT_EQ(driver.viewer.view().side_tab, kAwaitTab);
  driver.type(U'u');
  EXPECT_EQ(driver.viewer.view().side_tab, kWhyTab);
}

TEST(AwaitTreePanel, Takes_the_place_of_why_by_key_or_click_and_selects_the_task_of_a_row) {
  HeadlessDriver driver(traces::test::lifecycle());
  driver.viewer.apply(command::Seek{60});
  driver.type(U'u');
  EXPECT_TRUE(driver.viewer.view().await.shown);
  const Rect why = driver.layout().why;
  driver.click({why.x + 80, why.y + 36 + 4 + 25 * 2 + 12});  // main, its frame, A
  EXPECT_EQ(driver.viewer.view().selection, (Selection{Selection::Kind::task, 2}));
  driver.click({why.right() - 20, why.y + 18});
  EXPECT_FALSE(driver.viewer.view().await.shown);
}

TEST(AwaitTreePanel, Draws_at_every_event_with_and_without_tasks) {
  const auto store = traces::test::lifecycle();
  for (const Vec2 size : {Vec2{1600, 1000}, Vec2{1280, 720}}) {
    HeadlessDriver driver(store, size.x, size.y);
    driver.type(U'u');
    for (EventIndex i = 0; i < store->size(); ++i) {
      driver.viewer.apply(command::Seek{i});
      driver.frame();
      EXPECT_GT(driver.vertices(), 0);
    }
  }
}

TEST(Program, A_click_left_of_a_line_number_sets_a_breakpoint_and_a_second_one_removes_it) {
  HeadlessDriver driver(traces::test::lifecycle());
  const Rect program = driver.layout().program;
  const Vec2 gutter{program.x + 10, program.y + 36 + 5 * 22 + 11};
  driver.click(gutter);
  ASSERT_THAT(driver.viewer.view().breakpoints, SizeIs(1));
  EXPECT_EQ(driver.viewer.view().breakpoints[0].line, 6u);
  driver.click(gutter);
  EXPECT_THAT(driver.viewer.view().breakpoints, SizeIs(0));
}

TEST(Prompt, Typed_keys_are_text_while_it_is_open_and_commands_after) {
  HeadlessDriver driver(traces::test::lifecycle());
  driver.type(U'/');
  for (const char32_t c : U"xyz")
    if (c != 0) driver.type(c);
  EXPECT_EQ(driver.viewer.view().prompt->text(), "xyz");
  EXPECT_EQ(driver.viewer.view().axis, AxisKind::steps);
  driver.press({.key = KeyName::escape});
  driver.type(U'x');
  EXPECT_EQ(driver.viewer.view().axis, AxisKind::clock);
}

TEST(Prompt, A_click_chooses_and_a_click_outside_closes) {
  HeadlessDriver driver(traces::test::lifecycle());
  driver.press(typed(U'p', true));
  EXPECT_TRUE(driver.viewer.takes_text());
  driver.click({800, 140 + 8 + 40 + 24 + 20});  // the first row: Play
  EXPECT_TRUE(driver.viewer.view().playing);
  driver.press(typed(U'p', true));
  driver.click({20, 500});
  EXPECT_FALSE(driver.viewer.takes_text());
}

TEST(Bookmarks, Are_handed_to_the_session_to_keep) {
  HeadlessDriver driver(traces::test::lifecycle());
  driver.type(U'm');
  driver.type(U'h');
  driver.type(U'i');
  driver.press({.key = KeyName::enter});
  ASSERT_THAT(driver.session.kept, SizeIs(1));
  EXPECT_EQ(driver.session.kept[0], (Bookmark{0, "hi"}));
}

}  // namespace
}  // namespace loopscope::viz

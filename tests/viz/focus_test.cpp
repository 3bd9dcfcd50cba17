// The keyboard's way through the panels: Tab, the arrows, Enter.
#include <gtest/gtest.h>

#include "tests/traces/trace_script.h"
#include "tests/viz/busy_trace.h"
#include "tests/viz/headless.h"
#include "viz/model/lane_list.h"
#include "viz/model/timeline_model.h"

namespace loopscope::viz {
namespace {

constexpr KeyPress kTab{.key = KeyName::tab}, kDown{.key = KeyName::down}, kUp{.key = KeyName::up},
    kEnter{.key = KeyName::enter}, kEscape{.key = KeyName::escape};

/// Tabs to `stop`.
void tab_to(HeadlessDriver& driver, FocusStop stop) {
  for (int i = 0; i < 9 && driver.viewer.view().focus.stop != stop; ++i) driver.press(kTab);
  ASSERT_EQ(driver.viewer.view().focus.stop, stop);
  driver.frame();
}

TEST(Focus, Tab_goes_round_all_panels_and_shift_tab_back_in_every_layout) {
  for (const auto& [w, h] : {std::pair{1600.0F, 1000.0F}, {1280.0F, 720.0F}, {900.0F, 600.0F}}) {
    HeadlessDriver driver(sample_trace(), w, h);
    std::vector<FocusStop> seen;
    for (int i = 0; i < 8; ++i) {
      driver.press(kTab);
      seen.push_back(driver.viewer.view().focus.stop);
    }
    EXPECT_EQ(seen,
              (std::vector{FocusStop::program, FocusStop::output, FocusStop::loop, FocusStop::tasks,
                           FocusStop::why, FocusStop::awaits, FocusStop::findings, FocusStop::timeline}));
    driver.press({.key = KeyName::tab, .shift = true});
    EXPECT_EQ(driver.viewer.view().focus.stop, FocusStop::findings);
    driver.press(kEscape);
    EXPECT_EQ(driver.viewer.view().focus.stop, FocusStop::none);
  }
}

TEST(Focus, Of_a_tab_shows_it) {
  HeadlessDriver driver(sample_trace(), 1280, 720);
  tab_to(driver, FocusStop::output);
  EXPECT_EQ(driver.viewer.view().program_tab, ProgramTab::output);
  tab_to(driver, FocusStop::findings);
  EXPECT_EQ(driver.viewer.view().side_tab, kFindingsTab);
}

TEST(Focus, In_the_listing_selects_lines_and_Enter_runs_to_one) {
  HeadlessDriver driver;
  tab_to(driver, FocusStop::program);
  driver.viewer.apply(command::MoveRow{4});
  driver.frame();
  const Selection line = driver.viewer.view().selection;
  ASSERT_EQ(line.kind, Selection::Kind::line);
  driver.press(kEnter);
  const EventIndex there = driver.viewer.cursor();
  EXPECT_EQ(driver.viewer.store().state_at(there).line, line.id);
  EXPECT_GT(there, 0U);
}

TEST(Focus, In_the_output_goes_to_where_a_line_was_printed) {
  HeadlessDriver driver;
  driver.press({.key = KeyName::end});
  tab_to(driver, FocusStop::output);
  const std::size_t last = *driver.viewer.view().focus.row;
  driver.press(kUp);
  EXPECT_EQ(driver.viewer.view().focus.row, last - 1);
  driver.press(kEnter);
  EXPECT_EQ(driver.viewer.store().event(driver.viewer.cursor()).kind, EventKind::output);
}

TEST(Focus, In_the_loop_walks_over_fds_timers_and_handles) {
  HeadlessDriver driver(busy_trace({.fds = 4, .timers = 5, .ready = 3}));
  driver.press({.key = KeyName::right, .ctrl = true});
  driver.frame(30);
  tab_to(driver, FocusStop::loop);
  std::set<Selection::Kind> kinds;
  for (int i = 0; i < 20; ++i) {
    kinds.insert(driver.viewer.view().selection.kind);
    driver.press(kDown);
  }
  EXPECT_TRUE(kinds.count(Selection::Kind::fd));
  EXPECT_GE(kinds.size(), 2U);
}

TEST(Focus, In_tasks_findings_why_and_awaits_does_what_a_click_does) {
  HeadlessDriver driver(traces::test::lifecycle());
  driver.viewer.apply(command::Seek{60});
  tab_to(driver, FocusStop::tasks);
  for (int i = 0; i < 5; ++i) driver.press(kUp);
  EXPECT_EQ(driver.viewer.view().selection, (Selection{Selection::Kind::task, 1}));
  driver.press(kDown);
  EXPECT_EQ(driver.viewer.view().selection, (Selection{Selection::Kind::task, 2}));
  driver.press(kEnter);
  EXPECT_GT(driver.viewer.cursor(), 60U);  // on to where it runs again
  for (const FocusStop stop : {FocusStop::why, FocusStop::awaits, FocusStop::findings}) {
    tab_to(driver, stop);
    for (int i = 0; i < 4; ++i) driver.press(kDown), driver.press(kEnter);
    EXPECT_EQ(driver.viewer.view().focus.stop, stop);
  }
}

TEST(Focus, In_the_timeline_brings_every_lane_into_sight_also_those_that_are_no_task_s) {
  HeadlessDriver driver(busy_trace({.fds = 30}));
  const ViewState& view = driver.viewer.view();
  const std::size_t tasks = view.trace_model->tasks().size(), side = view.lane_list->side().size();
  ASSERT_GT(side, 10U);
  driver.press(kDown);  // without a focus the arrows begin in the timeline
  EXPECT_EQ(view.focus.stop, FocusStop::timeline);
  driver.viewer.apply(command::MoveRow{10000});
  driver.frame();
  EXPECT_EQ(view.focus.row, tasks + side - 1);
  EXPECT_GT(view.side_scroll, 0);
  driver.viewer.apply(command::MoveRow{-10000});
  driver.frame();
  EXPECT_EQ(view.focus.row, 0U);
  EXPECT_EQ(view.selection.kind, Selection::Kind::task);
}

TEST(Focus, Goes_when_the_mouse_takes_over) {
  HeadlessDriver driver;
  driver.press(kTab);
  driver.click({800, 300});
  EXPECT_EQ(driver.viewer.view().focus.stop, FocusStop::none);
}

}  // namespace
}  // namespace loopscope::viz

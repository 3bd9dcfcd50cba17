// The listing and the output as people use them, without a window.
#include <gtest/gtest.h>

#include "core/trace/event_reader.h"
#include "tests/viz/headless.h"
#include "tests/viz/model/trace_builder.h"

namespace loopscope::viz {
namespace {

constexpr float kTitle = 36, kRow = 22, kOutputRow = 24, kOutputTop = 5;

Vec2 line_at(const Layout& layout, int line) {
  const Rect& p = layout.program;
  return {p.x + 120, p.y + kTitle + (static_cast<float>(line) - 0.5F) * kRow};
}

Vec2 output_at(const Layout& layout, int row) {
  const Rect& p = layout.output;
  return {p.x + 60, p.y + kTitle + kOutputTop + (static_cast<float>(row) + 0.5F) * kOutputRow};
}

EventIndex nth_output(const traces::TraceStore& store, int n) {
  for (EventIndex i = 0; i < store.size(); ++i)
    if (store.event(i).kind == EventKind::output && n-- == 0) return i;
  return 0;
}

std::shared_ptr<traces::TraceStore> long_program(bool has_listing = true) {
  traces::TraceHeader header;
  header.has_listing = has_listing;
  for (int i = 0; has_listing && i < 300; ++i)
    header.listing.push_back("line_" + std::to_string(i + 1) + "()");
  TraceBuilder b(header);
  b.loop();
  const TaskId task = b.task("A");
  b.begin_step(b.queue_step(task), task);
  for (int i = 1; i <= 300; ++i)
    b.line(task, static_cast<std::uint32_t>(i)).print("row " + std::to_string(i));
  b.store->finish();
  return b.store;
}

TEST(Program, A_click_on_a_line_selects_it) {
  HeadlessDriver driver;
  driver.click(line_at(driver.layout(), 5));
  EXPECT_EQ(driver.viewer.view().selection, (Selection{Selection::Kind::line, 5}));
}

TEST(Program, Pointing_at_a_line_makes_it_glow) {
  HeadlessDriver driver;
  driver.move_to(line_at(driver.layout(), 9));
  EXPECT_EQ(driver.viewer.view().hovered, (Selection{Selection::Kind::line, 9}));
}

TEST(Program, A_click_on_a_badge_selects_its_task) {
  HeadlessDriver driver;
  driver.viewer.apply(command::Seek{60});  // A and B sleep on line 5
  driver.frame(2);
  const Rect& p = driver.layout().program;
  driver.click({p.right() - 12 - 20, line_at(driver.layout(), 5).y});
  EXPECT_EQ(driver.viewer.view().selection, (Selection{Selection::Kind::task, 3}));
}

TEST(Program, Scrolls_to_the_line_that_runs_when_the_cursor_moves) {
  HeadlessDriver driver(long_program());
  EventIndex at = 0;
  for (EventIndex i = 0; i < driver.session.shown.run.store->size(); ++i)
    if (const TraceEvent e = driver.session.shown.run.store->event(i);
        e.kind == EventKind::line && field::line(e) == 200)
      at = i;
  driver.viewer.apply(command::Seek{at});
  driver.frame(2);
  const float scroll = driver.viewer.view().listing_scroll, top = 199 * kRow;
  EXPECT_LT(scroll, top);
  EXPECT_GT(scroll + driver.layout().program.h - kTitle, top + kRow);
}

TEST(Program, The_wheel_scrolls_and_a_resting_cursor_leaves_it_there) {
  HeadlessDriver driver(long_program());
  driver.wheel(line_at(driver.layout(), 4), -5);
  driver.frame(3);
  EXPECT_FLOAT_EQ(driver.viewer.view().listing_scroll, 5 * 3 * kRow);
  driver.wheel(line_at(driver.layout(), 4), 50);
  EXPECT_FLOAT_EQ(driver.viewer.view().listing_scroll, 0);
}

/// Two lines of which the first is far too long for the panel, and the prints that they make.
std::shared_ptr<traces::TraceStore> long_lines() {
  traces::TraceHeader header;
  header.has_listing = true;
  header.listing = {"first(" + std::string(30, 'a') + ", " + std::string(30, 'b') + ")", "second()"};
  TraceBuilder b(header);
  b.print("word " + std::string(30, 'a') + " " + std::string(30, 'b')).print("second");
  b.store->finish();
  return b.store;
}

TEST(Program, A_long_line_goes_on_in_the_rows_below_it) {
  HeadlessDriver driver(long_lines());
  for (const int row : {1, 2}) {
    driver.click(line_at(driver.layout(), row));
    EXPECT_EQ(driver.viewer.view().selection, (Selection{Selection::Kind::line, 1})) << row;
  }
  driver.click(line_at(driver.layout(), 3));
  EXPECT_EQ(driver.viewer.view().selection, (Selection{Selection::Kind::line, 2}));
}

TEST(Output, A_long_line_goes_on_in_the_rows_below_it) {
  HeadlessDriver driver(long_lines());
  const auto& store = *driver.session.shown.run.store;
  for (const auto& [row, print] : {std::pair{1, 0}, std::pair{0, 0}, std::pair{2, 1}}) {
    driver.viewer.apply(command::Seek{store.size() - 1});
    driver.frame(2);
    driver.click(output_at(driver.layout(), row));
    EXPECT_EQ(driver.viewer.cursor(), nth_output(store, print)) << row;
  }
}

TEST(Program, Without_a_listing_nothing_can_be_selected) {
  HeadlessDriver driver(long_program(false));
  driver.click(line_at(driver.layout(), 5));
  EXPECT_EQ(driver.viewer.view().selection, Selection{});
}

TEST(Program, In_a_small_window_the_output_is_a_tab) {
  HeadlessDriver driver(sample_trace(), 1280, 720);
  ASSERT_TRUE(driver.layout().output_is_tab);
  const Rect& p = driver.layout().program;
  const Fonts::Pick pick = driver.fonts().pick(Face::semibold, 14);
  const float program = pick.font->CalcTextSizeA(pick.size, 1e9F, 0, "Program").x + 20;
  driver.click({p.x + 6 + program + 30, p.y + 18});
  EXPECT_EQ(driver.viewer.view().program_tab, ProgramTab::output);
  driver.click({p.x + 6 + program / 2, p.y + 18});
  EXPECT_EQ(driver.viewer.view().program_tab, ProgramTab::listing);
}

TEST(Output, A_click_on_a_line_goes_to_its_print) {
  HeadlessDriver driver;
  const auto& store = *driver.session.shown.run.store;
  driver.viewer.apply(command::Seek{store.size() - 1});
  driver.frame(2);
  driver.viewer.view().output_scroll = 0;
  driver.frame();
  driver.click(output_at(driver.layout(), 1));
  EXPECT_EQ(driver.viewer.cursor(), nth_output(store, 1));
}

TEST(Output, Lines_to_come_cannot_be_clicked) {
  HeadlessDriver driver;
  driver.click(output_at(driver.layout(), 1));
  EXPECT_EQ(driver.viewer.cursor(), 0U);
}

TEST(Output, Keeps_the_newest_line_in_sight_as_the_cursor_moves) {
  HeadlessDriver driver(long_program());
  driver.viewer.apply(command::Seek{nth_output(*driver.session.shown.run.store, 200)});
  driver.frame(2);
  const float newest = kOutputTop + 200 * kOutputRow, scroll = driver.viewer.view().output_scroll;
  EXPECT_LT(scroll, newest);
  EXPECT_GE(scroll + driver.layout().output.h - kTitle, newest + kOutputRow);
}

TEST(Output, Shows_why_the_run_failed_below_the_last_line) {
  HeadlessDriver plain, failed;
  for (HeadlessDriver* driver : {&plain, &failed}) driver->viewer.apply(command::Seek{100'000});
  failed.session.shown.failure = "RuntimeError: " + std::string(2000, 'x') + "\nline two";
  failed.frame(3);
  EXPECT_GT(failed.viewer.view().output_scroll, plain.viewer.view().output_scroll);
}

}  // namespace
}  // namespace loopscope::viz

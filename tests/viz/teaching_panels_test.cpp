// Lessons as people use them, without a window: keys and a mouse on the real panels.
#include "viz/panels/teaching_panels.h"

#include <gtest/gtest.h>

#include "tests/viz/headless.h"
#include "tests/viz/lesson_trace.h"

namespace loopscope::viz {
namespace {

class TeachingPanels : public testing::TestWithParam<std::tuple<float, float, float>> {
 protected:
  TeachingPanels()
      : driver(lesson_trace(), std::get<0>(GetParam()), std::get<1>(GetParam()), std::get<2>(GetParam())) {}

  const Teaching& teaching() const { return driver.viewer.view().teaching; }
  FrameView frame() { return driver.viewer.frame(std::get<0>(GetParam()), std::get<1>(GetParam()), 1, 0); }
  QuestionLayout question() {
    ImDrawList nowhere(ImGui::GetDrawListSharedData());
    const FrameView now = frame();
    Paint paint(nowhere, driver.fonts(), now.theme);
    return *place_question(now, driver.viewer.view(), paint);
  }
  void enter() { driver.press({.key = KeyName::enter}); }

  HeadlessDriver driver;
};

TEST_P(TeachingPanels, A_click_on_the_right_chip_answers_and_on_Next_goes_on) {
  driver.type(U'c');
  enter();
  ASSERT_TRUE(teaching().asks());
  driver.click(question().choices[1].center());
  EXPECT_EQ(teaching().mark(), Mark::right);
  driver.frame(30);
  driver.click(question().show.center());  // "Next" stands there now
  EXPECT_EQ(teaching().stop(), 2U);
  ASSERT_TRUE(teaching().asks());
  driver.click(question().choices[0].center());
  EXPECT_EQ(teaching().mark(), Mark::wrong);
  ASSERT_TRUE(teaching().last_miss());
}

TEST_P(TeachingPanels, A_lesson_begins_with_the_program_and_a_width_for_every_event) {
  driver.type(U'x');
  ASSERT_EQ(driver.viewer.view().axis, AxisKind::clock);
  driver.viewer.view().program_tab = ProgramTab::output;
  driver.type(U'c');
  EXPECT_EQ(driver.viewer.view().axis, AxisKind::steps);
  EXPECT_EQ(driver.viewer.view().program_tab, ProgramTab::listing);
  driver.viewer.view().program_tab = ProgramTab::output;
  enter();  // what is chosen within the lesson stays
  EXPECT_EQ(driver.viewer.view().program_tab, ProgramTab::output);
}

TEST_P(TeachingPanels, Hint_and_Show_me_can_be_clicked) {
  driver.type(U'c');
  enter();
  driver.click(question().show.center());
  EXPECT_EQ(teaching().mark(), Mark::shown);
  enter();
  ASSERT_TRUE(teaching().asks());
  driver.click(question().hint.center());
  EXPECT_TRUE(teaching().hint());
  driver.click(question().hint.center());
  EXPECT_TRUE(teaching().asks());
}

TEST_P(TeachingPanels, Clicks_elsewhere_move_nothing_while_a_question_stands) {
  driver.type(U'c');
  enter();
  const EventIndex here = driver.viewer.cursor();
  const Layout layout = frame().layout;
  driver.click(driver.transport().last.center());
  driver.click(driver.transport().play.center());
  driver.click({layout.timeline.right() - 60, layout.timeline.y + 50});
  driver.click({layout.output.center().x, layout.output.y + 46});
  driver.frame(60);
  EXPECT_EQ(driver.viewer.cursor(), here);
  EXPECT_TRUE(teaching().asks());
}

TEST_P(TeachingPanels, Every_stop_and_predict_mode_draw_in_both_purposes) {
  for (const bool presenter : {false, true}) {
    driver.viewer.view().presenter = presenter;
    driver.type(U'c');
    for (int i = 0; i < 14; ++i) {
      driver.frame(2);
      EXPECT_GT(driver.vertices(), 1000);
      if (teaching().asks()) driver.type(i % 2 ? U'1' : U'h'), driver.type(U'y');
      driver.frame(2);
      enter();
    }
    driver.press({.key = KeyName::escape});
    driver.type(U'q');
    for (int i = 0; i < 6; ++i) driver.type(U'1'), driver.frame(2), enter();
    driver.press({.key = KeyName::escape});
    EXPECT_FALSE(teaching().on());
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, TeachingPanels,
                         testing::Values(std::tuple{1600.0F, 1000.0F, 1.0F},
                                         std::tuple{1280.0F, 720.0F, 1.0F},
                                         std::tuple{2000.0F, 1300.0F, 2.0F}));

}  // namespace
}  // namespace loopscope::viz

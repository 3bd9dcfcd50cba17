// Names and texts that have to get shorter.
#include "viz/panels/fit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/viz/headless.h"

namespace loopscope::viz {
namespace {

using ::testing::ElementsAre;

/// Whether every character of `text` is whole.
bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i++]);
    if ((lead & 0xC0) == 0x80) return false;
    for (int more = lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0; more > 0; --more)
      if (i == text.size() || (static_cast<unsigned char>(text[i++]) & 0xC0) != 0x80) return false;
  }
  return true;
}

class Fit : public ::testing::Test {
 protected:
  float width(std::string_view text) const { return paint.width(text, style); }
  /// `name` in the room that `as` takes.
  std::string fit(std::string_view name, std::string_view as) const {
    return fit_name(paint, name, style, width(as));
  }
  std::vector<std::string> rows(std::string_view name, std::string_view as) const {
    return two_rows(paint, name, style, width(as));
  }

  HeadlessDriver driver;
  ImDrawList nowhere{ImGui::GetDrawListSharedData()};
  Paint paint{nowhere, driver.fonts(), theme(ThemeName::dark)};
  TextStyle style{12, Face::semibold};
};

TEST_F(Fit, A_name_keeps_the_number_or_the_word_at_its_end) {
  EXPECT_EQ(fit("worker 34", "worker 34"), "worker 34");
  EXPECT_EQ(fit("worker 34", "wor… 34"), "wor… 34");
  EXPECT_EQ(fit("worker-thread-5", "worker…5"), "worker…5");
  EXPECT_EQ(fit("ThreadPoolExecutor-0_1", "Thread…0_1"), "Thread…0_1");
  EXPECT_EQ(fit("request ha…12", "req…12"), "req…12");
  EXPECT_EQ(fit("connection_made", "con…made"), "con…made");
  EXPECT_EQ(fit("demonstrate", "demon…"), "demon…");
}

TEST_F(Fit, What_is_cut_is_never_wider_than_its_room_and_never_broken_within_a_character) {
  for (const std::string_view name : {"worker 34", "größere_übung", "ThreadPoolExecutor-0_1", "a…", "ÄÖÜ 7"})
    for (float room = width("…"); room < 200; room += 3) {
      const std::string shown = fit_name(paint, name, style, room);
      EXPECT_LE(width(shown), std::max(room, width("…"))) << shown;
      EXPECT_TRUE(is_utf8(shown)) << shown;
    }
}

TEST_F(Fit, Two_rows_meet_between_words_and_else_at_a_joint_of_the_name) {
  EXPECT_THAT(rows("main", "main"), ElementsAre("main"));
  EXPECT_THAT(rows("self-pipe’s reader", "self-pipe’s."), ElementsAre("self-pipe’s", "reader"));
  EXPECT_THAT(rows("_call_set_state", "_call_set_"), ElementsAre("_call_", "set_state"));
  EXPECT_THAT(rows("run_until_complete’s callback", "r…complete’s"), ElementsAre("r…complete’s", "callback"));
  EXPECT_THAT(rows("handle_data_received", "ha…data."), ElementsAre("ha…data", "received"));
}

TEST_F(Fit, A_name_that_was_cut_shows_its_beginning_in_two_rows) {
  EXPECT_THAT(rows("the task that fetches the reco…", "the task that."),
              ElementsAre("the task that", "fetches the…"));
}

TEST(GroupedNumbers, Are_those_of_the_loop_and_not_those_of_the_program) {
  EXPECT_EQ(with_grouped_numbers("Iteration 1745 · run"), "Iteration 1 745 · run");
  EXPECT_EQ(with_grouped_numbers("Free again in 1.000 s, at event 1204331."),
            "Free again in 1.000 s, at event 1 204 331.");
  EXPECT_EQ(with_grouped_numbers("B resumes in iteration 999."), "B resumes in iteration 999.");
  EXPECT_EQ(with_grouped_numbers("main prints “port 8888”."), "main prints “port 8888”.");
  EXPECT_EQ(with_grouped_numbers("iteration "), "iteration ");
}

TEST_F(Fit, A_single_long_word_stays_one_row) {
  EXPECT_THAT(rows("demonstrate", "demon…"), ElementsAre("demon…"));
}

}  // namespace
}  // namespace loopscope::viz

#include "viz/model/about.h"

#include <gtest/gtest.h>

namespace loopscope::viz {
namespace {

TEST(About, Comes_apart_into_paragraphs_without_marks_of_emphasis) {
  const About about =
      read_about("`main` makes **two** tasks.\nMaking runs *nothing*.\n\n- first: `a * b`\n- second 2 * 3");
  ASSERT_EQ(about.paragraphs.size(), 3U);
  EXPECT_EQ(about.paragraphs[0], "`main` makes two tasks. Making runs nothing.");
  EXPECT_EQ(about.paragraphs[1], "• first: `a * b`");
  EXPECT_EQ(about.paragraphs[2], "• second 2 * 3");
}

TEST(About, Begins_with_a_sentence_that_no_dot_in_code_ends) {
  EXPECT_EQ(read_about("`time.sleep` is not `asyncio.sleep`. A task").first,
            "`time.sleep` is not `asyncio.sleep`.");
  EXPECT_EQ(read_about("It waits for each of them once:\n\n- a").first, "It waits for each of them once.");
  EXPECT_EQ(read_about("no stop").first, "no stop");
}

TEST(About, Of_nothing_is_empty) {
  EXPECT_TRUE(read_about("").empty());
  EXPECT_TRUE(read_about("\n \n").empty());
}

}  // namespace
}  // namespace loopscope::viz

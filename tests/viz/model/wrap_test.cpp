#include "viz/model/wrap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace loopscope::viz {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> rows(std::string_view line, std::size_t columns, std::size_t hanging = 4,
                              std::size_t most = 9) {
  std::vector<std::string> texts;
  for (const WrapPiece& p : wrap_columns(line, columns, hanging, most))
    texts.push_back(std::string(p.indent, '.') + std::string(line.substr(p.begin, p.end - p.begin)));
  return texts;
}

TEST(Wrap, A_line_that_fits_is_one_row) {
  EXPECT_THAT(rows("await t1", 8), ElementsAre("await t1"));
  EXPECT_THAT(rows("", 8), ElementsAre(""));
}

TEST(Wrap, A_line_breaks_after_a_comma_and_goes_on_further_in) {
  EXPECT_THAT(rows("  call(first, second)", 16), ElementsAre("  call(first,", "......second)"));
}

TEST(Wrap, A_word_that_ends_where_the_row_does_stays_whole) {
  EXPECT_THAT(rows("one two three", 7, 0), ElementsAre("one two", "three"));
}

TEST(Wrap, A_long_word_is_broken_between_characters_never_within_one) {
  EXPECT_THAT(rows("äöüäöüäöü", 4, 0), ElementsAre("äöüä", "öüäö", "ü"));
}

TEST(Wrap, The_first_row_may_be_shorter_than_the_others) {
  const std::string line = "one two three four";
  std::vector<std::string> texts;
  for (const WrapPiece& p : wrap_columns(line, 14, 0, 9, 4))
    texts.push_back(line.substr(p.begin, p.end - p.begin));
  EXPECT_THAT(texts, ElementsAre("one", "two three four"));
}

TEST(Wrap, Rows_break_between_words_behind_brackets_and_at_joints_only_where_they_must) {
  EXPECT_THAT(rows("make(thing), other", 14, 0), ElementsAre("make(thing),", "other"));
  EXPECT_THAT(rows("create_task(sleep(5))", 14, 0), ElementsAre("create_task(", "sleep(5))"));
  EXPECT_THAT(rows("a_very_long_name", 10, 0), ElementsAre("a_very_", "long_name"));
}

TEST(Wrap, Deeply_indented_lines_keep_half_of_the_row) {
  const std::string deep(30, ' ');
  for (const WrapPiece& p : wrap_columns(deep + "abcdefghijklmnopqrstuvwxyz", 20, 4, 9))
    EXPECT_LE(p.indent, 10u);
}

TEST(Wrap, The_last_row_allowed_holds_the_rest) {
  EXPECT_THAT(rows("aaaa bbbb cccc dddd", 4, 0, 2), ElementsAre("aaaa", "bbbb cccc dddd"));
}

TEST(Wrap, Rows_lose_nothing_but_the_spaces_between_them) {
  const std::string line =
      "    result = await asyncio.gather(*[fetch(i) for i in range(10)], return_exceptions=True)";
  for (std::size_t columns = 1; columns < 100; ++columns) {
    std::size_t at = 0;
    for (const WrapPiece& p : wrap_columns(line, columns, 4, 1000)) {
      EXPECT_EQ(line.substr(at, p.begin - at).find_first_not_of(' '), std::string::npos);
      at = p.end;
    }
    EXPECT_EQ(at, line.size()) << columns;
  }
}

TEST(RowTable, Tells_lines_of_rows_and_rows_of_lines) {
  const std::vector<std::uint32_t> counts{1, 3, 1};
  const RowTable table(counts);
  EXPECT_EQ(table.total(), 5u);
  EXPECT_EQ(table.before(1), 1u);
  EXPECT_EQ(table.before(2), 4u);
  EXPECT_EQ(table.rows_of(1), 3u);
  EXPECT_EQ(table.line_at(0), 0u);
  EXPECT_EQ(table.line_at(3), 1u);
  EXPECT_EQ(table.line_at(4), 2u);
  EXPECT_EQ(table.line_at(5), 3u);
}

}  // namespace
}  // namespace loopscope::viz

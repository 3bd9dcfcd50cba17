#include "viz/model/ready_layout.h"

#include <gtest/gtest.h>

namespace loopscope::viz {
namespace {

constexpr Rect kRow{456, 526, 740, 48};

TEST(ReadyLayout, Has_four_wide_places_in_the_usual_panel) {
  const ReadyLayout row = layout_ready(kRow, 0, 1);
  ASSERT_EQ(row.places.size(), 4U);
  EXPECT_FLOAT_EQ(row.places[0].w, 179);
  EXPECT_FLOAT_EQ(row.places[0].h, 48);
  EXPECT_FALSE(row.crowded);
  EXPECT_FLOAT_EQ(row.places[3].right(), kRow.right());
}

TEST(ReadyLayout, Crowds_over_four_and_counts_over_eight) {
  EXPECT_FALSE(layout_ready(kRow, 4, 1).crowded);
  const ReadyLayout five = layout_ready(kRow, 5, 1);
  EXPECT_TRUE(five.crowded);
  EXPECT_EQ(five.places.size(), 8U);
  EXPECT_FLOAT_EQ(five.places[0].w, 85.5F);
  EXPECT_FLOAT_EQ(five.places[0].h, 36);
  EXPECT_EQ(five.hidden, 0U);
  const ReadyLayout many = layout_ready(kRow, 31, 1);
  EXPECT_EQ(many.shown, 8U);
  EXPECT_EQ(many.hidden, 23U);
  EXPECT_GE(many.more.x, many.places.back().right());
  EXPECT_LE(many.more.right(), kRow.right() + .01F);
}

TEST(ReadyLayout, Keeps_places_apart_and_in_the_row_for_any_count_and_width) {
  for (const float scale : {1.0F, 2.0F})
    for (float width = 120; width < 2000; width += 91)
      for (std::size_t n = 0; n < 40; ++n) {
        const ReadyLayout row = layout_ready({5, 5, width * scale, 48 * scale}, n, scale);
        EXPECT_EQ(row.shown + row.hidden, n);
        for (std::size_t i = 0; i < row.places.size(); ++i) {
          EXPECT_GT(row.places[i].w, 0);
          EXPECT_LE(row.places[i].right(), 5 + width * scale + .1F);
          if (i > 0) {
            EXPECT_GE(row.places[i].x, row.places[i - 1].right());
          }
        }
      }
}

TEST(SnapshotBracket, Spans_the_handles_that_run_in_this_iteration) {
  const ReadyLayout row = layout_ready(kRow, 3, 1);
  const Bracket two = snapshot_bracket(row, 2);
  EXPECT_EQ(two.left, row.places[0].x);
  EXPECT_EQ(two.right, row.places[1].right());
  EXPECT_FALSE(two.open);
  EXPECT_TRUE(snapshot_bracket(row, 0).empty());
  EXPECT_TRUE(snapshot_bracket(layout_ready(kRow, 0, 1), 3).empty());
}

TEST(SnapshotBracket, Stays_open_when_it_goes_on_behind_what_is_shown) {
  const ReadyLayout row = layout_ready(kRow, 20, 1);
  EXPECT_FALSE(snapshot_bracket(row, 8).open);
  const Bracket all = snapshot_bracket(row, 20);
  EXPECT_TRUE(all.open);
  EXPECT_EQ(all.right, row.more.right());
}

}  // namespace
}  // namespace loopscope::viz

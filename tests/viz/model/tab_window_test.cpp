#include "viz/model/tab_window.h"

#include <gtest/gtest.h>
#include <vector>

namespace loopscope::viz {
namespace {

const std::vector<float> kTen(10, 30);  // with gaps of 6: 36 a tab

TEST(TabWindow, Shows_all_tabs_where_they_fit) {
  EXPECT_EQ(tab_window(kTen, 6, 20, 354, 4), (TabWindow{0, 10}));
}

TEST(TabWindow, Shows_those_around_the_chosen_one_and_leaves_room_for_arrows) {
  EXPECT_EQ(tab_window(kTen, 6, 20, 200, 0), (TabWindow{0, 5}));
  EXPECT_EQ(tab_window(kTen, 6, 20, 200, 9), (TabWindow{5, 10}));
  const TabWindow middle = tab_window(kTen, 6, 20, 200, 5);
  EXPECT_LE(middle.first, 5u);
  EXPECT_GT(middle.last, 5u);
  EXPECT_EQ(middle.last - middle.first, 4u);
}

TEST(TabWindow, The_chosen_tab_is_shown_even_where_nothing_fits) {
  EXPECT_EQ(tab_window(kTen, 6, 20, 5, 7), (TabWindow{7, 8}));
  EXPECT_EQ(tab_window({}, 6, 20, 5, 7), TabWindow{});
  EXPECT_EQ(tab_window(kTen, 6, 20, 5, 99), (TabWindow{9, 10}));
}

TEST(TabWindow, Every_tab_can_be_reached_by_the_arrows) {
  for (float room = 60; room < 400; room += 13)
    for (std::size_t on = 0; on + 1 < kTen.size();) {
      const TabWindow shown = tab_window(kTen, 6, 20, room, on);
      if (shown.last == kTen.size()) break;
      ASSERT_GT(shown.last, on);
      on = shown.last;  // what the arrow at the right does
    }
}

}  // namespace
}  // namespace loopscope::viz

#include "viz/model/heap_layout.h"

#include <gtest/gtest.h>

namespace loopscope::viz {
namespace {

bool overlap(const Rect& a, const Rect& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

constexpr Rect kTree{1028, 259, 168, 116};

TEST(HeapLayout, Shows_two_levels_up_to_three_timers_with_empty_child_places) {
  const HeapLayout one = layout_heap(kTree, 1, 1);
  ASSERT_EQ(one.places.size(), 3U);
  EXPECT_TRUE(one.places[0].taken);
  EXPECT_FALSE(one.places[1].taken);
  EXPECT_FLOAT_EQ(one.places[0].rect.w, 104);
  EXPECT_FLOAT_EQ(one.places[0].rect.h, 40);
  EXPECT_EQ(one.places[0].rect.center().x, kTree.center().x);
  EXPECT_EQ(layout_heap(kTree, 0, 1).places[0].taken, false);
}

TEST(HeapLayout, Stands_children_below_and_on_their_side_of_the_parent) {
  const HeapLayout tree = layout_heap(kTree, 7, 1);
  ASSERT_EQ(tree.places.size(), 7U);
  EXPECT_TRUE(tree.compact);
  for (std::size_t i = 1; i < tree.places.size(); ++i) {
    const Rect& child = tree.places[i].rect;
    const Rect& parent = tree.places[(i - 1) / 2].rect;
    EXPECT_GT(child.y, parent.bottom());
    EXPECT_EQ(i % 2 == 1, child.center().x < parent.center().x);
  }
}

TEST(HeapLayout, Keeps_nodes_apart_and_in_its_area_for_any_count_and_width) {
  for (const float width : {108.0F, 142.0F, 168.0F, 220.0F})
    for (const float height : {88.0F, 116.0F, 160.0F})
      for (std::size_t n = 0; n <= 40; ++n) {
        const Rect area{10, 20, width, height};
        const HeapLayout tree = layout_heap(area, n, 1);
        for (std::size_t i = 0; i < tree.places.size(); ++i) {
          const Rect& r = tree.places[i].rect;
          EXPECT_GE(r.x, area.x);
          EXPECT_LE(r.right(), area.right());
          EXPECT_GE(r.y, area.y);
          EXPECT_LE(r.bottom(), area.bottom() + .01F);
          EXPECT_GT(r.h, 14);
          for (std::size_t k = 0; k < i; ++k)
            EXPECT_FALSE(overlap(r, tree.places[k].rect)) << n << " " << i << " " << k;
        }
      }
}

TEST(HeapLayout, Counts_what_it_does_not_draw) {
  const HeapLayout tree = layout_heap(kTree, 38, 1);
  EXPECT_EQ(tree.hidden, 31U);
  EXPECT_GT(tree.more_y, tree.places.back().rect.bottom());
  EXPECT_LE(tree.more_y, kTree.bottom() + 2);
  EXPECT_EQ(heap_place(tree, kTree, 3), tree.places[3].rect);
  EXPECT_EQ(heap_place(tree, kTree, 30).center().x, kTree.center().x);
}

}  // namespace
}  // namespace loopscope::viz

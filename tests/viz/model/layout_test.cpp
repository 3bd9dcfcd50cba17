#include "viz/model/layout.h"

namespace loopscope::viz {
namespace {

/// Everything that a layout places, by name.
std::vector<std::pair<std::string, Rect>> parts(const Layout& l) {
  return {{"transport", l.transport},
          {"program", l.program},
          {"loop", l.loop},
          {"tasks", l.tasks},
          {"output", l.output_is_tab ? Rect{} : l.output},
          {"timeline", l.timeline},
          {"narration", l.narration}};
}

bool overlap(const Rect& a, const Rect& b) {
  return !a.empty() && !b.empty() && a.x < b.right() && b.x < a.right() && a.y < b.bottom() &&
         b.y < a.bottom();
}

TEST(Layout, At_1600_x_1000_columns_are_424_772_372_and_rows_564_284_64) {
  const Layout l = make_layout(1600, 1000, 1);
  EXPECT_EQ(l.transport, (Rect{0, 0, 1600, 56}));
  EXPECT_EQ(l.program, (Rect{8, 64, 424, 408}));
  EXPECT_EQ(l.output, (Rect{8, 480, 424, 148}));
  EXPECT_EQ(l.loop, (Rect{440, 64, 772, 564}));
  EXPECT_EQ(l.tasks, (Rect{1220, 64, 372, 214}));
  EXPECT_EQ(l.why, (Rect{1220, 286, 372, 241}));
  EXPECT_EQ(l.findings, (Rect{1220, 535, 372, 93}));
  EXPECT_EQ(l.timeline, (Rect{8, 636, 1584, 284}));
  EXPECT_EQ(l.narration, (Rect{8, 928, 1584, 64}));
  EXPECT_FALSE(l.small || l.low || l.output_is_tab);
}

TEST(Layout, At_1280_x_720_output_is_a_tab_and_the_loop_keeps_640_x_414) {
  const Layout l = make_layout(1280, 720, 1);
  EXPECT_TRUE(l.small && l.low && l.output_is_tab);
  EXPECT_EQ(l.program, (Rect{6, 54, 350, 414}));
  EXPECT_EQ(l.loop, (Rect{362, 54, 640, 414}));
  EXPECT_EQ(l.tasks, (Rect{1008, 54, 266, 414}));
  EXPECT_EQ(l.timeline, (Rect{6, 474, 1268, 184}));
  EXPECT_EQ(l.narration, (Rect{6, 664, 1268, 50}));
}

TEST(Layout, Scale_divides_the_window_first) {
  const Layout one = make_layout(1600, 1000, 1), two = make_layout(3200, 2000, 2);
  const auto a = parts(one), b = parts(two);
  for (std::size_t i = 0; i < a.size(); ++i)
    EXPECT_EQ(b[i].second, (Rect{a[i].second.x * 2, a[i].second.y * 2, a[i].second.w * 2, a[i].second.h * 2}))
        << a[i].first;
  EXPECT_TRUE(make_layout(1600, 1000, 2).small);
}

TEST(Layout, In_a_narrow_window_the_program_stands_over_the_tasks_at_the_right) {
  const Layout l = make_layout(1024, 768, 1);
  EXPECT_EQ(l.program.x, l.tasks.x);
  EXPECT_LT(l.program.bottom(), l.tasks.y);
  EXPECT_LT(l.loop.right(), l.program.x);
  EXPECT_GE(l.loop.w, 560);
}

TEST(Layout, Nothing_overlaps_and_nothing_leaves_the_window_at_any_size) {
  for (const float scale : {0.75F, 1.0F, 1.25F, 2.0F, 3.3F})
    for (float w = 1; w < 4000; w += 217)
      for (float h = 1; h < 2400; h += 133) {
        const Layout l = make_layout(w, h, scale);
        const auto all = parts(l);
        for (std::size_t i = 0; i < all.size(); ++i) {
          const auto& [name, r] = all[i];
          ASSERT_GE(r.w, 0) << name << ' ' << w << 'x' << h << " at " << scale;
          ASSERT_GE(r.h, 0) << name << ' ' << w << 'x' << h << " at " << scale;
          if (w >= 640 * scale && h >= 400 * scale) {
            ASSERT_LE(r.right(), w + 1) << name << ' ' << w << 'x' << h << " at " << scale;
            ASSERT_LE(r.bottom(), h + 1) << name << ' ' << w << 'x' << h << " at " << scale;
          }
          for (std::size_t k = 0; k < i; ++k)
            ASSERT_FALSE(overlap(r, all[k].second))
                << name << " over " << all[k].first << ' ' << w << 'x' << h;
        }
      }
}

TEST(Layout, The_loop_stays_at_least_560_x_400_where_the_window_allows_it) {
  for (float w = 1024; w < 3000; w += 50)
    for (float h = 720; h < 2000; h += 50) {
      const Layout l = make_layout(w, h, 1);
      EXPECT_GE(l.loop.w, 560) << w << 'x' << h;
      EXPECT_GE(l.loop.h, 400) << w << 'x' << h;
      EXPECT_GE(l.timeline.h, 150) << w << 'x' << h;
    }
}

TEST(Layout, A_lesson_on_a_projector_gives_most_of_its_column_to_the_text) {
  const float scale = 1.4F;
  const Layout l = make_layout(1280, 720, scale, 3, {.teaching = true, .presenter = true});
  EXPECT_GT(l.tour.h, 1.8F * l.program.h);
  EXPECT_GT(l.program.h, (36 + 3 * 21) * scale) << "three lines of code";
  const Layout plain = make_layout(1280, 720, scale, 3, {.presenter = true});
  EXPECT_LT(l.narration.h, plain.narration.h) << "the question stands above it already";
}

}  // namespace
}  // namespace loopscope::viz

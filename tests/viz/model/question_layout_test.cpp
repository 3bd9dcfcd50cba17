#include "viz/model/question_layout.h"

#include "viz/model/layout.h"
#include "viz/model/loop_geometry.h"

namespace loopscope::viz {
namespace {

Question question_of(std::size_t choices, bool handles) {
  Question question;
  question.handles = handles;
  question.choices.resize(choices);
  return question;
}

bool inside(const Rect& outer, const Rect& r) {
  return r.x >= outer.x - 1 && r.right() <= outer.right() + 1 && r.y >= outer.y - 1 &&
         r.bottom() <= outer.bottom() + 1;
}
bool overlap(const Rect& a, const Rect& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

TEST(QuestionLayout, Three_handles_stand_side_by_side_80_high_under_the_machine) {
  const Layout window = make_layout(1600, 1000, 1, 3, {.teaching = true});
  const QuestionLayout l = layout_question(window.loop, question_of(3, true), 1, 1);
  ASSERT_EQ(l.choices.size(), 3U);
  EXPECT_EQ(l.choices[0].h, 80);
  EXPECT_EQ(l.choices[0].y, l.choices[2].y);
  EXPECT_TRUE(l.tall);
  const MachineLayout machine = layout_machine(l.machine, window.small, 1);
  EXPECT_EQ(machine.form, MachineLayout::Form::ring);
  for (const Rect& pill : machine.pills) EXPECT_LE(pill.bottom(), l.area.y);
}

TEST(QuestionLayout, Everything_fits_its_panel_and_nothing_overlaps_at_any_size) {
  for (const auto& [w, h, scale] : {std::tuple{1600.0F, 1000.0F, 1.0F},
                                    {1280.0F, 720.0F, 1.0F},
                                    {3200.0F, 2000.0F, 2.0F},
                                    {1024.0F, 640.0F, 1.0F}})
    for (std::size_t n = 1; n <= 9; ++n)
      for (const bool handles : {true, false})
        for (const std::size_t lines : {1U, 2U}) {
          const Rect panel = make_layout(w, h, scale, 3, {.teaching = true}).loop;
          const QuestionLayout l = layout_question(panel, question_of(n, handles), lines, scale);
          SCOPED_TRACE(testing::Message()
                       << w << "x" << h << " " << n << (handles ? " handles" : " sentences"));
          EXPECT_TRUE(inside(panel, l.area));
          ASSERT_EQ(l.choices.size(), n);
          std::vector<Rect> all = l.choices;
          all.insert(all.end(), {l.hint, l.show, l.foot});
          for (std::size_t i = 0; i < all.size(); ++i) {
            EXPECT_TRUE(inside(l.area, all[i])) << i;
            for (std::size_t k = 0; k < i; ++k) EXPECT_FALSE(overlap(all[i], all[k])) << i << " " << k;
          }
        }
}

}  // namespace
}  // namespace loopscope::viz

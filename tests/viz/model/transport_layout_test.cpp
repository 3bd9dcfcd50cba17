#include "viz/model/transport_layout.h"

#include "viz/model/command_table.h"

namespace loopscope::viz {
namespace {

TransportTexts texts(float scale = 1) {
  TransportTexts t;
  t.labels = {55 * scale, 42 * scale, 47 * scale, 38 * scale};
  t.title = 72 * scale;
  t.figures = 270 * scale;
  t.least_title = 52 * scale;
  return t;
}

/// All rectangles from left to right that must not touch.
std::vector<Rect> row(const TransportLayout& l) {
  std::vector<Rect> all{l.title, l.first, l.play, l.last};
  for (const StepperPlace& s : l.steppers) all.push_back(s.whole);
  for (const Rect& r : {l.speed, l.figures, l.theme, l.help}) all.push_back(r);
  std::erase_if(all, [](const Rect& r) { return r.empty(); });
  return all;
}

TEST(TransportLayout, At_1600_everything_is_there) {
  const TransportLayout l = make_transport_layout(make_layout(1600, 1000, 1), texts());
  EXPECT_EQ(l.play, (Rect{272, 10, 84, 36}));
  EXPECT_EQ(l.first, (Rect{232, 10, 34, 36}));
  EXPECT_FALSE(l.title.empty() || l.speed.empty() || l.figures.empty() || l.theme.empty() || l.help.empty());
  for (const StepperPlace& s : l.steppers) EXPECT_TRUE(s.labelled);
}

TEST(TransportLayout, A_long_subtitle_takes_what_is_free_and_no_more) {
  TransportTexts t = texts();
  const Layout window = make_layout(1600, 1000, 1);
  t.subtitle = 240;
  EXPECT_FLOAT_EQ(make_transport_layout(window, t).title.w, 240);
  t.subtitle = 5000;
  const TransportLayout widest = make_transport_layout(window, t);
  EXPECT_GT(widest.title.w, 240);
  EXPECT_LT(widest.speed.right(), widest.figures.x);
  t.figures = 430;  // nothing is free
  EXPECT_FALSE(make_transport_layout(window, t).figures.empty());
}

TEST(TransportLayout, Speed_and_buttons_leave_under_1500) {
  const TransportLayout l = make_transport_layout(make_layout(1499, 1000, 1), texts());
  EXPECT_TRUE(l.speed.empty() && l.track.empty() && l.theme.empty() && l.help.empty());
  EXPECT_FALSE(l.figures.empty());
}

TEST(TransportLayout, Under_1100_only_the_current_stepper_keeps_its_label) {
  TransportTexts t = texts();
  t.current = 1;
  const TransportLayout l = make_transport_layout(make_layout(1090, 760, 1), t);
  EXPECT_EQ(l.steppers[0].labelled, false);
  EXPECT_EQ(l.steppers[1].labelled, true);
  EXPECT_EQ(l.steppers[3].labelled, false);
}

TEST(TransportLayout, Nothing_touches_from_the_smallest_window_to_the_widest) {
  for (const float scale : {1.0F, 1.5F, 2.0F})
    for (float w = 520; w < 3000; w += 20)
      for (const float figures : {150.0F, 270.0F, 520.0F}) {
        TransportTexts t = texts(scale);
        t.figures = figures * scale;
        const Layout window = make_layout(w * scale, 900 * scale, scale);
        const auto all = row(make_transport_layout(window, t));
        for (std::size_t i = 1; i < all.size(); ++i)
          ASSERT_LE(all[i - 1].right(), all[i].x) << "part " << i << " at " << w << " scale " << scale;
        ASSERT_LE(all.back().right(), window.transport.right()) << w << " scale " << scale;
      }
}

TEST(TransportLayout, Halves_of_a_stepper_are_32_wide_and_inside_it) {
  const TransportLayout l = make_transport_layout(make_layout(1600, 1000, 1), texts());
  for (const StepperPlace& s : l.steppers) {
    EXPECT_EQ(s.back.w, 32);
    EXPECT_EQ(s.forward.w, 32);
    EXPECT_EQ(s.back.x, s.whole.x);
    EXPECT_EQ(s.forward.right(), s.whole.right());
  }
}

TEST(SpeedTrack, One_stands_in_the_middle_and_every_stop_comes_back) {
  const Rect track{100, 0, 80, 36};
  EXPECT_FLOAT_EQ(x_of_speed(track, 1), 140);
  EXPECT_FLOAT_EQ(x_of_speed(track, speed_stops().front()), 100);
  EXPECT_FLOAT_EQ(x_of_speed(track, speed_stops().back()), 180);
  for (const float stop : speed_stops()) EXPECT_EQ(speed_at(track, x_of_speed(track, stop)), stop);
  EXPECT_EQ(speed_at(track, -1000), speed_stops().front());
  EXPECT_EQ(speed_at(track, 1000), speed_stops().back());
}

}  // namespace
}  // namespace loopscope::viz

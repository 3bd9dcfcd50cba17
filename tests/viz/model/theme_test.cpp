// Every pair of colours in which text stands can be read: 4.5:1 or better, in both themes.
#include "viz/model/theme.h"

#include <gtest/gtest.h>
#include <string>

#include "viz/model/contrast.h"

namespace loopscope::viz {
namespace {

constexpr Hue kAll[] = {Hue::run, Hue::ready, Hue::timer, Hue::io,    Hue::wait,
                        Hue::job, Hue::fail,  Hue::done,  Hue::cancel};

std::string named(Hue hue) {
  static constexpr const char* kNames[] = {"run", "ready", "timer", "io",    "wait",
                                           "job", "fail",  "done",  "cancel"};
  return kNames[static_cast<int>(hue)];
}

class Themes : public testing::TestWithParam<ThemeName> {
 protected:
  const Theme& t = theme(GetParam());
};

TEST(Contrast, Is_what_WCAG_says) {
  EXPECT_NEAR(contrast({0x000000}, {0xFFFFFF}), 21, 1e-9);
  EXPECT_NEAR(contrast({0x777777}, {0xFFFFFF}), 4.48, 0.01);
  EXPECT_NEAR(contrast({0x123456}, {0x123456}), 1, 1e-9);
  EXPECT_EQ(over({0xFFFFFF, 0.5F}, {0x000000}).rgb, 0x808080U);
}

TEST_P(Themes, Texts_can_be_read_on_every_surface) {
  for (const Color surface : {t.bg, t.panel, t.raised, t.hover, t.selection})
    for (const Color text : {t.text, t.dim, t.faint}) EXPECT_GE(contrast(text, surface), kReadable);
}

TEST_P(Themes, A_selected_row_is_drawn_with_less_than_full_selection_and_can_be_read) {
  const Color row = over(t.selection.with_alpha(.75F), t.panel);
  for (const Color text : {t.text, t.dim, t.faint}) EXPECT_GE(contrast(text, row), kReadable);
}

TEST_P(Themes, Hues_as_text_can_be_read_on_every_surface) {
  for (const Color surface : {t.bg, t.panel, t.raised, t.selection})
    for (const Hue hue : kAll) EXPECT_GE(contrast(t[hue].text, surface), kReadable) << named(hue);
}

TEST_P(Themes, Ink_can_be_read_on_its_fill) {
  for (const Hue hue : kAll) {
    if (hue == Hue::cancel) continue;  // an outline without a fill
    EXPECT_GE(contrast(t[hue].ink, t[hue].fill), kReadable) << named(hue);
  }
}

TEST_P(Themes, State_tags_can_be_read_on_panels_and_on_selected_rows) {
  for (const Color under : {t.panel, t.raised, over(t.selection.with_alpha(.75F), t.panel)})
    for (const Hue hue : kAll) {
      if (hue == Hue::run || hue == Hue::cancel) continue;  // a full fill, and none
      EXPECT_GE(contrast(t[hue].text, over(t[hue].fill.with_alpha(t.tag_tint()), under)), kReadable)
          << named(hue);
    }
}

TEST_P(Themes, Chips_can_be_read_at_rest_and_hot) {
  for (const Hue hue : kAll) {
    const Color rest = over(t[hue].fill.with_alpha(t.tint), t.raised);
    EXPECT_GE(contrast(t.text, rest), kReadable) << named(hue);
    EXPECT_GE(contrast(t.dim, rest), kReadable) << named(hue);
    const Color hot = over(t[hue].fill.with_alpha(.34F), t.raised);  // its second line is text too
    EXPECT_GE(contrast(t.text, hot), kReadable) << named(hue);
  }
}

TEST_P(Themes, Lines_of_the_listing_can_be_read_under_every_tint) {
  // Rows that run, that the event is about, and where tasks stand.
  for (const Hue tint : kAll)
    for (const float share : {.10F, .22F, .26F}) {
      const Color row = over(t[tint].fill.with_alpha(share), t.panel);
      EXPECT_GE(contrast(t.text, row), kReadable) << named(tint);
      for (const Color wished :
           {t[Hue::timer].text, t[Hue::io].text, t[Hue::run].text, t[Hue::ready].text, t.faint})
        EXPECT_GE(contrast(readable_on(t, wished, row), row), kReadable) << named(tint);
    }
}

TEST_P(Themes, What_can_be_read_already_keeps_its_colour) {
  for (const Hue hue : kAll) EXPECT_EQ(readable_on(t, t[hue].text, t.panel), t[hue].text) << named(hue);
  EXPECT_GE(contrast(readable_on(t, t.panel, t.panel), t.panel), kReadable);
}

TEST_P(Themes, Badges_and_the_playheads_flag_can_be_read) {
  EXPECT_GE(contrast(t.badge_text, t.strong), kReadable);
  EXPECT_GE(contrast(t.panel, t.text), kReadable);
}

INSTANTIATE_TEST_SUITE_P(Both, Themes, testing::Values(ThemeName::dark, ThemeName::light),
                         [](const auto& info) { return info.param == ThemeName::dark ? "dark" : "light"; });

}  // namespace
}  // namespace loopscope::viz

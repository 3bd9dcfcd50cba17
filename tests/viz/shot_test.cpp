#include "viz/shell/shot.h"

#include "tests/viz/sample_trace.h"
#include "viz/export/png.h"

namespace loopscope::viz {
namespace {

const ViewedRun& run() {
  static const ViewedRun kRun{sample_trace(), "lifecycle", "Two tasks share one loop"};
  return kRun;
}

std::vector<std::uint8_t> picture(const ShotOptions& options) {
  std::vector<std::uint8_t> rgba;
  std::string error;
  EXPECT_TRUE(shot(run(), options, rgba, error)) << error;
  return rgba;
}

std::array<int, 3> pixel(const std::vector<std::uint8_t>& rgba, const ShotOptions& o, int x, int y) {
  const std::size_t i =
      (static_cast<std::size_t>(y) * static_cast<std::size_t>(o.width) + static_cast<std::size_t>(x)) * 4;
  return {rgba[i], rgba[i + 1], rgba[i + 2]};
}

TEST(Shot, Has_the_size_asked_for_and_is_opaque) {
  const ShotOptions options{.width = 1280, .height = 720, .at = 60};
  const auto rgba = picture(options);
  ASSERT_EQ(rgba.size(), 1280U * 720 * 4);
  for (std::size_t i = 3; i < rgba.size(); i += 4) ASSERT_EQ(rgba[i], 255);
}

TEST(Shot, The_same_event_gives_the_same_bytes_and_another_event_does_not) {
  const ShotOptions options{.width = 1280, .height = 720, .at = 60};
  ShotOptions later = options;
  later.at = 61;
  const auto first = picture(options);
  EXPECT_TRUE(first == picture(options));
  EXPECT_FALSE(first == picture(later));
}

TEST(Shot, Shows_the_bar_the_play_button_and_the_narrations_phase_hue) {
  for (const ThemeName name : {ThemeName::dark, ThemeName::light}) {
    const ShotOptions options{.theme = name, .at = 60};
    const auto rgba = picture(options);
    const auto rgb = [](Color c) {
      return std::array{static_cast<int>(c.rgb >> 16), static_cast<int>(c.rgb >> 8 & 255),
                        static_cast<int>(c.rgb & 255)};
    };
    const Theme& t = theme(name);
    EXPECT_EQ(pixel(rgba, options, 4, 4), rgb(t.panel));
    EXPECT_EQ(pixel(rgba, options, 280, 18), rgb(t[Hue::run].fill));
    EXPECT_EQ(pixel(rgba, options, 4, 500), rgb(t.bg));
    EXPECT_EQ(pixel(rgba, options, 10, 960), rgb(t[Hue::timer].fill));
  }
}

TEST(Shot, Of_a_trace_without_events_is_an_error) {
  std::vector<std::uint8_t> rgba;
  std::string error;
  EXPECT_FALSE(shot({std::make_shared<traces::TraceStore>(), "", ""}, {}, rgba, error));
  EXPECT_EQ(error, "the trace has no events");
}

TEST(Png, Is_a_PNG_of_the_right_size_with_equal_bytes_for_equal_pictures) {
  const std::vector<std::uint8_t> rgba(3 * 2 * 4, 200);
  const auto png = encode_png(3, 2, rgba);
  const std::vector<std::uint8_t> head(png.begin(), png.begin() + 24);
  EXPECT_EQ(head, (std::vector<std::uint8_t>{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13,
                                             'I',  'H', 'D', 'R', 0,    0,    0,    3,    0, 0, 0, 2}));
  EXPECT_EQ(png, encode_png(3, 2, rgba));
}

TEST(Png, Of_sizes_that_do_not_fit_is_empty) {
  EXPECT_TRUE(encode_png(3, 3, std::vector<std::uint8_t>(4)).empty());
  EXPECT_TRUE(encode_png(0, 0, {}).empty());
}

}  // namespace
}  // namespace loopscope::viz

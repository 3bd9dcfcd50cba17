#pragma once

#include <array>

#include "traces/stepping.h"
#include "viz/model/geometry.h"
#include "viz/model/layout.h"

namespace loopscope::viz {

/// The granularities that have a stepper in the bar, from left to right.
inline constexpr std::array<traces::Granularity, 4> kSteppers = {
    traces::Granularity::iteration, traces::Granularity::phase, traces::Granularity::handle,
    traces::Granularity::event};
const char* stepper_label(traces::Granularity granularity);

/// One "‹ iteration ›": two halves around one label. Without a label the halves touch.
struct StepperPlace {
  Rect whole, back, forward;
  bool labelled = true;
};

/// Where everything in the transport bar stands, in window pixels. What gave way is empty.
struct TransportLayout {
  Vec2 logo;   ///< left end, vertical center
  Rect title;  ///< title, and under it the subtitle where the bar is tall
  Rect first, play, last;
  bool play_has_word = true;
  std::array<StepperPlace, kSteppers.size()> steppers;
  Rect speed;    ///< "speed 1x" and its track
  Rect track;    ///< what can be dragged
  Rect figures;  ///< position: right aligned in it
  Rect theme, help;
};

/// Widths of texts in window pixels, which only the fonts know.
struct TransportTexts {
  std::array<float, kSteppers.size()> labels = {};
  float title = 0;                             ///< the whole title
  float subtitle = 0;                          ///< what stands below it where there is room
  float figures = 0;                           ///< of all that stands in `figures`
  float least_title = 0;                       ///< the title's first letters; less is not worth showing
  std::size_t current = kSteppers.size() - 1;  ///< the stepper last used: it keeps its label
};

TransportLayout make_transport_layout(const Layout& layout, const TransportTexts& texts);

/// The speed at `x` on `track`, one of speed_stops(), and where on it a speed stands.
float speed_at(const Rect& track, float x);
float x_of_speed(const Rect& track, float speed);

}  // namespace loopscope::viz

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "viz/model/viewer.h"

namespace loopscope::viz {

/// What a picture of the viewer shows.
struct ShotOptions {
  int width = 1600, height = 1000;
  ThemeName theme = ThemeName::dark;
  float scale = 1;
  EventIndex at = 0;  ///< clamped to the trace
  AxisKind axis = AxisKind::steps;
  Selection selection = {};
  bool help = false;
  Transition moving = {};    ///< a step under way, for pictures of motion
  Commands setup = {};       ///< carried out before the picture is drawn: zoom, search, a range
  std::string keys = {};     ///< then pressed, a character each: what the window's keys ask for
  std::string text = {};     ///< typed after them, into a prompt that they opened
  std::string failure = {};  ///< why the run ended badly, or empty
};

/// Draws the real viewer on `run`, which must be finished and hold events, without a
/// display: top-down RGBA rows in `rgba`. Equal input gives equal bytes. False, with
/// the reason in `error`, when it cannot.
bool shot(const ViewedRun& run, const ShotOptions& options, std::vector<std::uint8_t>& rgba,
          std::string& error);

}  // namespace loopscope::viz

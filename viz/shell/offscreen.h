#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "viz/model/theme.h"
#include "viz/panels/fonts.h"

namespace loopscope::viz {

/// A picture to render without a display.
struct OffscreenOptions {
  int width = 1600, height = 1000;  ///< pixels
  float scale = 1;                  ///< UI scale that the fonts are baked for
  Color background = {};            ///< what the picture is cleared to
  int frames = 4;                   ///< frames drawn before the picture is read; at least 3
};

/// Draws `frames` frames with `draw(fonts, frame)` inside an ImGui frame on a surfaceless
/// OpenGL context, by software so that every machine gives the same bytes, and stores
/// the last one as top-down RGBA rows in `rgba`. Needs no display. False, with the
/// reason in `error`, when no such context can be made. Must not run inside another
/// ImGui context's frame; leaves the calling thread's ImGui context as it was.
bool render_offscreen(const OffscreenOptions& options, const std::function<void(const Fonts&, int)>& draw,
                      std::vector<std::uint8_t>& rgba, std::string& error);

}  // namespace loopscope::viz

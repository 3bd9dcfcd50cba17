#pragma once

#include <string_view>

#include "viz/panels/paint.h"

namespace loopscope::viz {

/// How a text with `code` in it is set.
struct RichStyle {
  float size = 15, line_height = 24;  ///< unscaled
  Color color = {}, code = {};
  float paragraph_gap = 12;  ///< unscaled, between paragraphs
  Face face = Face::regular;
};

/// Sets `text` in lines of at most `width` window pixels from `baseline` on: backticks hold code, a
/// newline begins a paragraph. What would come below `bottom` is left out, the last line cut with "…".
/// Returns the baseline of the last line. With `draw` false only measures.
float rich_text(Paint& paint, float x, float baseline, float width, std::string_view text,
                const RichStyle& style, float bottom, bool draw = true);

}  // namespace loopscope::viz

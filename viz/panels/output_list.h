#pragma once

#include "viz/model/commands.h"
#include "viz/model/view_state.h"
#include "viz/panels/fit.h"
#include "viz/panels/paint.h"

namespace loopscope::viz {

/// How many rows the program has printed at the cursor.
std::size_t output_count(const FrameView& frame, ViewState& view);

/// The output's rows in `area`; part of the Output panel, or a tab of Program.
void draw_output_list(const FrameView& frame, ViewState& view, Paint& paint, const Rect& area,
                      const Pointer& pointer, Commands& commands);

}  // namespace loopscope::viz

#pragma once

#include "viz/model/commands.h"
#include "viz/model/view_state.h"
#include "viz/panels/fit.h"
#include "viz/panels/paint.h"

namespace loopscope::viz {

/// The program's listing in `area`: one of the tabs of the program panel.
void draw_listing(const FrameView& frame, ViewState& view, Paint& paint, const Rect& area,
                  const Pointer& pointer, Commands& commands);

}  // namespace loopscope::viz

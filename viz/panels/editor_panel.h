#pragma once

#include "viz/model/commands.h"
#include "viz/model/view_state.h"
#include "viz/panels/fit.h"

namespace loopscope::viz {

/// The scenario's JSON, to be edited, in `area` of the program panel; `small`: in the small
/// type. Below it what is wrong with the text, and what the keys do.
void draw_editor(ViewState& view, Paint& paint, const Rect& area, bool small, const Pointer& pointer);

/// What is wrong with the scenario, at the bottom of `area`; a click goes to the place in the
/// JSON. Returns what is left of the area; nothing is drawn when nothing is wrong.
Rect draw_problems(ViewState& view, Paint& paint, const Rect& area, const Pointer& pointer);

/// A page of its own for the JSON of a file that cannot be run: `window` wide and high.
void draw_editor_page(ViewState& view, Paint& paint, const Rect& window, std::string_view title);

}  // namespace loopscope::viz

#pragma once

#include <string>

#include "viz/panels/panels.h"

/// What stands beside the loop: the tasks, why one waits, the findings. In the small layout
/// they share one panel as tabs; these draw into the area that is left.
namespace loopscope::viz {

Commands draw_why(const FrameView& frame, ViewState& view, Paint& paint, const Rect& body);
/// "Why is A waiting?", with the name of the task's badge where it is wider than `max` otherwise.
std::string why_title(const FrameView& frame, ViewState& view, const Paint& paint, float max);
/// Tasks, the frames that they are suspended in, and what these wait for.
Commands draw_await_tree(const FrameView& frame, ViewState& view, Paint& paint, const Rect& body);
Commands draw_findings(const FrameView& frame, ViewState& view, Paint& paint, const Rect& body);
/// "1 hint", "2 errors, 1 warning": empty when nothing was found.
std::string findings_count(const FrameView& frame, ViewState& view);
/// The tabs in the title row of `panel`; `view.side_tab` is the one that is on.
void draw_side_tabs(const FrameView& frame, ViewState& view, Paint& paint, const Rect& panel);

}  // namespace loopscope::viz

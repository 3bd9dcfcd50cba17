#pragma once

#include <cstddef>

#include "viz/model/geometry.h"

namespace loopscope::viz {

/// Where everything stands in the window, in pixels.
struct Layout {
  Rect window;
  Rect transport, program, output, loop, tasks, timeline, narration;
  Rect why, findings;  ///< under the tasks; empty where they are tabs beside them
  Rect tour, score;    ///< lessons: in the place of tasks, why and findings; score empty where it is too low
  bool small = false;  ///< under 1400 (scaled) pixels wide: tabs, smaller type
  bool low = false;    ///< under 860 high: thinner lanes
  bool output_is_tab = false;
  bool large = false;      ///< many tasks: a higher timeline, whose lanes may shrink to heat rows
  bool teaching = false;   ///< a lesson: the timeline is low, without a strip
  bool side_tabs = false;  ///< Tasks, Why and Findings share one panel
  float scale = 1;
};

/// What the window is used for.
struct LayoutPurpose {
  bool teaching = false;   ///< a lesson: tour and score at the right, a low timeline
  bool presenter = false;  ///< program, loop and narration only
};

/// The layout for a window of `width` x `height` pixels:
/// at 1600 x 1000, columns 424 | 772 | 372 and rows 564 | 284 | 64. For runs of many tasks
/// the timeline takes nearly half of the height.
Layout make_layout(float width, float height, float scale, std::size_t tasks = 0,
                   const LayoutPurpose& purpose = {});

}  // namespace loopscope::viz

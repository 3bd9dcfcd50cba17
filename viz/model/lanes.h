#pragma once

#include <cstddef>
#include <optional>

#include "traces/loop_state.h"
#include "viz/model/geometry.h"
#include "viz/model/layout.h"

namespace loopscope::viz {

/// Where a task's block stands in its lane: shares of the lane's height. The nearer the
/// CPU, the higher.
struct LaneShare {
  float top, height;
};
LaneShare lane_share(traces::TaskPhase phase);
/// How solid the block is: what runs or will run soon stands out.
float lane_alpha(traces::TaskPhase phase);
/// Of two states that share a pixel, the one with the higher rank is shown.
int lane_rank(traces::TaskPhase phase);

/// What decides the rows of the timeline.
struct TimelineContent {
  std::size_t tasks = 0;       ///< lanes of tasks
  std::size_t timer_rows = 0;  ///< of pins; 0 = no timers at all
  std::size_t side = 0;        ///< lanes of threads, pools, fds and the world
  float names = 0;             ///< room that the lanes' names want at the left, unscaled
};

/// The rows of the timeline, each as wide as the panel; `plot_left` to `plot_right` is
/// where events are drawn. A row that is left out is empty.
struct TimelineGeometry {
  Rect title, ruler, phases, depth;
  Rect lanes;  ///< the part of the lanes that can be seen
  Rect side;   ///< the lanes that are no task's, below them
  Rect timers, strip;
  float plot_left = 0, plot_right = 0;
  float lane_height = 0;
  float content_height = 0;  ///< of all lanes
  std::size_t tasks = 0;
  std::size_t side_rows = 0;  ///< those that have room
  bool heat = false;          ///< lanes too thin for names: colours only

  Rect side_lane(std::size_t row) const {
    const float h = side_rows > 0 ? side.h / static_cast<float>(side_rows) : 0;
    return {side.x, side.y + static_cast<float>(row) * h, side.w, h};
  }
  float max_scroll() const;
  /// `scroll` on whole lanes, so that none is cut.
  float snapped(float scroll) const;
  /// Lane `row` for this scroll; may lie outside `lanes`.
  Rect lane(std::size_t row, float scroll) const;
  /// The lane under the pixel row `y`.
  std::optional<std::size_t> lane_at(float y, float scroll) const;
  /// First and one past last lane that can be seen.
  std::pair<std::size_t, std::size_t> visible_lanes(float scroll) const;
  /// The smallest change of `scroll` that shows lane `row` whole.
  float scroll_to(std::size_t row, float scroll) const;
  Rect plot() const;  ///< from the ruler to the timers
};

TimelineGeometry timeline_geometry(const Layout& layout, const TimelineContent& content);

}  // namespace loopscope::viz

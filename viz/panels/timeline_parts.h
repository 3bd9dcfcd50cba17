#pragma once

#include <algorithm>
#include <string>

#include "viz/model/block_cache.h"
#include "viz/model/lane_list.h"
#include "viz/model/lanes.h"
#include "viz/model/time_axis.h"
#include "viz/model/timeline_model.h"
#include "viz/model/view_state.h"
#include "viz/panels/fit.h"
#include "viz/panels/paint.h"

/// What the timeline's drawing functions share; used by timeline_*.cpp only.
namespace loopscope::viz {

struct TimelineContext {
  const FrameView& frame;
  ViewState& view;
  Paint& paint;
  const TimelineModel& model;
  const TimelineModel::LoopTrack* track;  ///< of the loop in focus; may be null
  TimelineGeometry geometry;
  TimeAxis axis;
  float scroll = 0;  ///< of the lanes, on whole lanes
  const std::vector<Lane>& lanes;

  /// The blocks of a lane; kept between frames.
  template <class Span, class Rank>
  const std::vector<Block>& blocks(const std::vector<Span>& spans, float min_width, Rank rank) const {
    return view.lane_blocks->of(std::span<const Span>(spans), frame.size, axis, min_width, rank);
  }

  /// The first of the side lanes that is in sight.
  std::size_t side_first() const {
    const std::size_t all = view.lane_list->side().size();
    const std::size_t hidden = all - std::min(all, geometry.side_rows);
    return static_cast<std::size_t>(std::clamp(view.side_scroll, 0.0F, static_cast<float>(hidden)));
  }

  /// The lane of `task`, if it has one.
  std::optional<std::size_t> lane_of(TaskId task) const {
    const auto row = model.task_row(task);
    return row ? view.lane_list->lane_of(*row) : std::nullopt;
  }

  bool is_selected(TaskId task) const {
    return view.selection == Selection{Selection::Kind::task, task.value};
  }
  bool is_hovered(TaskId task) const { return view.hovered == Selection{Selection::Kind::task, task.value}; }
  float cursor_x() const { return axis.x_mid(frame.cursor); }
  float clamp_x(float x) const { return std::clamp(x, geometry.plot_left - 20, geometry.plot_right + 20); }
};

// Ruler and strip (timeline_ruler.cpp).
void draw_instant_bands(TimelineContext& c);
void draw_ruler(TimelineContext& c);
void draw_strip(TimelineContext& c);
void draw_playhead(TimelineContext& c);
/// The event that a click at `x` on the strip means.
EventIndex strip_event_at(const TimelineContext& c, float x);

// Lanes (timeline_lanes.cpp).
void draw_lane_names(TimelineContext& c);
void draw_phases(TimelineContext& c);
void draw_ready_depth(TimelineContext& c);
void draw_task_lanes(TimelineContext& c);
/// The lanes that are no task's (timeline_side.cpp): their names, and what happens on them.
void draw_side_names(TimelineContext& c);
float side_name_width(const Paint& paint, const SideTrack& track);
void draw_side_lanes(TimelineContext& c);

/// While a question stands: what comes after the cursor is not there, and the ruler ends at it
/// (timeline_hidden.cpp).
void draw_hidden_future(TimelineContext& c);

// Timers and wake-ups (timeline_pins.cpp).
void draw_timers(TimelineContext& c);
void draw_wakeups(TimelineContext& c);

/// The who-woke-whom chain of the selected task, and its critical path (timeline_links.cpp).
void draw_links(TimelineContext& c);

/// The marked range and its statistics (timeline_range.cpp).
void draw_range(TimelineContext& c);
/// The stretch of the finding that is open in the list.
void draw_open_finding(TimelineContext& c);
void draw_range_card(TimelineContext& c, const Pointer& pointer, Commands& commands);

/// The whole run with the part in sight framed, while zoomed in (timeline_minimap.cpp).
void draw_minimap(TimelineContext& c);
/// The event that a click at `x` on the minimap means.
EventIndex minimap_event_at(const TimelineContext& c, float x);

/// What stands under the resting pointer (timeline_tip.cpp).
void draw_timeline_tip(TimelineContext& c, const Pointer& pointer);

}  // namespace loopscope::viz

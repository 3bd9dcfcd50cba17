#pragma once

#include <cstdint>
#include <vector>

#include "traces/loop_state.h"
#include "traces/trace_store.h"
#include "viz/model/theme.h"

namespace loopscope::viz {

/// A task that stands on a line of the listing.
struct LineBadge {
  TaskId task;
  traces::TaskPhase phase = traces::TaskPhase::waiting;
  bool hot = false;  ///< the event at the cursor is about this task
};

/// The tasks on one line.
struct LineMarks {
  std::uint32_t line = 0;  ///< from 1
  std::vector<LineBadge> badges;
  bool hot = false;  ///< one of them is
};

/// Who stands where in the listing at one event.
struct ListingModel {
  std::uint32_t running_line = 0;  ///< the line that runs now; 0 = none
  TaskId running_task;             ///< whose; none for the module's own lines
  TaskId event_task;               ///< the task that the event at the cursor is about
  std::uint32_t focus_line = 0;    ///< to keep in sight: the running line, the event's, the last that ran
  std::uint32_t failed_line = 0;   ///< where the exception or limit was that has ended the program
  std::vector<LineMarks> marks;    ///< by line; only lines with tasks

  const LineMarks* at(std::uint32_t line) const;
};

/// The task that `event` is about, if any: its own, the one whose step or sleep a handle
/// is, the one that runs. `before` and `state` are the states around it.
TaskId task_of_event(const TraceEvent& event, const traces::LoopState& before,
                     const traces::LoopState& state);

ListingModel listing_model(const TraceEvent& event, const traces::LoopState& before,
                           const traces::LoopState& state);

/// The line of what has ended the program, in `state` of `store`; 0 while nothing has, or where it is not
/// known.
std::uint32_t line_of_failure(const traces::TraceStore& store, const traces::LoopState& state);

/// The scroll (pixels) that keeps row `line` of `row_height` in sight in a view of
/// `height`: unchanged when it is well inside, else centred, on whole rows. Clamped to
/// `content`.
float scroll_to_line(std::uint32_t line, float row_height, float height, float content, float scroll);

}  // namespace loopscope::viz

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "traces/loop_state.h"
#include "traces/narration.h"
#include "traces/trace_store.h"
#include "viz/model/about.h"
#include "viz/model/breakpoints.h"
#include "viz/model/commands.h"
#include "viz/model/focus.h"
#include "viz/model/geometry.h"
#include "viz/model/lane_list.h"
#include "viz/model/layout.h"
#include "viz/model/places.h"
#include "viz/model/teaching.h"
#include "viz/model/theme.h"
#include "viz/model/time_axis.h"
#include "viz/model/work.h"
#include "viz/model/wrap.h"

namespace loopscope::viz {

class TimelineModel;
class LaneList;
class BlockCache;
class HeatRows;
struct HighlightedListing;
class TaskRows;
class Answers;
class Prompt;
class ScenarioEditor;

/// A stretch of events, both ends included.
struct EventRange {
  EventIndex from = 0, to = 0;
  friend bool operator==(const EventRange&, const EventRange&) = default;
};

/// Which who-woke-whom arrows the timeline shows for the selected task.
enum class ArrowMode : std::uint8_t { direct, ancestors, critical };

/// The await tree's own state.
struct AwaitView {
  bool shown = false;  ///< in place of "why", where the two do not have a tab each
  float scroll = 0;
  TaskId follows;                                         ///< what it scrolled to last
  std::size_t follows_at = static_cast<std::size_t>(-1);  ///< and at which cursor
};

/// The tabs of the right side in the small layout.
inline constexpr int kTasksTab = 0, kWhyTab = 1, kFindingsTab = 2, kAwaitTab = 3;

/// What the program panel shows: the output only where it has no panel of its own.
enum class ProgramTab : std::uint8_t { listing, json, output };

/// One line over the panels that goes away by itself: "Saved as a.json".
struct Toast {
  std::string text;
  bool is_error = false;
  double until = 0;  ///< frame.clock when it goes away; 0: not shown yet
};

/// A few words about what is under the resting pointer, and the key that does the same.
struct HoverHint {
  std::string text, key;
  Rect at;  ///< what it is about
};

/// The rows that the output's lines take, kept between frames.
struct OutputColumns {
  std::size_t first = 0, rest = 0;  ///< characters in a line's first row, and in those below it
  friend bool operator==(const OutputColumns&, const OutputColumns&) = default;
};
struct OutputWrap {
  const void* store = nullptr;
  OutputColumns columns;
  RowTable rows;
};

/// What the window shows beside the trace: owned by the session, changed by commands,
/// and by panels where it is theirs alone (scrolling, hovering, zoom).
struct ViewState {
  Selection selection;
  Selection hovered;         ///< what the pointer is over; the same thing glows in every panel
  Selection next_hovered;    ///< collected while drawing; becomes `hovered` in the next frame
  double hovered_since = 0;  ///< frame.clock when the pointer came over `hovered`: tooltips wait for it
  std::optional<HoverHint> hint, next_hint;  ///< shown once the pointer has rested; collected while drawing
  double hint_since = 0;
  double wake_at = 0;  ///< frame.clock at which the picture changes by itself; 0: it does not
  Granularity granularity = Granularity::event;
  bool playing = false;
  float speed = 1;  ///< 1 = about four events a second
  bool help_open = false;
  Focus focus;  ///< where the keyboard is
  AxisKind axis = AxisKind::steps;
  TimelineView timeline;  ///< zoom and pan, per axis
  float listing_scroll = 0, tasks_scroll = 0, output_scroll = 0, lanes_scroll = 0,
        side_scroll = 0;                                       ///< pixels; of the side lanes, rows
  std::size_t listing_follows = static_cast<std::size_t>(-1);  ///< cursor that the listing scrolled to last
  std::size_t output_follows = static_cast<std::size_t>(-1);   ///< the same for the output
  std::size_t lanes_follow = static_cast<std::size_t>(-1);     ///< and for the timeline's lanes
  Vec2 drawn_size{};                                           ///< of the window in the last frame
  ProgramTab program_tab = ProgramTab::listing;                ///< what the program panel shows
  std::shared_ptr<TimelineModel> trace_model;  ///< what the timeline and output panels know of the trace
  std::shared_ptr<TaskRows> task_rows;         ///< the task tree's order, kept by the tasks panel
  std::shared_ptr<HighlightedListing> listing_tokens;
  OutputWrap output_wrap;
  bool reduced_motion = false;
  LaneChoice lanes;  ///< which lanes the timeline shows
  std::shared_ptr<LaneList> lane_list;
  std::shared_ptr<BlockCache> lane_blocks, map_blocks;  ///< of the timeline and of its map of the whole run
  std::shared_ptr<HeatRows> heat_rows;
  float lane_names = 0;             ///< room that the lanes' names want, unscaled; measured by the timeline
  std::optional<EventRange> range;  ///< what Shift and a drag have marked on the timeline
  ArrowMode arrows = ArrowMode::direct;
  LoopId loop_shown;         ///< the loop that was asked for; none: the cursor's
  int side_tab = kTasksTab;  ///< small layout: which of the tabs of the right side
  AwaitView await;
  float findings_scroll = 0, why_scroll = 0;
  std::optional<std::size_t> finding;                       ///< the one that is open in the list
  std::size_t tasks_follow = static_cast<std::size_t>(-1);  ///< cursor that the task list scrolled to last
  std::vector<Breakpoint> breakpoints;
  std::optional<std::size_t> stopped_at;  ///< the breakpoint that the cursor stands on
  Bookmarks bookmarks;
  Teaching teaching;                       ///< the lesson or predict mode
  About about;                             ///< what the scenario's author says about it
  std::size_t lesson_stops = 0;            ///< of the run's lesson; 0: it has none
  bool presenter = false;                  ///< large type, few panels
  std::shared_ptr<Prompt> prompt;          ///< search, palette and the like; null until it is used
  std::shared_ptr<ScenarioEditor> editor;  ///< never null in a Viewer
  std::optional<Toast> toast;
  /// How far the timeline has come with a very large run; it goes on in the next frame. None: it has all.
  std::optional<float> folding;
  std::optional<Work> work;          ///< long work under way behind the window
  std::shared_ptr<Answers> answers;  ///< kept: why, findings, statistics, arrows
};

/// A step under way: for motion. `progress` runs from 0 to 1; at 1 nothing moves.
struct Transition {
  EventIndex from = 0, to = 0;
  float progress = 1;
  bool moving() const { return progress < 1; }
};

/// Everything that a panel may look at in one frame.
struct FrameView {
  const traces::TraceStore& store;
  std::size_t size;                    ///< events in the trace now; at least 1
  bool finished;                       ///< no more events will come
  EventIndex cursor;                   ///< < size
  const traces::LoopState& state;      ///< after event `cursor`
  const traces::LoopState& before;     ///< after event `cursor - 1` (or the empty state)
  const traces::Narration& narration;  ///< of event `cursor`
  Transition transition;
  std::string title, subtitle;  ///< "lifecycle", "Two tasks share one loop"
  const Theme& theme;
  Layout layout;        ///< where each panel stands
  float scale;          ///< UI scale; all measures multiply by it
  double clock;         ///< seconds since the window opened, for blinking and tooltips
  std::string failure;  ///< why the run ended badly ("deadlock: ..."), or empty
  /// The store again, for work that goes on beside the frames; null: everything is done in the frame.
  std::shared_ptr<const traces::TraceStore> shared = nullptr;
};

}  // namespace loopscope::viz

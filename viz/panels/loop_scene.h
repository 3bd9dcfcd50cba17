#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "viz/model/heap_layout.h"
#include "viz/model/loop_geometry.h"
#include "viz/model/motion.h"
#include "viz/model/ready_layout.h"
#include "viz/model/turn.h"
#include "viz/panels/fit.h"
#include "viz/panels/panels.h"

/// Private to the loop panel's files: what they share in one frame.
namespace loopscope::viz {

/// A chip on its way.
struct FlyingChip {
  Flight flight;
  traces::QueuedHandle handle;
  Way way;          ///< from source to target, whichever way it is flown
  Rect from, to;    ///< source and target of the event
  float along = 0;  ///< position on the curve
  bool backwards = false;
  Hue hue = Hue::ready;
  const Rect& landing() const { return backwards ? from : to; }
  Station home() const { return backwards ? flight.from : flight.to; }  ///< where it belongs when at rest
};

/// What the pointer is over, for the tooltip.
struct LoopTip {
  Selection what;
  Rect at;
  std::vector<std::string> lines;
};

/// What the keyboard can be at: everything that reacts to the mouse.
struct LoopPlace {
  Rect at;
  Selection what;
  std::optional<EventIndex> seek;
};

/// One frame of the loop panel.
struct LoopScene {
  const FrameView& frame;
  ViewState& view;
  Paint& paint;
  Commands& commands;
  Rect panel;  ///< the whole panel
  MachineLayout layout;
  const traces::OneLoopState& loop;  ///< as it is to be drawn
  TraceEvent event;                  ///< of the cursor
  Touch touch;
  double now = 0;                              ///< seconds
  const traces::OneLoopState* from = nullptr;  ///< while moving: the same loop before the step
  float progress = 1;                          ///< eased, of the move
  std::optional<FlyingChip> flying;
  std::optional<FlyingChip> limbo;  ///< it has left the heap or the selector, and is not yet queued
  std::optional<LoopTip> tip;
  std::vector<LoopPlace> places = {};  ///< in the order of drawing

  float s(float measure) const { return frame.scale * measure; }
  const traces::LoopState& state() const { return frame.state; }
  /// The chip in flight hides its own place there.
  bool lands_at(Station where, HandleId handle) const {
    return flying && flying->home() == where && flying->flight.handle == handle;
  }
};

/// What a click on a handle selects: its task, else itself.
Selection selection_of(const traces::QueuedHandle& handle);
traces::QueuedHandle as_handle(const traces::HeapTimer& timer);

struct Look {
  bool hot = false, focused = false;
};
/// Hover, click and double-click on `r`, which stands for `what`; `seek`: where a double-click goes; `tip`:
/// asked only under the pointer.
Look react(LoopScene& scene, const Rect& r, const Selection& what, std::optional<EventIndex> seek,
           const std::function<std::vector<std::string>()>& tip);
std::vector<std::string> handle_tip(const LoopScene& scene, const traces::QueuedHandle& handle);

/// A label and a figure in one line of a side box; of the labels the longest that fits beside the figure.
void box_row(Paint& paint, const Rect& box, float baseline, std::initializer_list<std::string_view> labels,
             std::string_view value, Color value_color, bool mono = true);
/// What a side box is called, and what stands at the right of it; the short title where both do not fit.
struct BoxTitle {
  std::string_view text, short_text;
  std::string_view right, short_right = {};
};
/// The frame and title of a side box.
void box_frame(Paint& paint, const Rect& box, const BoxTitle& title, std::optional<Hue> lit);

/// "1.0 s", "0 s", "250 ms": short enough for a pill.
std::string short_seconds(double seconds);
/// A deadline on a node: 2.000, 12.50, 1204; with two digits .25.
std::string short_when(double when, int digits);

/// The title row, with a tab a loop where there are several; `loop` is the one that is shown.
void draw_loop_title(const FrameView& frame, ViewState& view, Paint& paint, const traces::OneLoopState* loop,
                     Commands& commands);
void draw_ring(LoopScene& scene);
void draw_selector_box(LoopScene& scene);
void draw_heap_box(LoopScene& scene);
/// On a trampoline, instead of these two: the sleeps that poll, and who waits for whom.
void draw_turn_boxes(LoopScene& scene);
void draw_ready_queue(LoopScene& scene);
/// The chip in flight, its line and its ghosts; drawn last.
void draw_flight(LoopScene& scene);
/// The handle that the cursor's event has taken out of the heap or the selector, on its way to the queue.
void plan_limbo(LoopScene& scene);
/// Finds the move that the transition shows, and its geometry.
void plan_flight(LoopScene& scene, const MotionStep& step, const traces::LoopState& before,
                 const traces::LoopState& after);
/// Where the tree stands in the heap's box.
Rect heap_area(const LoopScene& scene);
/// Row of an fd in the selector's box; the whole box's middle when it has no row.
Rect fd_place(const LoopScene& scene, HandleId handle);

}  // namespace loopscope::viz

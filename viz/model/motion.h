#pragma once

#include <array>
#include <optional>

#include "core/trace/event.h"
#include "traces/loop_state.h"
#include "viz/model/geometry.h"
#include "viz/model/view_state.h"

namespace loopscope::viz {

/// A cubic bezier from `a` to `d`.
struct Curve {
  Vec2 a, b, c, d;
  Vec2 at(float t) const;
  /// Direction at `t` in radians.
  float angle(float t) const;
  Curve reversed() const { return {d, c, b, a}; }
};

/// Where a chip can be.
enum class Station : std::uint8_t { outside, heap, selector, slot, queue };

/// A handle that one event moves from one station to another.
struct Flight {
  HandleId handle;
  Station from = Station::outside, to = Station::queue;
  friend bool operator==(const Flight&, const Flight&) = default;
};

/// The move that `event` makes; `before` is its loop's state just before it. None for events that move
/// nothing.
std::optional<Flight> flight_of(const TraceEvent& event, const traces::OneLoopState& before);

/// A chip's way: the line that is drawn ends beside the target; the chip itself settles in its middle.
struct Way {
  Curve line;
  Vec2 settle;  ///< from the line's end to the target's middle
  /// Where the chip's middle is at `t`.
  Vec2 at(float t) const { return line.at(t) + settle * (t * t * t * t); }
};

/// The way from the middle of `from` to `to`, in the panel `bounds`: out of the heap downwards, out of
/// the selector sideways, into a place of the queue from the right or from above.
Way flight_way(const Flight& flight, const Rect& from, const Rect& to, const Rect& bounds, float scale);

/// The part of a line that lies outside of `from` and `to`, where it begins and ends.
Curve shown_line(const Curve& line, const Rect& from, const Rect& to, float scale);

/// The three shades behind a flying chip: how far back on the curve, and how strong.
struct Ghost {
  float back, alpha;
};
inline constexpr std::array<Ghost, 3> kGhosts{{{.34F, .14F}, {.22F, .26F}, {.11F, .42F}}};

/// One event of a step, as motion shows it.
struct MotionStep {
  EventIndex event = 0;  ///< whose move is shown
  bool backwards = false;
};

/// The last event in a step that moves a chip (for steps of at most 8 events; the step must be under way).
/// `moves(event)` says which do.
template <class Moves>
std::optional<MotionStep> motion_step(const Transition& transition, const Moves& moves) {
  constexpr std::size_t kLongest = 8;
  const bool backwards = transition.to < transition.from;
  const EventIndex low = backwards ? transition.to : transition.from,
                   high = backwards ? transition.from : transition.to;
  if (!transition.moving() || high - low > kLongest) return std::nullopt;
  for (EventIndex i = high; i > low; --i)
    if (moves(i)) return MotionStep{i, backwards};
  return std::nullopt;
}

/// `t` of the first `share` of a move stretched to 0..1, and of the rest.
float first_part(float t, float share);
float last_part(float t, float share);

/// The rectangle on the way from `a` to `b`.
Rect between(const Rect& a, const Rect& b, float t);

/// What an event touches: drawn hot while the cursor rests on it.
struct Touch {
  HandleId handle;
  std::optional<std::uint32_t> fd;
  Station where = Station::outside;  ///< the structure that it works on
};
Touch touch_of(const TraceEvent& event);

}  // namespace loopscope::viz

#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "traces/trace_store.h"

namespace loopscope::viz {

enum class AxisKind : std::uint8_t { steps, clock };

/// The visible range of each axis: events on `steps`, nanoseconds on `clock`.
/// begin == end means "all of it".
struct TimelineView {
  double steps_begin = 0, steps_end = 0;
  double clock_begin = 0, clock_end = 0;
};

/// Maps events to x positions and back, on either axis. Pure; made anew each frame.
class TimeAxis {
 public:
  /// `left`, `right` in pixels.
  TimeAxis(const traces::TraceStore& store, std::size_t size, AxisKind kind, const TimelineView& view,
           float left, float right);

  AxisKind kind() const { return kind_; }
  float left() const { return left_; }
  float right() const { return right_; }
  /// Where event `i` begins; `i` may be size() (the end).
  float x_of(std::size_t event) const;
  /// The middle of event `i`: where the playhead stands on it.
  float x_mid(std::size_t event) const;
  float x_of_time(std::int64_t ns) const;  ///< clock axis only
  /// The event under `x`, clamped. On the clock, the last one that had happened by then.
  traces::EventIndex event_at(float x) const;
  /// The first event, from `start` on, whose left edge is at `x` or right of it; size()
  /// when there is none. Cheap when it is not far from `start`.
  std::size_t first_from(float x, std::size_t start = 0) const;
  /// First and one-past-last event that can be seen.
  std::pair<traces::EventIndex, traces::EventIndex> visible() const;
  double pixels_per_unit() const { return (right_ - left_) / (end_ - begin_); }

  /// The visible range in units of the axis.
  double begin() const { return begin_; }
  double end() const { return end_; }
  /// Whether the whole trace can be seen.
  bool shows_all() const;

  /// `view` zoomed by `factor` (> 1 = nearer) about `x`, or panned so that its content
  /// moves right by `pixels`; clamped to the trace.
  TimelineView zoomed(float x, double factor) const;
  TimelineView panned(float pixels) const;

 private:
  const traces::TraceStore* store_;
  std::size_t size_;
  AxisKind kind_;
  TimelineView view_;
  double full_begin_ = 0, full_end_ = 1;  // the whole trace, with a margin on the clock
  float left_, right_;
  double begin_ = 0, end_ = 1;  // the visible range in units of the axis
};

/// `view` with the other axis's range set so that event `cursor` keeps its place on screen.
TimelineView switch_axis(const traces::TraceStore& store, std::size_t size, const TimelineView& view,
                         AxisKind from, traces::EventIndex cursor, float left, float right);

}  // namespace loopscope::viz

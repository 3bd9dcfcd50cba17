#pragma once

#include <cstddef>

#include "traces/trace_store.h"
#include "viz/model/view_state.h"

namespace loopscope::viz {

/// Tells when playing goes on to the next event. Time is told to it, not read.
class Playback final {
 public:
  /// At speed 1.
  static constexpr double kEventsPerSecond = 4;

  /// Begins a new stretch of playing: the first event comes one interval later.
  void start() { due_ = 0; }
  /// How many events to go on after `seconds` more at `speed`.
  std::size_t advance(double seconds, float speed);
  /// Seconds between two events.
  static double interval(float speed) { return 1 / (kEventsPerSecond * static_cast<double>(speed)); }

 private:
  double due_ = 0;  // events that time has earned and that were not handed out
};

/// Seconds that the move shown at event `i` takes when stepping forwards; 0 = nothing travels.
double motion_seconds(const traces::TraceStore& store, EventIndex i);

/// Slow at the end: 0 to 0, 1 to 1.
float ease_out_cubic(float progress);

/// The step that is being shown. A new one finishes the old at once.
class Motion final {
 public:
  /// Steps over more events than this do not move.
  static constexpr std::size_t kLongestStep = 8;

  /// The cursor went from `from` to `to`, and the move takes at most `limit` seconds.
  void start(const traces::TraceStore& store, EventIndex from, EventIndex to, double limit);
  void finish() { seconds_ = 0; }
  void advance(double seconds);
  /// `progress` runs evenly in time; panels ease it.
  Transition transition() const;

 private:
  EventIndex from_ = 0, to_ = 0;
  double seconds_ = 0, passed_ = 0;  // seconds_ == 0: at rest
};

}  // namespace loopscope::viz

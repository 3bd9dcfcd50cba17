#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "traces/loop_state.h"
#include "traces/rank_pyramid.h"
#include "traces/trace_store.h"
#include "viz/model/output_rows.h"
#include "viz/model/side_tracks.h"

namespace loopscope::viz {

struct ViewState;
struct FrameView;

/// What the timeline and the output panel know of a whole trace, so that no frame does
/// work that grows with it. Kept between frames; folds new events once, as they come.
/// Indices of events beyond the trace mean "not yet".
class TimelineModel {
 public:
  static constexpr traces::EventIndex kOpen = static_cast<traces::EventIndex>(-1);
  static constexpr std::size_t kTimerRows = 4;

  /// A phase of one iteration: [begin, end).
  struct PhaseSpan {
    traces::LoopPhase phase;
    traces::EventIndex begin = 0, end = kOpen;
  };
  /// A stretch in which the ready queue holds `depth` handles.
  struct DepthSpan {
    std::uint32_t depth = 0;
    traces::EventIndex begin = 0, end = kOpen;
  };
  struct Iteration {
    std::uint64_t n = 0;
    traces::EventIndex begin = 0, end = kOpen;  ///< one past iteration.end
  };
  struct LoopTrack {
    LoopId loop;
    std::vector<PhaseSpan> phases;
    std::vector<DepthSpan> depth;
    std::vector<Iteration> iterations;
    std::uint32_t deepest = 0;
    traces::RankPyramid peaks = {};  ///< of `depth`: the deepest of any stretch

    /// The iteration that event `i` lies in, or null.
    const Iteration* iteration_at(traces::EventIndex i) const;
    /// The last iteration that begins at event `i` or before, or null.
    const Iteration* last_iteration(traces::EventIndex i) const;
  };
  struct TaskTrack {
    TaskId task;
    std::string badge;
    std::vector<traces::TaskInterval> intervals;
    /// The interval around event `i`, or null before the task is made.
    const traces::TaskInterval* interval_at(traces::EventIndex i) const;
  };
  struct TimerPin {
    HandleId handle;
    TaskId task;
    double when = 0;
    traces::EventIndex begin = 0, end = kOpen;  ///< where planted, and one past where it ended
    bool fired = false, cancelled = false;
    std::size_t row = 0;
  };

  /// Takes in the events up to `size`, at most `most` of them: the next call goes on. A different
  /// store than last time starts anew.
  void update(const traces::TraceStore& store, std::size_t size, bool finished,
              std::size_t most = static_cast<std::size_t>(-1));
  /// The events that were taken in so far.
  std::size_t folded() const { return folded_; }

  const LoopTrack* track(LoopId loop) const;
  std::span<const TaskTrack> tasks() const { return tasks_; }
  /// Row of `task` in `tasks()`.
  std::optional<std::size_t> task_row(TaskId task) const;
  /// The pins of one row, in order, not overlapping.
  std::span<const TimerPin> timer_row(std::size_t row) const { return timer_rows_[row]; }
  /// How many rows have pins.
  std::size_t timer_rows() const;
  /// Pins that found no row, since too many timers waited at once.
  std::size_t timers_left_out() const { return timers_left_out_; }
  const TimerPin* timer(HandleId handle) const;
  std::span<const traces::Wakeup> wakeups() const { return wakeups_; }
  /// The task whose step runs at event `i`, if any.
  TaskId running_task(traces::EventIndex i) const;
  const OutputRows& output() const { return output_; }
  std::span<const LoopTrack> tracks() const { return tracks_; }
  const SideTracks& side() const { return side_; }
  /// Changes whenever lanes may have come or changed.
  std::uint64_t version() const { return version_; }

 private:
  struct TaskStep {
    TaskId task;
    traces::EventIndex begin = 0, end = kOpen;
  };
  struct Fold {
    std::uint32_t depth = 0;
    bool phase_open = false;
  };

  bool is_same_trace(const traces::TraceStore& store, std::size_t size) const;
  void fold(const TraceEvent& event, traces::EventIndex i);
  void fold_phase(LoopTrack& track, Fold& fold, const TraceEvent& event, traces::EventIndex i);
  void fold_depth(LoopTrack& track, Fold& fold, const TraceEvent& event, traces::EventIndex i);
  void fold_step(const TraceEvent& event, traces::EventIndex i);
  void take_indexes(const traces::TraceStore& store, std::size_t size);
  void place_timers(const std::vector<traces::TimerSpan>& timers);

  const traces::TraceStore* store_ = nullptr;
  std::size_t folded_ = 0, indexed_ = 0;
  bool complete_ = false;
  TraceEvent last_;
  std::vector<LoopTrack> tracks_;
  std::vector<Fold> folds_;
  std::vector<TaskStep> steps_;
  std::vector<TaskTrack> tasks_;
  std::vector<TimerPin> timer_rows_[kTimerRows];
  std::unordered_map<HandleId, std::pair<std::size_t, std::size_t>> timer_places_;  // row, index
  std::size_t timers_left_out_ = 0;
  std::vector<traces::Wakeup> wakeups_;
  OutputRows output_;
  SideTracks side_;
  std::uint64_t version_ = 0;
};

/// The model of the frame's trace, kept in `view` and brought up to date.
const TimelineModel& trace_model(const FrameView& frame, ViewState& view);

}  // namespace loopscope::viz

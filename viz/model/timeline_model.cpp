#include "viz/model/timeline_model.h"

#include <algorithm>

#include "core/trace/event_reader.h"
#include "traces/narration.h"
#include "viz/model/view_state.h"

namespace loopscope::viz {
namespace {

using traces::EventIndex;
using traces::LoopPhase;

// Below this many events the store's indexes are taken anew whenever the trace has grown;
// above, when it has grown by a quarter, so that the work stays linear.
constexpr std::size_t kEager = 1 << 15;
// Events taken in by one frame: about a fifth of a second.
constexpr std::size_t kSlice = 1'250'000;

template <class Spans>
auto span_at(const Spans& spans, EventIndex i) -> decltype(&spans[0]) {
  auto after = std::upper_bound(spans.begin(), spans.end(), i,
                                [](EventIndex e, const auto& s) { return e < s.begin; });
  if (after == spans.begin()) return nullptr;
  const auto& span = *std::prev(after);
  return i < span.end ? &span : nullptr;
}

}  // namespace

const TimelineModel::Iteration* TimelineModel::LoopTrack::iteration_at(EventIndex i) const {
  return span_at(iterations, i);
}

const TimelineModel::Iteration* TimelineModel::LoopTrack::last_iteration(EventIndex i) const {
  const auto after = std::upper_bound(iterations.begin(), iterations.end(), i,
                                      [](EventIndex e, const Iteration& it) { return e < it.begin; });
  return after == iterations.begin() ? nullptr : &*std::prev(after);
}

const traces::TaskInterval* TimelineModel::TaskTrack::interval_at(EventIndex i) const {
  return span_at(intervals, i);
}

bool TimelineModel::is_same_trace(const traces::TraceStore& store, std::size_t size) const {
  return store_ == &store && size >= folded_ && (folded_ == 0 || store.event(folded_ - 1) == last_);
}

void TimelineModel::update(const traces::TraceStore& store, std::size_t size, bool finished,
                           std::size_t most) {
  if (!is_same_trace(store, size)) {
    const std::uint64_t version = version_;
    *this = TimelineModel();
    version_ = version + 1;
  }
  store_ = &store;
  if (folded_ != size) ++version_;
  const std::size_t until = size - folded_ > most ? folded_ + most : size;
  for (; folded_ < until; ++folded_) {
    last_ = store.event(folded_);
    fold(last_, folded_);
    side_.fold(store, last_, folded_);
  }
  if (folded_ < size) return;  // the indexes come with the rest
  const bool grown = size != indexed_ && (finished || size < kEager || size > indexed_ + indexed_ / 4);
  if (grown || (finished && !complete_)) take_indexes(store, size);
  if (complete_ != finished) ++version_;
  complete_ = finished;
}

void TimelineModel::fold(const TraceEvent& event, EventIndex i) {
  fold_step(event, i);
  if (event.loop == 0) return;
  auto it = std::find_if(tracks_.begin(), tracks_.end(),
                         [&](const LoopTrack& t) { return t.loop.value == event.loop; });
  if (it == tracks_.end()) {
    it = tracks_.insert(it,
                        LoopTrack{.loop = LoopId{event.loop}, .phases = {}, .depth = {}, .iterations = {}});
    folds_.emplace_back();
  }
  Fold& state = folds_[static_cast<std::size_t>(it - tracks_.begin())];
  if (event.kind == EventKind::iteration_begin) it->iterations.push_back({field::n(event), i});
  fold_phase(*it, state, event, i);
  fold_depth(*it, state, event, i);
}

void TimelineModel::fold_phase(LoopTrack& track, Fold& fold, const TraceEvent& event, EventIndex i) {
  const auto close = [&](EventIndex end) {
    if (fold.phase_open) track.phases.back().end = end;
    fold.phase_open = false;
  };
  const auto open = [&](LoopPhase phase) {
    close(i);
    track.phases.push_back({phase, i});
    fold.phase_open = true;
  };
  switch (event.kind) {
    case EventKind::iteration_end:
      close(i);
      if (!track.iterations.empty()) track.iterations.back().end = i + 1;
      break;
    case EventKind::select_begin:
      open(LoopPhase::select);
      break;
    case EventKind::io_ready:
      if (!fold.phase_open || track.phases.back().phase != LoopPhase::io) open(LoopPhase::io);
      break;
    case EventKind::timers_begin:
      open(LoopPhase::timers);
      break;
    case EventKind::ready_begin:
      open(LoopPhase::run);
      break;
    case EventKind::handle_begin:
      if (!fold.phase_open) open(LoopPhase::run);  // a model without phase pairs
      break;
    case EventKind::select_end:
    case EventKind::timers_end:
    case EventKind::ready_end:
      close(i + 1);
      break;
    default:
      break;
  }
}

void TimelineModel::fold_depth(LoopTrack& track, Fold& fold, const TraceEvent& event, EventIndex i) {
  const std::uint32_t before = fold.depth;
  switch (event.kind) {
    case EventKind::handle_queued:
      ++fold.depth;
      break;
    case EventKind::handle_begin:
    case EventKind::handle_skipped:
      fold.depth -= fold.depth > 0;
      break;
    case EventKind::loop_closed:
      fold.depth = 0;
      break;
    default:
      break;
  }
  if (fold.depth == before) return;
  if (!track.depth.empty()) track.depth.back().end = i;
  track.peaks.push(fold.depth);
  track.depth.push_back({fold.depth, i});
  track.deepest = std::max(track.deepest, fold.depth);
}

void TimelineModel::fold_step(const TraceEvent& event, EventIndex i) {
  if (event.kind == EventKind::task_step) steps_.push_back({field::task(event), i});
  const bool ends = event.kind == EventKind::handle_end || event.kind == EventKind::task_step;
  const std::size_t last = event.kind == EventKind::task_step ? 2 : 1;
  if (ends && steps_.size() >= last && steps_[steps_.size() - last].end == kOpen)
    steps_[steps_.size() - last].end = i;
}

void TimelineModel::take_indexes(const traces::TraceStore& store, std::size_t size) {
  indexed_ = size;
  tasks_.clear();
  const traces::LoopState state = store.state_at(size - 1);
  for (const TaskId task : store.tasks()) {
    if (!state.task(task)) continue;
    TaskTrack track{task, traces::task_badge(store, state, task), store.intervals(task)};
    if (!track.intervals.empty() && track.intervals.back().end >= size) track.intervals.back().end = kOpen;
    tasks_.push_back(std::move(track));
  }
  // Foreign traces may number tasks in any order.
  std::sort(tasks_.begin(), tasks_.end(),
            [](const TaskTrack& a, const TaskTrack& b) { return a.task < b.task; });
  place_timers(store.timers());
  wakeups_ = store.wakeups();
  output_.rebuild(store, size);
}

void TimelineModel::place_timers(const std::vector<traces::TimerSpan>& timers) {
  for (auto& row : timer_rows_) row.clear();
  timer_places_.clear();
  timers_left_out_ = 0;
  for (const traces::TimerSpan& span : timers) {
    TimerPin pin{.handle = span.handle, .task = span.task, .when = span.when, .begin = span.scheduled};
    pin.cancelled = span.cancelled.has_value() || span.purged.has_value();
    pin.fired = span.promoted.has_value() && !pin.cancelled;
    const EventIndex over = span.cancelled.value_or(span.end(kOpen));
    pin.end = over == kOpen ? kOpen : over + 1;
    std::size_t row = 0;
    while (row < kTimerRows && !timer_rows_[row].empty() && timer_rows_[row].back().end > pin.begin) ++row;
    if (row == kTimerRows) {
      ++timers_left_out_;
      continue;
    }
    pin.row = row;
    timer_places_[pin.handle] = {row, timer_rows_[row].size()};
    timer_rows_[row].push_back(pin);
  }
}

const TimelineModel::LoopTrack* TimelineModel::track(LoopId loop) const {
  for (const LoopTrack& track : tracks_)
    if (track.loop == loop) return &track;
  return nullptr;
}

std::optional<std::size_t> TimelineModel::task_row(TaskId task) const {
  const auto it = std::lower_bound(tasks_.begin(), tasks_.end(), task,
                                   [](const TaskTrack& t, TaskId id) { return t.task < id; });
  if (it == tasks_.end() || it->task != task) return std::nullopt;
  return static_cast<std::size_t>(it - tasks_.begin());
}

std::size_t TimelineModel::timer_rows() const {
  std::size_t rows = 0;
  while (rows < kTimerRows && !timer_rows_[rows].empty()) ++rows;
  return rows;
}

const TimelineModel::TimerPin* TimelineModel::timer(HandleId handle) const {
  const auto it = timer_places_.find(handle);
  return it == timer_places_.end() ? nullptr : &timer_rows_[it->second.first][it->second.second];
}

TaskId TimelineModel::running_task(EventIndex i) const {
  const TaskStep* step = span_at(steps_, i);
  return step ? step->task : TaskId{};
}

const TimelineModel& trace_model(const FrameView& frame, ViewState& view) {
  if (!view.trace_model) view.trace_model = std::make_shared<TimelineModel>();
  // What would hold the window up goes over several frames.
  const std::size_t most = frame.shared ? kSlice : static_cast<std::size_t>(-1);
  view.trace_model->update(frame.store, frame.size, frame.finished, most);
  view.folding.reset();
  if (view.trace_model->folded() < frame.size)
    view.folding = static_cast<float>(view.trace_model->folded()) / static_cast<float>(frame.size);
  return *view.trace_model;
}

}  // namespace loopscope::viz

#include "viz/model/playback.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "core/trace/event_reader.h"

namespace loopscope::viz {
namespace {

// Seconds at speed 1 (the design's table of motions).
constexpr double kIntoReady = 0.320, kIntoHeap = 0.280, kSiftLevel = 0.090, kCallSoon = 0.200,
                 kStartRunning = 0.180, kPhaseChange = 0.160;
constexpr double kBackwards = 0.6;
constexpr double kLongestFrame = 0.1;  // what a slow frame may cost a move

double queue_seconds(Cause cause) {
  return cause == Cause::timer || cause == Cause::io ? kIntoReady : kCallSoon;
}

/// Levels that a timer may sift up in the heap it has just entered.
double sift_seconds(const traces::TraceStore& store, EventIndex i) {
  const traces::LoopState state = store.state_at(i);
  const auto* loop = state.focus(LoopId{store.event(i).loop});
  const std::size_t count = loop ? loop->heap.size() : 1;
  return kSiftLevel * static_cast<double>(
                          std::min<std::size_t>(static_cast<std::size_t>(std::bit_width(count | 1)) - 1, 3));
}

}  // namespace

std::size_t Playback::advance(double seconds, float speed) {
  due_ += std::clamp(seconds, 0.0, 1.0) * kEventsPerSecond * static_cast<double>(speed);
  const auto events = static_cast<std::size_t>(due_);
  due_ -= static_cast<double>(events);
  return events;
}

double motion_seconds(const traces::TraceStore& store, EventIndex i) {
  const TraceEvent event = store.event(i);
  switch (event.kind) {
    case EventKind::handle_queued:
      return queue_seconds(field::cause(event));
    case EventKind::timer_scheduled:
      return kIntoHeap + sift_seconds(store, i);
    case EventKind::handle_begin:
    case EventKind::handle_end:
    case EventKind::handle_skipped:
      return kStartRunning;
    case EventKind::timer_promoted:
    case EventKind::timer_purged:
      return kCallSoon;
    case EventKind::select_begin:
    case EventKind::select_end:
    case EventKind::timers_begin:
    case EventKind::timers_end:
    case EventKind::ready_begin:
    case EventKind::ready_end:
    case EventKind::iteration_begin:
    case EventKind::iteration_end:
      return kPhaseChange;
    default:
      return 0;
  }
}

float ease_out_cubic(float progress) {
  const float rest = 1 - std::clamp(progress, 0.0F, 1.0F);
  return 1 - rest * rest * rest;
}

void Motion::start(const traces::TraceStore& store, EventIndex from, EventIndex to, double limit) {
  from_ = from;
  to_ = to;
  passed_ = seconds_ = 0;
  const EventIndex low = std::min(from, to), high = std::max(from, to);
  if (high - low > kLongestStep) return;
  for (EventIndex i = low + 1; i <= high; ++i) seconds_ = std::max(seconds_, motion_seconds(store, i));
  if (to < from) seconds_ *= kBackwards;
  seconds_ = std::min(seconds_, limit);
}

void Motion::advance(double seconds) {
  passed_ += std::clamp(seconds, 0.0, kLongestFrame);
  if (passed_ >= seconds_) seconds_ = 0;
}

Transition Motion::transition() const {
  if (seconds_ <= 0) return {from_, to_, 1};
  return {from_, to_, static_cast<float>(passed_ / seconds_)};
}

}  // namespace loopscope::viz

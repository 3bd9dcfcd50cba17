#include "traces/state_cursor.h"

#include <algorithm>

#include "traces/fold.h"

namespace loopscope::traces {
namespace {

constexpr EventIndex kRung = 256;  // events between rungs
constexpr std::size_t kMostRungs = 64;
constexpr EventIndex kFar = 2048;  // forward by more: from a checkpoint is nearer on average

}  // namespace

void StateCursor::climb(EventIndex to) {
  for (EventIndex k = at_ + 1; k <= to; ++k) {
    apply(state_, *store_, store_->event(k), k);
    if (k % kRung != 0) continue;
    if (rungs_.size() == kMostRungs) rungs_.erase(rungs_.begin(), rungs_.begin() + kMostRungs / 2);
    if (rungs_.empty() || rungs_.back().after < k) rungs_.push_back({k, state_});
  }
  at_ = to;
}

void StateCursor::start_from(EventIndex i) {
  // The first event of the stretch that leads to i, then up with a rung at every step.
  const EventIndex start = i - i % kFar;
  state_ = store_->state_at(start);
  at_ = start;
  valid_ = true;
  rungs_.clear();
  rungs_.push_back({start, state_});
}

const LoopState& StateCursor::seek(EventIndex i) {
  if (valid_ && i == at_) return state_;
  if (!valid_ || i > at_ + kFar) {
    start_from(i);
  } else if (i < at_) {
    while (!rungs_.empty() && rungs_.back().after > i) rungs_.pop_back();
    if (rungs_.empty()) {
      start_from(i);
    } else {
      state_ = rungs_.back().state;
      at_ = rungs_.back().after;
    }
  }
  climb(i);
  return state_;
}

}  // namespace loopscope::traces

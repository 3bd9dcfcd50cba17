#pragma once

#include <memory>
#include <vector>

#include "traces/trace_store.h"

namespace loopscope::traces {

/// Walks over the states of a store: a step to a near event costs a few folds instead of
/// the way from a checkpoint. One thread uses it; keep one for each view.
class StateCursor {
 public:
  explicit StateCursor(std::shared_ptr<const TraceStore> store) : store_(std::move(store)) {}

  /// The state after event `i` < size(). The reference is good until the next call.
  const LoopState& seek(EventIndex i);
  const TraceStore& store() const { return *store_; }

 private:
  struct Rung {
    EventIndex after;
    LoopState state;
  };

  void climb(EventIndex to);
  void start_from(EventIndex i);

  std::shared_ptr<const TraceStore> store_;
  bool valid_ = false;
  EventIndex at_ = 0;
  LoopState state_;
  // States at earlier events of this stretch, so that a step back folds little. Ascending.
  std::vector<Rung> rungs_;
};

}  // namespace loopscope::traces

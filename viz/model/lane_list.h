#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "traces/trace_store.h"

namespace loopscope::viz {

class TimelineModel;

/// One task's lane of the timeline.
struct Lane {
  std::size_t index = 0;  ///< in TimelineModel::tasks()
  bool pinned = false;
  friend bool operator==(const Lane&, const Lane&) = default;
};

enum class LaneSort : std::uint8_t {
  created,  ///< in order of creation
  runs,     ///< the most runs first
  living,   ///< those that have not ended at the trace's end first
};

/// Which lanes are shown, and in what order.
struct LaneChoice {
  std::string filter;          ///< part of a name, letter case aside; empty = all
  std::vector<TaskId> pinned;  ///< on top, whatever the filter says
  LaneSort sort = LaneSort::created;
  /// While a question stands: what the trace tells of only after this event has no lane.
  std::optional<traces::EventIndex> until = {};
  friend bool operator==(const LaneChoice&, const LaneChoice&) = default;
};

/// The lanes for a choice; kept until the choice or the model changes.
class LaneList {
 public:
  const std::vector<Lane>& of(const TimelineModel& model, const LaneChoice& choice);
  /// Changes whenever the lanes do.
  std::uint64_t generation() const { return generation_; }
  /// The side tracks that the choice leaves: indexes into TimelineModel::side().all().
  const std::vector<std::size_t>& side() const { return side_; }
  /// Where the task of row `task_row` of the model stands, of the lanes returned last.
  std::optional<std::size_t> lane_of(std::size_t task_row) const;

 private:
  std::vector<Lane> lanes_;
  std::vector<std::size_t> side_;
  std::vector<std::size_t> by_task_;  // task row -> lane
  LaneChoice choice_;
  std::uint64_t generation_ = 0;
  std::uint64_t version_ = 0;
  const void* model_ = nullptr;
};

}  // namespace loopscope::viz

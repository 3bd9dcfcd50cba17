#pragma once

#include <string>
#include <vector>

#include "traces/trace_store.h"

namespace loopscope::traces {

/// How long the runs of one group were, within a range. Times in ns.
struct RunStats {
  std::string name = {};  ///< the task's title, the callback's name or the cause
  TaskId task = {};       ///< for a task's group
  std::size_t runs = 0;
  std::int64_t total = 0, mean = 0, p50 = 0, p99 = 0, longest = 0;
  EventIndex longest_at = 0;  ///< the handle.begin of the longest
};

/// What happened in events [from, to].
struct RangeStats {
  EventIndex from = 0, to = 0;
  std::int64_t duration = 0;  ///< of the clock
  std::size_t events = 0, iterations = 0;
  RunStats all = {};
  std::vector<RunStats> by_task = {};   ///< most time first; callbacks that are no task's by their name
  std::vector<RunStats> by_cause = {};  ///< "task_step", "timer", ...: most time first
};

/// Statistics of the runs that overlap [from, to], each cut to the range. A percentile is
/// the smallest duration that at least that share of the runs do not exceed. The cost
/// follows the runs in the range.
RangeStats range_stats(const TraceStore& store, EventIndex from, EventIndex to);

}  // namespace loopscope::traces

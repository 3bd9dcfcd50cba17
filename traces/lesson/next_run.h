#pragma once

#include <optional>
#include <string>
#include <vector>

#include "traces/loop_state.h"
#include "traces/trace_store.h"

namespace loopscope::traces {

/// The handle that a loop runs next, seen from some event before it.
struct NextRun {
  EventIndex begin = 0;  ///< its handle.begin
  LoopId loop;
  QueuedHandle handle;
};

/// The first handle.begin after event `after`, on whichever loop; nullopt when no handle runs any more.
std::optional<NextRun> next_run(const TraceStore& store, EventIndex after);

/// What could be thought to run next: a handle in the ready queue, a timer in the heap, or a
/// task that waits (then `handle.task` alone is set).
struct RunCandidate {
  enum class Where : std::uint8_t { queue, heap, waiting };
  Where where = Where::queue;
  QueuedHandle handle;
};

/// The candidates of `loop` in `state`: at most `most`, `right` among them (it is put first
/// when it stands nowhere yet). Ready handles come before timers, timers before waiting tasks.
std::vector<RunCandidate> run_candidates(const LoopState& state, const NextRun& right, std::size_t most);

/// One sentence: the rule by which `right` and not `wrong` (null: whatever else there is)
/// runs next, with the numbers in it. `state` is the one before the run.
std::string rule_of_order(const TraceStore& store, const LoopState& state, const NextRun& right,
                          const RunCandidate* wrong);

/// One sentence: the rule by which the handle in whose run event `i` lies runs when it does.
/// Empty where no handle runs: module code, other threads.
std::string rule_of_cause(const TraceStore& store, EventIndex i);

/// The two lines on a candidate: as a handle's, or the task's name and what it waits for.
struct CandidateTitle {
  std::string title, detail;
};
CandidateTitle candidate_title(const TraceStore& store, const LoopState& state,
                               const RunCandidate& candidate);

}  // namespace loopscope::traces

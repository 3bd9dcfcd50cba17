#pragma once

#include <string>
#include <vector>

#include "traces/loop_state.h"

namespace loopscope::traces {

/// The unfinished tasks that `task` waits for, as far as a trace tells: the one that it
/// awaits, or, for gather, wait and the like, those it made for it: all that it made on
/// the line where it stands, else all that it made and that still run.
std::vector<TaskId> awaited_tasks(const LoopState& state, const TaskState& task);

/// One row of the await tree.
struct AwaitRow {
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  TaskId task;
  std::uint32_t depth = 0;
  std::size_t parent = kNone;  ///< row of the task that waits for this one
  bool repeated = false;       ///< stands in the tree already: its children are there
};

/// Who waits for whom, of the tasks that have not ended: roots are tasks that no task
/// waits for; in order of creation. At most `most` rows.
std::vector<AwaitRow> await_tree(const LoopState& state, std::size_t most = 10000);

}  // namespace loopscope::traces

#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "traces/loop_state.h"
#include "viz/model/geometry.h"

namespace loopscope::viz {

/// One row of the task tree.
struct TaskRow {
  static constexpr std::uint32_t kNone = 0xffffffffU;
  TaskId task;
  std::uint32_t depth = 0;             ///< 0 = made by no task
  std::uint32_t parent = kNone;        ///< row of the task that made it
  std::uint32_t next_sibling = kNone;  ///< row of the next task of the same parent
};

/// The tasks as a tree of who made whom: a task's children follow it in order of creation.
///
/// The order depends on the number of tasks only, as parents never change; it is kept
/// between frames and made anew when tasks have come or gone.
class TaskRows final {
 public:
  /// The rows for `tasks` of the trace `store` (its address tells traces apart).
  const std::vector<TaskRow>& of(const void* store, const traces::SharedVector<traces::TaskState>& tasks);
  const std::vector<TaskRow>& rows() const { return rows_; }

 private:
  const void* store_ = nullptr;
  std::size_t count_ = 0;
  std::vector<TaskRow> rows_;
};

/// How a task hangs on the one that made it.
enum class TaskLink : std::uint8_t {
  created,  ///< only made by it
  awaited,  ///< its parent waits for it now
};

/// Whether `parent` waits for `child`: it awaits the task itself, or a gather (wait_for, shield)
/// that made the child on the line where the parent stands.
TaskLink link_of(const traces::TaskState& parent, const traces::TaskState& child);

/// Who waits for a task, as far as a trace tells.
struct Awaiter {
  TaskId task;          ///< the task that awaits it; 0 = nobody is known to
  bool certain = true;  ///< false: somebody waits for several things, and this may be one of them
};
/// Looks through at most `cap` tasks; not certain when there are more.
Awaiter awaiter_of(const traces::SharedVector<traces::TaskState>& tasks, const traces::TaskState& child,
                   std::size_t cap);

/// First and one-past-last of `count` rows of `row_height` that can be seen in `height` at `scroll`.
std::pair<std::size_t, std::size_t> visible_rows(std::size_t count, float row_height, float height,
                                                 float scroll);

/// `scroll` kept between the first row and the last.
float clamp_scroll(float scroll, std::size_t count, float row_height, float height);

}  // namespace loopscope::viz

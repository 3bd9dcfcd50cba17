#include "viz/model/task_rows.h"

#include <algorithm>
#include <cmath>

namespace loopscope::viz {
namespace {

constexpr std::uint32_t kNone = TaskRow::kNone;

// Children of each task as chains: `first[i]` and `next[i]` are task ids - 1.
struct Chains {
  std::vector<std::uint32_t> first, last, next;
  std::vector<std::uint32_t> roots;
};

Chains chain(const traces::SharedVector<traces::TaskState>& tasks) {
  Chains out;
  const std::size_t n = tasks.size();
  out.first.assign(n, kNone), out.last.assign(n, kNone), out.next.assign(n, kNone);
  for (std::size_t i = 0; i < n; ++i) {
    const traces::TaskState& task = tasks[i];
    if (!task.id) continue;  // lost in a gap
    const auto id = static_cast<std::uint32_t>(i);
    // A parent is older than its child: so there is no cycle, whatever the file says.
    const std::size_t parent = task.parent ? task.parent.value - 1u : n;
    if (parent >= i || !tasks[parent].id) {
      out.roots.push_back(id);
      continue;
    }
    if (out.last[parent] == kNone)
      out.first[parent] = id;
    else
      out.next[out.last[parent]] = id;
    out.last[parent] = id;
  }
  return out;
}

}  // namespace

const std::vector<TaskRow>& TaskRows::of(const void* store,
                                         const traces::SharedVector<traces::TaskState>& tasks) {
  if (store == store_ && tasks.size() == count_) return rows_;
  store_ = store;
  count_ = tasks.size();
  rows_.clear();
  const Chains chains = chain(tasks);
  struct Open {
    std::uint32_t task, depth, parent;
  };
  std::vector<Open> open;
  std::vector<std::uint32_t> row_of(count_, kNone);
  for (const std::uint32_t root : chains.roots) {
    open.push_back({root, 0, kNone});
    while (!open.empty()) {
      const Open now = open.back();
      open.pop_back();
      const auto row = static_cast<std::uint32_t>(rows_.size());
      row_of[now.task] = row;
      rows_.push_back({tasks[now.task].id, now.depth, now.parent, kNone});
      // The next sibling waits below this task's children.
      if (now.parent != kNone && chains.next[now.task] != kNone)
        open.push_back({chains.next[now.task], now.depth, now.parent});
      if (chains.first[now.task] != kNone) open.push_back({chains.first[now.task], now.depth + 1, row});
    }
  }
  for (TaskRow& row : rows_) {
    const std::uint32_t next = chains.next[row.task.value - 1u];
    if (next != kNone) row.next_sibling = row_of[next];
  }
  return rows_;
}

TaskLink link_of(const traces::TaskState& parent, const traces::TaskState& child) {
  if (parent.phase != traces::TaskPhase::waiting) return TaskLink::created;
  bool awaited = false;
  switch (parent.wait) {
    case WaitKind::task:
      awaited = parent.wait_id == child.id.value;
      break;
    case WaitKind::gather:
    case WaitKind::wait_for:
    case WaitKind::shield:
      awaited = child.parent == parent.id && child.created_line != 0 && child.created_line == parent.line;
      break;
    default:
      break;
  }
  return awaited ? TaskLink::awaited : TaskLink::created;
}

Awaiter awaiter_of(const traces::SharedVector<traces::TaskState>& tasks, const traces::TaskState& child,
                   std::size_t cap) {
  Awaiter out{{}, tasks.size() <= cap};
  for (std::size_t i = 0; i < std::min(cap, tasks.size()); ++i) {
    const traces::TaskState& task = tasks[i];
    if (task.phase != traces::TaskPhase::waiting) continue;
    if (link_of(task, child) == TaskLink::awaited) return {task.id, true};
    switch (task.wait) {
      case WaitKind::future:
      case WaitKind::gather:
      case WaitKind::wait:
      case WaitKind::wait_for:
      case WaitKind::shield:
      case WaitKind::as_completed:
      case WaitKind::taskgroup:
        out.certain = false;
        break;
      default:
        break;
    }
  }
  return out;
}

std::pair<std::size_t, std::size_t> visible_rows(std::size_t count, float row_height, float height,
                                                 float scroll) {
  if (row_height <= 0 || height <= 0) return {0, 0};
  const auto first = static_cast<std::size_t>(std::max(0.0F, std::floor(scroll / row_height)));
  const auto last = static_cast<std::size_t>(std::max(0.0F, std::ceil((scroll + height) / row_height)));
  return {std::min(first, count), std::min(last, count)};
}

float clamp_scroll(float scroll, std::size_t count, float row_height, float height) {
  const float most = static_cast<float>(count) * row_height - height;
  return std::clamp(scroll, 0.0F, std::max(0.0F, most));
}

}  // namespace loopscope::viz

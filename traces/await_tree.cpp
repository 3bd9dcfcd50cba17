#include "traces/await_tree.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace loopscope::traces {
namespace {

bool waits_for_tasks(WaitKind kind) {
  switch (kind) {
    case WaitKind::gather:
    case WaitKind::wait:
    case WaitKind::wait_for:
    case WaitKind::shield:
    case WaitKind::as_completed:
    case WaitKind::taskgroup:
      return true;
    default:
      return false;
  }
}

bool lives(const TaskState& task) { return task.id && task.phase < TaskPhase::done; }

using Children = std::unordered_map<std::uint32_t, std::vector<TaskId>>;  // by maker

std::vector<TaskId> choose(const LoopState& state, const TaskState& task, const std::vector<TaskId>& made) {
  std::vector<TaskId> here;
  for (const TaskId id : made)
    if (const TaskState* t = state.task(id); t && t->created_line != 0 && t->created_line == task.line)
      here.push_back(id);
  return here.empty() ? made : here;
}

std::vector<TaskId> awaited(const LoopState& state, const TaskState& task, const Children& made) {
  if (task.phase != TaskPhase::waiting) return {};
  if (task.wait == WaitKind::task) {
    const TaskState* other = state.task(TaskId{task.wait_id});
    return other && lives(*other) ? std::vector{other->id} : std::vector<TaskId>{};
  }
  const auto own = made.find(task.id.value);
  if (!waits_for_tasks(task.wait) || own == made.end()) return {};
  return choose(state, task, own->second);
}

}  // namespace

std::vector<TaskId> awaited_tasks(const LoopState& state, const TaskState& task) {
  Children made;
  if (waits_for_tasks(task.wait))
    for (std::size_t k = task.id.value; k < state.tasks.size(); ++k)  // children are younger
      if (const TaskState& t = state.tasks[k]; lives(t) && t.parent == task.id)
        made[task.id.value].push_back(t.id);
  return awaited(state, task, made);
}

std::vector<AwaitRow> await_tree(const LoopState& state, std::size_t most) {
  Children made, waits;
  std::unordered_set<std::uint32_t> awaited_ones;
  for (std::size_t k = 0; k < state.tasks.size(); ++k)
    if (const TaskState& t = state.tasks[k]; lives(t) && t.parent) made[t.parent.value].push_back(t.id);
  for (std::size_t k = 0; k < state.tasks.size(); ++k) {
    const TaskState& t = state.tasks[k];
    if (!lives(t)) continue;
    auto parts = awaited(state, t, made);
    for (const TaskId part : parts)
      if (part != t.id) awaited_ones.insert(part.value);
    if (!parts.empty()) waits.emplace(t.id.value, std::move(parts));
  }

  std::vector<AwaitRow> rows;
  std::unordered_set<std::uint32_t> shown;
  std::vector<AwaitRow> open;
  const auto grow = [&](TaskId root) {
    open.push_back({.task = root});
    while (!open.empty() && rows.size() < most) {
      AwaitRow row = open.back();
      open.pop_back();
      row.repeated = !shown.insert(row.task.value).second;
      rows.push_back(row);
      const auto parts = waits.find(row.task.value);
      if (row.repeated || parts == waits.end()) continue;
      for (auto part = parts->second.rbegin(); part != parts->second.rend(); ++part)
        open.push_back({.task = *part, .depth = row.depth + 1, .parent = rows.size() - 1});
    }
    open.clear();
  };
  for (std::size_t k = 0; k < state.tasks.size() && rows.size() < most; ++k)
    if (const TaskState& t = state.tasks[k]; lives(t) && !awaited_ones.contains(t.id.value)) grow(t.id);
  // What is left waits in a circle: it has no root, so it begins at its oldest task.
  for (std::size_t k = 0; k < state.tasks.size() && rows.size() < most; ++k)
    if (const TaskState& t = state.tasks[k]; lives(t) && !shown.contains(t.id.value)) grow(t.id);
  return rows;
}

}  // namespace loopscope::traces

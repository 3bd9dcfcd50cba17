#include "traces/loop_state.h"

#include <algorithm>

namespace loopscope::traces {
namespace {

template <class State, class StateId>
const State* find(const SharedVector<State>& all, StateId id) {
  if (!id || id.value > all.size()) return nullptr;
  const State& state = all[id.value - 1];
  return state.id == id ? &state : nullptr;
}

}  // namespace

const OneLoopState* LoopState::loop(LoopId id) const {
  if (id && id.value <= loops.size() && loops[id.value - 1u].id == id) return &loops[id.value - 1u];
  const auto found =
      std::find_if(loops.begin(), loops.end(), [id](const OneLoopState& l) { return l.id == id; });
  return found != loops.end() ? &*found : nullptr;
}

const OneLoopState* LoopState::focus(LoopId id) const {
  if (const OneLoopState* own = id ? loop(id) : nullptr) return own;
  for (auto l = loops.rbegin(); l != loops.rend(); ++l)
    if (l->running) return &*l;
  return loops.empty() ? nullptr : &loops.back();
}

const TaskState* LoopState::task(TaskId id) const { return find(tasks, id); }
const FutureState* LoopState::future(FutureId id) const { return find(futures, id); }
const JobState* LoopState::job(JobId id) const { return find(jobs, id); }

std::size_t LoopState::bytes_made() const {
  std::size_t bytes = tasks.bytes_made() + futures.bytes_made() + jobs.bytes_made() + places.bytes_made();
  for (const OneLoopState& l : loops) bytes += l.ready.bytes_made() + l.heap.bytes_made();
  return bytes;
}

}  // namespace loopscope::traces

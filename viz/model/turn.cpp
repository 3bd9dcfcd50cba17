#include "viz/model/turn.h"

#include <algorithm>
#include <cmath>

namespace loopscope::viz {
namespace {

using traces::LoopState;
using traces::OneLoopState;
using traces::TaskPhase;
using traces::TaskState;

/// The sleep that asyncio makes: a child named after its coroutine, without a line of the program.
bool polls(const traces::TraceStore& store, const TaskState& task) {
  return !task.named && task.line == 0 && store.label(task.coro) == "sleep" &&
         store.label(task.name) == "sleep";
}

void add_sleep(const traces::TraceStore& store, const LoopState& state, TaskId id, std::size_t most,
               TurnSides& out) {
  const TaskState* task = state.task(id);
  if (!task || !polls(store, *task)) return;
  ++out.all_sleeps;
  if (out.sleeps.size() < most) out.sleeps.push_back({task->id, task->parent, task->steps});
}

}  // namespace

std::optional<TurnPart> turn_part(const LoopState& state, const OneLoopState& loop, EventKind kind) {
  if (!loop.running || loop.closed) return std::nullopt;
  if (!loop.in_iteration) return TurnPart::clock;
  if (kind == EventKind::iteration_begin || kind == EventKind::handle_begin) return TurnPart::take;
  if (!loop.running_handle) return loop.snapshot_left > 0 ? TurnPart::take : TurnPart::push;
  const TaskState* task = state.task(loop.running_handle->task);
  return !task || task->phase == TaskPhase::running ? TurnPart::run : TurnPart::push;
}

std::optional<float> turn_degrees(const MachineLayout& layout, const LoopState& state,
                                  const OneLoopState& loop, EventKind kind) {
  const auto part = turn_part(state, loop, kind);
  if (!part || layout.form == MachineLayout::Form::strip) return std::nullopt;
  const auto index = static_cast<int>(*part);
  bool early = false;  // before the part's pill, or behind it
  switch (*part) {
    case TurnPart::take:
      early = kind == EventKind::iteration_begin;
      break;
    case TurnPart::run:
      early = kind == EventKind::task_step;
      break;
    case TurnPart::push:
      early = kind == EventKind::task_suspended || kind == EventKind::task_done;
      break;
    case TurnPart::clock:
      break;
  }
  const float inner = pill_half_degrees(layout, index), outer = kArcHalf - 4;
  const float offset = std::min((inner + outer) / 2, outer);
  return std::fmod(ring_degrees(index) + (early ? -offset : offset), 360.0F);
}

TurnSides turn_sides(const traces::TraceStore& store, const LoopState& state, const OneLoopState& loop,
                     std::size_t most) {
  TurnSides out;
  // The one that runs, until it has queued itself again.
  const TaskId running = loop.running_handle ? loop.running_handle->task : TaskId{};
  const bool queued = loop.ready_count() > 0 && loop.ready.back().task == running;
  if (!queued) add_sleep(store, state, running, most, out);
  for (std::size_t i = loop.ready_head; i < loop.ready.size(); ++i)
    add_sleep(store, state, loop.ready[i].task, most, out);
  for (std::size_t k = 0; k < state.tasks.size(); ++k) {
    const TaskState& task = state.tasks[k];
    if (!task.id || task.loop != loop.id || task.phase != TaskPhase::waiting || task.step_handle) continue;
    ++out.all_waits;
    if (out.waits.size() < most)
      out.waits.push_back({task.id, task.wait == WaitKind::task ? TaskId{task.wait_id} : TaskId{}});
  }
  return out;
}

}  // namespace loopscope::viz

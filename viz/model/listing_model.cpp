#include "viz/model/listing_model.h"

#include <algorithm>
#include <cmath>

#include "core/trace/event_reader.h"
#include "traces/program_end.h"

namespace loopscope::viz {
namespace {

using traces::LoopState;
using traces::OneLoopState;
using traces::QueuedHandle;
using traces::TaskPhase;
using traces::TaskState;

bool has_ended(TaskPhase phase) {
  return phase == TaskPhase::done || phase == TaskPhase::failed || phase == TaskPhase::cancelled;
}

TaskId task_of(const QueuedHandle& handle) { return handle.task ? handle.task : handle.timer_task; }

TaskId task_of_running(const OneLoopState* loop) {
  return loop && loop->running_handle ? task_of(*loop->running_handle) : TaskId{};
}

/// The task behind a handle in the queue, the slot or the heap of `loop`.
TaskId task_of_handle(const OneLoopState* loop, HandleId handle) {
  if (!loop) return {};
  if (loop->running_handle && loop->running_handle->handle == handle) return task_of(*loop->running_handle);
  if (loop->ready_count() > 0) {  // nearly always the one that came last, or the next
    if (loop->ready.back().handle == handle) return task_of(loop->ready.back());
    if (loop->ready[loop->ready_head].handle == handle) return task_of(loop->ready[loop->ready_head]);
  }
  for (std::size_t i = 0; i < loop->heap.size(); ++i)
    if (loop->heap[i].handle == handle) return loop->heap[i].task;
  return {};
}

void mark_tasks(ListingModel& model, const LoopState& state) {
  for (std::size_t i = 0; i < state.tasks.size(); ++i) {
    const TaskState& task = state.tasks[i];
    if (task.line == 0 || has_ended(task.phase)) continue;
    const std::uint32_t line = task.id == model.running_task ? model.running_line : task.line;
    auto it = std::lower_bound(model.marks.begin(), model.marks.end(), line,
                               [](const LineMarks& m, std::uint32_t l) { return m.line < l; });
    if (it == model.marks.end() || it->line != line)
      it = model.marks.insert(it, LineMarks{.line = line, .badges = {}});
    const bool hot = task.id == model.event_task;
    it->hot |= hot;
    it->badges.push_back({task.id, task.phase, hot});
  }
}

}  // namespace

const LineMarks* ListingModel::at(std::uint32_t line) const {
  const auto it = std::lower_bound(marks.begin(), marks.end(), line,
                                   [](const LineMarks& m, std::uint32_t l) { return m.line < l; });
  return it != marks.end() && it->line == line ? &*it : nullptr;
}

TaskId task_of_event(const TraceEvent& event, const LoopState& before, const LoopState& state) {
  using K = EventKind;
  const LoopId id{event.loop};
  const OneLoopState *old_loop = before.loop(id), *loop = state.loop(id);
  switch (event.kind) {
    case K::task_created:
    case K::task_renamed:
    case K::task_step:
    case K::task_suspended:
    case K::task_cancel:
    case K::task_done:
    case K::loop_run:
    case K::output:
    case K::line:
    case K::error:
      return field::task(event);
    case K::handle_queued:
      if (const TaskId task = field::queued_task(event)) return task;
      return task_of_handle(loop, field::handle(event));
    case K::handle_begin:
    case K::timer_scheduled:
      return task_of_handle(loop, field::handle(event));
    case K::handle_end:
    case K::handle_skipped:
    case K::handle_cancelled:
    case K::timer_promoted:
    case K::timer_purged:
    case K::timer_cancelled:
      return task_of_handle(old_loop, field::handle(event));
    case K::future_created:
    case K::future_done:
      return task_of_running(loop);
    default:
      return {};
  }
}

ListingModel listing_model(const TraceEvent& event, const LoopState& before, const LoopState& state) {
  ListingModel model;
  model.event_task = task_of_event(event, before, state);
  for (std::size_t i = 0; i < state.tasks.size(); ++i)
    if (state.tasks[i].phase == TaskPhase::running) model.running_task = state.tasks[i].id;
  if (model.running_task) {
    const TaskState* task = state.task(model.running_task);
    model.running_line = state.line_task == model.running_task && state.line != 0 ? state.line : task->line;
    // A step begins on the line where the task stood; its first one stands nowhere yet.
  } else if (event.kind == EventKind::line || event.kind == EventKind::output) {
    model.running_line = field::line(event);
  }
  mark_tasks(model, state);
  model.focus_line = model.running_line;
  if (model.focus_line == 0 && model.event_task)
    if (const TaskState* task = state.task(model.event_task); task && !has_ended(task->phase))
      model.focus_line = task->line;
  if (model.focus_line == 0) model.focus_line = state.line;
  return model;
}

std::uint32_t line_of_failure(const traces::TraceStore& store, const LoopState& state) {
  const std::optional<traces::EventIndex> error = traces::error_that_ended(store, state);
  // A deadlock is nowhere: the badges show who waits where.
  return error && !traces::is_deadlock(store, *error) ? field::line(store.event(*error)) : 0;
}

float scroll_to_line(std::uint32_t line, float row_height, float height, float content, float scroll) {
  const float top = static_cast<float>(line > 0 ? line - 1 : 0) * row_height, margin = 2 * row_height;
  if (line > 0 && (top < scroll + std::min(margin, height / 3) ||
                   top + row_height > scroll + height - std::min(margin, height / 3)))
    scroll = std::round((top + row_height / 2 - height / 2) / row_height) * row_height;
  return std::clamp(scroll, 0.0F, std::max(0.0F, content - height));
}

}  // namespace loopscope::viz

// Folding of what the loop does: iterations, phases, timers and handles.
#include <cmath>

#include "traces/fold_steps.h"

namespace loopscope::traces::folds {

namespace {

RunOrder order_of(std::string_view model) {
  return model == "drain"        ? RunOrder::until_empty
         : model == "trampoline" ? RunOrder::one
                                 : RunOrder::snapshot;
}

}  // namespace

// ---- loops and iterations

TaskId loop_created(Step& t) {
  if (OneLoopState* l = loop_of(t)) {
    l->thread = ThreadId{t.e.thread};
    l->model = field::label(t.e);
    l->order = order_of(t.store.label(l->model));
    l->debug = field::debug(t.e);
  }
  return {};
}

TaskId loop_run(Step& t) {
  if (OneLoopState* l = loop_of(t)) {
    l->running = true;
    l->thread = ThreadId{t.e.thread};
    l->how = field::how(t.e);
    l->phase = LoopPhase::between;
  }
  return {};
}

TaskId loop_idle(Step& t) {
  if (OneLoopState* l = loop_of(t)) {
    l->running = l->stopping = false;
    l->phase = LoopPhase::idle;
  }
  return {};
}

TaskId loop_stop(Step& t) {
  if (OneLoopState* l = loop_of(t)) l->stopping = true;
  return {};
}

TaskId loop_closed(Step& t) {
  if (OneLoopState* l = loop_of(t)) {
    l->closed = true;
    l->running = false;
    l->phase = LoopPhase::closed;
    l->fds.clear();
    drop_all(t.s, *l);
  }
  return {};
}

TaskId iteration_begin(Step& t) {
  if (OneLoopState* l = loop_of(t)) {
    l->iteration = field::n(t.e);
    l->in_iteration = l->running = true;
    l->phase = LoopPhase::between;
    l->promoted = l->purged = l->io_queued = 0;
    l->snapshot = l->snapshot_left = 0;
    if (l->order == RunOrder::one) {
      l->phase = LoopPhase::run;
      l->snapshot = l->snapshot_left = std::min<std::size_t>(l->ready_count(), 1);
    }
  }
  return {};
}

TaskId iteration_end(Step& t) {
  if (OneLoopState* l = loop_of(t)) {
    l->in_iteration = false;
    l->phase = LoopPhase::between;
    l->snapshot = l->snapshot_left = 0;
  }
  return {};
}

TaskId select_begin(Step& t) {
  if (OneLoopState* l = loop_of(t)) {
    const double timeout = field::seconds(t.e);
    l->phase = LoopPhase::select;
    l->selecting = true;
    l->select_began = t.e.ts;
    l->select_timeout = std::isnan(timeout) ? std::nullopt : std::optional(timeout);
  }
  return {};
}

TaskId select_end(Step& t) {
  if (OneLoopState* l = loop_of(t)) {
    if (l->selecting) l->select_waited = t.e.ts - l->select_began;
    l->selecting = false;
    l->has_selected = true;
    l->select_ready = field::count(t.e);
  }
  return {};
}

TaskId io_ready(Step& t) {
  OneLoopState* l = loop_of(t);
  if (l == nullptr) return {};
  l->phase = LoopPhase::io;
  ++l->io_queued;
  const std::uint32_t fd = field::fd(t.e);
  const WatchedFd* watched = edit_fd(*l, fd);
  TaskState* task = watched ? edit_task(t, watched->task) : nullptr;
  if (task && task->phase == TaskPhase::io && task->wait_id == fd) task->fired = true;
  return {};
}

TaskId timers_begin(Step& t) {
  if (OneLoopState* l = loop_of(t)) l->phase = LoopPhase::timers;
  return {};
}

TaskId ready_begin(Step& t) {
  if (OneLoopState* l = loop_of(t)) {
    l->phase = LoopPhase::run;
    l->snapshot = l->snapshot_left = field::count(t.e);
  }
  return {};
}

TaskId ready_end(Step& t) {
  if (OneLoopState* l = loop_of(t)) l->snapshot = l->snapshot_left = 0;
  return {};
}

// ---- timers

TaskId timer_scheduled(Step& t) {
  OneLoopState* l = loop_of(t);
  if (l == nullptr) return {};
  push_timer(t.s, *l,
             {.handle = field::handle(t.e), .label = field::label(t.e), .when = field::seconds(t.e)});
  // A sleep makes its future and then its timer, with nothing in between.
  if (FutureState* future = edit_by_id(t.s.futures, t.s.fresh_future)) future->timer = field::handle(t.e);
  return {};
}

TaskId timer_cancelled(Step& t) {
  OneLoopState* l = loop_of(t);
  HeapTimer* timer = l ? edit_timer(t.s, *l, field::handle(t.e)) : nullptr;
  if (timer && !timer->cancelled) {
    timer->cancelled = true;
    ++l->cancelled_timers;
  }
  return {};
}

TaskId timer_purged(Step& t) {
  OneLoopState* l = loop_of(t);
  if (l == nullptr) return {};
  ++l->purged;
  // The first of a bulk purge's events does the work of all (S2); the rest only count.
  if (field::bulk(t.e) && l->cancelled_timers * 2 > l->heap.size())
    purge_cancelled_timers(t.s, *l);
  else
    take_timer(t.s, *l, field::handle(t.e));
  return {};
}

TaskId timer_promoted(Step& t) {
  OneLoopState* l = loop_of(t);
  if (l == nullptr) return {};
  ++l->promoted;
  const auto taken = take_timer(t.s, *l, field::handle(t.e));
  l->promoted_timer = taken.value_or(HeapTimer{.handle = field::handle(t.e), .when = field::seconds(t.e)});
  if (l->promoted_timer.cancelled) return {};
  TaskState* task = edit_task(t, l->promoted_timer.task);
  if (task && task->phase == TaskPhase::sleeping && task->wait_id == field::handle(t.e).value)
    task->fired = true;
  return {};
}

// ---- handles

TaskId handle_queued(Step& t) {
  const TraceEvent& e = t.e;
  QueuedHandle queued{.handle = field::handle(e),
                      .label = field::high_label(e),
                      .cause = field::cause(e),
                      .task = field::queued_task(e),
                      .of_task = field::queued_by_task(e),
                      .future = field::queued_by_future(e),
                      .timer_task = {},
                      .queued_at = t.i};
  OneLoopState* l = loop_of(t);
  if (l != nullptr) {
    if (queued.cause == Cause::timer && l->promoted_timer.handle == queued.handle) {
      queued.when = l->promoted_timer.when;
      queued.timer_task = l->promoted_timer.task;
      queued.cancelled = l->promoted_timer.cancelled;
    }
    push_ready(t.s, *l, queued);
    if (l->order == RunOrder::until_empty && l->phase == LoopPhase::run) {
      ++l->snapshot;
      ++l->snapshot_left;
    }
  }
  TaskState* task = edit_task(t, queued.task);
  if (task == nullptr || task->phase >= TaskPhase::done) return {};
  task->step_handle = queued.handle;
  task->fired = false;
  if (task->phase != TaskPhase::running) task->phase = TaskPhase::ready;
  return queued.task;
}

TaskId handle_begin(Step& t) {
  OneLoopState* l = loop_of(t);
  if (l == nullptr) return {};
  const HandleId handle = field::handle(t.e);
  l->running_handle = take_ready(t.s, *l, handle).value_or(QueuedHandle{.handle = handle});
  if (l->snapshot_left > 0) --l->snapshot_left;
  TaskState* task = edit_task(t, l->running_handle->task);
  if (task == nullptr || task->phase >= TaskPhase::done) return {};
  task->phase = TaskPhase::running;
  task->step_handle = handle;
  return task->id;
}

TaskId handle_end(Step& t) {
  OneLoopState* l = loop_of(t);
  if (l == nullptr || !l->running_handle) return {};
  const TaskId id = l->running_handle->task;
  l->running_handle.reset();
  TaskState* task = edit_task(t, id);
  if (task == nullptr || task->phase != TaskPhase::running) return {};
  // The step was broken off: a limit, a deadlock, or events that were lost.
  task->phase = TaskPhase::ready;
  return id;
}

TaskId handle_skipped(Step& t) {
  OneLoopState* l = loop_of(t);
  if (l == nullptr) return {};
  take_ready(t.s, *l, field::handle(t.e));
  if (l->snapshot_left > 0) --l->snapshot_left;
  return {};
}

TaskId handle_cancelled(Step& t) {
  OneLoopState* l = loop_of(t);
  if (QueuedHandle* queued = l ? edit_ready(t.s, *l, field::handle(t.e)) : nullptr) queued->cancelled = true;
  return {};
}

}  // namespace loopscope::traces::folds

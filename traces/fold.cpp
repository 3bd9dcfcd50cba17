#include "traces/fold.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/trace/event_reader.h"
#include "traces/handle_places.h"

namespace loopscope::traces {
namespace {

// Ids come in order, so one may not be far beyond the events seen so far; a damaged or
// hostile file cannot make a table large by naming a large id.
constexpr std::uint64_t kIdSlack = 1 << 16;
constexpr std::size_t kMostLoops = 4096, kMostFds = 65536;

struct Step {
  LoopState& s;
  const TraceStore& store;
  const TraceEvent& e;
  EventIndex i;
};

template <class State, class StateId>
State* edit_by_id(SharedVector<State>& all, StateId id) {
  if (!id || id.value > all.size() || all[id.value - 1].id != id) return nullptr;
  return &all.edit(id.value - 1);
}

template <class State, class StateId>
State* introduce(Step& t, SharedVector<State>& all, StateId id) {
  if (!id || id.value > t.i + kIdSlack) return nullptr;
  all.resize(id.value);
  State& state = all.edit(id.value - 1);
  state = State{};
  state.id = id;
  return &state;
}

TaskState* edit_task(Step& t, TaskId id) { return edit_by_id(t.s.tasks, id); }

// The event's loop; made up when the trace never introduced it.
OneLoopState* loop_of(Step& t) {
  const LoopId id{t.e.loop};
  if (!id) return nullptr;
  if (const OneLoopState* known = t.s.loop(id)) return &t.s.loops[static_cast<std::size_t>(known - t.s.loops.data())];
  if (t.s.loops.size() >= kMostLoops) return nullptr;
  OneLoopState& made = t.s.loops.emplace_back();
  made.id = id;
  made.thread = ThreadId{t.e.thread};
  return &made;
}

auto fd_place(OneLoopState& loop, std::uint32_t fd) {
  return std::lower_bound(loop.fds.begin(), loop.fds.end(), fd,
                          [](const WatchedFd& w, std::uint32_t value) { return w.fd < value; });
}

WatchedFd* edit_fd(OneLoopState& loop, std::uint32_t fd) {
  const auto at = fd_place(loop, fd);
  return at != loop.fds.end() && at->fd == fd ? &*at : nullptr;
}

std::string text_of(const Step& t, TextField field) { return std::string(t.store.text(t.i, field).value_or("")); }

// ---- loops and iterations

TaskId loop_created(Step& t) {
  if (OneLoopState* l = loop_of(t)) {
    l->thread = ThreadId{t.e.thread};
    l->model = field::label(t.e);
    l->debug = field::debug(t.e);
  }
  return {};
}

TaskId loop_run(Step& t) {
  if (OneLoopState* l = loop_of(t)) {
    l->running = true;
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
  push_timer(t.s, *l, {.handle = field::handle(t.e), .label = field::label(t.e), .when = field::seconds(t.e)});
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
  if (field::bulk(t.e) && l->cancelled_timers * 2 > l->heap.size()) purge_cancelled_timers(t.s, *l);
  else take_timer(t.s, *l, field::handle(t.e));
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
  if (task && task->phase == TaskPhase::sleeping && task->wait_id == field::handle(t.e).value) task->fired = true;
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

// ---- tasks

TaskId task_created(Step& t) {
  TaskState* task = introduce(t, t.s.tasks, field::task(t.e));
  if (task == nullptr) return {};
  task->loop = LoopId{t.e.loop};
  task->name = field::label(t.e);
  task->coro = field::coro(t.e);
  task->args = text_of(t, TextField::args);
  task->named = field::named(t.e);
  task->parent = field::parent(t.e);
  task->created_line = field::created_line(t.e);
  return task->id;
}

TaskId task_renamed(Step& t) {
  if (TaskState* task = edit_task(t, field::task(t.e))) {
    task->name = field::label(t.e);
    task->named = true;
  }
  return {};
}

TaskId task_step(Step& t) {
  TaskState* task = edit_task(t, field::task(t.e));
  if (task == nullptr) return {};
  ++task->steps;
  task->phase = TaskPhase::running;
  task->fired = false;
  task->wait_id = 0;
  return task->id;
}

TaskPhase phase_of(WaitKind kind) {
  switch (kind) {
    case WaitKind::yield: return TaskPhase::ready;
    case WaitKind::sleep: return TaskPhase::sleeping;
    case WaitKind::io: return TaskPhase::io;
    case WaitKind::executor: return TaskPhase::job;
    default: return TaskPhase::waiting;
  }
}

// Tells what the task waits on that the task waits on it.
void link_waiter(Step& t, OneLoopState* l, TaskState& task) {
  switch (task.wait) {
    case WaitKind::sleep:
      if (HeapTimer* timer = l ? edit_timer(t.s, *l, HandleId{task.wait_id}) : nullptr) {
        timer->task = task.id;
        task.wake_at = timer->when;
      }
      break;
    case WaitKind::io:
      if (WatchedFd* fd = l ? edit_fd(*l, task.wait_id) : nullptr) fd->task = task.id;
      break;
    case WaitKind::executor:
      if (JobState* job = edit_by_id(t.s.jobs, JobId{task.wait_id})) job->task = task.id;
      break;
    default: break;
  }
}

TaskId task_suspended(Step& t) {
  TaskState* task = edit_task(t, field::task(t.e));
  if (task == nullptr) return {};
  OneLoopState* l = loop_of(t);
  // A wake-up may be queued already (a yield, a bad yield): then its turn comes anyway.
  const bool queued = l && l->running_handle && task->step_handle && task->step_handle != l->running_handle->handle;
  task->wait = field::wait_kind(t.e);
  task->wait_id = field::wait_id(t.e);
  task->wait_label = field::wait_label(t.e);
  task->line = field::line(t.e);
  task->stack = field::stack(t.e);
  task->fired = false;
  task->phase = queued ? TaskPhase::ready : phase_of(task->wait);
  if (!queued) task->step_handle = {};
  link_waiter(t, l, *task);
  return task->id;
}

TaskId task_cancel(Step& t) {
  if (TaskState* task = edit_task(t, field::task(t.e))) ++task->cancel_requests;
  return {};
}

TaskId task_done(Step& t) {
  TaskState* task = edit_task(t, field::task(t.e));
  if (task == nullptr) return {};
  switch (field::outcome(t.e)) {
    case Outcome::returned: task->phase = TaskPhase::done; break;
    case Outcome::raised: task->phase = TaskPhase::failed; break;
    default: task->phase = TaskPhase::cancelled; break;
  }
  task->fired = false;
  task->step_handle = {};
  task->result = text_of(t, TextField::value);
  return task->id;
}

// ---- futures, fds, threads, jobs

TaskId future_created(Step& t) {
  FutureState* future = introduce(t, t.s.futures, field::future(t.e));
  if (future == nullptr) return {};
  future->label = field::label(t.e);
  t.s.fresh_future = future->id;
  return {};
}

TaskId future_done(Step& t) {
  FutureState* future = edit_by_id(t.s.futures, field::future(t.e));
  if (future == nullptr) return {};
  future->done = true;
  const OneLoopState* l = loop_of(t);
  if (l && l->running_handle && l->running_handle->cause == Cause::timer) future->timer = l->running_handle->handle;
  return {};
}

TaskId fd_watched(Step& t) {
  OneLoopState* l = loop_of(t);
  if (l == nullptr) return {};
  const std::uint32_t fd = field::fd(t.e);
  if (edit_fd(*l, fd) == nullptr) {
    if (l->fds.size() >= kMostFds) return {};
    l->fds.insert(fd_place(*l, fd), WatchedFd{})->fd = fd;
  }
  WatchedFd* found = edit_fd(*l, fd);
  const std::uint8_t mask = field::mask(t.e);
  found->mask |= mask;
  if (mask & kReadable) found->reader = field::watch_handle(t.e), found->reader_label = field::high_label(t.e);
  if (mask & kWritable) found->writer = field::watch_handle(t.e), found->writer_label = field::high_label(t.e);
  return {};
}

TaskId fd_unwatched(Step& t) {
  OneLoopState* l = loop_of(t);
  if (l == nullptr) return {};
  WatchedFd* watched = edit_fd(*l, field::fd(t.e));
  if (watched == nullptr) return {};
  const std::uint8_t mask = field::mask(t.e);
  watched->mask &= static_cast<std::uint8_t>(~mask);
  if (mask & kReadable) watched->reader = {}, watched->reader_label = {};
  if (mask & kWritable) watched->writer = {}, watched->writer_label = {};
  if (watched->mask == 0) l->fds.erase(l->fds.begin() + (watched - l->fds.data()));
  return {};
}

ThreadState& thread_of(Step& t) {
  const ThreadId id{t.e.thread};
  for (ThreadState& thread : t.s.threads)
    if (thread.id == id) return thread;
  return t.s.threads.emplace_back(ThreadState{.id = id, .name = {}});
}

TaskId thread_started(Step& t) {
  ThreadState& thread = thread_of(t);
  thread.name = field::label(t.e);
  thread.ended = false;
  return {};
}

TaskId thread_ended(Step& t) {
  thread_of(t).ended = true;
  return {};
}

TaskId job_queued(Step& t) {
  JobState* job = introduce(t, t.s.jobs, field::job(t.e));
  if (job == nullptr) return {};
  job->pool = field::label(t.e);
  job->label = LabelId{field::low(t.e.arg)};
  job->future = field::job_future(t.e);
  return {};
}

TaskId job_begin(Step& t) {
  if (JobState* job = edit_by_id(t.s.jobs, field::job(t.e))) job->thread = ThreadId{t.e.thread};
  return {};
}

TaskId job_end(Step& t) {
  JobState* job = edit_by_id(t.s.jobs, field::job(t.e));
  if (job == nullptr) return {};
  job->done = true;
  job->outcome = field::outcome(t.e);
  TaskState* task = edit_task(t, job->task);
  if (task && task->phase == TaskPhase::job && task->wait_id == job->id.value) task->fired = true;
  return {};
}

// ---- the program

TaskId output(Step& t) {
  ++t.s.outputs;
  return {};
}

TaskId line(Step& t) {
  t.s.line = field::line(t.e);
  t.s.line_task = field::task(t.e);
  if (TaskState* task = edit_task(t, t.s.line_task)) task->line = t.s.line;
  return {};
}

TaskId error(Step& t) {
  t.s.last_error = t.i;
  return {};
}

TaskId gap(Step& t) {
  t.s.gaps += field::n(t.e);
  return {};
}

TaskId nothing(Step&) { return {}; }

using Fold = TaskId (*)(Step&);

// One function a kind, in the order of EventKind.
constexpr std::array<Fold, kEventKinds> kFolds = {
    loop_created,   loop_run,      loop_idle,       loop_stop,      loop_closed,
    iteration_begin, iteration_end,
    timer_purged,
    select_begin,   select_end,    io_ready,
    timers_begin,   nothing,       timer_promoted,
    ready_begin,    ready_end,
    handle_queued,  handle_begin,  handle_end,      handle_skipped, handle_cancelled,
    timer_scheduled, timer_cancelled,
    task_created,   task_renamed,  task_step,       task_suspended, task_cancel,    task_done,
    future_created, future_done,
    fd_watched,     fd_unwatched,
    nothing,        nothing,       nothing,
    thread_started, thread_ended,
    job_queued,     job_begin,     job_end,
    nothing,        nothing,
    output,         line,          error,           nothing,
    gap,
};

}  // namespace

TaskId apply(LoopState& state, const TraceStore& store, const TraceEvent& event, EventIndex i) {
  Step step{state, store, event, i};
  state.now = event.ts;
  const TaskId touched = kFolds[static_cast<std::size_t>(event.kind)](step);
  if (event.kind != EventKind::future_created) state.fresh_future = {};
  return touched;
}

}  // namespace loopscope::traces

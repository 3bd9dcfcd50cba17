// Folding of what the program does: tasks, futures, fds, threads, jobs and output.
#include "traces/fold_steps.h"

namespace loopscope::traces::folds {
namespace {

constexpr std::size_t kMostFds = 65536;

}  // namespace

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

namespace {

TaskPhase phase_of(WaitKind kind) {
  switch (kind) {
    case WaitKind::yield:
      return TaskPhase::ready;
    case WaitKind::sleep:
      return TaskPhase::sleeping;
    case WaitKind::io:
      return TaskPhase::io;
    case WaitKind::executor:
      return TaskPhase::job;
    default:
      return TaskPhase::waiting;
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
    default:
      break;
  }
}

}  // namespace

TaskId task_suspended(Step& t) {
  TaskState* task = edit_task(t, field::task(t.e));
  if (task == nullptr) return {};
  OneLoopState* l = loop_of(t);
  // A wake-up may be queued already (a yield, a bad yield): then its turn comes anyway.
  const bool queued =
      l && l->running_handle && task->step_handle && task->step_handle != l->running_handle->handle;
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
    case Outcome::returned:
      task->phase = TaskPhase::done;
      break;
    case Outcome::raised:
      task->phase = TaskPhase::failed;
      break;
    default:
      task->phase = TaskPhase::cancelled;
      break;
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
  if (l && l->running_handle && l->running_handle->cause == Cause::timer)
    future->timer = l->running_handle->handle;
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
  if (mask & kReadable)
    found->reader = field::watch_handle(t.e), found->reader_label = field::high_label(t.e);
  if (mask & kWritable)
    found->writer = field::watch_handle(t.e), found->writer_label = field::high_label(t.e);
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

namespace {

ThreadState& thread_of(Step& t) {
  const ThreadId id{t.e.thread};
  for (ThreadState& thread : t.s.threads)
    if (thread.id == id) return thread;
  return t.s.threads.emplace_back(ThreadState{.id = id, .name = {}});
}

}  // namespace

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

}  // namespace loopscope::traces::folds

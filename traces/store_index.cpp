#include "traces/store_index.h"

#include "core/trace/event_reader.h"

namespace loopscope::traces {

namespace {

template <class List>
auto at_id(const List& list, std::size_t id) -> decltype(list[0].load()) {
  return id != 0 && id <= list.size() ? list[id - 1].load(std::memory_order_acquire) : nullptr;
}

template <class List, class Node>
void put_at_id(List& list, std::size_t id, Node* node) {
  while (list.size() < id) list.emplace_back(nullptr);
  list[id - 1].store(node, std::memory_order_release);
}

}  // namespace

const StoreIndex::Task* StoreIndex::task(TaskId id) const { return at_id(tasks_by_id_, id.value); }
const StoreIndex::LoopIterations* StoreIndex::loop(LoopId id) const { return at_id(loops_by_id_, id.value); }

void StoreIndex::begin_iteration(const TraceEvent& e, EventIndex i) {
  open_iterations_[e.loop] = iterations.size();
  iterations.emplace_back(LoopId{e.loop}, field::n(e), i);
  if (e.loop == 0) return;
  LoopIterations* own = at_id(loops_by_id_, e.loop);
  if (own == nullptr) put_at_id(loops_by_id_, e.loop, own = &loop_nodes_.emplace_back());
  own->all.emplace_back(iterations.size() - 1);
}

void StoreIndex::end_iteration(const TraceEvent& e, EventIndex i) {
  const auto open = open_iterations_.find(e.loop);
  if (open == open_iterations_.end()) return;
  iterations[open->second].end.store(i, std::memory_order_release);
  open_iterations_.erase(open);
}

StoreIndex::Timer* StoreIndex::alive_timer(HandleId handle) {
  const auto found = alive_timers_.find(handle.value);
  return found != alive_timers_.end() ? &timers[found->second] : nullptr;
}

void StoreIndex::add_timer(const TraceEvent& e, EventIndex i) {
  alive_timers_[field::handle(e).value] = timers.size();
  timers.emplace_back(field::handle(e), LoopId{e.loop}, field::seconds(e), i);
}

void StoreIndex::add_timer_event(const TraceEvent& e, EventIndex i) {
  Timer* timer = alive_timer(field::handle(e));
  if (timer == nullptr) return;
  if (e.kind == EventKind::timer_cancelled) {
    timer->cancelled.store(i, std::memory_order_release);
    return;
  }
  (e.kind == EventKind::timer_promoted ? timer->promoted : timer->purged).store(i, std::memory_order_release);
  alive_timers_.erase(field::handle(e).value);
}

void StoreIndex::close_timers(LoopId loop, EventIndex i) {
  std::erase_if(alive_timers_, [&](const auto& alive) {
    Timer& timer = timers[alive.second];
    if (timer.loop != loop) return false;
    timer.dropped.store(i, std::memory_order_release);
    return true;
  });
}

void StoreIndex::name_task(const TraceStore& store, const TaskState& state, Task& task) {
  const auto names = namer_.name({.id = state.id,
                                  .name = store.label(state.name),
                                  .named = state.named,
                                  .coro = store.label(state.coro),
                                  .args = state.args});
  const Names& kept = names_.emplace_back(state.name, arena_.keep(names.title), arena_.keep(names.badge),
                                          task.names.load(std::memory_order_relaxed));
  task.names.store(&kept, std::memory_order_release);
}

void StoreIndex::add_task_event(const TraceStore& store, const TraceEvent& e, EventIndex i,
                                const TaskState* state) {
  if (state == nullptr) return;
  Task* task = at_id(tasks_by_id_, state->id.value);
  if (task == nullptr) put_at_id(tasks_by_id_, state->id.value, task = &tasks.emplace_back(state->id, i));
  if (e.kind == EventKind::task_created || e.kind == EventKind::task_renamed) name_task(store, *state, *task);
  if (e.kind == EventKind::task_done) task->done.store(i, std::memory_order_release);
  const auto phase = static_cast<std::uint64_t>(state->phase);
  if (task->phases.empty() || task->phases.back().phase != phase) task->phases.emplace_back(i, phase);
}

void StoreIndex::begin_run(const TraceEvent& e, EventIndex i, const OneLoopState* loop) {
  const QueuedHandle handle =
      loop && loop->running_handle ? *loop->running_handle : QueuedHandle{.handle = field::handle(e)};
  const auto k = static_cast<std::uint32_t>(runs.size());
  const ThreadId thread{e.thread};
  open_runs_[e.thread] = &runs.emplace_back(handle.handle, handle.task, handle.label, LoopId{e.loop}, thread,
                                            handle.cause, static_cast<EventIndex>(handle.queued_at), i);
  thread_runs_[e.thread].emplace_back(k);
  if (Task* task = at_id(tasks_by_id_, handle.task.value)) task->runs.emplace_back(k);
}

void StoreIndex::end_run(const TraceEvent& e, EventIndex i) {
  Run*& open = open_runs_[e.thread];
  if (open != nullptr) open->end.store(i, std::memory_order_release);
  open = nullptr;
}

void StoreIndex::add_wakeup(const TraceEvent& e, EventIndex i) {
  const TaskId task = field::queued_task(e), of_task = field::queued_by_task(e);
  const FutureId future = field::queued_by_future(e);
  if (!task || (!of_task && !future && field::cause(e) != Cause::task_wakeup)) return;
  Wakeup wakeup{.queued = i, .task = task, .cause = i, .by_task = of_task, .by_timer = {}};
  const auto& done = of_task ? ended_ : futures_;
  if (const auto found = done.find(of_task ? of_task.value : future.value); found != done.end()) {
    wakeup.cause = found->second.event;
    wakeup.by_timer = found->second.timer;
  }
  wakeups.emplace_back(wakeup);
}

void StoreIndex::add_output(const TraceStore& store, const TraceEvent& e, EventIndex i,
                            const LoopState& after) {
  const OneLoopState* loop = e.loop ? after.loop(LoopId{e.loop}) : nullptr;
  outputs.emplace_back(i, store.text(i, TextField::text).value_or(""), field::task(e), field::line(e),
                       LoopId{e.loop}, loop && loop->in_iteration ? loop->iteration : 0);
}

void StoreIndex::add(const TraceStore& store, const TraceEvent& e, EventIndex i, const LoopState& after,
                     TaskId touched) {
  const OneLoopState* loop = e.loop ? after.loop(LoopId{e.loop}) : nullptr;
  const bool in_timer = loop && loop->running_handle && loop->running_handle->cause == Cause::timer;
  const HandleId by_timer = in_timer ? loop->running_handle->handle : HandleId{};
  switch (e.kind) {
    case EventKind::iteration_begin:
      begin_iteration(e, i);
      break;
    case EventKind::iteration_end:
      end_iteration(e, i);
      break;
    case EventKind::timer_scheduled:
      add_timer(e, i);
      break;
    case EventKind::timer_cancelled:
    case EventKind::timer_promoted:
    case EventKind::timer_purged:
      add_timer_event(e, i);
      break;
    case EventKind::loop_closed:
      close_timers(LoopId{e.loop}, i);
      break;
    case EventKind::future_done:
      futures_[field::future(e).value] = {i, by_timer};
      break;
    case EventKind::task_done:
      ended_[field::task(e).value] = {i, by_timer};
      break;
    case EventKind::handle_queued:
      add_wakeup(e, i);
      break;
    case EventKind::task_suspended:
      if (Timer* t =
              field::wait_kind(e) == WaitKind::sleep ? alive_timer(HandleId{field::wait_id(e)}) : nullptr)
        t->task.store(field::task(e).value, std::memory_order_release);
      break;
    case EventKind::handle_begin:
      begin_run(e, i, loop);
      break;
    case EventKind::handle_end:
      end_run(e, i);
      break;
    case EventKind::output:
      add_output(store, e, i, after);
      break;
    case EventKind::error:
    case EventKind::warning:
    case EventKind::gap:
      problems.emplace_back(i);
      break;
    default:
      break;
  }
  if (e.kind == EventKind::task_renamed) touched = field::task(e);
  if (touched) add_task_event(store, e, i, after.task(touched));
}

}  // namespace loopscope::traces

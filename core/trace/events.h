#pragma once

#include <bit>
#include <limits>

#include "core/trace/event.h"

/// Makers of events: one for each kind that the core emits. They pack fields as
/// event_schema.cpp describes. Time and thread are stamped by the tracer.
namespace loopscope::make {

constexpr std::uint64_t pack(std::uint32_t low, std::uint32_t high) { return std::uint64_t{high} << 32 | low; }
constexpr std::uint32_t with_label(std::uint8_t byte, LabelId label) { return label.value << 8 | byte; }
inline std::uint64_t bits(double seconds) { return std::bit_cast<std::uint64_t>(seconds); }

inline TraceEvent plain(EventKind kind, LoopId loop, std::uint64_t subject = 0, std::uint64_t arg = 0,
                        std::uint32_t aux = 0) {
  return {.kind = kind, .loop = loop.value, .aux = aux, .subject = subject, .arg = arg};
}

inline TraceEvent loop_created(LoopId loop, LabelId model, bool debug) {
  return plain(EventKind::loop_created, loop, 0, debug, model.value);
}
inline TraceEvent loop_run(LoopId loop, RunHow how, TaskId task) {
  return plain(EventKind::loop_run, loop, task.value, static_cast<std::uint64_t>(how));
}
inline TraceEvent select_begin_for_ever(LoopId loop) {
  return plain(EventKind::select_begin, loop, 0, bits(std::numeric_limits<double>::quiet_NaN()));
}
inline TraceEvent select_begin(LoopId loop, double timeout) {
  return plain(EventKind::select_begin, loop, 0, bits(timeout));
}
inline TraceEvent timers_end(LoopId loop, std::uint32_t promoted, std::uint32_t purged) {
  return plain(EventKind::timers_end, loop, 0, pack(promoted, purged));
}
inline TraceEvent timer_promoted(LoopId loop, HandleId handle, double when) {
  return plain(EventKind::timer_promoted, loop, handle.value, bits(when));
}
inline TraceEvent timer_purged(LoopId loop, HandleId handle, bool bulk) {
  return plain(EventKind::timer_purged, loop, handle.value, bulk);
}
inline TraceEvent timer_scheduled(LoopId loop, HandleId handle, double when, LabelId label) {
  return plain(EventKind::timer_scheduled, loop, handle.value, bits(when), label.value);
}
inline TraceEvent io_ready(LoopId loop, std::uint32_t fd, std::uint8_t mask, HandleId handle) {
  return plain(EventKind::io_ready, loop, handle.value, fd, mask);
}

/// Whose step a queued handle is, and whose completion queued it.
struct QueueReason {
  Cause cause = Cause::call_soon;
  TaskId task = {};
  FutureId future = {};
  TaskId of_task = {};
};
inline TraceEvent handle_queued(LoopId loop, HandleId handle, LabelId label, const QueueReason& why) {
  return plain(EventKind::handle_queued, loop, pack(handle.value, why.of_task.value),
               pack(why.future.value, why.task.value), with_label(static_cast<std::uint8_t>(why.cause), label));
}

struct TaskBirth {
  TaskId task;
  LabelId name;
  bool named = false;
  LabelId coro;
  TaskId parent = {};
  std::uint32_t line = 0;
};
/// Comes with the text `args`.
inline TraceEvent task_created(LoopId loop, const TaskBirth& t) {
  const std::uint64_t arg =
      pack(t.coro.value, t.line & 0x7fffffffU) | (t.named ? std::uint64_t{1} << 63 : std::uint64_t{0});
  return plain(EventKind::task_created, loop, pack(t.task.value, t.parent.value), arg, t.name.value);
}
inline TraceEvent task_renamed(LoopId loop, TaskId task, LabelId name) {
  return plain(EventKind::task_renamed, loop, task.value, 0, name.value);
}
inline TraceEvent task_step(LoopId loop, TaskId task, LabelId throws) {
  return plain(EventKind::task_step, loop, task.value, 0, throws.value);
}

/// What a task waits on: `id` counts handles, futures, tasks, objects, fds or jobs by `kind`.
struct WaitsOn {
  WaitKind kind = WaitKind::yield;
  std::uint32_t id = 0;
  LabelId label = {};
};
inline TraceEvent task_suspended(LoopId loop, TaskId task, const WaitsOn& on, std::uint32_t line, StackId stack) {
  return plain(EventKind::task_suspended, loop, pack(task.value, line), pack(on.id, stack.value),
               with_label(static_cast<std::uint8_t>(on.kind), on.label));
}
/// Comes with the text `value` unless cancelled.
inline TraceEvent task_done(LoopId loop, TaskId task, Outcome outcome) {
  return plain(EventKind::task_done, loop, task.value, static_cast<std::uint64_t>(outcome));
}
inline TraceEvent future_created(LoopId loop, FutureId future, LabelId label) {
  return plain(EventKind::future_created, loop, future.value, 0, label.value);
}
/// Comes with the text `value` unless cancelled.
inline TraceEvent future_done(LoopId loop, FutureId future, Outcome outcome) {
  return plain(EventKind::future_done, loop, future.value, static_cast<std::uint64_t>(outcome));
}
inline TraceEvent fd_watched(LoopId loop, std::uint32_t fd, std::uint8_t mask, HandleId handle, LabelId label) {
  return plain(EventKind::fd_watched, loop, fd, handle.value, with_label(mask, label));
}
inline TraceEvent fd_unwatched(LoopId loop, std::uint32_t fd, std::uint8_t mask) {
  return plain(EventKind::fd_unwatched, loop, fd, 0, mask);
}
/// net_sent or net_received. Comes with the text `text` when the bytes are UTF-8.
inline TraceEvent net_traffic(EventKind kind, LoopId loop, std::uint32_t fd, std::uint64_t bytes) {
  return plain(kind, loop, fd, bytes);
}
/// Comes with the text `text` when something was received that is UTF-8.
inline TraceEvent net_peer(LabelId peer, PeerWhat what) {
  return plain(EventKind::net_peer, {}, 0, static_cast<std::uint64_t>(what), peer.value);
}
inline TraceEvent signal(LabelId name) { return plain(EventKind::signal, {}, 0, 0, name.value); }
/// Comes with the text `text`.
inline TraceEvent world() { return plain(EventKind::world, {}); }
inline TraceEvent thread_started(LabelId name) { return plain(EventKind::thread_started, {}, 0, 0, name.value); }
inline TraceEvent thread_ended() { return plain(EventKind::thread_ended, {}); }

inline TraceEvent job_queued(JobId job, LabelId pool, LabelId label, FutureId future) {
  return plain(EventKind::job_queued, {}, pack(job.value, future.value), label.value, pool.value);
}
inline TraceEvent job_begin(JobId job) { return plain(EventKind::job_begin, {}, job.value); }
inline TraceEvent job_end(JobId job, Outcome outcome) {
  return plain(EventKind::job_end, {}, job.value, static_cast<std::uint64_t>(outcome));
}
/// Comes with the text `text`, and `end` when it is not a newline.
inline TraceEvent output(LoopId loop, TaskId task, std::uint32_t line) {
  return plain(EventKind::output, loop, pack(task.value, line));
}
inline TraceEvent line(LoopId loop, TaskId task, std::uint32_t line) {
  return plain(EventKind::line, loop, pack(task.value, line));
}
/// Comes with the text `text`.
inline TraceEvent error(LoopId loop, TaskId task, std::uint32_t line) {
  return plain(EventKind::error, loop, pack(task.value, line));
}
/// Comes with the text `text`.
inline TraceEvent warning(LoopId loop, LabelId rule, std::uint32_t line) {
  return plain(EventKind::warning, loop, pack(0, line), 0, rule.value);
}

}  // namespace loopscope::make

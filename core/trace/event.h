#pragma once

#include <cstdint>

#include "core/base/ids.h"

namespace loopscope {

/// Every kind of event that a trace can hold, in the order of FORMAT.md's table.
enum class EventKind : std::uint8_t {
  loop_created, loop_run, loop_idle, loop_stop, loop_closed,
  iteration_begin, iteration_end,
  timer_purged,
  select_begin, select_end, io_ready,
  timers_begin, timers_end, timer_promoted,
  ready_begin, ready_end,
  handle_queued, handle_begin, handle_end, handle_skipped, handle_cancelled,
  timer_scheduled, timer_cancelled,
  task_created, task_renamed, task_step, task_suspended, task_cancel, task_done,
  future_created, future_done,
  fd_watched, fd_unwatched,
  net_sent, net_received, net_peer,
  thread_started, thread_ended,
  job_queued, job_begin, job_end,
  signal, world,
  output, line, error, warning,
  gap,
};
inline constexpr int kEventKinds = static_cast<int>(EventKind::gap) + 1;

/// One thing that the loop, or the program on it, did: 32 bytes, no pointers.
///
/// What `aux`, `subject` and `arg` mean depends on `kind`; `event_schema.h` is the one
/// place that says so. Texts and other things that do not fit follow the event as
/// `TraceRecord`s. `loop` is 0 outside any loop.
struct TraceEvent {
  std::int64_t ts = 0;  ///< Nanoseconds on the trace's clock.
  EventKind kind = EventKind::gap;
  std::uint8_t thread = 1;
  std::uint16_t loop = 0;
  std::uint32_t aux = 0;
  std::uint64_t subject = 0;
  std::uint64_t arg = 0;

  friend bool operator==(const TraceEvent&, const TraceEvent&) = default;
};
static_assert(sizeof(TraceEvent) == 32);

/// Why a handle entered the ready queue.
enum class Cause : std::uint8_t {
  call_soon, threadsafe, timer, io, signal, task_step, task_wakeup, future_callback
};

/// How a task, a future or a job ended.
enum class Outcome : std::uint8_t { returned, raised, cancelled };

/// What made `run_forever` start (`loop.run`).
enum class RunHow : std::uint8_t { run_forever, run_until_complete };

/// What a suspended task waits on. The comment names what `on.id` counts.
enum class WaitKind : std::uint8_t {
  yield,         // -
  sleep,         // the timer's handle
  future,        // future
  task,          // task
  gather, wait, wait_for, shield, as_completed,  // future
  taskgroup,     // -
  lock, semaphore, event, condition, barrier, queue,  // object, with a label
  io,            // fd
  executor,      // job
};

/// Bits of an fd's mask.
inline constexpr std::uint8_t kReadable = 1;
inline constexpr std::uint8_t kWritable = 2;

/// What a peer outside the program did or saw (`net.peer`).
enum class PeerWhat : std::uint8_t { connected, refused, received, closed, reset };

}  // namespace loopscope

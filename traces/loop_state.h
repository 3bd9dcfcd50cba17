#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/trace/event.h"
#include "traces/shared_vector.h"

namespace loopscope::traces {

/// Where in an iteration a loop stands.
enum class LoopPhase : std::uint8_t { idle, between, select, io, timers, run, closed };

/// Which of the ready handles an iteration runs: the loop's model in one word.
enum class RunOrder : std::uint8_t {
  snapshot,     ///< those that were ready when it began to run handles (asyncio)
  until_empty,  ///< all, also those that join meanwhile (drain)
  one,          ///< the first; there are no phases (trampoline)
};

/// What a task does; the viewer's state colours and letters follow it.
enum class TaskPhase : std::uint8_t { ready, running, sleeping, io, waiting, job, done, failed, cancelled };

/// A handle in the ready queue or the running slot.
struct QueuedHandle {
  HandleId handle = {};
  LabelId label = {};
  Cause cause = Cause::call_soon;
  TaskId task = {};        ///< whose step it is
  TaskId of_task = {};     ///< whose completion queued it
  FutureId future = {};    ///< the future whose completion queued it
  TaskId timer_task = {};  ///< for a timer's handle: the task that sleeps on it
  double when = 0;         ///< for a timer's handle: its deadline, seconds
  bool cancelled = false;
  std::uint64_t queued_at = 0;  ///< index of its handle.queued
};

/// A timer in the heap.
struct HeapTimer {
  HandleId handle = {};
  LabelId label = {};
  double when = 0;
  TaskId task = {};  ///< the task that sleeps on it, if any
  bool cancelled = false;
};

struct WatchedFd {
  std::uint32_t fd = 0;
  std::uint8_t mask = 0;
  HandleId reader = {}, writer = {};
  LabelId reader_label = {}, writer_label = {};
  TaskId task = {};  ///< the task that last suspended on it, if any
};

struct OneLoopState {
  LoopId id = {};
  ThreadId thread = {};  ///< that runs it or ran it last; before that, the one that made it
  LabelId model = {};
  RunOrder order = RunOrder::snapshot;
  bool debug = false;
  bool running = false, closed = false, stopping = false;
  RunHow how = RunHow::run_forever;
  LoopPhase phase = LoopPhase::idle;
  std::uint64_t iteration = 0;  ///< last begun; 0 = none yet
  bool in_iteration = false;
  SharedVector<QueuedHandle> ready;  ///< from the head; use ready_head as first index
  std::size_t ready_head = 0;        ///< entries before it have left the queue
  std::size_t snapshot_left = 0;     ///< handles that wait still, and run in this iteration
  std::size_t snapshot = 0;          ///< those and the ones that ran in it; 0 outside the run phase
  std::optional<QueuedHandle> running_handle;
  SharedVector<HeapTimer> heap;          ///< in heapq's array order
  std::size_t cancelled_timers = 0;      ///< in the heap
  std::vector<WatchedFd> fds;            ///< by fd
  std::optional<double> select_timeout;  ///< of the last select.begin; none = for ever
  bool selecting = false;
  std::int64_t select_began = 0;   ///< ns
  std::int64_t select_waited = 0;  ///< ns, of the last finished select
  std::uint64_t select_ready = 0;  ///< fds reported by it
  bool has_selected = false;
  std::uint32_t promoted = 0, purged = 0, io_queued = 0;  ///< in this iteration so far
  HeapTimer promoted_timer;                               ///< the last that left the heap for the ready queue
  std::uint64_t ready_dropped = 0;                        ///< handles that left `ready` before its element 0

  std::size_t ready_count() const { return ready.size() - ready_head; }
};

struct TaskState {
  TaskId id = {};
  LoopId loop = {};
  LabelId name = {}, coro = {};
  std::string args;
  bool named = false;
  TaskId parent = {};
  TaskPhase phase = TaskPhase::ready;
  WaitKind wait = WaitKind::yield;  ///< meaningful when suspended
  std::uint32_t wait_id = 0;        ///< what `wait` counts
  LabelId wait_label = {};
  double wake_at = 0;      ///< sleeping: deadline in seconds
  bool fired = false;      ///< waits, but what it waits for has come: its wake-up is on the way
  std::uint32_t line = 0;  ///< where it stands, 0 = unknown
  std::uint32_t created_line = 0;
  StackId stack = {};
  HandleId step_handle = {};  ///< the queued or running handle of its next step
  std::uint32_t cancel_requests = 0;
  std::string result;  ///< repr, when done
  std::uint64_t steps = 0;
};

struct ThreadState {
  ThreadId id = {};
  LabelId name = {};
  bool ended = false;
};

struct FutureState {
  FutureId id = {};
  LabelId label = {};
  bool done = false;
  HandleId timer = {};  ///< the timer whose callback completes it, if known
};

/// A job given to an executor.
struct JobState {
  JobId id = {};
  LabelId pool = {}, label = {};
  FutureId future = {};
  ThreadId thread = {};  ///< 0 while it waits in the pool's queue
  TaskId task = {};      ///< the task that waits for it, if any
  bool done = false;
  Outcome outcome = Outcome::returned;
};

/// Everything that can be seen of a program at one event: a pure fold over the events
/// up to it. Copies share structure, so they are cheap even with 100,000 timers.
struct LoopState {
  std::int64_t now = 0;               ///< ns
  std::vector<OneLoopState> loops;    ///< in order of creation
  SharedVector<TaskState> tasks;      ///< by id - 1; an element with id 0 is unknown (lost in a gap)
  SharedVector<FutureState> futures;  ///< by id - 1, the same
  SharedVector<JobState> jobs;        ///< by id - 1, the same
  std::vector<ThreadState> threads;
  std::size_t outputs = 0;  ///< output events so far
  std::uint32_t line = 0;   ///< the last `line` event's
  TaskId line_task = {};
  std::uint64_t gaps = 0;                   ///< events lost so far
  std::optional<std::uint64_t> last_error;  ///< index of the last error event
  FutureId fresh_future = {};               ///< what this event made, if it is a future.created
  SharedVector<std::uint32_t> places;  ///< by handle id: where it is in a heap or a ready queue (fold.cpp)

  const OneLoopState* loop(LoopId id) const;
  /// The loop that the event at hand belongs to, else the one that runs, else the last.
  const OneLoopState* focus(LoopId id) const;
  const TaskState* task(TaskId id) const;
  const FutureState* future(FutureId id) const;
  const JobState* job(JobId id) const;
  /// Bytes of blocks that this state and those it came from ever made; what a
  /// checkpoint costs is the difference to the one before.
  std::size_t bytes_made() const;
};

}  // namespace loopscope::traces

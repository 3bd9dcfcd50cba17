#pragma once

#include <array>
#include <atomic>
#include <limits>
#include <memory>
#include <unordered_map>

#include "traces/append_list.h"
#include "traces/task_names.h"
#include "traces/text_arena.h"
#include "traces/trace_store.h"

namespace loopscope::traces {

/// The indexes beside a store's events. The store's writer adds every event before it
/// publishes it; readers filter by the size() they saw, so that an index never runs
/// ahead of the events.
class StoreIndex {
 public:
  static constexpr EventIndex kNone = std::numeric_limits<EventIndex>::max();

  struct Iteration {
    LoopId loop;
    std::uint64_t n;
    EventIndex begin;
    std::atomic<EventIndex> end{kNone};
  };
  struct LoopIterations {
    AppendList<std::size_t, 64, 32> all;
  };  // indexes into `iterations`
  struct Phase {
    EventIndex begin : 56;
    std::uint64_t phase : 8;
  };
  struct Names {
    LabelId name;
    std::string_view title, badge;
    const Names* earlier;
  };
  struct Task {
    TaskId id;
    EventIndex created;
    std::atomic<EventIndex> done{kNone};
    std::atomic<const Names*> names{nullptr};
    AppendList<Phase, 8, 30> phases{};
    AppendList<std::uint32_t, 8, 30> runs{};  // indexes into `runs`
  };
  struct Run {
    HandleId handle;
    TaskId task;
    LabelId label;
    LoopId loop;
    ThreadId thread;
    Cause cause;
    EventIndex queued;  // 0 = unknown
    EventIndex begin;
    std::atomic<EventIndex> end{kNone};
  };
  using RunList = AppendList<std::uint32_t, 64, 32>;
  struct Timer {
    HandleId handle;
    LoopId loop;
    double when;
    EventIndex scheduled;
    std::atomic<std::uint32_t> task{0};
    std::atomic<EventIndex> promoted{kNone}, cancelled{kNone}, purged{kNone}, dropped{kNone};
  };
  struct Output {
    EventIndex event;
    std::string_view text;
    TaskId task;
    std::uint32_t line;
    LoopId loop;
    std::uint64_t iteration;
  };

  /// Adds event `i`: `after` is the state it left, `touched` the task whose phase it may
  /// have changed.
  void add(const TraceStore& store, const TraceEvent& event, EventIndex i, const LoopState& after,
           TaskId touched);

  const Task* task(TaskId id) const;
  /// The iterations of one loop, or null.
  const LoopIterations* loop(LoopId id) const;
  /// The runs on one thread: indexes into `runs`.
  const RunList& runs_on(ThreadId thread) const { return thread_runs_[thread.value]; }

  AppendList<Iteration> iterations;
  AppendList<Task> tasks;  // as created
  AppendList<Timer> timers;
  AppendList<Output> outputs;
  AppendList<EventIndex> problems;
  AppendList<Wakeup> wakeups;
  AppendList<Run> runs;

 private:
  struct Completion {
    EventIndex event;
    HandleId timer;
  };

  void begin_iteration(const TraceEvent& event, EventIndex i);
  void end_iteration(const TraceEvent& event, EventIndex i);
  void begin_run(const TraceEvent& event, EventIndex i, const OneLoopState* loop);
  void end_run(const TraceEvent& event, EventIndex i);
  void add_timer(const TraceEvent& event, EventIndex i);
  void add_timer_event(const TraceEvent& event, EventIndex i);
  void close_timers(LoopId loop, EventIndex i);
  void add_task_event(const TraceStore& store, const TraceEvent& event, EventIndex i, const TaskState* state);
  void name_task(const TraceStore& store, const TaskState& state, Task& task);
  void add_wakeup(const TraceEvent& event, EventIndex i);
  void add_output(const TraceStore& store, const TraceEvent& event, EventIndex i, const LoopState& after);
  Timer* alive_timer(HandleId handle);

  // The writer's own.
  std::unordered_map<std::uint32_t, std::size_t> alive_timers_;    // handle -> timers
  std::unordered_map<std::uint32_t, Completion> futures_, ended_;  // by future, by task
  std::unordered_map<std::uint32_t, EventIndex> open_iterations_;  // loop -> iterations
  std::array<RunList, 256> thread_runs_;
  std::array<Run*, 256> open_runs_{};  // by thread
  AppendList<Names> names_;
  AppendList<std::atomic<Task*>> tasks_by_id_;  // null where unknown
  AppendList<LoopIterations, 8, 16> loop_nodes_;
  AppendList<std::atomic<LoopIterations*>, 8, 17> loops_by_id_;
  TextArena arena_;
  TaskNamer namer_;
};

}  // namespace loopscope::traces

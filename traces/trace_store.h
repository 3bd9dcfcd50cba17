#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/trace/event.h"
#include "core/trace/trace_sink.h"
#include "traces/loop_state.h"

namespace loopscope::traces {

/// The first line of a trace: what made it, and from what.
struct TraceHeader {
  std::string producer = {};
  std::string clock = "virtual";
  std::string model = "asyncio";
  std::string title = {};
  std::string scenario_json = {};         ///< the whole scenario as JSON, or empty
  std::vector<std::string> listing = {};  ///< the program's lines
  bool has_listing = false;
  std::optional<std::int64_t> started_at = {};  ///< real clock only: Unix ns of ts 0
};

/// Position in a trace: an event's index from 0. Shown to people from 1.
using EventIndex = std::size_t;

/// Where one iteration of one loop stands in the trace.
struct IterationSpan {
  LoopId loop;
  std::uint64_t n = 0;   ///< from 1, per loop
  EventIndex begin = 0;  ///< of iteration.begin
  EventIndex end = 0;    ///< of iteration.end, or the last event so far
  bool open = true;      ///< iteration.end has not come
};

/// A stretch of one task's life in one state.
struct TaskInterval {
  TaskId task;
  TaskPhase phase;
  EventIndex begin = 0;  ///< the event that began it
  EventIndex end = 0;    ///< the event that ended it, or size()
};

/// One line of output.
struct OutputLine {
  EventIndex event = 0;
  std::string text;  ///< without the final newline
  TaskId task;
  std::uint32_t line = 0;
  LoopId loop;
  std::uint64_t iteration = 0;  ///< 0 = outside iterations
};

/// A timer from planting to its end, for timelines.
struct TimerSpan {
  HandleId handle;
  LoopId loop;
  TaskId task;  ///< whose sleep it is, if known
  double when = 0;
  EventIndex scheduled = 0;
  std::optional<EventIndex> promoted, cancelled, purged;
  std::optional<EventIndex> dropped;  ///< its loop was closed while it was in the heap

  /// When it left the heap; `open` when it has not.
  EventIndex end(EventIndex open) const {
    return promoted ? *promoted : purged ? *purged : dropped.value_or(open);
  }
};

/// One run of one handle, from handle.begin to handle.end.
struct HandleRun {
  HandleId handle;
  LoopId loop;
  ThreadId thread;
  TaskId task;  ///< whose step it is, if a task's
  LabelId label;
  Cause cause = Cause::call_soon;
  std::optional<EventIndex> queued;  ///< its handle.queued, when the trace has it
  EventIndex begin = 0;
  EventIndex end = 0;  ///< its handle.end, or the last event so far
  bool open = true;    ///< handle.end has not come
};

/// One waking: the event that made `task` ready, and why.
struct Wakeup {
  EventIndex queued = 0;  ///< the handle.queued
  TaskId task;            ///< who is woken
  EventIndex cause = 0;   ///< the event behind it (task.done, future.done, ...)
  TaskId by_task;         ///< whose completion it was, if a task's
  HandleId by_timer;      ///< the timer whose callback completed the future, if any
};

/// A set of kinds of event.
struct KindSet {
  std::uint64_t bits = 0;
  constexpr KindSet(std::initializer_list<EventKind> kinds) {
    for (const EventKind kind : kinds) bits |= bit(kind);
  }
  constexpr bool has(EventKind kind) const { return (bits & bit(kind)) != 0; }
  static constexpr std::uint64_t bit(EventKind kind) {
    return std::uint64_t{1} << static_cast<unsigned>(kind);
  }
  static_assert(kEventKinds <= 64);
};

/// An append-only trace in memory, with the indexes that the viewer needs.
///
/// One thread writes (it is a TraceSink); any number read. A reader sees events
/// [0, size()), which never change or move; size() only grows. What a query returns is
/// true for the size() at its begin: compare size() (and finished()) to know whether
/// something kept from an earlier frame is still good. Reading takes no locks.
///
/// Once a frame, use the queries by index or range: each costs O(log n) plus its
/// answer. Those that return all of something are for exporters.
class TraceStore final : public TraceSink {
 public:
  explicit TraceStore(TraceHeader header = {});
  ~TraceStore() override;

  // Writing (one thread).
  void write(const TraceEvent& event, std::span<const TraceRecord> records) override;
  /// No more events will come.
  void finish();

  // Reading (any thread).
  const TraceHeader& header() const;
  bool finished() const;
  std::size_t size() const;
  /// A copy of event `i` < size().
  TraceEvent event(EventIndex i) const;
  /// A text of the event; nullopt when null.
  std::optional<std::string_view> text(EventIndex i, TextField field) const;
  std::string_view label(LabelId id) const;  ///< empty for id 0
  struct StackFrame {
    std::string_view function;
    std::uint32_t line;
  };
  std::vector<StackFrame> stack(StackId id) const;  ///< outermost first
  /// The handle that runs on the event's thread when the event happens (`by`); 0 = none.
  HandleId running_handle(EventIndex i) const;

  // Runs of handles, in order of their begin: of all, of one task.
  std::size_t run_count() const;
  HandleRun run(std::size_t k) const;  ///< k < run_count()
  /// The first k whose begin is at or after event `i`.
  std::size_t runs_before(EventIndex i) const;
  std::size_t run_count(TaskId task) const;
  HandleRun run(TaskId task, std::size_t k) const;  ///< k < run_count(task)
  std::size_t runs_before(TaskId task, EventIndex i) const;
  /// The run that event `i` is part of: on its thread, its begin and end included.
  std::optional<HandleRun> run_at(EventIndex i) const;
  /// The runs under way at event `i`, at most one a thread.
  std::vector<HandleRun> runs_around(EventIndex i) const;

  /// The state after event `i` (i < size()). Under a millisecond anywhere.
  LoopState state_at(EventIndex i) const;

  /// The nearest event of one of `kinds` at or after `from` / before `from`.
  std::optional<EventIndex> next_of(KindSet kinds, EventIndex from) const;
  std::optional<EventIndex> previous_of(KindSet kinds, EventIndex before) const;

  // Iterations, in order of their begin.
  std::size_t iteration_count() const;
  IterationSpan iteration(std::size_t k) const;  ///< k < iteration_count()
  /// The first k whose begin is at or after event `i`.
  std::size_t iterations_before(EventIndex i) const;
  /// The iteration that event `i` lies in, if any.
  std::optional<IterationSpan> iteration_at(EventIndex i) const;
  std::vector<IterationSpan> iterations() const;

  // Tasks.
  std::vector<TaskId> tasks() const;
  std::size_t task_count() const;
  /// The event that created / finished `task`.
  std::optional<EventIndex> created_at(TaskId task) const;
  std::optional<EventIndex> done_at(TaskId task) const;
  /// The intervals of `task` in order.
  std::vector<TaskInterval> intervals(TaskId task) const;
  /// Those that hold during any of events [from, to].
  std::vector<TaskInterval> intervals(TaskId task, EventIndex from, EventIndex to) const;
  /// The names for people that `task` had when its name was `name` (see narration.h).
  struct TaskNames {
    std::string_view title, badge;
  };
  TaskNames names_of(TaskId task, LabelId name) const;

  // Output, errors and warnings, timers, wake-ups, each in order of their events.
  std::size_t output_count() const;
  OutputLine output_line(std::size_t k) const;  ///< k < output_count()
  std::vector<OutputLine> output() const;
  /// The events of kind error, warning and gap.
  std::vector<EventIndex> problems() const;
  std::vector<TimerSpan> timers() const;
  /// Those in the heap during any of events [from, to].
  std::vector<TimerSpan> timers(EventIndex from, EventIndex to) const;
  /// The timer of `handle`; O(log n) when handles were given in order.
  std::optional<TimerSpan> timer(HandleId handle) const;
  std::vector<Wakeup> wakeups() const;
  /// Those queued in events [from, to].
  std::vector<Wakeup> wakeups(EventIndex from, EventIndex to) const;
  /// The wake-up that event `i`, a handle.queued, is.
  std::optional<Wakeup> wakeup_at(EventIndex i) const;

 private:
  struct Data;
  std::optional<HandleRun> run_on(ThreadId thread, EventIndex i) const;
  const class StoreIndex& index() const;
  std::unique_ptr<Data> data_;
};

}  // namespace loopscope::traces

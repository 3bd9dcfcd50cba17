#pragma once

#include <string>
#include <string_view>

#include "core/trace/event_reader.h"
#include "traces/names.h"
#include "traces/narration.h"

/// What the sentences of narration.h are made from. Not for others.
namespace loopscope::traces {

/// One event with the states around it, and the words for what they hold.
struct Scene {
  const TraceStore& store;
  const EventIndex i;
  const TraceEvent e;
  const LoopState& before;
  const LoopState& after;
  const OneLoopState* loop;         ///< the event's, after it; else the one that runs; may be null
  const OneLoopState* loop_before;  ///< the same one before the event; may be null

  Scene(const TraceStore& s, EventIndex index, const LoopState& b, const LoopState& a);

  std::string label(LabelId id) const { return std::string(store.label(id)); }
  std::string text(TextField field) const;
  std::string task(TaskId id) const { return name_of_task(store, after, id); }
  /// "1.000 s"; "12.3 ms" when the clock is real.
  std::string time(std::int64_t ns) const;
  std::string seconds(double s) const;
  std::string now() const { return time(e.ts); }
  /// Who does it: the task or callback that runs on the event's thread; else that thread's name, or, of the
  /// main one, "The program".
  std::string actor() const;
  /// The name of the event's thread, or "thread 3".
  std::string thread() const;
  /// The handle that runs on the event's thread before the event, or null.
  const QueuedHandle* running() const;
  /// "main’s first step", "B’s timer", "say": a handle as a subject.
  std::string handle(const QueuedHandle& h) const;
  std::string timer(const HeapTimer& t) const;
  /// How many handles stand before the last one of the ready queue: "behind nothing".
  std::string behind() const;
  /// When a handle that joins the ready queue now will run: "in iteration 4", "in this iteration".
  std::string when_it_runs() const;
  /// The iteration that runs what stands last in the ready queue, when nothing comes between.
  /// `loop` must be known.
  std::uint64_t iteration_of_last_ready() const;
  /// The iteration in which `task` goes on, when the trace tells or a rule does; 0 = unknown.
  std::uint64_t resumes(TaskId task, std::uint64_t by_rule) const;
  /// What the end of a task or future, which this event is, queues first: "main waits for it
  /// and is queued, not run at once". Empty while nobody knows.
  std::string who_was_queued(TaskId of_task, FutureId future) const;
  /// " at line 5" or nothing.
  std::string at_line(std::uint32_t line) const;
};

/// "1 handle", "3 handles".
std::string count(std::uint64_t n, std::string_view one);
/// At most `most` characters of `text`, on one line.
std::string excerpt(std::string_view text, std::size_t most = 60);
/// Begins with a capital, unless it begins with a name of the program's or asyncio's.
std::string capital(std::string text);

// One for each group of kinds.
std::string tell_loop(const Scene& s);
std::string tell_phases(const Scene& s);
std::string tell_timers(const Scene& s);
std::string tell_handles(const Scene& s);
std::string tell_tasks(const Scene& s);
std::string tell_futures(const Scene& s);
std::string tell_outside(const Scene& s);
std::string tell_program(const Scene& s);

}  // namespace loopscope::traces

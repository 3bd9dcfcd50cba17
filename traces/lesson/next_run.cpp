#include "traces/lesson/next_run.h"

#include <algorithm>
#include <fmt/format.h>

#include "core/trace/event_reader.h"
#include "traces/names.h"
#include "traces/narration.h"

namespace loopscope::traces {
namespace {

/// Where `handle` stands in the ready queue, from 0.
std::optional<std::size_t> place_in_queue(const OneLoopState& loop, HandleId handle) {
  for (std::size_t i = 0; i < loop.ready_count(); ++i)
    if (loop.ready[loop.ready_head + i].handle == handle) return i;
  return std::nullopt;
}

QueuedHandle of_timer(const HeapTimer& timer) {
  QueuedHandle handle;
  handle.handle = timer.handle;
  handle.label = timer.label;
  handle.cause = Cause::timer;
  handle.timer_task = timer.task;
  handle.when = timer.when;
  return handle;
}

bool waits(const TaskState& task) {
  return task.id && (task.phase == TaskPhase::waiting || task.phase == TaskPhase::sleeping ||
                     task.phase == TaskPhase::io || task.phase == TaskPhase::job);
}

void add_timers(const OneLoopState& loop, std::size_t most, std::vector<RunCandidate>& all) {
  // The heap's array begins with the earliest; a few of them are enough to choose from.
  for (std::size_t i = 0; i < loop.heap.size() && all.size() < most; ++i)
    if (!loop.heap[i].cancelled) all.push_back({RunCandidate::Where::heap, of_timer(loop.heap[i])});
}

void add_waiting(const LoopState& state, const NextRun& right, std::size_t most,
                 std::vector<RunCandidate>& all) {
  constexpr std::size_t kLook = 256;
  for (std::size_t i = 0; i < std::min(state.tasks.size(), kLook) && all.size() < most; ++i) {
    const TaskState& task = state.tasks[i];
    // A sleeper already stands there as its timer.
    const bool there = std::any_of(all.begin(), all.end(), [&](const RunCandidate& c) {
      return c.handle.task == task.id || c.handle.timer_task == task.id;
    });
    if (!waits(task) || there || task.loop != right.loop) continue;
    RunCandidate candidate{RunCandidate::Where::waiting, {}};
    candidate.handle.task = task.id;
    all.push_back(candidate);
  }
}

/// In a sentence: "A’s step", "B’s timer", "say('soon')".
std::string title_of(const TraceStore& store, const LoopState& state, const QueuedHandle& handle) {
  const std::string title = handle_title(store, state, handle).title;
  const std::size_t dot = title.find(" · ");
  if (dot == std::string::npos) return title;
  return title.substr(0, dot) + (handle.cause == Cause::timer ? "’s timer" : "’s step");
}

std::string later_kind_rule(const std::string& first, const std::string& second, bool io) {
  return fmt::format("Queue order: what is ready, then I/O, then timers. {} {}, so {} runs first.", second,
                     io ? "came from I/O" : "came from the timer heap", first);
}

/// Both stand in the queue, or have: who was queued first, and why.
std::string queue_rule(const TraceStore& store, const LoopState& state, const NextRun& right,
                       const OneLoopState& loop, const QueuedHandle& wrong) {
  const std::string first = title_of(store, state, right.handle), second = title_of(store, state, wrong);
  if (wrong.cancelled)
    return fmt::format("Cancelled: the loop takes {} from the queue and skips it.", second);
  const auto place = place_in_queue(loop, wrong.handle);
  if (loop.order == RunOrder::snapshot && loop.phase == LoopPhase::run && place &&
      *place >= loop.snapshot_left)
    return fmt::format("The snapshot: {} joined while handles ran, and waits for iteration {}.", second,
                       loop.iteration + 1);
  const bool timer = right.handle.cause == Cause::timer, wrong_timer = wrong.cause == Cause::timer;
  if (timer && wrong_timer && right.handle.when < wrong.when)
    return fmt::format("Earliest deadline first: {} was due at {}, {} at {}.", first,
                       format_seconds(right.handle.when), second, format_seconds(wrong.when));
  if (wrong_timer && !timer) return later_kind_rule(first, second, false);
  if (wrong.cause == Cause::io && right.handle.cause != Cause::io && !timer)
    return later_kind_rule(first, second, true);
  if (right.handle.queued_at != 0 && wrong.queued_at > right.handle.queued_at)
    return fmt::format("First in, first out: {} was queued before {} (events {} and {}).", first, second,
                       right.handle.queued_at + 1, wrong.queued_at + 1);
  return fmt::format("First in, first out: {} stands at the head of the ready queue.", first);
}

std::string heap_rule(const TraceStore& store, const LoopState& state, const NextRun& right,
                      const QueuedHandle& wrong) {
  const std::string other = title_of(store, state, wrong), first = title_of(store, state, right.handle);
  const double now = static_cast<double>(state.now) / 1e9;
  if (right.handle.cause == Cause::timer && right.handle.when <= wrong.when)
    return fmt::format("Earliest deadline first: {} is due at {}, {} at {}.", first,
                       format_seconds(right.handle.when), other, format_seconds(wrong.when));
  if (wrong.when > now)
    return fmt::format("A timer waits in the heap until its time: {} is due at {}, and it is {}.", other,
                       format_seconds(wrong.when), format_seconds(now));
  return fmt::format("A timer passes through the heap: the timers phase queues {} behind what is ready.",
                     other);
}

}  // namespace

std::optional<NextRun> next_run(const TraceStore& store, EventIndex after) {
  const std::size_t k = store.runs_before(after + 1);
  if (k >= store.run_count()) return std::nullopt;
  const HandleRun run = store.run(k);
  NextRun next{run.begin, run.loop, {}};
  const LoopState before = run.begin > 0 ? store.state_at(run.begin - 1) : LoopState{};
  if (const OneLoopState* loop = before.loop(run.loop))
    if (const auto place = place_in_queue(*loop, run.handle)) {
      next.handle = loop->ready[loop->ready_head + *place];
      return next;
    }
  next.handle.handle = run.handle;
  next.handle.label = run.label;
  next.handle.cause = run.cause;
  next.handle.task = run.task;
  next.handle.queued_at = run.queued.value_or(0);
  return next;
}

std::vector<RunCandidate> run_candidates(const LoopState& state, const NextRun& right, std::size_t most) {
  std::vector<RunCandidate> all;
  const OneLoopState* loop = state.loop(right.loop);
  if (!loop) return {{RunCandidate::Where::queue, right.handle}};
  const HandleId id = right.handle.handle;
  if (!place_in_queue(*loop, id)) {
    const bool in_heap = right.handle.cause == Cause::timer;
    all.push_back({in_heap ? RunCandidate::Where::heap : RunCandidate::Where::waiting, right.handle});
  }
  for (std::size_t i = 0; i < loop->ready_count() && all.size() < most; ++i)
    all.push_back({RunCandidate::Where::queue, loop->ready[loop->ready_head + i]});
  add_timers(*loop, most, all);
  add_waiting(state, right, most, all);
  // The right one may be a timer of the heap that was added twice.
  for (std::size_t i = 1; i < all.size();)
    if (all[i].handle.handle && all[i].handle.handle == all[0].handle.handle)
      all.erase(all.begin() + static_cast<std::ptrdiff_t>(i));
    else
      ++i;
  return all;
}

std::string rule_of_order(const TraceStore& store, const LoopState& state, const NextRun& right,
                          const RunCandidate* wrong) {
  const OneLoopState* loop = state.loop(right.loop);
  const std::string first = title_of(store, state, right.handle);
  if (!loop) return fmt::format("{} is the first to run.", first);
  if (loop->order == RunOrder::one)
    return fmt::format("One turn, one task: {} stands at the head of the queue.", first);
  if (!wrong) {
    if (place_in_queue(*loop, right.handle.handle))
      return fmt::format("First in, first out: {} stands at the head of the ready queue.", first);
    return fmt::format("What wakes first runs first: nothing is ready before {}.", first);
  }
  if (wrong->where == RunCandidate::Where::waiting) {
    const TaskState* task = state.task(wrong->handle.task);
    const std::string name = name_of_task(store, state, wrong->handle.task);
    return fmt::format("A waiting task is in no queue: {} waits {}.", name,
                       task ? waits_for(store, state, *task) : "for something");
  }
  if (wrong->where == RunCandidate::Where::heap) return heap_rule(store, state, right, wrong->handle);
  return queue_rule(store, state, right, *loop, wrong->handle);
}

std::string rule_of_cause(const TraceStore& store, EventIndex i) {
  const auto run = store.run_at(i);
  if (!run) return {};
  switch (run->cause) {
    case Cause::timer:
      return "Timers: a callback runs at its deadline or later, as soon as the thread is free.";
    case Cause::io:
      return "I/O: select reports the descriptor, and its handle runs behind what was ready.";
    case Cause::signal:
      return "Signals: a byte in the self-pipe wakes select; the handler runs as a handle, an iteration "
             "later.";
    case Cause::threadsafe:
      return "Other threads: call_soon_threadsafe queues the handle and wakes select with a byte.";
    case Cause::task_wakeup:
      return "Await: a task goes on when what it awaits is done; that queues its step, and runs nobody.";
    case Cause::future_callback:
      return "Futures: a completed future queues its callbacks; they run in the next iteration.";
    case Cause::call_soon:
    case Cause::task_step:
      break;
  }
  return "First in, first out: the ready queue runs in the order in which it was filled.";
}

CandidateTitle candidate_title(const TraceStore& store, const LoopState& state,
                               const RunCandidate& candidate) {
  if (candidate.where == RunCandidate::Where::waiting && candidate.handle.task) {
    const TaskState* task = state.task(candidate.handle.task);
    return {name_of_task(store, state, candidate.handle.task),
            task ? "waits " + waits_for(store, state, *task) : std::string("waits")};
  }
  const HandleTitle title = handle_title(store, state, candidate.handle);
  return {title.title, title.detail};
}

}  // namespace loopscope::traces

// The queries of TraceStore over its indexes. Each reads size() first and shows only
// what lies below it.
#include <algorithm>

#include "traces/store_index.h"
#include "traces/trace_store.h"

namespace loopscope::traces {
namespace {

constexpr EventIndex kNone = StoreIndex::kNone;

std::optional<EventIndex> below(const std::atomic<EventIndex>& event, EventIndex n) {
  const EventIndex i = event.load(std::memory_order_acquire);
  return i < n ? std::optional(i) : std::nullopt;
}

IterationSpan span_of(const StoreIndex::Iteration& node, EventIndex n) {
  const auto end = below(node.end, n);
  return {.loop = node.loop, .n = node.n, .begin = node.begin, .end = end.value_or(n - 1), .open = !end};
}

TimerSpan span_of(const StoreIndex::Timer& timer, EventIndex n) {
  TimerSpan span{.handle = timer.handle,
                 .loop = timer.loop,
                 .task = TaskId{timer.task.load(std::memory_order_acquire)},
                 .when = timer.when,
                 .scheduled = timer.scheduled,
                 .promoted = below(timer.promoted, n),
                 .cancelled = below(timer.cancelled, n),
                 .purged = below(timer.purged, n),
                 .dropped = below(timer.dropped, n)};
  return span;
}

OutputLine line_of(const StoreIndex::Output& o) {
  return {.event = o.event,
          .text = std::string(o.text),
          .task = o.task,
          .line = o.line,
          .loop = o.loop,
          .iteration = o.iteration};
}

// The number of elements whose event lies before `n`.
template <class List, class EventOf>
std::size_t count_before(const List& list, EventIndex n, EventOf event_of) {
  return list.partition_point(list.size(), [&](const auto& element) { return event_of(element) < n; });
}

EventIndex begin_of(const StoreIndex::Iteration& it) { return it.begin; }
EventIndex scheduled_of(const StoreIndex::Timer& timer) { return timer.scheduled; }
EventIndex queued_of(const Wakeup& wakeup) { return wakeup.queued; }
EventIndex event_of(const StoreIndex::Output& output) { return output.event; }

}  // namespace

std::size_t TraceStore::iterations_before(EventIndex i) const {
  return count_before(index().iterations, std::min(i, size()), begin_of);
}

std::size_t TraceStore::iteration_count() const { return iterations_before(kNone); }

IterationSpan TraceStore::iteration(std::size_t k) const {
  const std::size_t n = size();
  return span_of(index().iterations[k], n);
}

std::vector<IterationSpan> TraceStore::iterations() const {
  const std::size_t n = size();
  std::vector<IterationSpan> all(count_before(index().iterations, n, begin_of));
  for (std::size_t k = 0; k < all.size(); ++k) all[k] = span_of(index().iterations[k], n);
  return all;
}

std::optional<IterationSpan> TraceStore::iteration_at(EventIndex i) const {
  const std::size_t n = size();
  if (i >= n) return std::nullopt;
  const LoopId id{event(i).loop};
  if (const auto* loop = index().loop(id)) {
    const auto& all = index().iterations;
    const std::size_t count =
        loop->all.partition_point(loop->all.size(), [&](std::size_t k) { return all[k].begin <= i; });
    if (count == 0) return std::nullopt;
    const IterationSpan span = span_of(all[loop->all[count - 1]], n);
    return span.end >= i ? std::optional(span) : std::nullopt;
  }
  // An event outside any loop lies in the iteration that goes on around it.
  const std::size_t count = iterations_before(i + 1);
  if (id || count == 0) return std::nullopt;
  const IterationSpan span = iteration(count - 1);
  return span.end >= i ? std::optional(span) : std::nullopt;
}

std::size_t TraceStore::task_count() const {
  return count_before(index().tasks, size(), [](const StoreIndex::Task& t) { return t.created; });
}

std::vector<TaskId> TraceStore::tasks() const {
  std::vector<TaskId> all(task_count());
  for (std::size_t k = 0; k < all.size(); ++k) all[k] = index().tasks[k].id;
  return all;
}

std::optional<EventIndex> TraceStore::created_at(TaskId id) const {
  const auto* task = index().task(id);
  return task && task->created < size() ? std::optional(task->created) : std::nullopt;
}

std::optional<EventIndex> TraceStore::done_at(TaskId id) const {
  const std::size_t n = size();
  const auto* task = index().task(id);
  return task ? below(task->done, n) : std::nullopt;
}

std::vector<TaskInterval> TraceStore::intervals(TaskId id) const { return intervals(id, 0, kNone); }

std::vector<TaskInterval> TraceStore::intervals(TaskId id, EventIndex from, EventIndex to) const {
  const std::size_t n = size();
  const auto* task = index().task(id);
  std::vector<TaskInterval> found;
  if (task == nullptr) return found;
  const auto& phases = task->phases;
  const auto begun_by = [&](EventIndex i) {
    return phases.partition_point(phases.size(), [i](const StoreIndex::Phase& p) { return p.begin < i; });
  };
  const std::size_t all = begun_by(n);
  const std::size_t end = to >= n ? all : begun_by(to + 1);
  std::size_t k = from == 0 ? 0 : begun_by(from + 1);
  for (k = k > 0 ? k - 1 : 0; k < end; ++k) {
    const EventIndex next = k + 1 < all ? static_cast<EventIndex>(phases[k + 1].begin) : n;
    if (next <= from) continue;
    found.push_back({.task = id,
                     .phase = static_cast<TaskPhase>(phases[k].phase),
                     .begin = phases[k].begin,
                     .end = next});
  }
  return found;
}

TraceStore::TaskNames TraceStore::names_of(TaskId id, LabelId name) const {
  const auto* task = index().task(id);
  const StoreIndex::Names* names = task ? task->names.load(std::memory_order_acquire) : nullptr;
  while (names && names->name != name && names->earlier) names = names->earlier;
  return names ? TaskNames{names->title, names->badge} : TaskNames{};
}

namespace {

HandleRun span_of(const StoreIndex::Run& run, EventIndex n) {
  const auto end = below(run.end, n);
  return {.handle = run.handle,
          .loop = run.loop,
          .thread = run.thread,
          .task = run.task,
          .label = run.label,
          .cause = run.cause,
          .queued = run.queued != 0 ? std::optional(run.queued) : std::nullopt,
          .begin = run.begin,
          .end = end.value_or(n - 1),
          .open = !end};
}

}  // namespace

std::size_t TraceStore::runs_before(EventIndex i) const {
  return count_before(index().runs, std::min(i, size()), [](const StoreIndex::Run& r) { return r.begin; });
}
std::size_t TraceStore::run_count() const { return runs_before(kNone); }
HandleRun TraceStore::run(std::size_t k) const {
  const std::size_t n = size();
  return span_of(index().runs[k], n);
}

std::size_t TraceStore::runs_before(TaskId id, EventIndex i) const {
  const auto* task = index().task(id);
  const auto& all = index().runs;
  return task ? count_before(task->runs, std::min(i, size()), [&](std::uint32_t k) { return all[k].begin; })
              : 0;
}
std::size_t TraceStore::run_count(TaskId id) const { return runs_before(id, kNone); }
HandleRun TraceStore::run(TaskId id, std::size_t k) const { return run(index().task(id)->runs[k]); }

std::optional<HandleRun> TraceStore::run_on(ThreadId thread, EventIndex i) const {
  const auto& own = index().runs_on(thread);
  const auto& all = index().runs;
  const std::size_t k = own.partition_point(own.size(), [&](std::uint32_t r) { return all[r].begin <= i; });
  if (k == 0) return std::nullopt;
  const HandleRun found = run(own[k - 1]);
  return found.end >= i ? std::optional(found) : std::nullopt;
}

std::optional<HandleRun> TraceStore::run_at(EventIndex i) const {
  return i < size() ? run_on(ThreadId{event(i).thread}, i) : std::nullopt;
}

std::vector<HandleRun> TraceStore::runs_around(EventIndex i) const {
  std::vector<HandleRun> found;
  for (int thread = 0; thread < 256; ++thread)
    if (const auto run = run_on(ThreadId{static_cast<std::uint8_t>(thread)}, i)) found.push_back(*run);
  return found;
}

std::size_t TraceStore::output_count() const { return count_before(index().outputs, size(), event_of); }
OutputLine TraceStore::output_line(std::size_t k) const { return line_of(index().outputs[k]); }

std::vector<OutputLine> TraceStore::output() const {
  std::vector<OutputLine> all(output_count());
  for (std::size_t k = 0; k < all.size(); ++k) all[k] = line_of(index().outputs[k]);
  return all;
}

std::vector<EventIndex> TraceStore::problems() const {
  const auto& list = index().problems;
  std::vector<EventIndex> all(count_before(list, size(), [](EventIndex i) { return i; }));
  for (std::size_t k = 0; k < all.size(); ++k) all[k] = list[k];
  return all;
}

std::vector<TimerSpan> TraceStore::timers() const { return timers(0, kNone); }

std::vector<TimerSpan> TraceStore::timers(EventIndex from, EventIndex to) const {
  const std::size_t n = size();
  const auto& all = index().timers;
  const std::size_t end = count_before(all, to >= n ? n : to + 1, scheduled_of);
  std::vector<TimerSpan> found;
  for (std::size_t k = 0; k < end; ++k)
    if (const TimerSpan span = span_of(all[k], n); span.end(n) >= from) found.push_back(span);
  return found;
}

std::optional<TimerSpan> TraceStore::timer(HandleId handle) const {
  const std::size_t n = size();
  const auto& all = index().timers;
  const std::size_t count = count_before(all, n, scheduled_of);
  const std::size_t k =
      all.partition_point(count, [&](const StoreIndex::Timer& t) { return t.handle < handle; });
  if (k < count && all[k].handle == handle) return span_of(all[k], n);
  return std::nullopt;
}

std::vector<Wakeup> TraceStore::wakeups() const { return wakeups(0, kNone); }

std::vector<Wakeup> TraceStore::wakeups(EventIndex from, EventIndex to) const {
  const std::size_t n = size();
  const auto& all = index().wakeups;
  const std::size_t end = count_before(all, to >= n ? n : to + 1, queued_of);
  std::vector<Wakeup> found;
  for (std::size_t k = count_before(all, from, queued_of); k < end; ++k) found.push_back(all[k]);
  return found;
}

std::optional<Wakeup> TraceStore::wakeup_at(EventIndex i) const {
  const auto found = wakeups(i, i);
  return found.empty() ? std::nullopt : std::optional(found.front());
}

}  // namespace loopscope::traces

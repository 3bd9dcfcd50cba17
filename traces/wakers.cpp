#include "traces/wakers.h"

#include <algorithm>

#include "core/trace/event_reader.h"

namespace loopscope::traces {
namespace {

using Kind = WakeSource::Kind;

// A chain of callbacks that queue callbacks is followed so far; longer ones are the
// program's own business, and end at the callback.
constexpr int kMostHops = 32;

// io.ready stands directly before its handle.queued.
std::optional<std::uint32_t> ready_fd(const TraceStore& store, EventIndex queued) {
  if (queued == 0) return std::nullopt;
  const TraceEvent e = store.event(queued - 1);
  if (e.kind != EventKind::io_ready) return std::nullopt;
  return field::fd(e);
}

// The source as far as the queueing alone tells; nothing when it is what ran then.
std::optional<WakeSource> by_cause(const TraceStore& store, EventIndex queued, const TraceEvent& e) {
  switch (field::cause(e)) {
    case Cause::timer:
      return WakeSource{.kind = Kind::timer, .handle = field::handle(e), .event = queued};
    case Cause::io:
      if (const auto fd = ready_fd(store, queued))
        return WakeSource{.kind = Kind::fd, .fd = *fd, .event = queued - 1};
      return WakeSource{.kind = Kind::fd, .event = queued};
    case Cause::signal:
      return WakeSource{.kind = Kind::signal, .label = field::high_label(e), .event = queued};
    default:
      return std::nullopt;
  }
}

WakeLink link_of(const TraceStore& store, TaskId task, const HandleRun& run) {
  return {.task = task, .queued = *run.queued, .begin = run.begin, .source = wake_source(store, *run.queued)};
}

}  // namespace

WakeSource wake_source(const TraceStore& store, EventIndex queued) {
  for (int hops = 0; hops < kMostHops; ++hops) {
    const TraceEvent e = store.event(queued);
    if (const auto plain = by_cause(store, queued, e)) return *plain;
    if (const TaskId of = field::queued_by_task(e)) {
      const auto done = store.done_at(of);
      return {
          .kind = Kind::task, .task = of, .ended = true, .event = done && *done < queued ? *done : queued};
    }
    const auto run = store.run_at(queued);
    if (!run) {
      const bool own = e.kind == EventKind::handle_queued && field::cause(e) != Cause::threadsafe;
      return {.kind = own ? Kind::outside : Kind::thread, .thread = ThreadId{e.thread}, .event = queued};
    }
    if (run->task) return {.kind = Kind::task, .task = run->task, .event = queued};
    // A callback of asyncio's passed it on (a sleep's timer, gather's, a transport's).
    if (!run->queued || hops + 1 == kMostHops)
      return {.kind = Kind::callback, .handle = run->handle, .label = run->label, .event = queued};
    const TraceEvent before = store.event(*run->queued);
    const bool passes_on =
        before.kind == EventKind::handle_queued && field::cause(before) != Cause::call_soon;
    if (!passes_on)
      return {.kind = Kind::callback, .handle = run->handle, .label = run->label, .event = queued};
    queued = *run->queued;
  }
  return {};
}

std::optional<WakeLink> last_wake(const TraceStore& store, TaskId task, EventIndex i) {
  for (std::size_t k = store.runs_before(task, i + 1); k-- > 0;)
    if (const HandleRun run = store.run(task, k); run.queued) return link_of(store, task, run);
  return std::nullopt;
}

std::optional<WakeLink> next_wake(const TraceStore& store, TaskId task, EventIndex i) {
  const std::size_t count = store.run_count(task);
  for (std::size_t k = store.runs_before(task, i + 1); k < count; ++k)
    if (const HandleRun run = store.run(task, k); run.queued && *run.queued > i)
      return link_of(store, task, run);
  return std::nullopt;
}

std::vector<WakeLink> wake_ancestors(const TraceStore& store, TaskId task, EventIndex i, std::size_t most) {
  std::vector<WakeLink> chain;
  while (chain.size() < most) {
    const auto link = last_wake(store, task, i);
    if (!link || link->queued > i) break;
    chain.push_back(*link);
    if (link->source.kind != Kind::task || link->source.event >= i) break;
    task = link->source.task;
    i = link->source.event;
  }
  return chain;
}

namespace {

/// Walks back from an event to what had to come before it.
class PathWalk {
 public:
  PathWalk(const TraceStore& store, std::size_t most) : store_(store), most_(most) {}

  std::vector<PathPiece> from(HandleRun run, EventIndex at) {
    for (std::optional<HandleRun> now = run; now && pieces_.size() < most_;) {
      add({PathPiece::Kind::runs, now->task, now->handle, now->begin, at});
      at = now->begin;
      now = before(*now, at);
    }
    std::reverse(pieces_.begin(), pieces_.end());
    return std::move(pieces_);
  }

 private:
  void add(PathPiece piece) {
    if (piece.end > piece.begin) pieces_.push_back(piece);
  }

  // The run in which `run` was queued (or its timer planted); sets `at` to where.
  std::optional<HandleRun> before(const HandleRun& run, EventIndex& at) {
    if (!run.queued) return std::nullopt;
    add({PathPiece::Kind::queued, run.task, run.handle, *run.queued, at});
    at = *run.queued;
    if (run.cause == Cause::timer) return planted(run, at);
    if (const auto by = store_.run_at(at)) return by;
    // Nothing ran: the world did it, or code outside the loop. The path goes on where the
    // task itself began to wait.
    const TaskId task = waiter_of(run);
    const std::size_t k = task ? store_.runs_before(task, at) : 0;
    if (k == 0) return std::nullopt;
    const HandleRun own = store_.run(task, k - 1);
    if (own.end >= at) return std::nullopt;
    add({PathPiece::Kind::outside, task, run.handle, own.end, at});
    at = own.end;
    return own;
  }

  std::optional<HandleRun> planted(const HandleRun& run, EventIndex& at) {
    const auto timer = store_.timer(run.handle);
    if (!timer || timer->scheduled >= at) return std::nullopt;
    add({PathPiece::Kind::sleeps, timer->task, run.handle, timer->scheduled, at});
    at = timer->scheduled;
    return store_.run_at(at);
  }

  // Whom the run of a handle without a task wakes: the task of the next handle that it queued.
  TaskId waiter_of(const HandleRun& run) const {
    if (run.task) return run.task;
    const auto next = store_.next_of({EventKind::handle_queued}, run.begin);
    return next && *next <= run.end ? field::queued_task(store_.event(*next)) : TaskId{};
  }

  const TraceStore& store_;
  const std::size_t most_;
  std::vector<PathPiece> pieces_;  // latest first
};

}  // namespace

std::vector<PathPiece> critical_path(const TraceStore& store, TaskId task, EventIndex to, std::size_t most) {
  const std::size_t k = store.runs_before(task, to + 1);
  if (k == 0) return {};
  const HandleRun run = store.run(task, k - 1);
  return PathWalk(store, most).from(run, std::min(to, run.end));
}

}  // namespace loopscope::traces

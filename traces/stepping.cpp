#include "traces/stepping.h"

#include <algorithm>

namespace loopscope::traces {
namespace {

using K = EventKind;

constexpr KindSet kHandles{K::handle_begin, K::handle_skipped};
constexpr KindSet kIterations{K::iteration_begin};
constexpr KindSet kPhases{K::iteration_begin, K::select_begin, K::io_ready, K::timers_begin, K::ready_begin};
constexpr KindSet kTaskSteps{K::task_step};
constexpr KindSet kOutputs{K::output};

KindSet kinds_of(Granularity by) {
  switch (by) {
    case Granularity::handle:
      return kHandles;
    case Granularity::phase:
      return kPhases;
    case Granularity::iteration:
      return kIterations;
    case Granularity::task_step:
      return kTaskSteps;
    default:
      return kOutputs;
  }
}

// The nearest event of the same loop after (or before) `i`; a few steps at most, as
// other loops run on other threads and every iteration of this one has events.
std::optional<TraceEvent> neighbour(const TraceStore& store, EventIndex i, bool forward) {
  const TraceEvent here = store.event(i);
  const std::size_t size = store.size();
  for (int steps = 0; steps < 1024; ++steps) {
    if (forward ? i + 1 >= size : i == 0) return std::nullopt;
    i = forward ? i + 1 : i - 1;
    if (const TraceEvent e = store.event(i); e.loop == here.loop) return e;
  }
  return std::nullopt;
}

// Of the candidates for a phase's beginning, an io.ready counts only as the first of its
// iteration, and an iteration.begin only where the loop's model has no phases (the
// trampoline: one turn runs one handle).
bool is_stop(const TraceStore& store, EventIndex i, Granularity by) {
  if (by != Granularity::phase) return true;
  switch (store.event(i).kind) {
    case K::io_ready: {
      const auto before = neighbour(store, i, false);
      return !before || before->kind == K::select_end;
    }
    case K::iteration_begin: {
      const auto after = neighbour(store, i, true);
      return after && after->kind == K::handle_begin;
    }
    default:
      return true;
  }
}

}  // namespace

EventIndex step_from(const TraceStore& store, EventIndex from, Granularity by, bool forward) {
  const std::size_t size = store.size();
  if (size == 0) return 0;
  const EventIndex last = size - 1;
  if (from > last) from = last;
  if (by == Granularity::event) return forward ? std::min(from + 1, last) : from - (from > 0 ? 1 : 0);
  const KindSet kinds = kinds_of(by);
  for (EventIndex i = from;;) {
    const auto found = forward ? store.next_of(kinds, i + 1) : store.previous_of(kinds, i);
    if (!found || *found > last) return forward ? last : 0;
    if (is_stop(store, *found, by)) return *found;
    i = *found;
  }
}

}  // namespace loopscope::traces

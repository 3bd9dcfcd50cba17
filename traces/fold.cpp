#include "traces/fold.h"

#include <array>

#include "traces/fold_steps.h"

namespace loopscope::traces {
namespace {

using namespace folds;

TaskId nothing(Step&) { return {}; }

using Fold = TaskId (*)(Step&);

// One function a kind, in the order of EventKind.
constexpr std::array<Fold, kEventKinds> kFolds = {
    loop_created,    loop_run,        loop_idle,
    loop_stop,       loop_closed,     iteration_begin,
    iteration_end,   timer_purged,    select_begin,
    select_end,      io_ready,        timers_begin,
    nothing,         timer_promoted,  ready_begin,
    ready_end,       handle_queued,   handle_begin,
    handle_end,      handle_skipped,  handle_cancelled,
    timer_scheduled, timer_cancelled, task_created,
    task_renamed,    task_step,       task_suspended,
    task_cancel,     task_done,       future_created,
    future_done,     fd_watched,      fd_unwatched,
    nothing,         nothing,         nothing,
    thread_started,  thread_ended,    job_queued,
    job_begin,       job_end,         nothing,
    nothing,         output,          line,
    error,           nothing,         gap,
};

}  // namespace

TaskId apply(LoopState& state, const TraceStore& store, const TraceEvent& event, EventIndex i) {
  folds::Step step{state, store, event, i};
  state.now = event.ts;
  const TaskId touched = kFolds[static_cast<std::size_t>(event.kind)](step);
  if (event.kind != EventKind::future_created) state.fresh_future = {};
  return touched;
}

}  // namespace loopscope::traces

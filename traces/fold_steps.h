#pragma once

#include <algorithm>
#include <string>

#include "core/trace/event_reader.h"
#include "traces/fold.h"
#include "traces/handle_places.h"

/// The steps that fold.cpp's table is made of: one function a kind. Not for others.
namespace loopscope::traces::folds {

// Ids come in order, so one may not be far beyond the events seen so far; a damaged or
// hostile file cannot make a table large by naming a large id.
inline constexpr std::uint64_t kIdSlack = 1 << 16;
inline constexpr std::size_t kMostLoops = 4096;

struct Step {
  LoopState& s;
  const TraceStore& store;
  const TraceEvent& e;
  EventIndex i;
};

template <class State, class StateId>
State* edit_by_id(SharedVector<State>& all, StateId id) {
  if (!id || id.value > all.size() || all[id.value - 1].id != id) return nullptr;
  return &all.edit(id.value - 1);
}

template <class State, class StateId>
State* introduce(Step& t, SharedVector<State>& all, StateId id) {
  if (!id || id.value > t.i + kIdSlack) return nullptr;
  all.resize(id.value);
  State& state = all.edit(id.value - 1);
  state = State{};
  state.id = id;
  return &state;
}

inline TaskState* edit_task(Step& t, TaskId id) { return edit_by_id(t.s.tasks, id); }

// The event's loop; made up when the trace never introduced it.
inline OneLoopState* loop_of(Step& t) {
  const LoopId id{t.e.loop};
  if (!id) return nullptr;
  if (const OneLoopState* known = t.s.loop(id))
    return &t.s.loops[static_cast<std::size_t>(known - t.s.loops.data())];
  if (t.s.loops.size() >= kMostLoops) return nullptr;
  OneLoopState& made = t.s.loops.emplace_back();
  made.id = id;
  made.thread = ThreadId{t.e.thread};
  return &made;
}

inline auto fd_place(OneLoopState& loop, std::uint32_t fd) {
  return std::lower_bound(loop.fds.begin(), loop.fds.end(), fd,
                          [](const WatchedFd& w, std::uint32_t value) { return w.fd < value; });
}

inline WatchedFd* edit_fd(OneLoopState& loop, std::uint32_t fd) {
  const auto at = fd_place(loop, fd);
  return at != loop.fds.end() && at->fd == fd ? &*at : nullptr;
}

inline std::string text_of(const Step& t, TextField field) {
  return std::string(t.store.text(t.i, field).value_or(""));
}

// Each returns the task whose phase it may have changed.
TaskId loop_created(Step& t);
TaskId loop_run(Step& t);
TaskId loop_idle(Step& t);
TaskId loop_stop(Step& t);
TaskId loop_closed(Step& t);
TaskId iteration_begin(Step& t);
TaskId iteration_end(Step& t);
TaskId select_begin(Step& t);
TaskId select_end(Step& t);
TaskId io_ready(Step& t);
TaskId timers_begin(Step& t);
TaskId ready_begin(Step& t);
TaskId ready_end(Step& t);
TaskId timer_scheduled(Step& t);
TaskId timer_cancelled(Step& t);
TaskId timer_purged(Step& t);
TaskId timer_promoted(Step& t);
TaskId handle_queued(Step& t);
TaskId handle_begin(Step& t);
TaskId handle_end(Step& t);
TaskId handle_skipped(Step& t);
TaskId handle_cancelled(Step& t);
TaskId task_created(Step& t);
TaskId task_renamed(Step& t);
TaskId task_step(Step& t);
TaskId task_suspended(Step& t);
TaskId task_cancel(Step& t);
TaskId task_done(Step& t);
TaskId future_created(Step& t);
TaskId future_done(Step& t);
TaskId fd_watched(Step& t);
TaskId fd_unwatched(Step& t);
TaskId thread_started(Step& t);
TaskId thread_ended(Step& t);
TaskId job_queued(Step& t);
TaskId job_begin(Step& t);
TaskId job_end(Step& t);
TaskId output(Step& t);
TaskId line(Step& t);
TaskId error(Step& t);
TaskId gap(Step& t);

}  // namespace loopscope::traces::folds

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/trace/events.h"
#include "core/trace/tracer.h"
#include "traces/trace_store.h"

namespace loopscope::viz {

/// How much of everything the busy trace has.
struct Busy {
  std::size_t fds = 3, timers = 5, cancelled = 1, ready = 3, late = 0, ready_fds = 2, tasks = 3;
  std::string long_name = "worker";
};

/// A made-up loop with many of everything, for panels: not a run of CPython, but in its order of events.
/// Iteration 1 plants timers and queues handles; iteration 2 waits, gets I/O, promotes one timer and
/// runs what is ready; while the first handle runs, time passes and more is queued.
class BusyTraceWriter final {
 public:
  BusyTraceWriter(traces::TraceStore& store, const Busy& busy) : tracer_(&store), busy_(busy) {}

  void write() {
    tracer_.emit(make::thread_started(tracer_.label("MainThread")));
    emit(make::loop_created(loop_, tracer_.label("asyncio"), false));
    watch_all();
    const TaskId main = create("main", {});
    const HandleId first = queue("Task.__step()", {.cause = Cause::task_step, .task = main});
    emit(make::loop_run(loop_, RunHow::run_until_complete, main));
    first_iteration(main, first);
    second_iteration();
  }

 private:
  void emit(const TraceEvent& event) { tracer_.emit(event); }
  void plain(EventKind kind, std::uint64_t subject = 0, std::uint64_t arg = 0) {
    emit(make::plain(kind, loop_, subject, arg));
  }
  void pass(double seconds) {
    now_ += seconds;
    tracer_.advance_to(static_cast<std::int64_t>(now_ * 1e9));
  }

  void watch_all() {
    for (std::size_t i = 0; i < busy_.fds; ++i) {
      handles_of_fds_.push_back(tracer_.ids().next_handle());
      const std::string label = i == 0 ? "BaseSelectorEventLoop._read_from_self()"
                                       : busy_.long_name + "-" + std::to_string(i) + ".read()";
      emit(make::fd_watched(loop_, fd(i), i % 5 == 4 ? kReadable | kWritable : kReadable,
                            handles_of_fds_.back(), tracer_.label(label)));
    }
  }
  static std::uint32_t fd(std::size_t i) { return static_cast<std::uint32_t>(i == 0 ? 4 : i + 5); }

  TaskId create(const std::string& name, TaskId parent) {
    const TaskId task = tracer_.ids().next_task();
    tracer_.emit(make::task_created(loop_, {.task = task,
                                            .name = tracer_.label(name),
                                            .named = true,
                                            .coro = tracer_.label("work"),
                                            .parent = parent,
                                            .line = 7}),
                 {{TextField::args, ""}});
    return task;
  }
  HandleId queue(std::string_view label, const make::QueueReason& why) {
    const HandleId handle = tracer_.ids().next_handle();
    emit(make::handle_queued(loop_, handle, tracer_.label(label), why));
    return handle;
  }

  void first_iteration(TaskId main, HandleId first) {
    plain(EventKind::iteration_begin, 1);
    emit(make::select_begin(loop_, 0));
    plain(EventKind::select_end);
    plain(EventKind::timers_begin);
    emit(make::timers_end(loop_, 0, 0));
    plain(EventKind::ready_begin, 0, 1);
    plain(EventKind::handle_begin, first.value);
    emit(make::task_step(loop_, main, {}));
    std::vector<HandleId> timers;
    for (std::size_t i = 0; i < busy_.timers; ++i) {
      timers.push_back(tracer_.ids().next_handle());
      emit(make::timer_scheduled(loop_, timers.back(), 3.0 - 0.125 * static_cast<double>(i % 16),
                                 tracer_.label("tick_" + std::to_string(i) + "()")));
    }
    for (std::size_t i = 0; i < std::min(busy_.cancelled, timers.size()); ++i)
      plain(EventKind::timer_cancelled, timers[i].value);
    for (std::size_t i = 0; i < busy_.tasks; ++i) {
      const TaskId task = create(busy_.long_name + "-" + std::to_string(i),
                                 i % 3 == 2 ? TaskId{main.value + static_cast<std::uint32_t>(i)} : main);
      queued_.push_back(queue("Task.__step()", {.cause = Cause::task_step, .task = task}));
    }
    for (std::size_t i = busy_.tasks; i < busy_.ready; ++i)
      queued_.push_back(queue("callback_" + std::to_string(i) + "()",
                              {.cause = i % 3 == 0 ? Cause::threadsafe : Cause::call_soon}));
    if (!queued_.empty()) plain(EventKind::handle_cancelled, queued_.back().value);
    emit(make::task_suspended(loop_, main, {WaitKind::task, main.value + 1, {}}, 9, {}));
    plain(EventKind::handle_end, first.value);
    plain(EventKind::ready_end);
    plain(EventKind::iteration_end, 1);
    if (!timers.empty()) root_ = timers.back();
  }

  void second_iteration() {
    plain(EventKind::iteration_begin, 2);
    emit(make::select_begin(loop_, 3.0));
    pass(1.0 + 0.125 * static_cast<double>(busy_.late));
    const std::size_t reported = std::min(busy_.ready_fds, busy_.fds > 0 ? busy_.fds - 1 : 0);
    plain(EventKind::select_end, 0, reported);
    for (std::size_t i = 1; i <= reported; ++i) {
      emit(make::io_ready(loop_, fd(i), kReadable, handles_of_fds_[i]));
      emit(make::handle_queued(loop_, handles_of_fds_[i], tracer_.label("read()"), {.cause = Cause::io}));
      queued_.push_back(handles_of_fds_[i]);
    }
    plain(EventKind::timers_begin);
    std::uint32_t promoted = 0;
    if (root_) {
      emit(make::timer_promoted(loop_, root_, 1.0));
      emit(make::handle_queued(loop_, root_, tracer_.label("tick()"), {.cause = Cause::timer}));
      queued_.push_back(root_);
      ++promoted;
    }
    emit(make::timers_end(loop_, promoted, 0));
    plain(EventKind::ready_begin, 0, queued_.size());
    for (std::size_t i = 0; i < queued_.size(); ++i) {
      plain(EventKind::handle_begin, queued_[i].value);
      if (i == 0) {
        queue("later_1()", {.cause = Cause::call_soon});
        pass(0.25);
        queue("later_2()", {.cause = Cause::threadsafe});
      }
      plain(EventKind::handle_end, queued_[i].value);
    }
    plain(EventKind::ready_end);
    plain(EventKind::iteration_end, 2);
  }

  Tracer tracer_;
  Busy busy_;
  LoopId loop_{1};
  double now_ = 0;
  HandleId root_;
  std::vector<HandleId> handles_of_fds_, queued_;
};

inline std::shared_ptr<traces::TraceStore> busy_trace(const Busy& busy) {
  traces::TraceHeader header;
  header.title = "Busy";
  auto store = std::make_shared<traces::TraceStore>(header);
  BusyTraceWriter(*store, busy).write();
  store->finish();
  return store;
}

}  // namespace loopscope::viz

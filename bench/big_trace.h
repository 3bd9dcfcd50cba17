#pragma once

#include <cmath>
#include <cstdint>
#include <deque>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "core/base/heapq.h"
#include "core/trace/events.h"
#include "core/trace/tracer.h"
#include "traces/trace_store.h"

namespace loopscope::bench {

/// Writes a made-up service of any length: 200 long tasks that sleep, wait for each other
/// and read fds, a short task every few iterations, some output, a slow callback now and
/// then. Its order of events is asyncio's. The same length gives the same trace.
class BigTrace final {
 public:
  BigTrace(TraceSink& sink, std::size_t events) : tracer_(&sink), events_(events) {}

  void write() {
    tracer_.emit(make::thread_started(label("MainThread")));
    emit(make::loop_created(loop_, label("asyncio"), false));
    for (std::uint32_t fd = 4; fd < 44; ++fd) {
      fd_handles_.push_back(tracer_.ids().next_handle());
      emit(make::fd_watched(loop_, fd, kReadable, fd_handles_.back(), label("reader.read()")));
    }
    for (int n = 0; n < 200; ++n) create();
    emit(make::loop_run(loop_, RunHow::run_forever, {}));
    while (tracer_.emitted() + 200 < events_) iterate();
    emit(make::plain(EventKind::loop_idle, loop_));
    while (tracer_.emitted() < events_) emit(make::line(loop_, {}, 1));
  }

 private:
  struct Timer {
    HandleId handle;
    double when;
    TaskId task;
    FutureId future;
  };
  struct Ready {
    HandleId handle;
    TaskId step;   // whose step it is
    TaskId wakes;  // whom a timer or an fd wakes
    FutureId future;
  };
  static bool less(const Timer& a, const Timer& b) { return a.when < b.when; }

  LabelId label(std::string_view text) { return tracer_.label(text); }
  void emit(const TraceEvent& event) { tracer_.emit(event); }
  void plain(EventKind kind, std::uint64_t subject = 0, std::uint64_t arg = 0) {
    emit(make::plain(kind, loop_, subject, arg));
  }
  std::uint32_t random(std::uint32_t below) { return random_() % below; }
  void pass(double seconds) {
    now_ += seconds;
    tracer_.advance_to(static_cast<std::int64_t>(std::llround(now_ * 1e9)));
  }

  void create(TaskId parent = {}) {
    const TaskId task = tracer_.ids().next_task();
    tracer_.emit(make::task_created(loop_, {.task = task,
                                            .name = label("Task-" + std::to_string(task.value)),
                                            .coro = label("serve"),
                                            .parent = parent,
                                            .line = 12}),
                 {{TextField::args, std::to_string(task.value)}});
    queue(task, Cause::task_step, {});
  }
  void queue(TaskId task, Cause cause, FutureId future) {
    const HandleId handle = tracer_.ids().next_handle();
    emit(make::handle_queued(loop_, handle, label("Task.__step()"),
                             {.cause = cause, .task = task, .future = future}));
    ready_.push_back({handle, task, {}, {}});
  }

  void iterate() {
    plain(EventKind::iteration_begin, ++iteration_);
    const double timeout = !ready_.empty() || heap_.empty() ? 0 : std::max(0.0, heap_[0].when - now_);
    emit(make::select_begin(loop_, timeout));
    pass(timeout);
    poll();
    plain(EventKind::timers_begin);
    std::uint32_t promoted = 0;
    for (; !heap_.empty() && heap_[0].when <= now_; ++promoted) {
      const Timer timer = heapq::pop(heap_, less);
      emit(make::timer_promoted(loop_, timer.handle, timer.when));
      emit(make::handle_queued(loop_, timer.handle, label("futures._set_result_unless_cancelled()"),
                               {.cause = Cause::timer}));
      ready_.push_back({timer.handle, {}, timer.task, timer.future});
    }
    emit(make::timers_end(loop_, promoted, 0));
    const std::size_t snapshot = ready_.size();
    plain(EventKind::ready_begin, 0, snapshot);
    for (std::size_t k = 0; k < snapshot; ++k) run_one();
    plain(EventKind::ready_end);
    plain(EventKind::iteration_end, iteration_);
    if (iteration_ % 5 == 0) create(TaskId{1 + random(200)});
  }

  void poll() {
    const std::size_t count = waiting_io_.empty() ? 0 : random(3);
    const std::size_t reported = std::min(count, waiting_io_.size());
    plain(EventKind::select_end, 0, reported);
    for (std::size_t k = 0; k < reported; ++k) {
      const TaskId task = waiting_io_.front();
      waiting_io_.pop_front();
      const std::size_t fd = task.value % fd_handles_.size();
      emit(make::io_ready(loop_, static_cast<std::uint32_t>(fd) + 4, kReadable, fd_handles_[fd]));
      emit(make::handle_queued(loop_, fd_handles_[fd], label("reader.read()"), {.cause = Cause::io}));
      ready_.push_back({fd_handles_[fd], {}, task, {}});
    }
  }

  void run_one() {
    const Ready ready = ready_.front();
    ready_.pop_front();
    plain(EventKind::handle_begin, ready.handle.value);
    if (ready.wakes) {
      if (ready.future)
        tracer_.emit(make::future_done(loop_, ready.future, Outcome::returned), {{TextField::value, "None"}});
      queue(ready.wakes, Cause::task_wakeup, ready.future);
    } else {
      step(ready.step);
    }
    plain(EventKind::handle_end, ready.handle.value);
  }

  void step(TaskId task) {
    emit(make::task_step(loop_, task, {}));
    emit(make::line(loop_, task, 3 + random(8)));
    pass(random(2000) == 0 ? 0.15 : 20e-6 * random(20));
    if (random(40) == 0) tracer_.emit(make::output(loop_, task, 5), {{TextField::text, "request served"}});
    if (task.value > 200 && random(4) == 0) {
      tracer_.emit(make::task_done(loop_, task, Outcome::returned), {{TextField::value, "'ok'"}});
      return;
    }
    if (random(3) == 0) {
      emit(make::task_suspended(loop_, task, {WaitKind::io, task.value % 40 + 4, {}}, 7, {}));
      waiting_io_.push_back(task);
      return;
    }
    const FutureId future = tracer_.ids().next_future();
    emit(make::future_created(loop_, future, label("sleep(0.05)")));
    const HandleId handle = tracer_.ids().next_handle();
    const double when = now_ + 0.001 * (1 + random(100));
    emit(make::timer_scheduled(loop_, handle, when, label("futures._set_result_unless_cancelled()")));
    heapq::push(heap_, Timer{handle, when, task, future}, less);
    emit(make::task_suspended(loop_, task, {WaitKind::sleep, handle.value, {}}, 9, {}));
  }

  Tracer tracer_;
  const std::size_t events_;
  const LoopId loop_{1};
  std::mt19937 random_{42};
  double now_ = 0;
  std::uint64_t iteration_ = 0;
  std::vector<HandleId> fd_handles_;
  std::vector<Timer> heap_;
  std::deque<Ready> ready_;
  std::deque<TaskId> waiting_io_;
};

inline std::shared_ptr<traces::TraceStore> big_trace(std::size_t events) {
  traces::TraceHeader header;
  header.title = "A made-up service";
  header.listing = {"import asyncio",
                    "",
                    "async def serve(n):",
                    "    while True:",
                    "        print('request served')",
                    "        work()",
                    "        await reader.read()",
                    "        work()",
                    "        await asyncio.sleep(0.05)"};
  header.has_listing = true;
  auto store = std::make_shared<traces::TraceStore>(header);
  BigTrace(*store, events).write();
  store->finish();
  return store;
}

}  // namespace loopscope::bench

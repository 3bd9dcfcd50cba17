#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/trace/events.h"
#include "core/trace/tracer.h"
#include "traces/trace_store.h"

namespace loopscope::viz {

/// Writes the run of the scenario `lifecycle` as CPython runs it: main makes A (two
/// seconds) and B (one second) and awaits them in this order; twelve iterations, the
/// shutdown of asyncio.run included.
class SampleTraceWriter final {
 public:
  explicit SampleTraceWriter(traces::TraceStore& store) : tracer_(&store) {}

  void write() {
    tracer_.emit(make::thread_started(tracer_.label("MainThread")));
    module_line(1), module_line(3), module_line(9), module_line(15);
    loop_ = tracer_.ids().next_loop();
    emit(make::loop_created(loop_, tracer_.label("asyncio"), false));
    emit(
        make::fd_watched(loop_, 4, kReadable, tracer_.ids().next_handle(), tracer_.label("_read_from_self")));
    const TaskId main = create("Task-1", "main", "", {}, 0);
    const HandleId first = queue_step(main, "main");
    emit(make::loop_run(loop_, RunHow::run_until_complete, main));
    run_main_first(main, first);
    run_starts();
    const HandleId b_wakes = run_timer(b_timer_, 1, b_future_, b_);
    run_last_step(b_, b_wakes, "B", {});
    const HandleId a_wakes = run_timer(a_timer_, 2, a_future_, a_);
    const HandleId main_wakes = run_last_step(a_, a_wakes, "A", main);
    run_main_last(main, main_wakes);
    for (const char* coro : {"BaseEventLoop.shutdown_asyncgens", "BaseEventLoop.shutdown_default_executor"})
      run_shutdown(coro);
    emit(make::plain(EventKind::loop_closed, loop_));
  }

 private:
  void emit(const TraceEvent& event) { tracer_.emit(event); }
  void module_line(std::uint32_t line) { emit(make::line({}, {}, line)); }
  void line(TaskId task, std::uint32_t line) { emit(make::line(loop_, task, line)); }

  TaskId create(std::string_view name, std::string_view coro, std::string_view args, TaskId parent,
                std::uint32_t at_line) {
    const TaskId task = tracer_.ids().next_task();
    tracer_.emit(make::task_created(loop_, {.task = task,
                                            .name = tracer_.label(name),
                                            .coro = tracer_.label(coro),
                                            .parent = parent,
                                            .line = at_line}),
                 {{TextField::args, args}});
    return task;
  }

  HandleId queue(std::string_view label, const make::QueueReason& why) {
    const HandleId handle = tracer_.ids().next_handle();
    emit(make::handle_queued(loop_, handle, tracer_.label(label), why));
    return handle;
  }
  HandleId queue_step(TaskId task, std::string_view coro) {
    return queue(coro, {.cause = Cause::task_step, .task = task});
  }

  void begin(double select_until) {
    emit(make::plain(EventKind::iteration_begin, loop_, ++iteration_));
    emit(make::select_begin(loop_, select_until - now_));
    now_ = select_until;
    tracer_.advance_to(static_cast<std::int64_t>(now_ * 1e9));
    emit(make::plain(EventKind::select_end, loop_, 0, 0));
    emit(make::plain(EventKind::timers_begin, loop_));
  }
  void begin_run(std::uint64_t count, HandleId handle, std::uint32_t promoted = 0) {
    emit(make::timers_end(loop_, promoted, 0));
    emit(make::plain(EventKind::ready_begin, loop_, 0, count));
    begin_handle(handle);
  }
  void begin_handle(HandleId handle) { emit(make::plain(EventKind::handle_begin, loop_, handle.value)); }
  void end_handle(HandleId handle) { emit(make::plain(EventKind::handle_end, loop_, handle.value)); }
  void end_iteration(HandleId handle) {
    end_handle(handle);
    emit(make::plain(EventKind::ready_end, loop_));
    emit(make::plain(EventKind::iteration_end, loop_, iteration_));
  }

  void print(TaskId task, std::uint32_t at, std::string_view text) {
    line(task, at);
    tracer_.emit(make::output(loop_, task, at), {{TextField::text, text}});
  }
  StackId stack_of(std::string_view function, std::uint32_t at) {
    return tracer_.stack({}, tracer_.label(function), at);
  }

  void run_main_first(TaskId main, HandleId handle) {
    begin(0);
    begin_run(1, handle);
    emit(make::task_step(loop_, main, {}));
    line(main, 10);
    a_ = create("Task-2", "task", "'A', 2", main, 10);
    a_step_ = queue_step(a_, "task");
    line(main, 11);
    b_ = create("Task-3", "task", "'B', 1", main, 11);
    b_step_ = queue_step(b_, "task");
    line(main, 12);
    emit(make::task_suspended(loop_, main, {WaitKind::task, a_.value, {}}, 12, stack_of("main", 12)));
    end_iteration(handle);
  }

  void start(TaskId task, std::string_view name, int delay, HandleId& timer, FutureId& future) {
    emit(make::task_step(loop_, task, {}));
    print(task, 4, std::string(name) + ": starting");
    line(task, 5);
    const LabelId sleep = tracer_.label("sleep(" + std::to_string(delay) + ")");
    future = tracer_.ids().next_future();
    emit(make::future_created(loop_, future, sleep));
    timer = tracer_.ids().next_handle();
    emit(make::timer_scheduled(loop_, timer, now_ + delay, sleep));
    emit(make::task_suspended(loop_, task, {WaitKind::sleep, timer.value, {}}, 5, stack_of("task", 5)));
  }

  void run_starts() {
    begin(0);
    begin_run(2, a_step_);
    start(a_, "A", 2, a_timer_, a_future_);
    end_handle(a_step_);
    begin_handle(b_step_);
    start(b_, "B", 1, b_timer_, b_future_);
    end_iteration(b_step_);
  }

  HandleId run_timer(HandleId timer, int delay, FutureId future, TaskId task) {
    const double when = delay;
    begin(when);
    emit(make::timer_promoted(loop_, timer, when));
    emit(make::handle_queued(loop_, timer, tracer_.label("sleep(" + std::to_string(delay) + ")"),
                             {.cause = Cause::timer}));
    begin_run(1, timer, 1);
    tracer_.emit(make::future_done(loop_, future, Outcome::returned), {{TextField::value, "None"}});
    const HandleId wakes = queue("task", {.cause = Cause::task_wakeup, .task = task, .future = future});
    end_iteration(timer);
    return wakes;
  }

  HandleId run_last_step(TaskId task, HandleId handle, std::string_view name, TaskId waiter) {
    begin(now_);
    begin_run(1, handle);
    emit(make::task_step(loop_, task, {}));
    print(task, 6, std::string(name) + ": done");
    line(task, 7);
    const std::string value = "'" + std::string(name) + "'";
    tracer_.emit(make::task_done(loop_, task, Outcome::returned), {{TextField::value, value}});
    HandleId wakes;
    if (waiter) wakes = queue("main", {.cause = Cause::task_wakeup, .task = waiter, .of_task = task});
    end_iteration(handle);
    return wakes;
  }

  void run_main_last(TaskId main, HandleId handle) {
    begin(now_);
    begin_run(1, handle);
    emit(make::task_step(loop_, main, {}));
    line(main, 13);
    finish_and_stop(main, handle);
  }

  /// `task` ends, and run_until_complete's callback stops the loop one iteration later.
  void finish_and_stop(TaskId task, HandleId handle) {
    tracer_.emit(make::task_done(loop_, task, Outcome::returned), {{TextField::value, "None"}});
    const HandleId stop = queue("_run_until_complete_cb", {.cause = Cause::future_callback, .of_task = task});
    end_iteration(handle);
    begin(now_);
    begin_run(1, stop);
    emit(make::plain(EventKind::loop_stop, loop_));
    end_iteration(stop);
    emit(make::plain(EventKind::loop_idle, loop_));
  }

  void run_shutdown(std::string_view coro) {
    const TaskId task = create("Task-" + std::to_string(tracer_.ids().task.value + 1), coro, "", {}, 0);
    const HandleId step = queue_step(task, coro);
    emit(make::loop_run(loop_, RunHow::run_until_complete, task));
    begin(now_);
    begin_run(1, step);
    emit(make::task_step(loop_, task, {}));
    finish_and_stop(task, step);
  }

  Tracer tracer_;
  LoopId loop_;
  std::uint64_t iteration_ = 0;
  double now_ = 0;
  TaskId a_, b_;
  HandleId a_step_, b_step_, a_timer_, b_timer_;
  FutureId a_future_, b_future_;
};

/// The listing of the sample's program.
inline std::vector<std::string> sample_listing() {
  return {"import asyncio",
          "",
          "async def task(name, delay):",
          "    print(f'{name}: starting')",
          "    await asyncio.sleep(delay)",
          "    print(f'{name}: done')",
          "    return name",
          "",
          "async def main():",
          "    t1 = asyncio.create_task(task('A', 2))",
          "    t2 = asyncio.create_task(task('B', 1))",
          "    await t1",
          "    await t2",
          "",
          "asyncio.run(main())"};
}

/// A finished trace of the run; about two hundred events.
inline std::shared_ptr<traces::TraceStore> sample_trace() {
  traces::TraceHeader header;
  header.producer = "loopscope test";
  header.title = "Two tasks share one loop";
  header.listing = sample_listing();
  header.has_listing = true;
  auto store = std::make_shared<traces::TraceStore>(header);
  SampleTraceWriter(*store).write();
  store->finish();
  return store;
}

}  // namespace loopscope::viz

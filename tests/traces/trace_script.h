#pragma once

#include <cmath>
#include <deque>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/base/heapq.h"
#include "core/trace/events.h"
#include "core/trace/tracer.h"
#include "traces/trace_store.h"

namespace loopscope::traces::test {

/// Writes traces by hand, keeping its own ready queue and timer heap (core/base/heapq.h
/// over a vector): what the fold is compared with.
class TraceScript {
 public:
  struct Timer {
    HandleId handle;
    double when;
    bool cancelled;
    TaskId task;
  };

  explicit TraceScript(TraceSink& sink) : tracer(&sink) {}

  void emit(const TraceEvent& event) { tracer.emit(event); }
  LabelId label(std::string_view text) { return tracer.label(text); }

  void start(std::string_view model = "asyncio") {
    emit(make::thread_started(label("MainThread")));
    new_loop(model);
  }
  void new_loop(std::string_view model = "asyncio") {
    loop = tracer.ids().next_loop();
    iteration = 0;
    emit(make::loop_created(loop, label(model), false));
    emit(make::fd_watched(loop, 4, kReadable, tracer.ids().next_handle(), label("_read_from_self")));
  }
  void run(TaskId until) {
    emit(make::loop_run(loop, until ? RunHow::run_until_complete : RunHow::run_forever, until));
  }
  void idle() { emit(make::plain(EventKind::loop_idle, loop)); }
  void close() {
    emit(make::fd_unwatched(loop, 4, kReadable));
    emit(make::plain(EventKind::loop_closed, loop));
    ready.clear();
    heap.clear();
  }

  // ---- queues

  HandleId queue(std::string_view name, const make::QueueReason& why = {}) {
    const HandleId handle = tracer.ids().next_handle();
    queue(handle, name, why);
    return handle;
  }
  void queue(HandleId handle, std::string_view name, const make::QueueReason& why) {
    emit(make::handle_queued(loop, handle, label(name), why));
    ready.push_back(handle);
  }
  HandleId schedule(double when, std::string_view name) {
    const HandleId handle = tracer.ids().next_handle();
    emit(make::timer_scheduled(loop, handle, when, label(name)));
    heapq::push(heap, Timer{handle, when, false, {}}, less);
    return handle;
  }
  void cancel_timer(HandleId handle) {
    for (Timer& timer : heap)
      if (timer.handle == handle && !timer.cancelled) {
        timer.cancelled = true;
        emit(make::plain(EventKind::timer_cancelled, loop, handle.value));
      }
  }
  std::size_t cancelled() const {
    std::size_t n = 0;
    for (const Timer& timer : heap) n += timer.cancelled;
    return n;
  }

  // ---- an iteration

  /// iteration.begin, purge, select, timers; the clock goes to the next timer when
  /// nothing is ready. Returns the size of the snapshot, which `take` gives one by one.
  std::size_t begin_iteration() {
    emit(make::plain(EventKind::iteration_begin, loop, ++iteration));
    purge();
    const double timeout = !ready.empty() ? 0 : heap.empty() ? 0 : std::max(0.0, heap[0].when - now);
    emit(make::select_begin(loop, timeout));
    now += timeout;
    tracer.advance_to(static_cast<std::int64_t>(std::llround(now * 1e9)));
    emit(make::plain(EventKind::select_end, loop, 0, 0));
    emit(make::plain(EventKind::timers_begin, loop));
    std::uint32_t promoted = 0;
    for (; !heap.empty() && heap[0].when < now + 1e-9; ++promoted) {
      const Timer timer = heapq::pop(heap, less);
      emit(make::timer_promoted(loop, timer.handle, timer.when));
      queue(timer.handle, timer.task ? "sleep" : "later", {.cause = Cause::timer});
    }
    emit(make::timers_end(loop, promoted, purged));
    emit(make::plain(EventKind::ready_begin, loop, 0, ready.size()));
    return ready.size();
  }
  HandleId take() {
    const HandleId handle = ready.front();
    ready.pop_front();
    emit(make::plain(EventKind::handle_begin, loop, handle.value));
    return handle;
  }
  void end_handle(HandleId handle) { emit(make::plain(EventKind::handle_end, loop, handle.value)); }
  void end_iteration() {
    emit(make::plain(EventKind::ready_end, loop));
    emit(make::plain(EventKind::iteration_end, loop, iteration));
  }
  /// One iteration that runs `bodies` in turn, one for each ready handle.
  template <class... Bodies>
  void iterate(Bodies... bodies) {
    begin_iteration();
    (one(bodies), ...);
    end_iteration();
  }

  // ---- tasks

  TaskId create(std::string_view coro, std::string_view args, TaskId parent = {}, std::uint32_t line = 0,
                std::string_view name = {}) {
    const TaskId task = tracer.ids().next_task();
    const std::string number = "Task-" + std::to_string(task.value);
    tracer.emit(make::task_created(loop, {.task = task,
                                          .name = label(name.empty() ? number : name),
                                          .named = !name.empty(),
                                          .coro = label(coro),
                                          .parent = parent,
                                          .line = line}),
                {{TextField::args, args}});
    queue(coro, {.cause = Cause::task_step, .task = task});
    return task;
  }
  void step(TaskId task, std::string_view throws = {}) {
    emit(make::task_step(loop, task, throws.empty() ? LabelId{} : label(throws)));
  }
  void line(TaskId task, std::uint32_t number) { emit(make::line(loop, task, number)); }
  void print(TaskId task, std::uint32_t at, std::string_view text) {
    line(task, at);
    tracer.emit(make::output(loop, task, at), {{TextField::text, text}});
  }
  void suspend(TaskId task, const make::WaitsOn& on, std::uint32_t at) {
    emit(make::task_suspended(loop, task, on, at, tracer.stack({}, label("coro"), at)));
  }
  /// asyncio.sleep: a future, a timer, and the task waits for it.
  HandleId sleep(TaskId task, double delay, std::uint32_t at, std::string_view name) {
    const FutureId future = tracer.ids().next_future();
    emit(make::future_created(loop, future, label(name)));
    const HandleId timer = schedule(now + delay, name);
    for (Timer& t : heap)
      if (t.handle == timer) t.task = task;
    suspend(task, {WaitKind::sleep, timer.value, {}}, at);
    sleeps.emplace_back(timer, std::pair(future, task));
    return timer;
  }
  /// What a sleep's timer does when it runs.
  void wake_sleeper(HandleId timer) {
    for (const auto& [handle, who] : sleeps)
      if (handle == timer) {
        tracer.emit(make::future_done(loop, who.first, Outcome::returned), {{TextField::value, "None"}});
        queue("task", {.cause = Cause::task_wakeup, .task = who.second, .future = who.first});
      }
  }
  void finish(TaskId task, std::string_view value, std::vector<TaskId> waiters = {}) {
    tracer.emit(make::task_done(loop, task, Outcome::returned), {{TextField::value, value}});
    for (const TaskId waiter : waiters)
      queue("main", {.cause = Cause::task_wakeup, .task = waiter, .of_task = task});
  }

  static bool less(const Timer& a, const Timer& b) { return a.when < b.when; }

  Tracer tracer;
  LoopId loop;
  std::uint64_t iteration = 0;
  double now = 0;
  std::deque<HandleId> ready;
  std::vector<Timer> heap;
  std::vector<std::pair<HandleId, std::pair<FutureId, TaskId>>> sleeps;

 private:
  template <class Body>
  void one(Body body) {
    const HandleId handle = take();
    body(handle);
    end_handle(handle);
  }
  void purge() {
    purged = 0;
    const std::size_t cancelled_now = cancelled();
    if (heap.size() > 100 && 2 * cancelled_now > heap.size()) {
      std::vector<Timer> rest;
      for (const Timer& timer : heap) {
        if (!timer.cancelled) {
          rest.push_back(timer);
          continue;
        }
        emit(make::timer_purged(loop, timer.handle, true));
        ++purged;
      }
      heap = std::move(rest);
      heapq::heapify(heap, less);
      return;
    }
    while (!heap.empty() && heap[0].cancelled) {
      emit(make::timer_purged(loop, heapq::pop(heap, less).handle, false));
      ++purged;
    }
  }

  std::uint32_t purged = 0;
};

inline std::vector<std::string> lifecycle_listing() {
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

/// The scenario `lifecycle` as CPython runs it: twelve iterations.
inline void write_lifecycle(TraceSink& sink) {
  TraceScript s(sink);
  s.start();
  const TaskId main = s.create("main", "");
  s.run(main);
  TaskId a, b;
  s.iterate([&](HandleId) {
    s.step(main);
    s.line(main, 10);
    a = s.create("task", "'A', 2", main, 10);
    s.line(main, 11);
    b = s.create("task", "'B', 1", main, 11);
    s.line(main, 12);
    s.suspend(main, {WaitKind::task, a.value, {}}, 12);
  });
  const auto start = [&](TaskId task, const std::string& name, double delay) {
    return [&s, task, name, delay](HandleId) {
      s.step(task);
      s.print(task, 4, name + ": starting");
      s.line(task, 5);
      s.sleep(task, delay, 5, "sleep(" + std::to_string(static_cast<int>(delay)) + ")");
    };
  };
  s.iterate(start(a, "A", 2), start(b, "B", 1));
  const auto end = [&](TaskId task, const std::string& name, std::vector<TaskId> waiters) {
    return [&s, task, name, waiters](HandleId) {
      s.step(task);
      s.print(task, 6, name + ": done");
      s.line(task, 7);
      s.finish(task, "'" + name + "'", waiters);
    };
  };
  const auto fire = [&](HandleId timer) { s.wake_sleeper(timer); };
  s.iterate(fire);
  s.iterate(end(b, "B", {}));
  s.iterate(fire);
  s.iterate(end(a, "A", {main}));
  const auto finish = [&](TaskId task) {
    return [&s, task](HandleId) {
      s.step(task);
      if (task.value == 1) s.line(task, 13);
      s.finish(task, "None");
      s.queue("_run_until_complete_cb", {.cause = Cause::future_callback, .of_task = task});
    };
  };
  const auto stop = [&](HandleId) { s.emit(make::plain(EventKind::loop_stop, s.loop)); };
  s.iterate(finish(main));
  s.iterate(stop);
  s.idle();
  for (const char* coro : {"shutdown_asyncgens", "shutdown_default_executor"}) {
    const TaskId task = s.create(coro, "");
    s.run(task);
    s.iterate(finish(task));
    s.iterate(stop);
    s.idle();
  }
  s.close();
}

inline std::shared_ptr<TraceStore> lifecycle() {
  auto store = std::make_shared<TraceStore>(TraceHeader{.producer = "loopscope test",
                                                        .clock = "virtual",
                                                        .model = "asyncio",
                                                        .title = "Two tasks share one loop",
                                                        .scenario_json = {},
                                                        .listing = lifecycle_listing(),
                                                        .has_listing = true,
                                                        .started_at = {}});
  write_lifecycle(*store);
  store->finish();
  return store;
}

/// Random loops, tasks, timers and cancellations: `iterations` of them. `check` is called
/// after every iteration and in the middle of each.
template <class Check>
void write_random(TraceScript& s, std::uint32_t seed, int iterations, Check check) {
  std::mt19937 random(seed);
  const auto chance = [&](unsigned percent) { return random() % 100 < percent; };
  s.start();
  std::vector<std::pair<HandleId, TaskId>> steps;
  const auto create = [&] {
    const TaskId task = s.create("work", std::to_string(random() % 5));
    steps.emplace_back(s.ready.back(), task);
  };
  create();
  s.run(TaskId{1});
  for (int n = 0; n < iterations; ++n) {
    if (s.ready.empty() && s.heap.empty()) create();
    const std::size_t snapshot = s.begin_iteration();
    check(s);
    for (std::size_t k = 0; k < snapshot; ++k) {
      const HandleId handle = s.take();
      s.wake_sleeper(handle);
      if (chance(30)) s.schedule(s.now + random() % 4, "later");
      if (chance(20) && !s.heap.empty()) s.cancel_timer(s.heap[random() % s.heap.size()].handle);
      if (chance(25)) s.queue("soon");
      if (chance(15)) create();
      if (chance(5))
        for (int i = 0; i < 60; ++i) s.schedule(s.now + 5 + random() % 3, "later");
      if (chance(5)) {
        const std::vector<TraceScript::Timer> now(s.heap.begin(), s.heap.end());
        for (const auto& timer : now)
          if (chance(70)) s.cancel_timer(timer.handle);
      }
      for (const auto& [first, task] : steps)
        if (first == handle) {
          s.step(task);
          if (chance(50))
            s.sleep(task, random() % 3 + 1, 5, "sleep");
          else
            s.finish(task, "None");
          break;
        }
      s.end_handle(handle);
    }
    s.end_iteration();
    check(s);
  }
}

}  // namespace loopscope::traces::test

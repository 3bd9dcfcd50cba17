#pragma once

#include <cmath>
#include <memory>
#include <string>
#include <string_view>

#include "core/trace/events.h"
#include "core/trace/tracer.h"
#include "traces/trace_store.h"

namespace loopscope::viz {

/// Writes small traces for tests, one call an event or a few.
class TraceBuilder {
 public:
  explicit TraceBuilder(traces::TraceHeader header = {})
      : store(std::make_shared<traces::TraceStore>(std::move(header))), tracer_(store.get()) {}

  TraceBuilder& loop() {
    loop_ = tracer_.ids().next_loop();
    return emit(make::loop_created(loop_, tracer_.label("asyncio"), false));
  }
  TraceBuilder& at(double seconds) {
    tracer_.advance_to(std::llround(seconds * 1e9));
    return *this;
  }
  TraceBuilder& emit(const TraceEvent& event) {
    tracer_.emit(event);
    return *this;
  }
  TraceBuilder& plain(EventKind kind, std::uint64_t subject = 0, std::uint64_t arg = 0) {
    return emit(make::plain(kind, loop_, subject, arg));
  }
  TraceBuilder& worlds(int count) {
    for (int i = 0; i < count; ++i) emit(make::plain(EventKind::world, {}));
    return *this;
  }
  TaskId task(std::string_view name, std::uint32_t line = 0) {
    const TaskId id = tracer_.ids().next_task();
    tracer_.emit(make::task_created(loop_, {.task = id,
                                            .name = tracer_.label(name),
                                            .named = true,
                                            .coro = tracer_.label("work"),
                                            .parent = {},
                                            .line = line}),
                 {{TextField::args, ""}});
    return id;
  }
  HandleId queue(const make::QueueReason& why = {}) {
    const HandleId id = tracer_.ids().next_handle();
    emit(make::handle_queued(loop_, id, tracer_.label("callback()"), why));
    return id;
  }
  HandleId queue_step(TaskId task) { return queue({.cause = Cause::task_step, .task = task}); }
  HandleId timer(double when) {
    const HandleId id = tracer_.ids().next_handle();
    emit(make::timer_scheduled(loop_, id, when, tracer_.label("callback()")));
    return id;
  }
  TraceBuilder& begin_step(HandleId handle, TaskId task) {
    plain(EventKind::handle_begin, handle.value);
    return emit(make::task_step(loop_, task, {}));
  }
  TraceBuilder& line(TaskId task, std::uint32_t line) { return emit(make::line(loop_, task, line)); }
  TraceBuilder& sleep(TaskId task, HandleId timer, std::uint32_t line) {
    return emit(make::task_suspended(loop_, task, {WaitKind::sleep, timer.value, {}}, line, {}));
  }
  TraceBuilder& print(std::string_view text, const char* end = nullptr, TaskId task = {},
                      std::uint32_t line = 0) {
    const TraceEvent event = make::output(loop_, task, line);
    if (end)
      tracer_.emit(event, {{TextField::text, text}, {TextField::end, end}});
    else
      tracer_.emit(event, {{TextField::text, text}});
    return *this;
  }
  /// An iteration without work, with its pairs: eight events.
  TraceBuilder& empty_iteration(std::uint64_t n) {
    plain(EventKind::iteration_begin, n);
    emit(make::select_begin(loop_, 0)).plain(EventKind::select_end);
    plain(EventKind::timers_begin).plain(EventKind::timers_end);
    return plain(EventKind::ready_begin).plain(EventKind::ready_end).plain(EventKind::iteration_end, n);
  }
  LoopId loop_id() const { return loop_; }
  std::size_t size() const { return store->size(); }

  std::shared_ptr<traces::TraceStore> store;

 private:
  Tracer tracer_;
  LoopId loop_;
};

}  // namespace loopscope::viz

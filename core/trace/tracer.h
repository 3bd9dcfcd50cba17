#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/trace/event.h"
#include "core/trace/trace_sink.h"

namespace loopscope {

/// One text of an event, for `Tracer::emit`.
struct EventText {
  TextField field;
  std::string_view text;
};

/// The counters that ids come from. They run whether or not anybody listens, because
/// programs can see some of them.
struct IdCounters {
  HandleId handle;
  TaskId task;
  FutureId future;
  JobId job;
  ObjectId object;
  LoopId loop;
  std::uint32_t task_name = 0;  ///< N of the last "Task-N": named tasks may use up none (S26)

  std::uint32_t next_task_name() { return ++task_name; }
  HandleId next_handle() { return HandleId{++handle.value}; }
  TaskId next_task() { return TaskId{++task.value}; }
  FutureId next_future() { return FutureId{++future.value}; }
  JobId next_job() { return JobId{++job.value}; }
  ObjectId next_object() { return ObjectId{++object.value}; }
  LoopId next_loop() { return LoopId{++loop.value}; }
};

/// Reports what loops do to one sink, in one total order.
///
/// Time is told to it (`advance_to`), not read: on the virtual world every event of
/// one instant has the same stamp. Emitting never changes the order of work. Used by
/// whichever thread holds the baton; it does no locking of its own.
class Tracer {
 public:
  Tracer();
  /// `sink` must outlive the tracer. Without a sink nothing is written.
  explicit Tracer(TraceSink* sink);
  ~Tracer();
  Tracer(const Tracer&) = delete;
  Tracer& operator=(const Tracer&) = delete;

  bool enabled() const { return sink_ != nullptr; }

  /// Sets the stamp of the events to come, in nanoseconds. Never goes back.
  void advance_to(std::int64_t ns) { if (ns > now_) now_ = ns; }
  /// Names the thread that the events to come belong to.
  void set_thread(ThreadId thread) { thread_ = thread; }

  IdCounters& ids() { return ids_; }

  /// Events written so far; 0 without a sink.
  std::uint64_t emitted() const { return emitted_; }

  /// The id of `text` in this trace; the sink learns it with the next event.
  LabelId label(std::string_view text);
  /// The text of a label made by this tracer.
  std::string_view label_text(LabelId id) const;
  /// The id of the stack node (`parent`, `function`, `line`).
  StackId stack(StackId parent, LabelId function, std::uint32_t line);

  /// Stamps `event` with the time and thread, and hands it to the sink.
  void emit(TraceEvent event) { if (enabled()) write(event, {}); }
  /// The same, with the event's long texts. A text left out is null.
  void emit(TraceEvent event, std::initializer_list<EventText> texts) { if (enabled()) write(event, texts); }

 private:
  struct Interner;

  void write(TraceEvent event, std::initializer_list<EventText> texts);

  TraceSink* sink_ = nullptr;
  std::int64_t now_ = 0;
  ThreadId thread_ = kMainThread;
  std::uint64_t emitted_ = 0;
  IdCounters ids_;
  std::unique_ptr<Interner> interner_;
  std::vector<TraceRecord> pending_;  // definitions that the sink has not seen
  std::vector<TraceRecord> records_;
};

}  // namespace loopscope

#pragma once

#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/budget.h"
#include "core/base/errors.h"
#include "core/loop/error_context.h"
#include "core/loop/handle.h"
#include "core/loop/io_registry.h"
#include "core/loop/loop_anchor.h"
#include "core/loop/loop_model.h"
#include "core/loop/ready_queue.h"
#include "core/loop/timer_heap.h"
#include "core/trace/tracer.h"
#include "core/world/executor.h"
#include "core/world/world.h"

namespace loopscope {

/// State that a higher room keeps with a loop (the tasks of core/task).
class LoopLocal {
 public:
  virtual ~LoopLocal() = default;
  /// Cuts what would keep unfinished work alive in circles; the loop is about to go.
  virtual void abandon() = 0;
  /// What unfinished work waits for, for the message of a deadlock; may be empty.
  virtual std::string waits() const = 0;
  /// The repr of the task whose step ran last, once; only known in debug mode.
  virtual std::string take_last_step() { return {}; }
};

class EventLoop;

struct LoopOptions {
  bool debug = false;
  double slow_callback_duration = 0.1;  ///< seconds; debug mode calls longer callbacks slow (S77)
  /// asyncio's default exception handler: called for every ErrorContext after its event,
  /// unless an exception handler is set. By default nothing more happens.
  std::function<void(const ErrorContext&)> on_error = {};
  /// What asyncio logs as a warning: "Executing <Handle ...> took 0.120 seconds" (S77).
  std::function<void(const std::string&)> on_log = {};
  /// Debug mode: where the program stands, for what is made there (S76); of the calls the `most`
  /// last ones, asyncio's own counted.
  std::function<Ref<Creation>(std::size_t most)> creation = {};
  /// While what it returns lives, `error` is being handled: what is raised then has it as context.
  std::function<std::shared_ptr<void>(const std::exception_ptr& error)> handling = {};
  /// A loop that its Runner has closed and given up, though futures of it have not said their last
  /// words: whoever keeps it lets them.
  std::function<void(std::shared_ptr<EventLoop>)> left_behind = {};
  /// A coroutine of asyncio's own was made and dropped unrun.
  std::function<void(std::string_view name)> never_awaited = {};
  /// The repr of a context, for the text about a handler that failed.
  std::function<std::string(const ErrorContext&)> show_context = {};
};

/// Runs ready callbacks, timers and I/O on one thread, one iteration at a time.
/// All activity is reported to `tracer`; tracing never changes the order of work.
/// What `world` refers to, `tracer`, `budget` and `model` must outlive the loop.
/// Handles, futures and tasks may outlive it.
class EventLoop final : public std::enable_shared_from_this<EventLoop> {
 public:
  /// Emits `loop.created`, then `fd.watched` for the reader of the self-pipe (S17).
  EventLoop(World world, Tracer& tracer, Budget& budget, LoopModel& model, LoopOptions options = {});
  /// Drops everything as close() and abandon() do, without a trace.
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  LoopId id() const { return id_; }
  World& world() { return world_; }
  Tracer& tracer() { return tracer_; }
  Budget& budget() { return budget_; }
  LoopModel& model() { return model_; }
  const Ref<LoopAnchor>& anchor() const { return anchor_; }

  /// Queues `callback` behind all ready handles (S15). Called from inside a callback
  /// it runs in the next iteration, never in the current one (S9). Loop thread only.
  /// `label` names it in traces. RuntimeError when closed (S21).
  /// `source` says what it calls, in messages. In debug mode also RuntimeError on a thread
  /// that does not run this running loop (S76); the same for call_later and call_at.
  Ref<Handle> call_soon(Callback callback, std::string_view label, make::QueueReason reason = {},
                        Ref<CallbackSource> source = nullptr);
  /// The same from any of the world's threads (S16), which are no std::thread: queues `callback`,
  /// then wakes this loop's select by a byte on the self-pipe.
  Ref<Handle> call_soon_threadsafe(Callback callback, std::string_view label,
                                   Ref<CallbackSource> source = nullptr);
  /// Runs `callback` `delay` seconds from now, through the timer heap even when the
  /// delay is zero or negative (S12, S13).
  Ref<Handle> call_later(double delay, Callback callback, std::string_view label,
                         Ref<CallbackSource> source = nullptr);
  /// The same at loop time `when`, in seconds.
  Ref<Handle> call_at(double when, Callback callback, std::string_view label,
                      Ref<CallbackSource> source = nullptr);

  /// Runs `callback` in every iteration in which `fd` is readable (writable), until it is
  /// removed or replaced: then its handle is cancelled (S62). Emits `fd.watched`. RuntimeError
  /// when closed; OsError when the selector refuses `fd`.
  Ref<Handle> add_reader(Fd fd, Callback callback, std::string_view label,
                         Ref<CallbackSource> source = nullptr);
  Ref<Handle> add_writer(Fd fd, Callback callback, std::string_view label,
                         Ref<CallbackSource> source = nullptr);
  /// False when there was none, or the loop is closed.
  bool remove_reader(Fd fd) { return unwatch(fd, kReadable); }
  bool remove_writer(Fd fd) { return unwatch(fd, kWritable); }
  /// What `fd` is watched for: kReadable | kWritable.
  std::uint8_t watched(Fd fd) { return io_.mask(fd); }

  /// Runs `callback` in a handle of its own whenever `signal` arrives (S68): its number
  /// comes through the self-pipe. ValueError for what is no signal; RuntimeError for one that
  /// cannot be caught, and on other threads than the main one.
  void add_signal_handler(int signal, Callback callback, std::string_view label,
                          Ref<CallbackSource> source = nullptr);
  /// The default is in force again. False when there was no handler.
  bool remove_signal_handler(int signal);

  double time() const { return world_.clock.now(); }
  bool debug() const { return options_.debug; }
  /// On a running loop also a threadsafe handle, as in CPython, where it turns the tracking of
  /// coroutines' origins on or off.
  void set_debug(bool on);
  /// Debug mode: seconds from which a callback is called slow (S77).
  double slow_callback_duration() const { return options_.slow_callback_duration; }
  void set_slow_callback_duration(double seconds) { options_.slow_callback_duration = seconds; }
  bool is_running() const { return running_; }
  bool is_closed() const { return closed_; }

  /// Iterates until stop(). RuntimeError when closed, when this loop runs already, or
  /// when another runs on this thread (S73). `how` and `task` are for the trace.
  void run_forever(RunHow how = RunHow::run_forever, TaskId task = {});
  /// RuntimeError when closed (S21).
  void check_open() const;
  /// Throws what run_forever would throw before its first iteration (S22, S73).
  void check_can_run() const;
  /// Debug mode: RuntimeError on a thread that does not run this running loop (S76).
  void check_thread() const;
  /// Lets the current iteration be the last (S18).
  void stop();
  /// Drops what is ready and scheduled, unrun (S19). RuntimeError while running; idempotent.
  void close();

  /// Cuts the circles of what still waits (queued callbacks, unfinished tasks and their
  /// coroutines), so that nothing keeps itself alive: for the end of a program. The
  /// loop must not be running, and runs no more.
  void abandon();

  using ExceptionHandler = std::function<void(const ErrorContext&)>;
  /// Who is told what `report` reports, in place of options' on_error; empty: that again.
  void set_exception_handler(ExceptionHandler handler) { exception_handler_ = std::move(handler); }
  const ExceptionHandler& exception_handler() const { return exception_handler_; }
  /// asyncio's call_exception_handler: one `error` event, or `warning` when the context has a
  /// rule; then the handler. What the handler throws goes to options' on_error, but for
  /// KeyboardInterrupt and SystemExit, which leave (S20).
  void report(ErrorContext context);
  /// asyncio's default handler alone: no event.
  void default_handler(const ErrorContext& context) const {
    if (options_.on_error) options_.on_error(context);
  }
  /// From now on errors and warnings are not reported: the program is over.
  void mute() { muted_ = true; }
  /// A line of asyncio's log.
  void log(const std::string& text) const;
  /// A `warning` event.
  void warn(std::string_view rule, const std::string& text);
  /// Debug mode: where the program stands, or asyncio at `place`. Null otherwise.
  Ref<Creation> creation(const char* place = nullptr, std::size_t most = kAllCalls) const;
  static constexpr std::size_t kAllCalls = static_cast<std::size_t>(-1);

  /// The listing line that runs on this loop's behalf, for `error` events; set by
  /// whoever interprets a program, 0 = unknown. `task`: whose code it is.
  void set_position(TaskId task, std::uint32_t line) {
    position_task_ = task;
    position_line_ = line;
  }

  /// Where run_in_executor sends jobs that name no executor; null until it is needed (S58).
  const Ref<concurrent::Executor>& default_executor() const { return default_executor_; }
  void set_default_executor(Ref<concurrent::Executor> executor) { default_executor_ = std::move(executor); }
  /// RuntimeError once shutdown_default_executor() or close() was called.
  void check_default_executor() const;
  void forbid_default_executor() { executor_shutdown_called_ = true; }

  /// Tasks' bookkeeping, made by core/task on first use.
  std::unique_ptr<LoopLocal>& task_state() { return task_state_; }
  /// Transports' bookkeeping, made by core/net on first use.
  std::unique_ptr<LoopLocal>& net_state() { return net_state_; }

  // The phases of an iteration, for loop models. Each emits its own events.
  void purge_cancelled_timers();
  void select_and_queue_io();
  void promote_due_timers();
  void run_ready_snapshot();
  /// The ready phase of loops without a snapshot: what the handles queue runs, too.
  void run_until_nothing_is_ready();
  /// Runs one handle, or skips a cancelled one; nothing when none is ready.
  void run_next_handle();
  /// Blocks until a handle is ready or stop() was called, without a selector.
  void wait_until_ready();

 private:
  friend class Handle;
  class Run;

  void check_has_timers(std::string_view method) const;
  void check_duration(const Handle& handle, double began);
  void handler_failed(const ErrorContext& context, const std::exception_ptr& error);
  Ref<Handle> make_handle(Callback callback, std::string_view label, Ref<CallbackSource> source = nullptr,
                          const char* made_at = nullptr);
  Ref<Handle> schedule(double when, Callback callback, std::string_view label, Ref<CallbackSource> source,
                       std::size_t calls);
  void enqueue(Ref<Handle> handle, const make::QueueReason& reason);
  /// Notes that `handle` was just cancelled (S10, S14).
  void on_cancelled(Handle& handle);

  void open_self_pipe();
  void read_from_self();
  void handle_signal(int signal);
  void close_self_pipe();
  Ref<Handle> watch(Fd fd, std::uint8_t direction, Callback callback, std::string_view label,
                    Ref<CallbackSource> source = nullptr);
  bool unwatch(Fd fd, std::uint8_t direction);
  void select_for(Fd fd, std::uint8_t mask);

  void iterate();
  std::optional<double> select_timeout() const;
  std::vector<FdEvent> select();
  void queue_io(const FdEvent& event);
  void run_handle(Handle& handle);
  void drop_queues();

  World world_;
  Tracer& tracer_;
  Budget& budget_;
  LoopModel& model_;
  LoopOptions options_;
  LoopId id_;
  Ref<LoopAnchor> anchor_;

  ReadyQueue ready_;
  TimerHeap timers_;
  IoRegistry io_;
  std::map<int, Ref<Handle>> signal_handlers_;
  std::unique_ptr<Selector> selector_;
  std::pair<Fd, Fd> self_pipe_;

  std::uint64_t iteration_ = 0;
  std::uint32_t purged_ = 0;  // in this iteration
  bool running_ = false;
  bool stopping_ = false;
  bool closed_ = false;
  bool executor_shutdown_called_ = false;
  Ref<concurrent::Executor> default_executor_;
  bool muted_ = false;
  ThreadId running_thread_;
  ExceptionHandler exception_handler_;
  const Handle* current_handle_ = nullptr;
  TaskId position_task_;
  std::uint32_t position_line_ = 0;
  std::unique_ptr<LoopLocal> task_state_, net_state_;
};

}  // namespace loopscope

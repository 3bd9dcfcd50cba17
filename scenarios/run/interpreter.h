#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/loop/event_loop.h"
#include "core/task/task.h"
#include "scenarios/run/code.h"
#include "scenarios/run/diagnostics.h"
#include "scenarios/values/errors.h"
#include "scenarios/values/runtime.h"

namespace loopscope::scenarios {

struct Frame;
struct Pending;
struct BuiltinRow;
class Function;
class FrameCoroutine;
class FutureObject;
class LoopObject;

/// What a program runs in.
struct Environment {
  World world;
  Tracer& tracer;
  Budget& budget;
  LoopModel& model;
  bool debug = false;                                 ///< asyncio.run's debug
  bool debug_all = false;                             ///< every loop's, as by PYTHONASYNCIODEBUG
  double slow_callback = 0.1;                         ///< loops' slow_callback_duration, seconds
  std::function<void(std::string_view)> out = {};     ///< the program's stdout
  std::function<void(std::string_view)> err = {};     ///< tracebacks and asyncio's log
  const std::vector<std::string>* listing = nullptr;  ///< for tracebacks
};

/// How far a frame came.
enum class Exit { returned, awaits, yields };

/// Runs a compiled program, over explicit frames. Suspension is in coroutine.h; it
/// reaches the loop through core/task's public interfaces alone.
class Interpreter final : public Runtime {
 public:
  explicit Interpreter(Environment environment);
  ~Interpreter() override;

  /// Runs a module from its first line to its last. Throws what the program raises.
  void run_module(const Program& program);

  /// Frees everything that the program made. Nothing of it runs any more. The loops'
  /// world must still be there.
  void close();
  /// The module and all threads are over: suspended coroutines and generators see
  /// GeneratorExit, the oldest first, as at CPython's end.
  void finish();
  /// Statements run so far, and the listing line of the last one.
  std::uint64_t statements() const { return statements_; }
  std::uint32_t last_line() const { return last_line_; }

  // Calls
  Value call(const Value& callable, Arguments arguments) override;
  using Runtime::call;
  Value call_native(NativeFunction function, Arguments& arguments) override {
    return function(*this, arguments);
  }

  /// Puts a call's arguments and closure into a new frame.
  void enter_function(Frame& frame, const Function& function, Arguments& arguments);

  // Frames
  /// Runs `frame` until it returns (its value is in `result`), awaits or yields (so is what).
  /// Throws PyError when an exception leaves the frame.
  Exit run(Frame& frame);
  /// The same, after raising `error` where the frame stands. Thrown in, it gets what a clause there
  /// deals with as its context; not so what comes out of something `called`.
  Exit run_with_error(Frame& frame, Ref<Exception> error, bool called = false);
  /// The frame that runs now; null outside program code.
  Frame* frame() const { return frame_; }
  /// The frame that called the loop that calls; null when none does.
  const Frame* base() const { return base_; }
  /// The listing line that runs, 0 when none does: the loop itself calls.
  std::uint32_t current_line() const;
  /// While it lives, what runs was called by a loop, not by the frame below.
  class CalledByLoop {
   public:
    explicit CalledByLoop(Interpreter& in) : in_(in), before_(std::exchange(in.base_, in.frame_)) {}
    ~CalledByLoop() { in_.base_ = before_; }
    CalledByLoop(const CalledByLoop&) = delete;
    CalledByLoop& operator=(const CalledByLoop&) = delete;

   private:
    Interpreter& in_;
    const Frame* before_;
  };

  /// While it lives, asyncio's own code deals with `error`, called by the frame that runs now.
  class HandledByLoop {
   public:
    HandledByLoop(Interpreter& in, Ref<Exception> error)
        : in_(in),
          below(in.frame_),
          error(std::move(error)),
          older(std::exchange(in.handled_by_loop_, this)) {}
    ~HandledByLoop() { in_.handled_by_loop_ = older; }
    HandledByLoop(const HandledByLoop&) = delete;
    HandledByLoop& operator=(const HandledByLoop&) = delete;

   private:
    Interpreter& in_;

   public:
    const Frame* const below;
    const Ref<Exception> error;
    const HandledByLoop* const older;
  };

  /// While it lives, the coroutines of an await chain count as callers of the last one.
  class CallChain {
   public:
    CallChain(Interpreter& in, const std::vector<FrameCoroutine*>& stack);
    ~CallChain();
    CallChain(const CallChain&) = delete;
    CallChain& operator=(const CallChain&) = delete;

   private:
    Interpreter& in_;
    const std::vector<FrameCoroutine*>& stack_;
    Frame* before_;
  };

  // Exceptions
  /// The exception that the nearest except or finally clause deals with, or null.
  Ref<Exception> handled_exception(const Frame& frame) const;
  /// The same for the frame that runs, or the loop that it called.
  Ref<Exception> handled_below() const;
  /// error.__context__ = context, without making a circle.
  void set_context(Exception& error, const Ref<Exception>& context);
  void note_traceback(const PyError& error, const std::string& function, std::uint32_t line);
  /// As an "Exception ignored in" of CPython: nobody can catch it.
  void report_ignored(const std::string& where, const Ref<Exception>& error);
  /// Runs `work` for an object that goes, `where`: nothing is thrown. The end of the run comes
  /// at the next statement.
  void finalizing(const std::string& where, const std::function<void()>& work);

  // Globals: each process that a program makes has its own.
  struct Global {
    Value value = Value::missing();
    Value builtin = Value::missing();
  };
  using Globals = std::vector<Global>;
  Globals& globals() { return *globals_; }
  /// The program's variable `name`; `missing` when there is none.
  Value find_global(std::string_view name) const;
  /// The names of the program's variables that have a value.
  std::vector<std::string_view> global_names() const;
  /// This thread runs in a process of its own from now on, and `globals` are its variables.
  void enter_process(std::shared_ptr<Globals> globals) { globals_ = std::move(globals); }
  /// A thread that this one starts is of the same process.
  void share_process_with(ThreadId thread) { threads_[thread.value].globals = globals_; }
  Value load_global(std::uint32_t index);
  void store_global(std::uint32_t index, Value value);
  void remove_global(std::uint32_t index);

  // The world, the trace and the streams
  Environment& environment() { return environment_; }
  Tracer& tracer() { return environment_.tracer; }
  ThreadSlots& thread() { return environment_.world.threads.current(); }
  /// Before a thread's first program code: its native stack counts from now on.
  void enter_thread() { set_stack_end(thread().stack_end); }
  /// What threading.current_thread() returns on a thread (this one); None before the first time.
  Value& thread_object(ThreadId id) { return threads_[id.value].object; }
  Value& thread_object() { return thread_object(thread().id); }
  /// The loop that runs on this thread, or null; and the task whose step runs, for the trace.
  EventLoop* running_loop() { return thread().running; }
  Task* running_task();
  LoopId traced_loop();
  TaskId traced_task();
  void write_out(const std::string& text, const std::string& end);
  void write_err(std::string_view text) {
    if (environment_.err) environment_.err(text);
  }

  /// `name` + `details`; `name()` alone once there are very many, because a trace keeps
  /// every label that it has seen.
  std::string bounded_label(const std::string& name, const std::string& details);

  // Objects of the core and the program's view of them: one object each, while it lives.
  Ref<FutureObject> wrap(const Ref<Future>& future);
  Ref<LoopObject> wrap(std::shared_ptr<EventLoop> loop);
  bool is_wrapped(const Future& future) const { return futures_.contains(&future); }
  void forget(const Future* future) { futures_.erase(future); }
  void forget(const EventLoop* loop) { loops_.erase(loop); }
  /// A loop that the program let go of without closing it, or with futures that are not done.
  void keep_open(std::shared_ptr<EventLoop> loop) { forgotten_loops_.push_back(std::move(loop)); }
  /// The program's loops that are still there, in order of creation.
  std::vector<std::shared_ptr<EventLoop>> loops();
  Diagnostics& diagnostics() { return diagnostics_; }
  LoopOptions loop_options(bool debug) { return diagnostics_.loop_options(debug); }

  /// RunEnded that a destructor could not throw: thrown at the next statement.
  void throw_deferred() {
    if (deferred_) std::rethrow_exception(std::exchange(deferred_, nullptr));
  }
  void defer(std::exception_ptr ended) {
    if (!deferred_) deferred_ = std::move(ended);
  }

 private:
  friend class DoneCallbacks;

  Exit dispatch(Frame& frame);
  Exit guarded(Frame& frame, Ref<Exception> error);
  void begin_line(Frame& frame, std::uint32_t line);
  void catch_error(Frame& frame, const Ref<Exception>& error, bool again);
  void chain(Frame& frame, const Ref<Exception>& error);
  bool leave(Frame& frame, Pending pending);
  void leave_finally(Frame& frame, bool& returned);
  bool matches(Frame& frame, const Node* type);
  // yield from (delegate.cpp)
  Value iterator_of_delegate(Frame& frame, const Value& iterable);
  bool delegate(Frame& frame);
  // with and async for (context.cpp)
  void enter_context(Frame& frame, const Value& manager, bool is_async);
  void exit_context(Frame& frame, bool is_async);
  void leave_with(Frame& frame);
  void begin_async_for(Frame& frame, const Value& iterable);
  void ask_next_async(Frame& frame);
  [[noreturn]] void not_defined(const std::string& name);
  Value call_function(const Function& function, Arguments& arguments);
  Value call_builtin(const BuiltinRow& row, Arguments& arguments);

  /// What the interpreter keeps for a thread of the program while another one runs.
  struct ScriptThread {
    Frame* frame = nullptr;
    const Frame* base = nullptr;
    const HandledByLoop* handled_by_loop = nullptr;
    std::shared_ptr<Globals> globals = {};  ///< null: the main process's
    ThreadState state = {};
    Value object = {};
  };
  void switch_thread(ThreadId holder);

  Environment environment_;
  const Program* program_ = nullptr;
  std::shared_ptr<Globals> main_globals_ = std::make_shared<Globals>();
  std::shared_ptr<Globals> globals_ = main_globals_;  // of the thread that runs
  Frame* frame_ = nullptr;
  const Frame* base_ = nullptr;
  const HandledByLoop* handled_by_loop_ = nullptr;
  ThreadId running_thread_ = kMainThread;
  std::unordered_map<std::uint8_t, ScriptThread> threads_;
  std::uint64_t statements_ = 0;
  std::uint32_t last_line_ = 0;
  std::unordered_map<const Future*, FutureObject*> futures_;
  std::unordered_map<const EventLoop*, LoopObject*> loops_;
  std::unordered_set<void*> done_callbacks_;  // DoneCallbacks::Entry, each removes itself
  std::unordered_set<std::string> labels_;
  std::exception_ptr deferred_;
  std::vector<std::shared_ptr<EventLoop>> forgotten_loops_;
  Diagnostics diagnostics_{*this};
};

}  // namespace loopscope::scenarios

#pragma once

#include <optional>

#include "core/world/executor.h"
#include "core/world/thread.h"
#include "core/world/thread_queue.h"
#include "core/world/thread_sync.h"
#include "scenarios/run/interpreter.h"

/// Threads, and what they share, as programs see them.
namespace loopscope::scenarios {

/// threading.Thread.
class ThreadObject final : public Tracked {
 public:
  static constexpr Kind kKind = Kind::thread;
  explicit ThreadObject(Interpreter& interpreter, Ref<threading::Thread> thread);
  /// Of a thread that the program did not make: the main one, or a pool's.
  ThreadObject(Interpreter& interpreter, const ThreadSlots& slots);

  /// Null when the program did not make it.
  const Ref<threading::Thread>& thread() const { return thread_; }
  bool started() const { return !thread_ || thread_->started(); }
  bool is_alive() const;
  const std::string& name() const { return thread_ ? thread_->name() : name_; }
  bool daemon() const { return thread_ && thread_->daemon(); }
  ThreadId thread_id() const { return thread_ ? thread_->id() : id_; }

  std::string repr(Runtime& runtime) override;
  Value own_attribute(Runtime& runtime, std::string_view name) override;
  bool set_attribute(Runtime& runtime, std::string_view name, const Value& value) override;
  void clear_references() override { thread_ = nullptr; }

 private:
  Interpreter& interpreter_;
  Ref<threading::Thread> thread_;
  ThreadId id_;
  std::string name_;
};

/// threading.Lock.
class ThreadLockObject final : public Object {
 public:
  static constexpr Kind kKind = Kind::thread_lock;
  explicit ThreadLockObject(Interpreter& interpreter);
  threading::Lock lock;
  std::string repr(Runtime& runtime) override;
};

/// threading.Event.
class ThreadEventObject final : public Object {
 public:
  static constexpr Kind kKind = Kind::thread_event;
  explicit ThreadEventObject(Interpreter& interpreter);
  const Ref<threading::Event> event;
  std::string repr(Runtime& runtime) override;
};

/// queue.Queue.
class ThreadQueueObject final : public Tracked {
 public:
  static constexpr Kind kKind = Kind::thread_queue;
  ThreadQueueObject(Interpreter& interpreter, std::int64_t maxsize);
  Ref<threading::Queue> queue;
  std::string repr(Runtime& runtime) override;
  Value own_attribute(Runtime& runtime, std::string_view name) override;
  void clear_references() override { queue = make_ref<threading::Queue>(world_); }

 private:
  World world_;
};

/// concurrent.futures.Future.
class ConcurrentFutureObject final : public Tracked {
 public:
  static constexpr Kind kKind = Kind::concurrent_future;
  ConcurrentFutureObject(Interpreter& interpreter, Ref<concurrent::Future> future);
  concurrent::Future& future() const { return *future_; }
  std::string repr(Runtime& runtime) override;
  void clear_references() override;

 private:
  Interpreter& interpreter_;
  Ref<concurrent::Future> future_;
};

/// concurrent.futures.ThreadPoolExecutor and ProcessPoolExecutor.
class ExecutorObject final : public Tracked {
 public:
  static constexpr Kind kKind = Kind::executor;
  ExecutorObject(Interpreter& interpreter, Type& type, Ref<concurrent::Executor> executor)
      : Tracked(Kind::executor, type), executor(std::move(executor)) {
    static_cast<void>(interpreter);
  }
  Ref<concurrent::Executor> executor;
  void clear_references() override { executor = nullptr; }
};

/// threading.get_ident() of a thread: a number that looks like CPython's.
std::int64_t thread_ident(ThreadId thread);
/// A timeout in seconds; none for None and when it was left out.
std::optional<double> timeout_argument(Interpreter& interpreter, const Value& value);
/// A call for an executor: `callable(*arguments)` on the thread that runs it. `kind`: on
/// which kind of executor.
concurrent::Job make_job(Interpreter& interpreter, concurrent::Executor::Kind kind, const Value& callable,
                         Arguments arguments);

}  // namespace loopscope::scenarios

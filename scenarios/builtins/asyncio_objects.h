#pragma once

#include <memory>
#include <vector>

#include "core/loop/event_loop.h"
#include "core/task/task.h"
#include "scenarios/run/interpreter.h"
#include "scenarios/values/attribute_map.h"

/// Loops, futures and handles as programs see them.
namespace loopscope::scenarios {

/// asyncio.Future, Task and what gather() returns.
class FutureObject final : public Tracked {
 public:
  static constexpr Kind kKind = Kind::future;
  FutureObject(Interpreter& interpreter, Type& type, Ref<Future> future);
  ~FutureObject() override;

  Future& future() const { return *future_; }
  Task* task() const { return future_->as_task(); }
  /// Its loop; null once the object was cleared.
  const std::shared_ptr<EventLoop>& loop() const { return loop_; }
  /// A task's coroutine; None for futures.
  const Value& coroutine() const { return coroutine_; }

  /// `yield from` gave it to the task, which has not taken it yet.
  bool awaited_by_iterator = false;

  std::string repr(Runtime& runtime) override;
  Value iterate(Runtime& runtime) override;
  std::string brief(Runtime& runtime) override;
  Value own_attribute(Runtime& runtime, std::string_view name) override;
  bool set_attribute(Runtime& runtime, std::string_view name, const Value& value) override;
  bool delete_attribute(Runtime& runtime, std::string_view name) override;
  void clear_references() override;

 private:
  Interpreter& interpreter_;
  Ref<Future> future_;
  std::shared_ptr<AttributeMap> attributes_;  // null: none; a task's stepper has them, too
  Value coroutine_;
  std::shared_ptr<EventLoop> loop_;  // a future keeps its loop, as in CPython
};

/// asyncio.Handle and TimerHandle.
class HandleObject final : public Object {
 public:
  static constexpr Kind kKind = Kind::handle;
  HandleObject(Interpreter& interpreter, Ref<Handle> handle);

  Handle& handle() const { return *handle_; }

  std::string repr(Runtime& runtime) override;
  /// Timers are ordered by their deadlines, and equal when they call the same, too.
  bool equals(Runtime& runtime, const Value& other) override;
  std::uint64_t hash(Runtime& runtime) override;
  std::optional<bool> compares(Runtime& runtime, CompareOp op, const Value& other) override;

 private:
  Interpreter& interpreter_;
  Ref<Handle> handle_;
};

/// An event loop.
class LoopObject final : public Tracked {
 public:
  static constexpr Kind kKind = Kind::loop;
  LoopObject(Interpreter& interpreter, std::shared_ptr<EventLoop> loop);
  ~LoopObject() override;

  EventLoop& loop() const { return *loop_; }
  const std::shared_ptr<EventLoop>& shared() const { return loop_; }

  Value own_attribute(Runtime& runtime, std::string_view name) override;
  bool set_attribute(Runtime& runtime, std::string_view name, const Value& value) override;

  std::string repr(Runtime& runtime) override;
  void clear_references() override;

 private:
  Interpreter& interpreter_;
  Value slow_callback_ = Value::missing();  // as the program set it
  std::shared_ptr<EventLoop> loop_;
};

/// The callbacks that a program registered on one future, for remove_done_callback.
/// Each lives as long as the core keeps it.
Future::CallbackId add_done_callback(Interpreter& interpreter, Future& future, const Value& callback);
std::int64_t remove_done_callbacks(Interpreter& interpreter, Future& future, const Value& callback);

/// A callable with its arguments, as a loop keeps it.
class ScriptCallback final : public CallbackSource {
 public:
  ScriptCallback(Interpreter& interpreter, Value callable, std::vector<Value> arguments);
  ~ScriptCallback() override;

  /// Calls it on the loop's behalf.
  void run() const;
  std::string text() const override;
  bool is_something() const override { return !callable_.is_none(); }
  /// The same callable with the same arguments, as == has it.
  bool equals(const ScriptCallback& other) const;
  std::string text_with(const Ref<RefCounted>& argument) const override;

 private:
  friend class CallbackRegistry;
  Interpreter& interpreter_;
  Value callable_;
  std::vector<Value> arguments_;
  MemoryCharge charge_;
};

/// "cb('x')": what names it in traces.
std::string callback_label(Interpreter& interpreter, const Value& callable,
                           const std::vector<Value>& arguments);

/// What asyncio.ensure_future does: futures as they are, coroutines as tasks of `loop`.
Ref<Future> ensure_future(Interpreter& interpreter, EventLoop& loop, const Value& value);
Ref<Task> start_task(Interpreter& interpreter, EventLoop& loop, const Value& coroutine, TaskOptions options);
/// What drives the coroutine, for a task. `coroutine` must be one.
std::unique_ptr<Steppable> stepper_of(Interpreter& interpreter, const Value& coroutine);
/// asyncio.get_event_loop (S72).
std::shared_ptr<EventLoop> get_event_loop(Interpreter& interpreter);

}  // namespace loopscope::scenarios

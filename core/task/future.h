#pragma once

#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/any_value.h"
#include "core/base/asyncio_source.h"
#include "core/base/errors.h"
#include "core/base/ref.h"
#include "core/loop/event_loop.h"

namespace loopscope {

class Future;
class Task;

/// What runs when a future is done, in a handle of its own (S29).
struct DoneCallback {
  std::function<void(Future&)> run;
  std::string label;                ///< names the handle in traces
  TaskId wakes = {};                ///< the task whose wake-up this is, if it is one
  Ref<CallbackSource> source = {};  ///< what it calls, for messages; null: the label says it
};

/// TypeError when `future` is null, as asyncio's for what is no future.
void check_future(const Ref<Future>& future);

/// A result that will be there later. Loop thread only. Emits `future.created` and
/// `future.done` (a Task emits task events instead). Made by make_ref only. May outlive
/// its loop: then it still takes a result, but runs no callbacks. When the last reference
/// goes while an error is stored that nobody asked for, the loop's exception handler hears
/// of it ('Future exception was never retrieved', S78).
class Future : public RefCounted {
 public:
  enum class State { pending, finished, cancelled };
  /// Identifies a registered callback; never reused within a future.
  using CallbackId = std::uint64_t;

  /// `made_at` is the place that debug mode shows; null: where the program stands.
  explicit Future(EventLoop& loop, std::string_view label = "Future",
                  const char* made_at = made_at::kCreateFuture);
  ~Future() override;

  /// Its loop, which must be alive.
  EventLoop& loop() const { return *anchor_->loop; }
  bool loop_is_alive() const { return anchor_->loop != nullptr; }
  /// 0 for tasks.
  FutureId id() const { return id_; }
  State state() const { return state_; }
  bool done() const { return state_ != State::pending; }
  bool cancelled() const { return state_ == State::cancelled; }

  /// The value; throws the stored error, CancelledError, or InvalidStateError when pending.
  const AnyValue& result();
  /// The stored error or null; throws like result() when cancelled or pending.
  std::exception_ptr exception();
  /// The error as stored, null when none; never throws and does not count as retrieved.
  std::exception_ptr stored_error() const { return error_; }

  /// False while an error is stored that nobody has asked for (S78).
  bool error_retrieved() const { return retrieved_; }

  /// InvalidStateError ("invalid state") when done already; RuntimeError on tasks; TypeError for
  /// a StopIteration and for null.
  void set_result(AnyValue value);
  void set_exception(std::exception_ptr error);
  /// False when done already; else cancelled, and callbacks are queued (S33).
  virtual bool cancel(std::optional<std::string> message = {});

  /// One call_soon each in order of registration when done; at once when already done.
  CallbackId add_done_callback(DoneCallback callback);
  bool remove_done_callback(CallbackId id);

  /// What a task that awaits this future waits on, for `task.suspended`.
  virtual make::WaitsOn waits_on() const { return waits_on_; }
  void set_waits_on(make::WaitsOn on) { waits_on_ = on; }

  /// The error that result() throws for a cancelled future: the first time the one that
  /// ended it, later ones are made anew, as in CPython.
  std::exception_ptr cancelled_error() const;

  /// The message given to cancel(): of one that is cancelled, or of a task that is going to be.
  const std::optional<std::string>& cancel_message() const { return cancel_message_; }

  /// As Python's repr: `<Future pending cb=[Task.task_wakeup()]>`, `<Future finished result=1>`.
  std::string repr() const { return repr_with(outcome_text()); }
  /// The same with `outcome` (" result=1") in place of what the core would say of it.
  std::string repr_with(const std::string& outcome) const;
  /// The same without callbacks and what it waits for, for traces.
  std::string brief() const;
  /// The value as stored; never throws and does not count as retrieved.
  const AnyValue& stored_value() const { return value_; }
  /// At the program's end: what last_reference_gone would say of it, once (S78).
  void speak() {
    if (!spoken_) say_last_words();
  }
  /// It has said, or will never say, its last words.
  void stay_silent() { spoken_ = true; }
  /// The class as Python names it.
  virtual std::string_view class_name() const { return "Future"; }
  /// Where it was made, in debug mode; else null.
  const Ref<Creation>& creation() const { return creation_; }
  /// This as a task, or null.
  virtual Task* as_task() { return nullptr; }

 protected:
  struct AsTask {};
  Future(EventLoop& loop, AsTask, const char* made_at);  ///< no id, no future events

  void finish(AnyValue value);
  void fail(std::exception_ptr error);
  /// What cancelled_error() is to say, should there be one.
  void remember_cancel_message(std::optional<std::string> message) { cancel_message_ = std::move(message); }
  /// `error`, when given, is what the first result() throws.
  void finish_cancelled(std::optional<std::string> message, std::exception_ptr error = nullptr);
  /// Emits the event that says how this ended. `value` is the repr of the result or error.
  virtual void emit_done(EventLoop& loop, Outcome outcome, const std::string& value);
  /// Drops whatever could keep this future alive in a circle; it will never be done, and says
  /// nothing when it goes.
  virtual void abandon();
  void last_reference_gone() override;
  /// Tells the loop what is wrong with a future that goes (S78); the loop is there.
  virtual void say_last_words();
  /// What stands between the class and the outcome in the repr: name, coroutine.
  virtual std::string repr_details() const { return {}; }
  virtual std::string state_text() const;

  Ref<LoopAnchor> anchor_;

 private:
  friend class FutureRegistry;
  struct Registered {
    CallbackId id;
    DoneCallback callback;
  };

  void settle(Outcome outcome);
  void call_soon(EventLoop& loop, DoneCallback callback);
  std::string settled_value(Outcome outcome) const;
  std::string outcome_text() const;
  std::string callbacks_text() const;
  void retrieve();

  FutureId id_;
  State state_ = State::pending;
  bool retrieved_ = true;
  bool spoken_ = false;
  Ref<Creation> creation_;
  AnyValue value_;
  std::exception_ptr error_;
  std::optional<std::string> cancel_message_;
  mutable std::exception_ptr cancelled_by_;
  std::vector<Registered> callbacks_;
  CallbackId next_callback_ = 1;
  make::WaitsOn waits_on_;
  Future* older_ = nullptr;  // in the loop's registry of pending futures
  Future* newer_ = nullptr;
  bool registered_ = false;
};

}  // namespace loopscope

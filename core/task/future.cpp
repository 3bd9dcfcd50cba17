#include "core/task/future.h"

#include <algorithm>
#include <utility>

#include "core/task/future_registry.h"
#include "core/task/task.h"

namespace loopscope {
namespace {

[[noreturn]] void invalid_state(std::string message) {
  throw CoreError(CoreError::Type::InvalidStateError, std::move(message));
}

}  // namespace

Future::Future(EventLoop& loop, std::string_view label) : Future(loop, AsTask{}) {
  id_ = loop.tracer().ids().next_future();
  waits_on_ = {WaitKind::future, id_.value, {}};
  loop.tracer().emit(make::future_created(loop.id(), id_, loop.tracer().label(label)));
}

Future::Future(EventLoop& loop, AsTask) : anchor_(loop.anchor()) { FutureRegistry::of(loop).add(*this); }

Future::~Future() {
  if (registered_) FutureRegistry::of(loop()).remove(*this);
}

const AnyValue& Future::result() {
  if (cancelled()) std::rethrow_exception(cancelled_error());
  if (!done()) invalid_state("Result is not set.");
  retrieved_ = true;
  if (error_) std::rethrow_exception(error_);
  return value_;
}

std::exception_ptr Future::exception() {
  if (cancelled()) std::rethrow_exception(cancelled_error());
  if (!done()) invalid_state("Exception is not set.");
  retrieved_ = true;
  return error_;
}

std::exception_ptr Future::cancelled_error() const {
  if (cancelled_by_) return std::exchange(cancelled_by_, nullptr);
  return make_cancelled_error(cancel_message_);
}

void Future::set_result(AnyValue value) {
  if (as_task()) throw CoreError(CoreError::Type::RuntimeError, "Task does not support set_result operation");
  if (done()) invalid_state("invalid state");
  finish(std::move(value));
}

void Future::set_exception(std::exception_ptr error) {
  if (as_task())
    throw CoreError(CoreError::Type::RuntimeError, "Task does not support set_exception operation");
  if (done()) invalid_state("invalid state");
  fail(std::move(error));
}

bool Future::cancel(std::optional<std::string> message) {
  retrieved_ = true;
  if (done()) return false;
  finish_cancelled(std::move(message));
  return true;
}

Future::CallbackId Future::add_done_callback(DoneCallback callback) {
  const CallbackId id = next_callback_++;
  if (!done())
    callbacks_.push_back({id, std::move(callback)});
  else if (loop_is_alive())
    call_soon(loop(), std::move(callback));
  return id;
}

bool Future::remove_done_callback(CallbackId id) {
  return std::erase_if(callbacks_, [id](const Registered& r) { return r.id == id; }) > 0;
}

// --- ending

void Future::finish(AnyValue value) {
  value_ = std::move(value);
  state_ = State::finished;
  settle(Outcome::returned);
}

void Future::fail(std::exception_ptr error) {
  error_ = std::move(error);
  state_ = State::finished;
  retrieved_ = false;
  settle(Outcome::raised);
}

void Future::finish_cancelled(std::optional<std::string> message, std::exception_ptr error) {
  cancel_message_ = std::move(message);
  cancelled_by_ = std::move(error);
  state_ = State::cancelled;
  settle(Outcome::cancelled);
}

/// Says that this is done, and queues every callback in order of registration (S29).
void Future::settle(Outcome outcome) {
  const std::vector<Registered> callbacks = std::exchange(callbacks_, {});
  if (!loop_is_alive()) return;
  FutureRegistry::of(loop()).remove(*this);
  if (loop().tracer().enabled()) emit_done(loop(), outcome, settled_value(outcome));
  for (const Registered& registered : callbacks) call_soon(loop(), registered.callback);
}

std::string Future::settled_value(Outcome outcome) const {
  switch (outcome) {
    case Outcome::returned:
      return value_.repr();
    case Outcome::raised:
      return repr_of(error_);
    case Outcome::cancelled:
      break;
  }
  return {};
}

void Future::call_soon(EventLoop& loop, DoneCallback callback) {
  make::QueueReason reason{.cause = callback.wakes ? Cause::task_wakeup : Cause::future_callback,
                           .task = callback.wakes,
                           .future = id_};
  if (const Task* task = as_task()) reason.of_task = task->task_id();
  loop.call_soon([self = Ref<Future>(this), run = std::move(callback.run)] { run(*self); }, callback.label,
                 reason);
}

void Future::emit_done(EventLoop& loop, Outcome outcome, const std::string& value) {
  const TraceEvent event = make::future_done(loop.id(), id_, outcome);
  if (outcome == Outcome::cancelled)
    loop.tracer().emit(event);
  else
    loop.tracer().emit(event, {{TextField::value, value}});
}

void Future::abandon() { const std::vector<Registered> gone = std::exchange(callbacks_, {}); }

std::string Future::repr() const {
  if (cancelled()) return "<Future cancelled>";
  if (!done()) return "<Future pending>";
  return error_ ? "<Future finished exception=" + repr_of(error_) + ">"
                : "<Future finished result=" + value_.repr() + ">";
}

}  // namespace loopscope

#include "core/task/future.h"

#include <algorithm>
#include <utility>

#include "core/task/future_registry.h"
#include "core/task/task.h"

namespace loopscope {
namespace {

/// A done-callback on its way: its future is its argument.
class CalledWithFuture final : public CallbackSource {
 public:
  CalledWithFuture(Ref<CallbackSource> callback, Ref<Future> future)
      : callback_(std::move(callback)), future_(std::move(future)) {}
  std::string text() const override { return callback_->text_with(future_); }

 private:
  Ref<CallbackSource> callback_;
  Ref<Future> future_;
};

[[noreturn]] void invalid_state(std::string message) {
  throw CoreError(CoreError::Type::InvalidStateError, std::move(message));
}

}  // namespace

void check_future(const Ref<Future>& future) {
  if (!future)
    throw CoreError(CoreError::Type::TypeError, "An asyncio.Future, a coroutine or an awaitable is required");
}

Future::Future(EventLoop& loop, std::string_view label, const char* made_at)
    : Future(loop, AsTask{}, made_at) {
  id_ = loop.tracer().ids().next_future();
  waits_on_ = {WaitKind::future, id_.value, {}};
  loop.tracer().emit(make::future_created(loop.id(), id_, loop.tracer().label(label)));
}

Future::Future(EventLoop& loop, AsTask, const char* made_at)
    : anchor_(loop.anchor()), creation_(loop.creation(made_at)) {
  FutureRegistry::of(loop).add(*this);
}

Future::~Future() {
  if (registered_) FutureRegistry::of(loop()).remove(*this);
}

const AnyValue& Future::result() {
  if (cancelled()) std::rethrow_exception(cancelled_error());
  if (!done()) invalid_state("Result is not set.");
  retrieve();
  if (error_) std::rethrow_exception(error_);
  return value_;
}

std::exception_ptr Future::exception() {
  if (cancelled()) std::rethrow_exception(cancelled_error());
  if (!done()) invalid_state("Exception is not set.");
  retrieve();
  return error_;
}

/// Somebody has asked for the error. Until then the registry knows the future, though done.
void Future::retrieve() {
  retrieved_ = true;
  if (registered_ && done()) FutureRegistry::of(loop()).remove(*this);
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
  if (!error) throw CoreError(CoreError::Type::TypeError, "invalid exception object");
  if (type_name_of(error) == "StopIteration")
    throw CoreError(CoreError::Type::TypeError,
                    "StopIteration interacts badly with generators and cannot be raised into a Future");
  fail(std::move(error));
}

bool Future::cancel(std::optional<std::string> message) {
  retrieve();
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
  if (retrieved_) FutureRegistry::of(loop()).remove(*this);
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
  Ref<CallbackSource> source;
  if (callback.source) source = make_ref<CalledWithFuture>(std::move(callback.source), Ref<Future>(this));
  loop.call_soon([self = Ref<Future>(this), run = std::move(callback.run)] { run(*self); }, callback.label,
                 reason, std::move(source));
}

void Future::emit_done(EventLoop& loop, Outcome outcome, const std::string& value) {
  const TraceEvent event = make::future_done(loop.id(), id_, outcome);
  if (outcome == Outcome::cancelled)
    loop.tracer().emit(event);
  else
    loop.tracer().emit(event, {{TextField::value, value}});
}

void Future::abandon() {
  stay_silent();
  const std::vector<Registered> gone = std::exchange(callbacks_, {});
}

void Future::last_reference_gone() {
  const bool speaks = !spoken_ && loop_is_alive() && (!done() || !retrieved_);
  if (!speaks || dies_after([this] { say_last_words(); })) delete this;
}

void Future::say_last_words() {
  if (!done() || retrieved_) return;
  stay_silent();
  try {
    loop().report({.message = std::string(class_name()) + " exception was never retrieved",
                   .error = error_,
                   .key = "future",
                   .subject = Ref<RefCounted>(this),
                   .subject_text = repr(),
                   .creation = creation_,
                   .rule = "never_retrieved"});
  } catch (...) {  // nobody is there to catch it
  }
}

// --- repr

std::string Future::state_text() const { return cancelled() ? "cancelled" : done() ? "finished" : "pending"; }

std::string Future::outcome_text() const {
  if (!done() || cancelled()) return "";
  return error_ ? " exception=" + repr_of(error_) : " result=" + value_.repr();
}

std::string Future::callbacks_text() const {
  if (callbacks_.empty()) return "";
  const auto text = [](const Registered& r) {
    if (r.callback.wakes) return std::string("Task.task_wakeup()");
    return r.callback.source ? r.callback.source->text() : callback_source_text(r.callback.label);
  };
  std::string shown = text(callbacks_.front());
  if (callbacks_.size() > 2) shown += ", <" + std::to_string(callbacks_.size() - 2) + " more>";
  if (callbacks_.size() > 1) shown += ", " + text(callbacks_.back());
  return " cb=[" + shown + "]";
}

std::string Future::brief() const {
  return "<" + std::string(class_name()) + " " + state_text() + repr_details() + ">";
}

/// Without recursion: tasks can wait for each other in long chains, and in circles.
std::string Future::repr_with(const std::string& outcome) const {
  std::string head;
  std::vector<std::string> ends;
  std::vector<const Future*> shown;
  constexpr std::size_t kMostShown = 250;  // CPython's own repr ends in a RecursionError there
  for (const Future* at = this; at;) {
    if (shown.size() == kMostShown || std::find(shown.begin(), shown.end(), at) != shown.end()) {
      head += "...";
      break;
    }
    shown.push_back(at);
    head += "<" + std::string(at->class_name()) + " " + at->state_text() + at->repr_details();
    std::string end = (at == this ? outcome : at->outcome_text()) + at->callbacks_text();
    if (at->creation_) end += " created at " + at->creation_->place;
    ends.push_back(end + ">");
    const Task* task = const_cast<Future*>(at)->as_task();
    at = task ? task->waiter().get() : nullptr;
    if (at) head += " wait_for=";
  }
  for (auto end = ends.rbegin(); end != ends.rend(); ++end) head += *end;
  return head;
}

}  // namespace loopscope

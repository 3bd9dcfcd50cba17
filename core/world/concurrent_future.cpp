#include "core/world/concurrent_future.h"

#include <utility>

#include "core/trace/events.h"

namespace loopscope::concurrent {

Future::Future(World world, Tracer& tracer, JobId job)
    : world_(world), tracer_(tracer), job_(job), changed_(world, "Future.result") {}

std::string_view Future::state_name() const {
  constexpr std::string_view kNames[] = {"pending", "running", "cancelled", "cancelled", "finished"};
  return kNames[static_cast<int>(state_)];
}

// --- asking

void Future::wait(std::optional<double> timeout) {
  const Ref<Future> keep(this);
  if (!done()) changed_.wait(timeout);
  if (cancelled()) throw FutureError(FutureError::Type::CancelledError);
  if (!done()) throw CoreError(CoreError::Type::TimeoutError);
}

const AnyValue& Future::result(std::optional<double> timeout) {
  wait(timeout);
  if (error_) std::rethrow_exception(error_);
  return value_;
}

std::exception_ptr Future::exception(std::optional<double> timeout) {
  wait(timeout);
  return error_;
}

void Future::add_done_callback(DoneCallback callback) {
  if (done())
    call(callback);
  else
    callbacks_.push_back(std::move(callback));
}

// --- ending

bool Future::cancel() {
  if (cancelled()) return true;
  if (state_ != State::pending) return false;
  state_ = State::cancelled;
  finish(Outcome::cancelled);
  return true;
}

bool Future::set_running_or_notify_cancel() {
  if (cancelled()) {
    state_ = State::cancelled_and_notified;
    return false;
  }
  if (state_ != State::pending) throw CoreError(CoreError::Type::RuntimeError, "Future in unexpected state");
  state_ = State::running;
  return true;
}

void Future::check_not_done() const {
  if (!done()) return;
  const bool notified = state_ == State::cancelled_and_notified;
  const std::string state = state_ == State::finished ? "FINISHED"
                            : notified                ? "CANCELLED_AND_NOTIFIED"
                                                      : "CANCELLED";
  throw FutureError(FutureError::Type::InvalidStateError,
                    state + ": <Future state=" + std::string(state_name()) + ">");
}

void Future::set_result(AnyValue value) {
  check_not_done();
  value_ = std::move(value);
  state_ = State::finished;
  finish(Outcome::returned);
}

void Future::set_exception(std::exception_ptr error) {
  check_not_done();
  error_ = std::move(error);
  state_ = State::finished;
  finish(Outcome::raised);
}

void Future::finish(Outcome outcome) {
  const Ref<Future> keep(this);
  if (job_) tracer_.emit(make::job_end(job_, outcome));
  changed_.notify_all();
  // One that a callback adds is called at once. All stay, as in CPython, and what they hold with them.
  for (const DoneCallback& callback : callbacks_) call(callback);
}

void Future::call(const DoneCallback& callback) {
  try {
    callback(*this);
  } catch (const RunEnded&) {
    throw;
  } catch (...) {
    const std::exception_ptr error = std::current_exception();
    if (category_of(error) != ErrorCategory::ordinary || !report_) throw;
    report_(error);
  }
}

}  // namespace loopscope::concurrent

#include "core/task/timeout.h"

#include <array>
#include <charconv>

#include "core/base/repr.h"

namespace loopscope {
namespace {

/// assert, as Python's: without a message.
void assert_that(bool holds) {
  if (!holds) throw CoreError(CoreError::Type::AssertionError);
}

/// round(seconds, 3): to_chars rounds as Python does, by the number's exact value.
double rounded(double seconds) {
  std::array<char, 400> digits;
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), seconds, std::chars_format::fixed, 3);
  std::from_chars(digits.data(), end.ptr, seconds);
  return seconds;
}

}  // namespace

std::string_view Timeout::state_name() const {
  switch (state_) {
    case State::created:
      return "created";
    case State::active:
      return "active";
    case State::expiring:
      return "expiring";
    case State::expired:
      return "expired";
    case State::finished:
      return "finished";
  }
  return "?";
}

std::string Timeout::repr() const {
  std::string text = "<Timeout [" + std::string(state_name()) + "]";
  if (state_ == State::active)
    text += " when=" + (when_ ? repr_of_number(rounded(*when_)) : std::string("None"));
  return text + ">";
}

void Timeout::enter(Ref<Task> task) {
  state_ = State::active;
  task_ = std::move(task);
  if (!task_) throw CoreError(CoreError::Type::RuntimeError, "Timeout should be used inside a task");
  reschedule(when_);
}

void Timeout::reschedule(std::optional<double> when) {
  assert_that(state_ != State::created);
  if (state_ != State::active)
    throw CoreError(CoreError::Type::RuntimeError,
                    "Cannot change state of " + std::string(state_name()) + " Timeout");
  when_ = when;
  if (timer_) timer_->cancel();
  timer_ = nullptr;
  if (!when) return;
  EventLoop& loop = task_->loop();
  const Callback expire = [self = Ref<Timeout>(this)] { self->on_timeout(); };
  timer_ = *when <= loop.time() ? loop.call_soon(expire, "_on_timeout")
                                : loop.call_at(*when, expire, "_on_timeout");
}

void Timeout::on_timeout() {
  assert_that(state_ == State::active);
  task_->cancel();
  state_ = State::expiring;
  timer_ = nullptr;
}

void Timeout::exit(const std::exception_ptr& error) {
  assert_that(state_ == State::active || state_ == State::expiring);
  if (const Ref<Handle> timer = std::exchange(timer_, nullptr)) timer->cancel();
  if (state_ == State::active) {
    state_ = State::finished;
    return;
  }
  state_ = State::expired;
  if (task_->uncancel() == 0 && error && is_cancellation(error))
    throw CoreError(CoreError::Type::TimeoutError);
}

}  // namespace loopscope

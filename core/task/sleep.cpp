#include <utility>

#include "core/base/repr.h"
#include "core/task/helpers.h"

namespace loopscope {
namespace {

/// Cancels a timer when the sleep ends, however it ends; one that ran does not notice (S31).
class CancelAtExit {
 public:
  explicit CancelAtExit(Ref<Handle> timer) : timer_(std::move(timer)) {}
  ~CancelAtExit() { timer_->cancel(); }
  CancelAtExit(const CancelAtExit&) = delete;
  CancelAtExit& operator=(const CancelAtExit&) = delete;

 private:
  Ref<Handle> timer_;
};

}  // namespace

Coroutine<AnyValue> sleep(double delay, AnyValue result) {
  if (delay <= 0) {
    co_await Yield{};
    co_return result;
  }
  StepContext here = co_await ThisStep{};
  if (!here.loop.model().has_timers_and_selector()) {
    const double when = here.loop.time() + delay;  // asks the clock once a turn
    while (here.loop.time() < when) co_await Yield{};
    co_return result;
  }
  const std::string label = "sleep(" + short_number(delay) + ")";
  Ref<Future> future = make_ref<Future>(here.loop, label);
  Ref<Handle> timer = here.loop.call_later(
      delay,
      [future, result] {
        if (!future->cancelled()) future->set_result(result);
      },
      label);
  future->set_waits_on({WaitKind::sleep, timer->id().value, {}});
  const CancelAtExit cancel(timer);
  AnyValue slept = co_await future;
  co_return slept;
}

}  // namespace loopscope

#include <utility>

#include "core/base/repr.h"
#include "core/task/at_exit.h"
#include "core/task/helpers.h"

namespace loopscope {

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

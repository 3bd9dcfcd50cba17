#pragma once

#include <string_view>

#include "core/task/future.h"

namespace loopscope {

/// A private future that a helper waits on; `kind` and its own id are what the trace shows.
inline Ref<Future> make_waiter(EventLoop& loop, WaitKind kind, std::string_view label) {
  Ref<Future> waiter = make_ref<Future>(loop, label);
  waiter->set_waits_on({kind, waiter->id().value, {}});
  return waiter;
}

/// Ends the waiting, unless it has ended.
inline void release_waiter(Future& waiter) {
  if (!waiter.done()) waiter.set_result({});
}

}  // namespace loopscope

#include "core/loop/handle.h"

#include <utility>

#include "core/loop/event_loop.h"

namespace loopscope {

void Handle::cancel() {
  if (cancelled_) return;
  cancelled_ = true;
  if (anchor_->loop) anchor_->loop->on_cancelled(*this);
  // Destroyed last: what it held may be the last owner of much, this handle included.
  const Callback dropped = std::exchange(callback_, nullptr);
}

}  // namespace loopscope

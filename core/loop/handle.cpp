#include "core/loop/handle.h"

#include <utility>

#include "core/base/asyncio_source.h"
#include "core/base/repr.h"
#include "core/loop/event_loop.h"

namespace loopscope {

void Handle::cancel() {
  if (cancelled_) return;
  cancelled_ = true;
  if (anchor_->loop) {
    if (anchor_->loop->debug()) debug_repr_ = repr();
    anchor_->loop->on_cancelled(*this);
  }
  // Destroyed last: what they held may be the last owner of much, this handle included.
  const Callback dropped = std::exchange(callback_, nullptr);
  const Ref<CallbackSource> source = std::exchange(source_, nullptr);
}

std::string Handle::callback_text() const {
  if (source_) return source_->text();
  return anchor_->loop ? callback_source_text(anchor_->loop->tracer().label_text(label_)) : "";
}

std::string Handle::repr() const {
  if (!debug_repr_.empty()) return debug_repr_;
  std::string text = is_timer_ ? "<TimerHandle" : "<Handle";
  if (cancelled_) text += " cancelled";
  if (is_timer_) text += " when=" + repr_of_number(when_);
  const bool has_callback = source_ ? source_->is_something() : !cancelled_ || callback_;
  if (has_callback) text += " " + callback_text();
  if (creation_) text += " created at " + creation_->place;
  return text + ">";
}

}  // namespace loopscope

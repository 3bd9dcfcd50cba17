#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "core/base/creation.h"
#include "core/base/ids.h"
#include "core/base/ref.h"
#include "core/loop/loop_anchor.h"
#include "core/trace/events.h"

namespace loopscope {

class EventLoop;

using Callback = std::function<void()>;

/// What a handle calls, for messages and reprs. Lives as long as the handle is not cancelled.
class CallbackSource : public RefCounted {
 public:
  /// "fail('a') at FILE:3", as asyncio writes it.
  virtual std::string text() const = 0;
  /// The same with `argument`, a future that is handed to it.
  virtual std::string text_with(const Ref<RefCounted>&) const { return text(); }
  /// False: the callback is Python's None, which a handle's repr leaves out.
  virtual bool is_something() const { return true; }
};

/// A callback with its place in a loop: what `call_soon` and its kin return.
/// Cancelling is idempotent and cannot be undone; it has no effect on a callback that
/// runs or has run (S14, S15). A callback is dropped when it has run. Loop thread only;
/// may outlive its loop.
class Handle : public RefCounted {
 public:
  HandleId id() const { return id_; }
  LabelId label() const { return label_; }
  bool cancelled() const { return cancelled_; }
  /// The deadline in loop seconds; none for handles that never were timers.
  std::optional<double> when() const { return is_timer_ ? std::optional(when_) : std::nullopt; }
  /// What it calls, as asyncio writes it: "fail('a') at FILE:3".
  std::string callback_text() const;
  /// Null when it was cancelled, or made by C++ code.
  const Ref<CallbackSource>& source() const { return source_; }
  /// As Python's repr: `<Handle fail('a') at FILE:3>`, `<TimerHandle cancelled when=2.0>`.
  std::string repr() const;
  /// Where it was made, in debug mode; else null.
  const Ref<Creation>& creation() const { return creation_; }

  /// Marks the handle cancelled and drops its callback. In the heap: `timer.cancelled`
  /// and one more cancelled timer (S14). Waiting in the ready queue or registered for
  /// I/O: `handle.cancelled`; its slot in the snapshot is used all the same (S10).
  void cancel();

 private:
  friend class EventLoop;
  friend class TimerHeap;
  friend class ReadyQueue;
  Handle(Ref<LoopAnchor> anchor, HandleId id, LabelId label, Callback callback)
      : anchor_(std::move(anchor)), id_(id), label_(label), callback_(std::move(callback)) {}

  Ref<LoopAnchor> anchor_;
  HandleId id_;
  LabelId label_;
  TaskId step_of_;  // whose step it was queued for
  Callback callback_;
  Ref<CallbackSource> source_;
  Ref<Creation> creation_;
  std::string debug_repr_;  // of a handle that was cancelled in debug mode
  double when_ = 0;
  std::uint32_t ready_count_ = 0;  // places in the ready queue; an I/O handle can have several (S6)
  bool is_timer_ = false;
  bool in_heap_ = false;
  bool is_io_ = false;
  bool cancelled_ = false;
};

}  // namespace loopscope

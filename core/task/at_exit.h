#pragma once

#include <utility>

#include "core/loop/handle.h"
#include "core/task/future.h"

/// What a coroutine does on leaving a scope, however it is left: Python's `finally`.
namespace loopscope {

/// Cancels a timer; one that ran does not notice (S31).
class CancelAtExit {
 public:
  /// Does nothing when `timer` is null.
  explicit CancelAtExit(Ref<Handle> timer) : timer_(std::move(timer)) {}
  ~CancelAtExit() {
    if (timer_) timer_->cancel();
  }
  CancelAtExit(const CancelAtExit&) = delete;
  CancelAtExit& operator=(const CancelAtExit&) = delete;

 private:
  Ref<Handle> timer_;
};

/// Adds a done-callback, and removes it.
class RemoveAtExit {
 public:
  RemoveAtExit(Ref<Future> future, DoneCallback callback)
      : future_(std::move(future)), id_(future_->add_done_callback(std::move(callback))) {}
  ~RemoveAtExit() { future_->remove_done_callback(id_); }
  RemoveAtExit(const RemoveAtExit&) = delete;
  RemoveAtExit& operator=(const RemoveAtExit&) = delete;

 private:
  Ref<Future> future_;
  Future::CallbackId id_;
};

/// Runs `action`. An error of it is lost, as one in a destroyed coroutine is.
template <class Action>
class AtExit {
 public:
  explicit AtExit(Action action) : action_(std::move(action)) {}
  ~AtExit() {
    try {
      action_();
    } catch (const ProgramError&) {
    }
  }
  AtExit(const AtExit&) = delete;
  AtExit& operator=(const AtExit&) = delete;

 private:
  Action action_;
};

}  // namespace loopscope

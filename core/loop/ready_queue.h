#pragma once

#include <cstddef>
#include <deque>

#include "core/loop/handle.h"

namespace loopscope {

/// The handles that run next, first in, first out (S15). Loop thread only.
class ReadyQueue {
 public:
  bool empty() const { return handles_.empty(); }
  std::size_t size() const { return handles_.size(); }

  void push(Ref<Handle> handle) {
    ++handle->ready_count_;
    handles_.push_back(std::move(handle));
  }
  /// Takes the handle that has waited longest, cancelled or not. Must not be empty.
  Ref<Handle> pop() {
    Ref<Handle> handle = std::move(handles_.front());
    handles_.pop_front();
    --handle->ready_count_;
    return handle;
  }

 private:
  std::deque<Ref<Handle>> handles_;
};

}  // namespace loopscope

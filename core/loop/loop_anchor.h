#pragma once

#include "core/base/ref.h"

namespace loopscope {

class EventLoop;

/// Where a loop is, for objects that may outlive it (handles, futures, tasks): `loop`
/// is null once the loop is gone.
struct LoopAnchor final : RefCounted {
  explicit LoopAnchor(EventLoop* at) : loop(at) {}
  EventLoop* loop;
};

}  // namespace loopscope

#pragma once

#include <string>

#include "core/task/coroutine.h"
#include "core/world/sockets.h"

namespace loopscope {

/// The address of `host`: at once when it is a number.
Coroutine<SocketAddress> ensure_resolved(EventLoop& loop, std::string host, std::uint16_t port);

std::string trace_repr(const SocketAddress& address);

}  // namespace loopscope

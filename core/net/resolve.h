#pragma once

#include <string>

#include "core/task/coroutine.h"
#include "core/world/sockets.h"

namespace loopscope {

/// The address of `host`: at once when it is a number, else by a job of the loop's default
/// executor, as getaddrinfo blocks. OsError name_not_known.
Coroutine<SocketAddress> ensure_resolved(EventLoop& loop, std::string host, std::uint16_t port);

std::string trace_repr(const SocketAddress& address);

}  // namespace loopscope

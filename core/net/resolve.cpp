#include "core/net/resolve.h"

namespace loopscope {

Coroutine<SocketAddress> ensure_resolved(EventLoop&, std::string host, std::uint16_t port) {
  co_return SocketAddress{resolve_host(host), port};
}

std::string trace_repr(const SocketAddress& address) { return address.repr(); }

}  // namespace loopscope

#include "core/net/resolve.h"

#include <utility>

#include "core/base/repr.h"
#include "core/task/executor_bridge.h"

namespace loopscope {

Coroutine<SocketAddress> ensure_resolved(EventLoop& loop, std::string host, std::uint16_t port) {
  if (is_numeric_host(host)) co_return SocketAddress{host, port};
  concurrent::Job job;
  job.label =
      "getaddrinfo(" + (host.empty() ? "None" : repr_of_text(host)) + ", " + std::to_string(port) + ")";
  job.run = [host, port] { return AnyValue(SocketAddress{resolve_host(host), port}); };
  Ref<Future> resolved = run_in_executor(loop, {}, std::move(job));
  AnyValue address = co_await resolved;
  co_return *address.get_if<SocketAddress>();
}

std::string trace_repr(const SocketAddress& address) { return address.repr(); }

}  // namespace loopscope

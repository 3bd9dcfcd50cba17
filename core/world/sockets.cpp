#include "core/world/sockets.h"

#include "core/base/os_error.h"

namespace loopscope {

std::string SocketAddress::repr() const { return "('" + host + "', " + std::to_string(port) + ")"; }

bool is_numeric_host(std::string_view host) {
  int parts = 0;
  std::size_t at = 0;
  for (;;) {
    int value = 0;
    const std::size_t begin = at;
    while (at < host.size() && host[at] >= '0' && host[at] <= '9' && at - begin < 4)
      value = value * 10 + (host[at++] - '0');
    const bool leading_zero = at - begin > 1 && host[begin] == '0';
    if (at == begin || at - begin > 3 || value > 255 || leading_zero) return false;
    if (++parts == 4) return at == host.size();
    if (at == host.size() || host[at++] != '.') return false;
  }
}

std::string resolve_host(const std::string& host) {
  if (host.empty()) return "0.0.0.0";
  if (host == "localhost") return "127.0.0.1";
  if (is_numeric_host(host)) return host;
  throw OsError(Errno::name_not_known);
}

}  // namespace loopscope

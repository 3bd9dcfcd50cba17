#pragma once

#include <string>

#include "core/net/bytes.h"
#include "core/task/coroutine.h"
#include "core/world/socket.h"

/// The loop's own socket calls: completion instead of readiness. Each tries the system
/// call first and suspends only when that would block (S63). In debug mode the socket must
/// be non-blocking (ValueError).
namespace loopscope {

/// loop.sock_recv: at most `most` bytes; empty at the end of file.
Coroutine<Bytes> sock_recv(EventLoop& loop, Ref<Socket> socket, std::size_t most);
/// loop.sock_sendall.
Coroutine<> sock_sendall(EventLoop& loop, Ref<Socket> socket, std::string data);
/// loop.sock_connect: even on the loopback it takes two iterations (S65). OsError
/// "Connect call failed ('127.0.0.1', 80)" when it fails.
Coroutine<> sock_connect(EventLoop& loop, Ref<Socket> socket, std::string host, std::uint16_t port);

struct AcceptedSocket {
  Ref<Socket> socket;
  SocketAddress address;
};
std::string trace_repr(const AcceptedSocket& accepted);
/// loop.sock_accept: the connection, made non-blocking, and the other end's address.
Coroutine<AcceptedSocket> sock_accept(EventLoop& loop, Ref<Socket> socket);

}  // namespace loopscope

#include "core/net/open_connection.h"

#include <utility>

#include "core/net/resolve.h"
#include "core/net/sock_calls.h"

namespace loopscope {
namespace {

/// A reader, and the protocol that will feed it.
struct Ends {
  Ref<StreamReader> reader;
  Ref<StreamProtocol> protocol;
};

Ends make_ends(EventLoop& loop, std::int64_t limit) {
  const Ref<StreamReader> reader = make_ref<StreamReader>(loop, limit);
  return {reader, make_ref<StreamProtocol>(loop, reader)};
}

Coroutine<Ref<Socket>> connected_socket(EventLoop& loop, SocketAddress address) {
  Ref<Socket> socket = make_ref<Socket>(loop.world().network);
  socket->set_blocking(false);
  try {
    co_await sock_connect(loop, socket, address.host, address.port);
  } catch (...) {
    socket->close();
    throw;
  }
  co_return socket;
}

Coroutine<Streams> over(EventLoop& loop, Ref<Socket> socket, Ends ends) {
  socket->set_blocking(false);
  Ref<Future> waiter = make_ref<Future>(loop, "waiter");
  Ref<SocketTransport> transport = make_ref<SocketTransport>(loop, std::move(socket), ends.protocol, waiter);
  try {
    co_await waiter;
  } catch (...) {
    transport->close();
    throw;
  }
  Streams streams;
  streams.reader = ends.reader;
  streams.writer = make_ref<StreamWriter>(loop, transport, ends.protocol, ends.reader);
  co_return streams;
}

}  // namespace

std::string trace_repr(const Streams& streams) {
  return "(" + streams.reader->repr() + ", " + streams.writer->repr() + ")";
}

Coroutine<Streams> open_connection(EventLoop& loop, std::string host, std::uint16_t port,
                                   std::int64_t limit) {
  Ends ends = make_ends(loop, limit);
  SocketAddress address = co_await ensure_resolved(loop, std::move(host), port);
  Ref<Socket> socket = co_await connected_socket(loop, address);
  Coroutine<Streams> rest = over(loop, std::move(socket), std::move(ends));
  Streams streams = co_await std::move(rest);
  co_return streams;
}

Coroutine<Streams> open_connection(EventLoop& loop, Ref<Socket> socket, std::int64_t limit) {
  Ends ends = make_ends(loop, limit);
  Coroutine<Streams> rest = over(loop, std::move(socket), std::move(ends));
  Streams streams = co_await std::move(rest);
  co_return streams;
}

}  // namespace loopscope

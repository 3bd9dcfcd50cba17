#include "core/net/sock_calls.h"

#include <utility>

#include "core/net/resolve.h"
#include "core/net/transports.h"

namespace loopscope {
namespace {

void check_non_blocking(EventLoop& loop, const Socket& socket) {
  if (loop.debug() && socket.is_blocking())
    throw CoreError(CoreError::Type::ValueError, "the socket must be non-blocking");
}

/// What `call` gives, or nothing when it would block.
template <class Call>
auto unless_it_blocks(Call call) -> std::optional<decltype(call())> {
  try {
    return call();
  } catch (const OsError& error) {
    if (!error.would_block()) throw;
    return std::nullopt;
  }
}

/// Completes `future` by `call`, run when the descriptor is ready; later when it would
/// block after all. A second report in the iteration of the completion does nothing (S64).
template <class Call>
Callback completing(Ref<Future> future, Call call) {
  return [future = std::move(future), call = std::move(call)] {
    if (future->done()) return;
    try {
      auto result = unless_it_blocks(call);
      if (!result) return;
      if constexpr (std::is_same_v<decltype(call()), bool>)
        future->set_result({});
      else
        future->set_result(AnyValue(std::move(*result)));
    } catch (const RunEnded&) {
      throw;
    } catch (...) {
      if (leaves_the_loop(std::current_exception())) throw;
      future->set_exception(std::current_exception());
    }
  };
}

Ref<Future> future_of_fd(EventLoop& loop, const char* label, const Socket& socket) {
  Ref<Future> future = make_ref<Future>(loop, label);
  future->set_waits_on({WaitKind::io, socket.fileno().value_or(0), {}});
  return future;
}

/// Watches until `future` is done: its first callback removes the watch (S63).
void watch_until_done(EventLoop& loop, const Ref<Future>& future, Fd fd, std::uint8_t direction,
                      Callback callback, const char* label) {
  const bool reads = direction == kReadable;
  const std::string shown = std::to_string(fd);
  const Ref<Handle> handle = reads ? add_reader(loop, fd, shown, std::move(callback), label)
                                   : add_writer(loop, fd, shown, std::move(callback), label);
  future->add_done_callback({[handle, fd, reads, shown](Future& done) {
                               if (handle->cancelled()) return;
                               if (reads)
                                 remove_reader(done.loop(), fd, shown);
                               else
                                 remove_writer(done.loop(), fd, shown);
                             },
                             reads ? "_sock_read_done" : "_sock_write_done"});
}

/// How far a sock_sendall has come.
struct Sending {
  std::string data;
  std::size_t sent = 0;
};

/// True when all is sent; none: the rest waits for room.
std::optional<bool> send_more(Socket& socket, Sending& sending) {
  sending.sent += socket.send(std::string_view(sending.data).substr(sending.sent));
  if (sending.sent < sending.data.size()) return std::nullopt;
  return true;
}

}  // namespace

std::string trace_repr(const AcceptedSocket& accepted) {
  const std::optional<Fd> fd = accepted.socket->fileno();
  return "(<socket fd=" + (fd ? std::to_string(*fd) : "-1") + ">, " + accepted.address.repr() + ")";
}

Coroutine<Bytes> sock_recv(EventLoop& loop, Ref<Socket> socket, std::size_t most) {
  check_non_blocking(loop, *socket);
  const auto call = [socket, most] { return Bytes{socket->receive(most)}; };
  std::optional<Bytes> at_once = unless_it_blocks(call);
  if (at_once) co_return std::move(*at_once);
  Ref<Future> future = future_of_fd(loop, "sock_recv", *socket);
  watch_until_done(loop, future, socket->fd(), kReadable, completing(future, call), "_sock_recv");
  AnyValue received = co_await future;
  co_return *received.get_if<Bytes>();
}

Coroutine<> sock_sendall(EventLoop& loop, Ref<Socket> socket, std::string data) {
  check_non_blocking(loop, *socket);
  auto sending = std::make_shared<Sending>();
  sending->data = std::move(data);
  const auto first = unless_it_blocks([&] { return send_more(*socket, *sending); });
  if ((first && *first) || sending->data.empty()) co_return;
  Ref<Future> future = future_of_fd(loop, "sock_sendall", *socket);
  const auto go_on = [future, socket, sending] {
    if (future->done()) return;
    try {
      const auto sent = unless_it_blocks([&] { return send_more(*socket, *sending); });
      if (sent && *sent) future->set_result({});
    } catch (const OsError&) {
      future->set_exception(std::current_exception());
    }
  };
  watch_until_done(loop, future, socket->fd(), kWritable, go_on, "_sock_sendall");
  co_await future;
}

Coroutine<> sock_connect(EventLoop& loop, Ref<Socket> socket, std::string host, std::uint16_t port) {
  check_non_blocking(loop, *socket);
  const SocketAddress address = co_await ensure_resolved(loop, std::move(host), port);
  Ref<Future> future = future_of_fd(loop, "sock_connect", *socket);
  const auto connected = [socket, address]() -> bool {
    if (const std::optional<Errno> error = socket->take_error())
      throw OsError(*error, "Connect call failed " + address.repr());
    return true;
  };
  const Fd fd = socket->fileno().value_or(0);
  try {
    socket->connect(address);
    future->set_result({});
  } catch (const OsError& error) {
    if (!error.would_block())
      future->set_exception(std::current_exception());
    else
      watch_until_done(loop, future, fd, kWritable, completing(future, connected), "_sock_connect_cb");
  }
  co_await future;
}

namespace {

AcceptedSocket accept_from(Socket& listener) {
  const Sockets::Accepted accepted = listener.accept();
  AcceptedSocket result{make_ref<Socket>(listener.network(), accepted.fd), accepted.address};
  result.socket->set_blocking(false);
  return result;
}

/// CPython's _sock_accept: its own reader callback, which registers itself anew when the
/// connection is gone again.
void try_accept(EventLoop& loop, const Ref<Future>& future, const Ref<Socket>& socket) {
  const Fd fd = socket->fileno().value_or(0);
  try {
    AcceptedSocket accepted = accept_from(*socket);
    // Too late: cancelled meanwhile. The error's traceback keeps CPython's connection open.
    if (future->done()) accepted.socket->leave_open();
    future->set_result(AnyValue(std::move(accepted)));
  } catch (const OsError& error) {
    if (!error.would_block()) return future->set_exception(std::current_exception());
    const auto again = [&loop, future, socket] { try_accept(loop, future, socket); };
    watch_until_done(loop, future, fd, kReadable, again, "_sock_accept");
  }
}

}  // namespace

Coroutine<AcceptedSocket> sock_accept(EventLoop& loop, Ref<Socket> socket) {
  check_non_blocking(loop, *socket);
  Ref<Future> future = future_of_fd(loop, "sock_accept", *socket);
  try_accept(loop, future, socket);
  AnyValue accepted = co_await future;
  co_return *accepted.get_if<AcceptedSocket>();
}

}  // namespace loopscope

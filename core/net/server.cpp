#include "core/net/server.h"

#include <algorithm>
#include <utility>

#include "core/base/repr.h"
#include "core/net/resolve.h"
#include "core/net/sock_calls.h"
#include "core/task/helpers.h"

namespace loopscope {
namespace {

constexpr double kAcceptRetryDelay = 1;  // seconds

CoreError runtime_error(std::string message) {
  return CoreError(CoreError::Type::RuntimeError, std::move(message));
}

std::string shown_socket(const Socket& socket) {
  return "<asyncio.TransportSocket fd=" + std::to_string(socket.fd()) +
         ", family=2, type=1, proto=6, laddr=" + socket.local_address().repr() + ">";
}

}  // namespace

Server::Server(EventLoop& loop, std::vector<Ref<Socket>> sockets, MakeProtocol make_protocol, int backlog)
    : anchor_(loop.anchor()),
      sockets_(std::move(sockets)),
      make_protocol_(std::move(make_protocol)),
      backlog_(backlog) {}

// --- accepting

void Server::begin_serving() {
  if (std::exchange(serving_, true)) return;
  if (closed_) throw CoreError(CoreError::Type::TypeError, "'NoneType' object is not iterable");
  for (const Ref<Socket>& socket : sockets_) {
    socket->listen(backlog_);
    serve(socket);
  }
}

void Server::serve(const Ref<Socket>& listener) {
  loop().add_reader(
      listener->fd(), [self = Ref<Server>(this), listener] { self->accept_ready(listener); },
      "_accept_connection");
}

/// All that wait, at most a backlog of them: a task each (S66).
void Server::accept_ready(const Ref<Socket>& listener) {
  for (int i = 0; i < backlog_; ++i) {
    Sockets::Accepted accepted;
    try {
      accepted = listener->accept();
    } catch (const OsError& error) {
      if (error.would_block()) return;
      if (error.number() != Errno::too_many_files) throw;
      out_of_descriptors(listener);
      continue;
    }
    Ref<Socket> socket = make_ref<Socket>(listener->network(), accepted.fd);
    socket->set_blocking(false);
    Coroutine<> connection = set_up(Ref<Server>(this), std::move(socket), accepted.address);
    create_task(loop(), std::move(connection).named("BaseSelectorEventLoop._accept_connection2"));
  }
}

void Server::out_of_descriptors(const Ref<Socket>& listener) {
  loop().report({"socket.accept() out of system resource", std::current_exception()});
  loop().remove_reader(listener->fd());
  loop().call_later(
      kAcceptRetryDelay,
      [self = Ref<Server>(this), listener] {
        if (listener->is_open()) self->serve(listener);
      },
      "_start_serving");
}

Coroutine<> Server::set_up(Ref<Server> self, Ref<Socket> socket, SocketAddress address) {
  StepContext here = co_await ThisStep{};
  try {
    Ref<Protocol> protocol = self->make_protocol_();
    Ref<Future> waiter = make_ref<Future>(here.loop, "waiter");
    Ref<SocketTransport> transport =
        make_ref<SocketTransport>(here.loop, std::move(socket), std::move(protocol), waiter, address, self);
    try {
      co_await waiter;
    } catch (...) {
      transport->close();
      throw;
    }
  } catch (const RunEnded&) {
    throw;
  } catch (...) {
    if (leaves_the_loop(std::current_exception())) throw;
    if (here.loop.debug())
      here.loop.report({"Error on transport creation for incoming connection", std::current_exception()});
  }
}

// --- the end

void Server::close() {
  if (std::exchange(closed_, true)) return;
  for (const Ref<Socket>& socket : std::exchange(sockets_, {})) {
    if (socket->is_open()) loop().remove_reader(socket->fd());
    socket->close();
  }
  serving_ = false;
  if (serving_for_ever_ && !serving_for_ever_->done()) {
    serving_for_ever_->cancel();
    serving_for_ever_ = nullptr;
  }
  if (active_ == 0) wake_waiters();
}

void Server::detach() {
  if (--active_ == 0 && closed_) wake_waiters();
}

void Server::wake_waiters() {
  no_more_waiters_ = true;
  for (const Ref<Future>& waiter : std::exchange(waiters_, {}))
    if (!waiter->done()) waiter->set_result({});
}

Coroutine<> Server::start_serving(Ref<Server> self) {
  self->begin_serving();
  co_await sleep(0);
}

Coroutine<> Server::serve_forever(Ref<Server> self) {
  if (self->serving_for_ever_)
    throw runtime_error("server " + self->repr() + " is already being awaited on serve_forever()");
  if (self->closed_) throw runtime_error("server " + self->repr() + " is closed");
  self->begin_serving();
  Ref<Future> future = make_ref<Future>(self->loop(), "serve_forever");
  self->serving_for_ever_ = future;
  struct Forget {
    Server& server;
    ~Forget() { server.serving_for_ever_ = nullptr; }
  } const forget{*self};
  std::exception_ptr cancelled;
  try {
    co_await future;
  } catch (...) {
    if (category_of(std::current_exception()) != ErrorCategory::cancelled) throw;
    cancelled = std::current_exception();
  }
  if (!cancelled) co_return;
  try {
    self->close();
    co_await wait_closed(self);
  } catch (const RunEnded&) {
    throw;
  } catch (...) {  // the cancellation is what counts
  }
  std::rethrow_exception(cancelled);
}

Coroutine<> Server::wait_closed(Ref<Server> self) {
  if (self->closed_ || self->no_more_waiters_) co_return;
  Ref<Future> waiter = make_ref<Future>(self->loop(), "wait_closed");
  self->waiters_.push_back(waiter);
  co_await waiter;
}

std::string Server::repr() const {
  std::string text;
  for (const Ref<Socket>& socket : sockets_) text += (text.empty() ? "" : ", ") + shown_socket(*socket);
  return "<Server sockets=(" + text + (sockets_.size() == 1 ? ",)>" : ")>");
}

// --- start_server

namespace {

Server::MakeProtocol stream_protocols(EventLoop& loop, ClientConnected client_connected, std::int64_t limit) {
  return [&loop, connected = std::move(client_connected), limit]() -> Ref<Protocol> {
    const Ref<StreamReader> reader = make_ref<StreamReader>(loop, limit);
    return make_ref<StreamProtocol>(loop, reader, connected);
  };
}

Ref<Socket> bound_socket(EventLoop& loop, const SocketAddress& address, bool reuse_address) {
  Ref<Socket> socket = make_ref<Socket>(loop.world().network);
  if (reuse_address) socket->set_reuse_address(true);
  try {
    socket->bind(address);
  } catch (const OsError& error) {
    std::string reason = error.text();
    std::ranges::transform(reason, reason.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    throw OsError(error.number(),
                  "error while attempting to bind on address " + address.repr() + ": " + reason);
  }
  return socket;
}

/// The resolver tasks' answers, each address once.
std::vector<SocketAddress> distinct(const std::vector<AnyValue>& answers) {
  std::vector<SocketAddress> addresses;
  for (const AnyValue& answer : answers)
    if (std::ranges::find(addresses, *answer.get_if<SocketAddress>()) == addresses.end())
      addresses.push_back(*answer.get_if<SocketAddress>());
  return addresses;
}

Coroutine<Ref<Server>> serve_on(EventLoop& loop, std::vector<Ref<Socket>> sockets, Server::MakeProtocol make,
                                ServerOptions options) {
  for (const Ref<Socket>& socket : sockets) socket->set_blocking(false);
  Ref<Server> server = make_ref<Server>(loop, std::move(sockets), std::move(make), options.backlog);
  if (options.start_serving) {
    server->begin_serving();
    co_await sleep(0);
  }
  co_return server;
}

}  // namespace

Coroutine<Ref<Server>> start_server(EventLoop& loop, ClientConnected client_connected,
                                    std::vector<std::string> hosts, std::uint16_t port,
                                    ServerOptions options) {
  Server::MakeProtocol make = stream_protocols(loop, std::move(client_connected), options.limit);
  std::vector<Ref<Future>> resolvers;
  for (const std::string& host : hosts) {
    Coroutine<SocketAddress> resolver = ensure_resolved(loop, host, port);
    const std::string args = repr_of_text(host) + ", " + std::to_string(port);
    resolvers.push_back(
        create_task(loop, std::move(resolver).named("BaseEventLoop._create_server_getaddrinfo", args)));
  }
  Ref<Future> all = gather(loop, std::move(resolvers));
  const AnyValue answers = co_await all;
  std::vector<Ref<Socket>> sockets;
  for (const SocketAddress& address : distinct(*answers.get_if<std::vector<AnyValue>>()))
    sockets.push_back(bound_socket(loop, address, options.reuse_address));
  Coroutine<Ref<Server>> rest = serve_on(loop, std::move(sockets), std::move(make), options);
  Ref<Server> server = co_await std::move(rest);
  co_return server;
}

Coroutine<Ref<Server>> start_server(EventLoop& loop, ClientConnected client_connected, Ref<Socket> socket,
                                    ServerOptions options) {
  Server::MakeProtocol make = stream_protocols(loop, std::move(client_connected), options.limit);
  std::vector<Ref<Socket>> sockets{std::move(socket)};
  Coroutine<Ref<Server>> rest = serve_on(loop, std::move(sockets), std::move(make), options);
  Ref<Server> server = co_await std::move(rest);
  co_return server;
}

}  // namespace loopscope

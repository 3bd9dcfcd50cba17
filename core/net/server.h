#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/net/protocol.h"
#include "core/net/stream_protocol.h"
#include "core/net/stream_reader.h"
#include "core/net/stream_writer.h"
#include "core/task/coroutine.h"
#include "core/world/socket.h"

namespace loopscope {

/// asyncio's Server: listening sockets of one loop, with the connections they accepted.
/// Loop thread only.
class Server final : public ConnectionCounter {
 public:
  using MakeProtocol = std::function<Ref<Protocol>()>;

  Server(EventLoop& loop, std::vector<Ref<Socket>> sockets, MakeProtocol make_protocol, int backlog);

  bool is_serving() const { return serving_; }
  /// Empty once closed.
  const std::vector<Ref<Socket>>& sockets() const { return sockets_; }
  EventLoop& loop() const { return *anchor_->loop; }

  /// Listens and accepts from now on; does nothing the second time.
  void begin_serving();
  /// Stops listening. Connections stay open.
  void close();

  /// begin_serving(), and one iteration for the selector to know.
  static Coroutine<> start_serving(Ref<Server> self);
  /// Until it is cancelled: then the server is closed. RuntimeError when it is closed, or
  /// awaited so already.
  static Coroutine<> serve_forever(Ref<Server> self);
  /// 3.11: returns at once when the server is closed, whatever connections live (S66).
  static Coroutine<> wait_closed(Ref<Server> self);

  Coroutine<> start_serving() { return start_serving(Ref<Server>(this)); }
  Coroutine<> serve_forever() { return serve_forever(Ref<Server>(this)); }
  Coroutine<> wait_closed() { return wait_closed(Ref<Server>(this)); }

  void attach() override { ++active_; }
  void detach() override;
  std::string repr() const;

 private:
  void serve(const Ref<Socket>& listener);
  void accept_ready(const Ref<Socket>& listener);
  void out_of_descriptors(const Ref<Socket>& listener);
  static Coroutine<> set_up(Ref<Server> self, Ref<Socket> socket, SocketAddress address);
  void wake_waiters();

  Ref<LoopAnchor> anchor_;
  std::vector<Ref<Socket>> sockets_;
  MakeProtocol make_protocol_;
  int backlog_;
  int active_ = 0;
  bool closed_ = false;
  bool serving_ = false;
  bool no_more_waiters_ = false;
  std::vector<Ref<Future>> waiters_;
  Ref<Future> serving_for_ever_;
};

struct ServerOptions {
  std::int64_t limit = StreamReader::kDefaultLimit;  ///< of the readers, in bytes
  int backlog = 100;
  bool reuse_address = true;
  bool start_serving = true;
};

/// asyncio.start_server on `hosts` (names or numbers; "" is every interface): one resolver
/// task for each, gathered, then an iteration's pause (S66). OsError "error while attempting to
/// bind on address ...".
Coroutine<Ref<Server>> start_server(EventLoop& loop, ClientConnected client_connected,
                                    std::vector<std::string> hosts, std::uint16_t port,
                                    ServerOptions options = {});
/// The same on a socket that is bound already.
Coroutine<Ref<Server>> start_server(EventLoop& loop, ClientConnected client_connected, Ref<Socket> socket,
                                    ServerOptions options = {});

}  // namespace loopscope

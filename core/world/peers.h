#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "core/trace/tracer.h"
#include "core/world/virtual_network.h"

namespace loopscope {

/// What stands at the other end of the program's connections: scripted clients that read
/// all that comes, at once. What they see is in the trace, as `net.peer`.
class Peers final {
 public:
  /// Lets an action happen as soon as the world is looked at again, at this instant.
  using Later = std::function<void(std::function<void()>)>;
  /// All must outlive it.
  Peers(VirtualNetwork& network, Tracer& tracer, Later later)
      : network_(network), tracer_(tracer), later_(std::move(later)) {}
  ~Peers();

  /// Connects to 127.0.0.1. A later connection takes over the name.
  void connect(const std::string& name, std::uint16_t port);
  /// Sends behind what waits already. Without a connection these do nothing.
  void send(const std::string& name, const std::string& text);
  /// Closes when all is sent.
  void close(const std::string& name);
  void reset(const std::string& name);

 private:
  struct Peer {
    std::string name;
    std::shared_ptr<VirtualSocket> socket;
    std::string unsent = {};
    bool connected = false, ended = false, closing = false, reacts = false;
  };
  Peer* find(const std::string& name);
  void react_later(const std::shared_ptr<Peer>& peer);
  void react(Peer& peer);
  void read(Peer& peer);
  void write(Peer& peer);
  void let_go(Peer& peer);
  void tell(const Peer& peer, PeerWhat what, const std::string& text = {});

  VirtualNetwork& network_;
  Tracer& tracer_;
  Later later_;
  std::map<std::string, std::shared_ptr<Peer>> peers_;
};

}  // namespace loopscope

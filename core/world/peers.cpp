#include "core/world/peers.h"

#include <utility>

#include "core/base/text.h"
#include "core/trace/events.h"

namespace loopscope {

Peers::~Peers() {
  for (const auto& [name, peer] : peers_)
    if (peer->socket) peer->socket->on_change = nullptr;
}

Peers::Peer* Peers::find(const std::string& name) {
  const auto found = peers_.find(name);
  return found != peers_.end() && found->second->socket ? found->second.get() : nullptr;
}

void Peers::connect(const std::string& name, std::uint16_t port) {
  if (Peer* before = find(name)) let_go(*before);
  const auto peer = std::make_shared<Peer>(Peer{.name = name, .socket = network_.make_socket()});
  peers_[name] = peer;
  peer->socket->on_change = [this, weak = std::weak_ptr(peer)](VirtualSocket&, VirtualSocket::Wake) {
    if (const auto self = weak.lock()) react_later(self);
  };
  network_.reach(peer->socket, {"127.0.0.1", port});
  react(*peer);
}

void Peers::send(const std::string& name, const std::string& text) {
  Peer* peer = find(name);
  if (!peer || peer->closing) return;
  peer->unsent += text;
  react(*peer);
}

void Peers::close(const std::string& name) {
  Peer* peer = find(name);
  if (!peer) return;
  peer->closing = true;
  react(*peer);
}

void Peers::reset(const std::string& name) {
  Peer* peer = find(name);
  if (!peer) return;
  react(*peer);
  if (peer->socket) peer->socket->reset();
  let_go(*peer);
}

/// The program comes first: what it does now is in the trace before what a peer makes of it.
void Peers::react_later(const std::shared_ptr<Peer>& peer) {
  if (std::exchange(peer->reacts, true)) return;
  later_([this, peer] {
    peer->reacts = false;
    react(*peer);
  });
}

void Peers::react(Peer& peer) {
  if (!peer.socket || peer.socket->state() == VirtualSocket::State::connecting) return;
  const bool refused = !peer.connected && peer.socket->state() == VirtualSocket::State::closed;
  if (refused) {
    tell(peer, PeerWhat::refused);
    return let_go(peer);
  }
  if (!std::exchange(peer.connected, true)) tell(peer, PeerWhat::connected);
  read(peer);
  if (peer.socket) write(peer);
  if (peer.socket && peer.closing && peer.unsent.empty()) let_go(peer);
}

void Peers::read(Peer& peer) {
  try {
    for (;;) {
      const std::optional<std::string> data = peer.socket->receive(VirtualSocket::kCapacity);
      if (!data) return;
      if (data->empty()) break;
      tell(peer, PeerWhat::received, *data);
    }
    if (!std::exchange(peer.ended, true)) tell(peer, PeerWhat::closed);
  } catch (const OsError&) {
    tell(peer, PeerWhat::reset);
    let_go(peer);
  }
}

void Peers::write(Peer& peer) {
  try {
    while (!peer.unsent.empty()) {
      const std::optional<std::size_t> sent = peer.socket->send(peer.unsent);
      if (!sent) return;
      peer.unsent.erase(0, *sent);
    }
  } catch (const OsError&) {
    peer.unsent.clear();
  }
  if (!peer.socket->take_error()) return;
  tell(peer, PeerWhat::reset);
  let_go(peer);
}

void Peers::let_go(Peer& peer) {
  const std::shared_ptr<VirtualSocket> socket = std::exchange(peer.socket, nullptr);
  if (!socket) return;
  socket->on_change = nullptr;
  socket->close();
}

void Peers::tell(const Peer& peer, PeerWhat what, const std::string& text) {
  const TraceEvent event = make::net_peer(tracer_.label(peer.name), what);
  if (text.empty() || !is_text(text))
    tracer_.emit(event);
  else
    tracer_.emit(event, {{TextField::text, text}});
}

}  // namespace loopscope

#include "core/world/virtual_network.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/trace/events.h"
#include "core/world/virtual_selector.h"

namespace loopscope {
namespace {

constexpr Fd kFirstFd = 3;  // after stdin, stdout and stderr
constexpr Fd kMostFds = 1024;
constexpr double kTimeWait = 60;  // seconds
constexpr std::uint16_t kFirstFreePort = 32768, kLastFreePort = 60999;
constexpr const char* kAnyHost = "0.0.0.0";

bool overlap(const SocketAddress& a, const SocketAddress& b) {
  return a.port == b.port && (a.host == b.host || a.host == kAnyHost || b.host == kAnyHost);
}

bool is_local(const std::string& host) { return host == kAnyHost || host.starts_with("127."); }

}  // namespace

VirtualNetwork::~VirtualNetwork() {
  for (auto& [fd, socket] : open_)
    if (socket) socket->on_change = nullptr, socket->on_time_wait = nullptr;
}

// --- descriptors

Fd VirtualNetwork::give_fd(std::shared_ptr<VirtualSocket> socket) {
  Fd fd = kFirstFd;
  for (auto at = open_.lower_bound(fd); at != open_.end() && at->first == fd; ++at) ++fd;
  if (fd >= kMostFds) throw OsError(Errno::too_many_files);
  if (socket) socket->fd = fd;
  open_.emplace(fd, std::move(socket));
  return fd;
}

VirtualSocket& VirtualNetwork::socket(Fd fd) const {
  const auto found = open_.find(fd);
  if (found == open_.end() || !found->second) throw OsError(Errno::bad_descriptor);
  return *found->second;
}

void VirtualNetwork::check_open(Fd fd) const {
  if (fd < kFirstFd) throw OsError(Errno::not_permitted);
  if (!open_.contains(fd)) throw OsError(Errno::bad_descriptor);
}

std::shared_ptr<VirtualSocket> VirtualNetwork::make_socket() {
  auto socket = std::make_shared<VirtualSocket>(budget_);
  socket->on_change = [this](VirtualSocket& changed, VirtualSocket::Wake wake) {
    this->changed(changed, wake);
  };
  socket->on_time_wait = [this](VirtualSocket& first) { hold_port(first); };
  return socket;
}

Fd VirtualNetwork::open_socket() { return give_fd(make_socket()); }

std::pair<Fd, Fd> VirtualNetwork::open_pair() {
  const auto a = make_socket(), b = make_socket();
  VirtualSocket::join(a, b);
  a->on_time_wait = b->on_time_wait = nullptr;
  const Fd first = give_fd(a);
  return {first, give_fd(b)};
}

void VirtualNetwork::close(Fd fd) {
  const auto found = open_.find(fd);
  if (found == open_.end()) return;
  const std::shared_ptr<VirtualSocket> socket = std::move(found->second);
  open_.erase(found);
  for (VirtualSelector* selector : selectors_) selector->drop(fd);
  if (!socket) return;
  socket->fd.reset();
  socket->close();
}

void VirtualNetwork::wake(Fd fd, std::uint8_t byte) {
  const auto found = open_.find(fd);
  if (found == open_.end() || !found->second) return;
  const char text = static_cast<char>(byte);
  found->second->send({&text, 1});
}

std::string VirtualNetwork::drain(Fd fd) {
  const auto found = open_.find(fd);
  if (found == open_.end() || !found->second) return {};
  return found->second->receive(VirtualSocket::kCapacity).value_or("");
}

std::uint8_t VirtualNetwork::readiness(Fd fd) const {
  const auto found = open_.find(fd);
  if (found == open_.end() || !found->second) return 0;
  const PollBits bits = found->second->poll();
  const bool both = bits.error || bits.hang_up;
  return static_cast<std::uint8_t>((bits.in || both ? kReadable : 0) | (bits.out || both ? kWritable : 0));
}

void VirtualNetwork::changed(const VirtualSocket& socket, VirtualSocket::Wake wake) {
  if (!socket.fd) return;
  for (VirtualSelector* selector : selectors_) selector->notify(*socket.fd, wake);
}

// --- selectors

std::unique_ptr<Selector> VirtualNetwork::open_selector() { return std::make_unique<VirtualSelector>(*this); }

Fd VirtualNetwork::attach(VirtualSelector& selector) {
  const Fd fd = give_fd(nullptr);
  selectors_.push_back(&selector);
  return fd;
}

void VirtualNetwork::detach(VirtualSelector& selector, Fd fd) {
  std::erase(selectors_, &selector);
  close(fd);
}

// --- addresses

bool VirtualNetwork::is_taken(const SocketAddress& address, bool reuse) const {
  for (const auto& [fd, other] : open_) {
    if (!other || !other->bound || !overlap(other->local, address)) continue;
    const bool shared = reuse && other->reuse_address && other->state() != VirtualSocket::State::listening;
    if (!shared) return true;
  }
  return std::ranges::any_of(time_waits_, [&](const TimeWait& wait) {
    return wait.until > now() && overlap(wait.address, address) && !(reuse && wait.reuse_address);
  });
}

std::uint16_t VirtualNetwork::free_port() {
  for (int tries = 0; tries <= kLastFreePort - kFirstFreePort; ++tries) {
    last_port_ = last_port_ < kFirstFreePort || last_port_ >= kLastFreePort
                     ? kFirstFreePort
                     : static_cast<std::uint16_t>(last_port_ + 1);
    if (!is_taken({kAnyHost, last_port_}, false)) return last_port_;
  }
  throw OsError(Errno::address_in_use);
}

void VirtualNetwork::bind_anywhere(VirtualSocket& socket, const std::string& host) {
  if (socket.bound) return;
  socket.local = {host, free_port()};
  socket.bound = true;
}

void VirtualNetwork::hold_port(const VirtualSocket& socket) {
  std::erase_if(time_waits_, [this](const TimeWait& wait) { return wait.until <= now(); });
  time_waits_.push_back({socket.local, socket.reuse_address, now() + kTimeWait});
}

void VirtualNetwork::bind(Fd fd, const SocketAddress& address) {
  VirtualSocket& socket = this->socket(fd);
  if (!is_local(address.host)) throw OsError(Errno::address_not_available);
  if (socket.bound) throw OsError(Errno::invalid);
  if (address.port == 0) return bind_anywhere(socket, address.host);
  if (is_taken(address, socket.reuse_address)) throw OsError(Errno::address_in_use);
  socket.local = address;
  socket.bound = true;
}

SocketAddress VirtualNetwork::remote_address(Fd fd) const {
  const VirtualSocket& socket = this->socket(fd);
  if (socket.state() != VirtualSocket::State::connected || !socket.remote)
    throw OsError(Errno::not_connected);
  return *socket.remote;
}

// --- listening and connecting

void VirtualNetwork::listen(Fd fd, int backlog) {
  VirtualSocket& socket = this->socket(fd);
  const auto state = socket.state();
  if (state == VirtualSocket::State::connected || state == VirtualSocket::State::connecting)
    throw OsError(Errno::invalid);
  bind_anywhere(socket, kAnyHost);
  for (const auto& [other_fd, other] : open_)
    if (other && other.get() != &socket && other->state() == VirtualSocket::State::listening &&
        overlap(other->local, socket.local))
      throw OsError(Errno::address_in_use);
  socket.listen(backlog);
}

Sockets::Accepted VirtualNetwork::accept(Fd fd) {
  const std::shared_ptr<VirtualSocket> listener = (socket(fd), open_.at(fd));
  if (listener->state() != VirtualSocket::State::listening) throw OsError(Errno::invalid);
  if (listener->blocking) wait_for([&] { return listener->poll().in || !listener->fd; }, "accept", fd);
  std::shared_ptr<VirtualSocket> accepted = listener->accept();
  if (!accepted) throw OsError(listener->fd ? Errno::again : Errno::bad_descriptor);
  const SocketAddress address = *accepted->remote;
  return {give_fd(std::move(accepted)), address};
}

/// True when this connect() is the one that starts the connection.
bool VirtualNetwork::begin_connect(VirtualSocket& socket, const SocketAddress& address) {
  switch (socket.state()) {
    case VirtualSocket::State::listening:
      throw OsError(Errno::is_connected);
    case VirtualSocket::State::connected:
      if (std::exchange(socket.connect_reported, true)) throw OsError(Errno::is_connected);
      return false;
    case VirtualSocket::State::connecting:
      if (!socket.blocking) throw OsError(Errno::already);
      return false;
    case VirtualSocket::State::closed:
      break;
  }
  if (const std::optional<Errno> error = socket.take_error()) {
    socket.disconnect();
    throw OsError(*error);
  }
  if (!is_local(address.host)) throw OsError(Errno::network_unreachable);
  return true;
}

void VirtualNetwork::connect(Fd fd, const SocketAddress& address) {
  VirtualSocket& socket = this->socket(fd);
  const std::shared_ptr<VirtualSocket> self = open_.at(fd);
  if (!begin_connect(socket, address) && socket.state() == VirtualSocket::State::connected) return;
  if (socket.state() == VirtualSocket::State::closed) reach(self, address);
  if (!socket.blocking) throw OsError(Errno::in_progress);
  wait_for([&] { return self->state() != VirtualSocket::State::connecting || !self->fd; }, "connect", fd);
  if (const std::optional<Errno> error = socket.take_error()) {
    socket.disconnect();
    throw OsError(*error);
  }
  socket.connect_reported = true;
}

void VirtualNetwork::reach(const std::shared_ptr<VirtualSocket>& client, const SocketAddress& address) {
  const SocketAddress to{address.host == kAnyHost ? "127.0.0.1" : address.host, address.port};
  bind_anywhere(*client, "127.0.0.1");
  if (client->local.host == kAnyHost) client->local.host = "127.0.0.1";
  client->remote = to;
  client->begin_connect();
  for (const auto& [fd, other] : open_)
    if (other && other->state() == VirtualSocket::State::listening && overlap(other->local, to))
      return std::shared_ptr(other)->arrive(client);
  client->refuse();
}

// --- bytes

void VirtualNetwork::wait_for(const std::function<bool()>& until, const char* doing, Fd fd) {
  threads_.block(until, {}, std::string(doing) + " on fd " + std::to_string(fd));
}

std::string VirtualNetwork::receive(Fd fd, std::size_t most) {
  const std::shared_ptr<VirtualSocket> socket = (this->socket(fd), open_.at(fd));
  std::optional<std::string> data = socket->receive(most);
  if (!data && socket->blocking) {
    wait_for([&] { return socket->poll().in || socket->poll().error || !socket->fd; }, "recv", fd);
    if (!socket->fd) throw OsError(Errno::bad_descriptor);
    data = socket->receive(most);
  }
  if (!data) throw OsError(Errno::again);
  emit_traffic(EventKind::net_received, fd, *data);
  return std::move(*data);
}

std::size_t VirtualNetwork::send(Fd fd, std::string_view data) {
  const std::shared_ptr<VirtualSocket> socket = (this->socket(fd), open_.at(fd));
  std::size_t sent = 0;
  for (;;) {
    const std::optional<std::size_t> taken = socket->send(data.substr(sent));
    if (!taken && !socket->blocking) throw OsError(Errno::again);
    if (taken && *taken > 0) emit_traffic(EventKind::net_sent, fd, data.substr(sent, *taken));
    sent += taken.value_or(0);
    if (sent == data.size() || !socket->blocking) return sent;
    wait_for([&] { return socket->poll().out || socket->poll().error || !socket->fd; }, "send", fd);
    if (!socket->fd) throw OsError(Errno::bad_descriptor);
  }
}

void VirtualNetwork::emit_traffic(EventKind kind, Fd fd, std::string_view data) {
  const TraceEvent event = make::net_traffic(kind, threads_.current().loop, fd, data.size());
  if (is_text(data))
    tracer_.emit(event, {{TextField::text, data}});
  else
    tracer_.emit(event);
}

}  // namespace loopscope

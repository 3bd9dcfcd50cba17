#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/ref.h"
#include "core/world/world.h"

namespace loopscope {

/// A socket of the program: closes its descriptor when its last owner lets go, as
/// Python's socket objects do. All but close() raise OsError bad_descriptor once closed.
class Socket final : public RefCounted {
 public:
  /// A new, blocking one. `network` must outlive it.
  explicit Socket(Network& network) : Socket(network, network.open_socket()) {}
  /// One that is open already: accepted.
  Socket(Network& network, Fd fd) : network_(network), fd_(fd) {}
  ~Socket() override { close(); }

  bool is_open() const { return fd_.has_value(); }
  /// None once closed: Python's -1.
  std::optional<Fd> fileno() const { return fd_; }
  Fd fd() const {
    if (!fd_) throw OsError(Errno::bad_descriptor);
    return *fd_;
  }
  void close() {
    if (const std::optional<Fd> fd = std::exchange(fd_, std::nullopt)) network_.close(*fd);
  }

  /// Forgets the descriptor, which stays open for the rest of the run: what CPython's
  /// collector has not found when a program ends.
  void leave_open() { fd_.reset(); }

  bool is_blocking() const { return network_.is_blocking(fd()); }
  void set_blocking(bool on) { network_.set_blocking(fd(), on); }
  void set_reuse_address(bool on) { network_.set_reuse_address(fd(), on); }
  bool reuses_address() const { return network_.reuses_address(fd()); }
  void bind(const SocketAddress& address) { network_.bind(fd(), address); }
  void listen(int backlog) { network_.listen(fd(), backlog); }
  Sockets::Accepted accept() { return network_.accept(fd()); }
  void connect(const SocketAddress& address) { network_.connect(fd(), address); }
  std::string receive(std::size_t most) { return network_.receive(fd(), most); }
  std::size_t send(std::string_view data) { return network_.send(fd(), data); }
  void shutdown_writing() { network_.shutdown_writing(fd()); }
  SocketAddress local_address() const { return network_.local_address(fd()); }
  SocketAddress remote_address() const { return network_.remote_address(fd()); }
  std::optional<Errno> take_error() { return network_.take_error(fd()); }

  Network& network() const { return network_; }

 private:
  Network& network_;
  std::optional<Fd> fd_;
};

}  // namespace loopscope

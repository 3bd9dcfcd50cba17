#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/os_error.h"

namespace loopscope {

/// A file descriptor.
using Fd = std::uint32_t;

/// A numeric address: "127.0.0.1" or, for a listener on every interface, "0.0.0.0".
struct SocketAddress {
  std::string host = "0.0.0.0";
  std::uint16_t port = 0;
  /// As Python shows it: "('127.0.0.1', 5555)".
  std::string repr() const;
  friend bool operator==(const SocketAddress&, const SocketAddress&) = default;
};

/// `host` as a number, as getaddrinfo gives it: "" is every interface, "localhost" is
/// 127.0.0.1, what is a number already stays. OsError name_not_known for anything else.
std::string resolve_host(const std::string& host);
/// True for a dotted quad: no resolver is asked.
bool is_numeric_host(std::string_view host);

/// Stream sockets (AF_INET, SOCK_STREAM). All failures are OsErrors with Linux's numbers.
/// A blocking socket's calls block the thread; a non-blocking one's raise `again`
/// (`in_progress` for connect). Used by whichever thread holds the baton.
class Sockets {
 public:
  struct Accepted {
    Fd fd = 0;
    SocketAddress address;  ///< the other end's
  };

  virtual ~Sockets() = default;
  /// A blocking socket, not bound, not connected. The lowest free fd.
  virtual Fd open_socket() = 0;
  virtual void set_blocking(Fd fd, bool blocking) = 0;
  virtual bool is_blocking(Fd fd) const = 0;
  virtual void set_reuse_address(Fd fd, bool reuse) = 0;
  virtual bool reuses_address(Fd fd) const = 0;
  /// Port 0: a free one.
  virtual void bind(Fd fd, const SocketAddress& address) = 0;
  /// Lets `backlog` + 1 connections wait to be accepted.
  virtual void listen(Fd fd, int backlog) = 0;
  virtual Accepted accept(Fd fd) = 0;
  virtual void connect(Fd fd, const SocketAddress& address) = 0;
  /// At most `most` bytes; empty at the end of file.
  virtual std::string receive(Fd fd, std::size_t most) = 0;
  /// How many bytes were taken: fewer than all when the buffer fills, unless blocking.
  virtual std::size_t send(Fd fd, std::string_view data) = 0;
  /// shutdown(SHUT_WR): the other end reads the end of file after what was sent.
  virtual void shutdown_writing(Fd fd) = 0;
  virtual SocketAddress local_address(Fd fd) const = 0;
  virtual SocketAddress remote_address(Fd fd) const = 0;
  /// SO_ERROR: the pending error, which this clears.
  virtual std::optional<Errno> take_error(Fd fd) = 0;
};

}  // namespace loopscope

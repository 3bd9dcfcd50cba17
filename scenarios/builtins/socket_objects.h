#pragma once

#include <optional>
#include <string>

#include "core/world/socket.h"
#include "scenarios/run/interpreter.h"

/// Sockets as programs see them, and descriptors in whatever a program passes for one.
namespace loopscope::scenarios {

/// Anything with fileno().
class FileObject : public Object {
 public:
  /// None once closed: -1.
  virtual std::optional<Fd> fileno() const = 0;
  /// The descriptor it had before it was closed; selectors find it by that.
  virtual Fd former_fileno() const = 0;

 protected:
  explicit FileObject(Type& type) : Object(Kind::plain, type) {}
};

/// What stands for one socket.
class SocketView : public FileObject {
 public:
  const Ref<Socket>& socket() const { return socket_; }
  std::optional<Fd> fileno() const override { return socket_->fileno(); }
  Fd former_fileno() const override { return former_; }
  /// family, type and proto.
  Value own_attribute(Runtime& runtime, std::string_view name) override;

 protected:
  /// `proto` as the program sees it: CPython's event loop makes its sockets with TCP's number.
  SocketView(Type& type, Ref<Socket> socket, int proto);
  /// "fd=3, family=2, type=1, proto=0, laddr=('127.0.0.1', 5555), raddr=(...)".
  std::string text() const;

 private:
  Ref<Socket> socket_;
  Fd former_;
  int proto_;
};

/// socket.socket.
class SocketObject final : public SocketView {
 public:
  SocketObject(Runtime& runtime, Ref<Socket> socket);
  std::string repr(Runtime& runtime) override;
};

/// asyncio.TransportSocket: what transports and servers show of theirs.
class TransportSocketObject final : public SocketView {
 public:
  TransportSocketObject(Runtime& runtime, Ref<Socket> socket);
  std::string repr(Runtime& runtime) override;
};

/// ('127.0.0.1', 5555).
Value address_value(Runtime& runtime, const SocketAddress& address);
/// A (host, port) pair, its host resolved; TypeErrors and OverflowError as `call` ("bind")
/// gives them.
SocketAddress address_from(Interpreter& interpreter, const Value& value, const std::string& call);
/// The same; the host stays as it was given.
SocketAddress unresolved_address(Interpreter& interpreter, const Value& value, const std::string& call);

/// The descriptor that `value` (an int, or something with fileno()) stands for. ValueError
/// "Invalid file object: 'x'", "Invalid file descriptor: -1".
Fd fd_of(Runtime& runtime, const Value& value);
/// The bytes of `value`; TypeError "a bytes-like object is required, not 'str'".
const std::string& bytes_argument(Runtime& runtime, const Value& value);

}  // namespace loopscope::scenarios

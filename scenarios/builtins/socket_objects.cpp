#include "scenarios/builtins/socket_objects.h"

#include "scenarios/builtins/int_constant.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/sequences.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {

SocketView::SocketView(Type& type, Ref<Socket> socket, int proto)
    : FileObject(type), socket_(std::move(socket)), former_(socket_->fileno().value_or(0)), proto_(proto) {}

std::string SocketView::text() const {
  std::string text = "fd=" + (socket_->is_open() ? std::to_string(socket_->fd()) : "-1") +
                     ", family=2, type=1, proto=" + std::to_string(proto_);
  if (!socket_->is_open()) return text;
  text += ", laddr=" + socket_->local_address().repr();
  try {
    text += ", raddr=" + socket_->remote_address().repr();
  } catch (const OsError&) {  // not connected
  }
  return text;
}

Value SocketView::own_attribute(Runtime&, std::string_view name) {
  if (name == "family") return Value::integer(2);
  if (name == "type") return Value::integer(1);
  if (name == "proto") return Value::integer(proto_);
  return Value::missing();
}

SocketObject::SocketObject(Runtime& runtime, Ref<Socket> socket)
    : SocketView(runtime.type_named("socket"), std::move(socket), 0) {}

std::string SocketObject::repr(Runtime&) {
  return std::string("<socket.socket ") + (socket()->is_open() ? "" : "[closed] ") + text() + ">";
}

TransportSocketObject::TransportSocketObject(Runtime& runtime, Ref<Socket> socket)
    : SocketView(runtime.type_named("TransportSocket"), std::move(socket), 6) {}

std::string TransportSocketObject::repr(Runtime&) { return "<asyncio.TransportSocket " + text() + ">"; }

Value address_value(Runtime& runtime, const SocketAddress& address) {
  return new_tuple(runtime, {make_str(runtime, address.host), Value::integer(address.port)});
}

SocketAddress unresolved_address(Interpreter& in, const Value& value, const std::string& call) {
  const Tuple* pair = value.get_if<Tuple>();
  if (!pair) type_error(in, call + "(): AF_INET address must be tuple, not " + type_name(in, value));
  if (pair->items().size() != 2) type_error(in, "AF_INET address must be a pair (host, port)");
  const std::string* host = text_of(pair->items()[0]);
  if (const Bytes* bytes = pair->items()[0].get_if<Bytes>()) host = &bytes->data();
  if (!host) type_error(in, "str, bytes or bytearray expected, not " + type_name(in, pair->items()[0]));
  const std::int64_t port = require_int(in, pair->items()[1]);
  if (port < 0 || port > 0xffff) overflow_error(in, call + "(): port must be 0-65535.");
  return {*host, static_cast<std::uint16_t>(port)};
}

SocketAddress address_from(Interpreter& in, const Value& value, const std::string& call) {
  SocketAddress address = unresolved_address(in, value, call);
  address.host = resolve_host(address.host);
  return address;
}

Fd fd_of(Runtime& runtime, const Value& value) {
  std::int64_t fd = -1;
  if (const FileObject* file = as<FileObject>(value)) {
    if (file->fileno()) return *file->fileno();
  } else if (const std::optional<std::int64_t> number = int_of(value)) {
    fd = *number;
  } else {
    value_error(runtime, "Invalid file object: " + repr(runtime, value));
  }
  if (fd < 0) value_error(runtime, "Invalid file descriptor: " + std::to_string(fd));
  return static_cast<Fd>(std::min<std::int64_t>(fd, INT32_MAX));
}

const std::string& bytes_argument(Runtime& runtime, const Value& value) {
  const Bytes* bytes = value.get_if<Bytes>();
  if (!bytes) type_error(runtime, "a bytes-like object is required, not '" + type_name(runtime, value) + "'");
  return bytes->data();
}

}  // namespace loopscope::scenarios

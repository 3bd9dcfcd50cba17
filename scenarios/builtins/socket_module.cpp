// The socket module: stream sockets over IPv4. values[0] of a method is the socket.
#include "scenarios/builtins/arguments.h"
#include "scenarios/builtins/int_constant.h"
#include "scenarios/builtins/registry.h"
#include "scenarios/builtins/socket_objects.h"
#include "scenarios/values/sequences.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {
namespace {

constexpr std::int64_t kFamily = 2, kStream = 1, kSocketLevel = 1, kReuseAddress = 2;
constexpr int kDefaultBacklog = 128;

Socket& socket(const Arguments& args) { return *as<SocketObject>(args.values[0])->socket(); }

Value construct(Interpreter& in, Arguments& args) {
  const Value family = take(args, 1, "family"), kind = take(args, 2, "type"), proto = take(args, 3, "proto");
  no_unexpected_keywords(in, args, "socket.__init__");
  if (args.values.size() > 4)
    type_error(in, "socket.__init__() takes from 1 to 5 positional arguments but " +
                       std::to_string(args.values.size()) + " were given");
  const auto wanted = [&in](const Value& value, std::int64_t number) {
    if (value.is_missing()) return true;
    const std::int64_t given = require_int(in, value);
    return given == number || given == -1;
  };
  if (!wanted(family, kFamily)) throw OsError(Errno::family_not_supported);
  if (!wanted(kind, kStream) || !(wanted(proto, 0) || wanted(proto, 6)))
    value_error(in, "scenarios have stream sockets only: socket.SOCK_STREAM");
  return in.make<SocketObject>(in, make_ref<Socket>(in.environment().world.network));
}

Value bind(Interpreter& in, Arguments& args) {
  socket(args).bind(address_from(in, args.values[1], "bind"));
  return {};
}

Value listen(Interpreter& in, Arguments& args) {
  const std::int64_t backlog = args.values.size() > 1 ? require_int(in, args.values[1]) : kDefaultBacklog;
  socket(args).listen(static_cast<int>(std::clamp<std::int64_t>(backlog, 0, 4096)));
  return {};
}

Value accept(Interpreter& in, Arguments& args) {
  const Sockets::Accepted accepted = socket(args).accept();
  Value made = in.make<SocketObject>(in, make_ref<Socket>(socket(args).network(), accepted.fd));
  return new_tuple(in, {std::move(made), address_value(in, accepted.address)});
}

Value connect(Interpreter& in, Arguments& args) {
  socket(args).connect(address_from(in, args.values[1], "connect"));
  return {};
}

Value recv(Interpreter& in, Arguments& args) {
  const std::int64_t most = require_int(in, args.values[1]);
  if (most < 0) value_error(in, "negative buffersize in recv");
  return make_bytes(in, socket(args).receive(static_cast<std::size_t>(most)));
}

Value send(Interpreter& in, Arguments& args) {
  const std::string& data = bytes_argument(in, args.values[1]);
  return Value::integer(static_cast<std::int64_t>(socket(args).send(data)));
}

Value sendall(Interpreter& in, Arguments& args) {
  const std::string data = bytes_argument(in, args.values[1]);
  std::size_t sent = socket(args).send(data);
  while (sent < data.size()) sent += socket(args).send(std::string_view(data).substr(sent));
  return {};
}

Value setblocking(Interpreter& in, Arguments& args) {
  socket(args).set_blocking(require_int(in, args.values[1]) != 0);
  return {};
}

Value gettimeout(Interpreter&, Arguments& args) {
  return socket(args).is_blocking() ? Value() : Value::floating(0);
}

Value setsockopt(Interpreter& in, Arguments& args) {
  const std::int64_t level = require_int(in, args.values[1]), option = require_int(in, args.values[2]);
  if (!int_of(args.values[3])) bytes_argument(in, args.values[3]);
  const bool on = int_of(args.values[3]).value_or(1) != 0;
  if (level == kSocketLevel && option == kReuseAddress) socket(args).set_reuse_address(on);
  return {};
}

Value getsockname(Interpreter& in, Arguments& args) {
  return address_value(in, socket(args).local_address());
}
Value getpeername(Interpreter& in, Arguments& args) {
  return address_value(in, socket(args).remote_address());
}
Value fileno(Interpreter&, Arguments& args) {
  const std::optional<Fd> fd = socket(args).fileno();
  return Value::integer(fd ? static_cast<std::int64_t>(*fd) : -1);
}
Value close(Interpreter&, Arguments& args) { return socket(args).close(), Value(); }
Value enter(Interpreter&, Arguments& args) { return args.values[0]; }
Value exit(Interpreter&, Arguments& args) { return socket(args).close(), Value(); }

constexpr BuiltinRow kSocket[] = {
    {"bind", bind, 1, 1},
    {"listen", listen, 0, 1},
    {"accept", accept, 0, 0, false, "", "socket"},
    {"connect", connect, 1, 1},
    {"recv", recv, 1, 2},
    {"send", send, 1, 2},
    {"sendall", sendall, 1, 2},
    {"setblocking", setblocking, 1, 1},
    {"gettimeout", gettimeout, 0, 0},
    {"setsockopt", setsockopt, 3, 3},
    {"getsockname", getsockname, 0, 0},
    {"getpeername", getpeername, 0, 0},
    {"fileno", fileno, 0, 0},
    {"close", close, 0, 0, false, "", "socket"},
    {"__enter__", enter, 0, 0},
    {"__exit__", exit, 3, 3},
};

// --- TransportSocket

const Socket& shown(const Arguments& args) { return *as<TransportSocketObject>(args.values[0])->socket(); }

Value shown_name(Interpreter& in, Arguments& args) { return address_value(in, shown(args).local_address()); }
Value shown_peer(Interpreter& in, Arguments& args) { return address_value(in, shown(args).remote_address()); }
Value shown_fileno(Interpreter&, Arguments& args) {
  const std::optional<Fd> fd = shown(args).fileno();
  return Value::integer(fd ? static_cast<std::int64_t>(*fd) : -1);
}

constexpr BuiltinRow kTransportSocket[] = {
    {"getsockname", shown_name, 0, 0, false, "", "TransportSocket"},
    {"getpeername", shown_peer, 0, 0, false, "", "TransportSocket"},
    {"fileno", shown_fileno, 0, 0, false, "", "TransportSocket"},
};

constexpr TypeRow kTypes[] = {
    {"socket", "socket", "socket", "object", construct},
    {"-", "TransportSocket", "asyncio.trsock", "object", nullptr},
    {"-", "AddressFamily", "socket", "int", nullptr},
    {"-", "SocketKind", "socket", "int", nullptr},
};

constexpr NumberRow kNumbers[] = {
    {"socket", "AF_INET", kFamily, "AddressFamily"},
    {"socket", "SOCK_STREAM", kStream, "SocketKind"},
    {"socket", "SOL_SOCKET", kSocketLevel, ""},
    {"socket", "SO_REUSEADDR", kReuseAddress, ""},
};

}  // namespace

std::span<const BuiltinRow> socket_methods() { return kSocket; }
std::span<const BuiltinRow> transport_socket_methods() { return kTransportSocket; }
std::span<const TypeRow> socket_types() { return kTypes; }
std::span<const NumberRow> socket_numbers() { return kNumbers; }

}  // namespace loopscope::scenarios

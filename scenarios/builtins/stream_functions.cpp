// asyncio.start_server and open_connection, and the servers that they make.
#include "core/net/open_connection.h"
#include "core/net/server.h"
#include "scenarios/builtins/arguments.h"
#include "scenarios/builtins/asyncio_objects.h"
#include "scenarios/builtins/converted_coroutines.h"
#include "scenarios/builtins/int_constant.h"
#include "scenarios/builtins/registry.h"
#include "scenarios/builtins/socket_objects.h"
#include "scenarios/builtins/stream_objects.h"
#include "scenarios/run/generator_task.h"
#include "scenarios/values/iterators.h"
#include "scenarios/values/numbers.h"
#include "scenarios/values/operators.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/sequences.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {

Value ServerObject::own_attribute(Runtime& runtime, std::string_view name) {
  if (name != "sockets" || !server_) return Value::missing();
  std::vector<Value> sockets;
  for (const Ref<Socket>& socket : server_->sockets())
    sockets.push_back(runtime.make<TransportSocketObject>(runtime, socket));
  return new_tuple(runtime, std::move(sockets));
}

namespace {

/// A coroutine function's call: what is wrong with its arguments shows when it is awaited.
template <class Make>
Coroutine<AnyValue> started_later(Interpreter& in, Arguments args, Make make) {
  Coroutine<AnyValue> inner = make(in, args);
  AnyValue result = co_await std::move(inner);
  co_return result;
}

EventLoop& require_loop(Interpreter& in) {
  EventLoop* loop = in.running_loop();
  if (!loop) runtime_error(in, "no running event loop");
  return *loop;
}

std::int64_t limit_from(Interpreter& in, Arguments& args) {
  const Value limit = take_keyword(args, "limit");
  return limit.is_missing() ? static_cast<std::int64_t>(StreamReader::kDefaultLimit) : require_int(in, limit);
}

/// A port: an int, a str of digits, or None for any.
std::uint16_t port_from(Interpreter& in, const Value& value, const char* call) {
  if (value.is_none() || value.is_missing()) return 0;
  std::int64_t port = 0;
  if (const std::string* text = text_of(value)) {
    const bool digits =
        !text->empty() && text->size() < 10 && text->find_first_not_of("0123456789") == std::string::npos;
    if (!digits) throw OsError(static_cast<Errno>(-8), "Servname not supported for ai_socktype");
    port = std::stoll(*text);
  } else {
    port = require_int(in, value);
  }
  if (port < 0 || port > 0xffff) overflow_error(in, std::string(call) + "(): port must be 0-65535.");
  return static_cast<std::uint16_t>(port);
}

std::string host_from(Interpreter& in, const Value& value, const char* none) {
  if (value.is_none() || value.is_missing()) return none;
  const std::string* text = text_of(value);
  if (!text) type_error(in, "getaddrinfo() argument 1 must be string or None");
  return text->empty() ? none : *text;
}

std::vector<std::string> hosts_from(Interpreter& in, const Value& value) {
  const bool several = value.is_object() && !text_of(value) && is_iterable(in, value);
  if (!several) return {host_from(in, value, "")};
  std::vector<std::string> hosts;
  for (const Value& one : collect(in, value)) hosts.push_back(host_from(in, one, ""));
  return hosts;
}

/// The `sock` argument, or null.
Ref<Socket> socket_from(Interpreter& in, Arguments& args, bool has_address) {
  const Value value = take_keyword(args, "sock");
  if (value.is_missing() || value.is_none()) return {};
  if (has_address) value_error(in, "host/port and sock can not be specified at the same time");
  const SocketObject* socket = as<SocketObject>(value);
  if (!socket) value_error(in, "A Stream Socket was expected, got " + repr(in, value));
  return socket->socket();
}

bool given(const Value& value) { return !value.is_missing() && !value.is_none(); }

/// Keyword arguments that change nothing here, and those that are not for scenarios.
void take_unused(Interpreter& in, Arguments& args) {
  for (const char* name : {"family", "flags", "proto", "reuse_port"}) take_keyword(args, name);
  if (given(take_keyword(args, "ssl"))) value_error(in, "scenarios have no TLS: leave ssl out");
}

ClientConnected client_connected(Interpreter& in, EventLoop& loop, Value callback) {
  return [&in, &loop, callback = std::move(callback)](Ref<StreamReader> reader,
                                                      Ref<StreamWriter> writer) -> Ref<Task> {
    const Interpreter::CalledByLoop called(in);
    const Value read = in.make<StreamReaderObject>(in, std::move(reader));
    const Value write = in.make<StreamWriterObject>(in, std::move(writer));
    const Value result = in.call(callback, {read, write});
    if (!is_coroutine(result)) return {};
    return start_task(in, loop, result, {});
  };
}

Coroutine<AnyValue> begin_server(Interpreter& in, Arguments& args) {
  EventLoop& loop = require_loop(in);
  ServerOptions options;
  options.limit = limit_from(in, args);
  const Value host = argument_or(args, 1), port = argument_or(args, 2);
  const bool has_address = given(host) || given(port);
  const Ref<Socket> socket = socket_from(in, args, has_address);
  if (const Value backlog = take_keyword(args, "backlog"); given(backlog))
    options.backlog = static_cast<int>(std::clamp<std::int64_t>(require_int(in, backlog), 0, 4096));
  if (const Value reuse = take_keyword(args, "reuse_address"); given(reuse))
    options.reuse_address = truthy(in, reuse);
  if (const Value start = take_keyword(args, "start_serving"); !start.is_missing())
    options.start_serving = truthy(in, start);
  take_unused(in, args);
  no_unexpected_keywords(in, args, "BaseEventLoop.create_server");
  if (!has_address && !socket) value_error(in, "Neither host/port nor sock were specified");
  ClientConnected connected = client_connected(in, loop, args.values[0]);
  const auto wrap = [&in](Ref<Server> server) { return Value(in.make<ServerObject>(in, std::move(server))); };
  if (socket) return converted(loopscope::start_server(loop, std::move(connected), socket, options), wrap);
  return converted(loopscope::start_server(loop, std::move(connected), hosts_from(in, host),
                                           port_from(in, port, "bind"), options),
                   wrap);
}

Coroutine<AnyValue> begin_connection(Interpreter& in, Arguments& args) {
  EventLoop& loop = require_loop(in);
  const std::int64_t limit = limit_from(in, args);
  const Value host = argument_or(args, 0), port = argument_or(args, 1);
  const bool has_address = given(host) || given(port);
  const Ref<Socket> socket = socket_from(in, args, has_address);
  take_unused(in, args);
  no_unexpected_keywords(in, args, "BaseEventLoop.create_connection");
  if (!has_address && !socket) value_error(in, "host and port was not specified and no sock specified");
  const auto pair = [&in](Streams streams) {
    Value reader = in.make<StreamReaderObject>(in, std::move(streams.reader));
    Value writer = in.make<StreamWriterObject>(in, std::move(streams.writer));
    return Value(new_tuple(in, {std::move(reader), std::move(writer)}));
  };
  if (socket) return converted(loopscope::open_connection(loop, socket, limit), pair);
  return converted(loopscope::open_connection(loop, host_from(in, host, "localhost"),
                                              port_from(in, port, "connect"), limit),
                   pair);
}

std::string shown(Interpreter& in, const Arguments& args) { return arguments_repr(in, args); }

Value start_server(Interpreter& in, Arguments& args) {
  const std::string text = shown(in, args);
  return coroutine_value(in, started_later(in, args, begin_server), "start_server", text);
}

Value open_connection(Interpreter& in, Arguments& args) {
  const std::string text = shown(in, args);
  return coroutine_value(in, started_later(in, args, begin_connection), "open_connection", text);
}

constexpr BuiltinRow kFunctions[] = {
    {"start_server", start_server, 1, 3, true, "client_connected_cb, host, port"},
    {"open_connection", open_connection, 0, 2, true, "host, port"},
};

// --- Server

ServerObject& self(const Arguments& args) { return *as<ServerObject>(args.values[0]); }
const Ref<Server>& server(const Arguments& args) { return self(args).server(); }

Value close(Interpreter&, Arguments& args) { return server(args)->close(), Value(); }
Value is_serving(Interpreter&, Arguments& args) { return Value::boolean(server(args)->is_serving()); }
Value get_loop(Interpreter& in, Arguments& args) { return in.wrap(server(args)->loop().shared_from_this()); }

Value start_serving(Interpreter& in, Arguments& args) {
  return coroutine_value(in, converted(Server::start_serving(server(args))), "Server.start_serving", "");
}
Value serve_forever(Interpreter& in, Arguments& args) {
  return coroutine_value(in, converted(Server::serve_forever(server(args))), "Server.serve_forever", "");
}
Value wait_closed(Interpreter& in, Arguments& args) {
  return coroutine_value(in, converted(Server::wait_closed(server(args))), "Server.wait_closed", "");
}

Coroutine<AnyValue> give(Value value) { co_return AnyValue(value); }

Value enter(Interpreter& in, Arguments& args) {
  return coroutine_value(in, give(args.values[0]), "AbstractServer.__aenter__", "");
}

Coroutine<AnyValue> close_and_wait(Ref<Server> server) {
  server->close();
  co_await Server::wait_closed(server);
  co_return AnyValue();
}

Value exit(Interpreter& in, Arguments& args) {
  return coroutine_value(in, close_and_wait(server(args)), "AbstractServer.__aexit__", "");
}

constexpr BuiltinRow kServer[] = {
    {"close", close, 0, 0, false, "", "Server"},
    {"is_serving", is_serving, 0, 0, false, "", "Server"},
    {"get_loop", get_loop, 0, 0, false, "", "Server"},
    {"start_serving", start_serving, 0, 0, false, "", "Server"},
    {"serve_forever", serve_forever, 0, 0, false, "", "Server"},
    {"wait_closed", wait_closed, 0, 0, false, "", "Server"},
    {"__aenter__", enter, 0, 0, false, "", "AbstractServer"},
    {"__aexit__", exit, 0, kAny},
};

}  // namespace

std::span<const BuiltinRow> stream_functions() { return kFunctions; }
std::span<const BuiltinRow> server_methods() { return kServer; }

}  // namespace loopscope::scenarios

// Methods of event loops that touch descriptors and signals. values[0] is the loop.
#include "core/net/sock_calls.h"
#include "core/net/transports.h"
#include "scenarios/builtins/arguments.h"
#include "scenarios/builtins/asyncio_objects.h"
#include "scenarios/builtins/converted_coroutines.h"
#include "scenarios/builtins/int_constant.h"
#include "scenarios/builtins/registry.h"
#include "scenarios/builtins/socket_objects.h"
#include "scenarios/run/function.h"
#include "scenarios/run/generator_task.h"
#include "scenarios/values/callables.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/sequences.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {
namespace {

EventLoop& loop(const Arguments& args) { return args.values[0].get_if<LoopObject>()->loop(); }

std::vector<Value> rest(const Arguments& args, std::size_t from) {
  return {args.values.begin() + static_cast<std::ptrdiff_t>(from), args.values.end()};
}

/// A descriptor, with what a message calls it.
struct Watched {
  Fd fd;
  std::string shown;
};

/// A closed socket is found by what it was, as long as the loop still watches that.
Watched watched_file(Interpreter& in, EventLoop& loop, const Value& file) {
  const FileObject* object = as<FileObject>(file);
  if (object && !object->fileno() && loop.watched(object->former_fileno()))
    return {object->former_fileno(), repr(in, file)};
  return {fd_of(in, file), repr(in, file)};
}

Value add(Interpreter& in, Arguments& args, bool reads) {
  const Value& callable = args.values[2];
  const Watched file = watched_file(in, loop(args), args.values[1]);
  std::vector<Value> arguments = rest(args, 3);
  const std::string label = callback_label(in, callable, arguments);
  const Ref<ScriptCallback> source = make_ref<ScriptCallback>(in, callable, std::move(arguments));
  Callback callback = [source] { source->run(); };
  if (reads)
    loopscope::add_reader(loop(args), file.fd, file.shown, std::move(callback), label, source);
  else
    loopscope::add_writer(loop(args), file.fd, file.shown, std::move(callback), label, source);
  return {};
}

Value add_reader(Interpreter& in, Arguments& args) { return add(in, args, true); }
Value add_writer(Interpreter& in, Arguments& args) { return add(in, args, false); }

Value remove(Interpreter& in, Arguments& args, bool reads) {
  if (loop(args).is_closed()) return Value::boolean(false);
  const Watched file = watched_file(in, loop(args), args.values[1]);
  return Value::boolean(reads ? loopscope::remove_reader(loop(args), file.fd, file.shown)
                              : loopscope::remove_writer(loop(args), file.fd, file.shown));
}

Value remove_reader(Interpreter& in, Arguments& args) { return remove(in, args, true); }
Value remove_writer(Interpreter& in, Arguments& args) { return remove(in, args, false); }

// --- socket calls

Coroutine<AnyValue> failing(std::exception_ptr error) {
  std::rethrow_exception(error);
  co_return AnyValue();
}

/// The coroutine of loop.`name`(sock, ...). What is wrong with its arguments shows when it
/// is awaited.
template <class Make>
Value sock_call(Interpreter& in, Arguments& args, const std::string& name, std::string_view method,
                Make make) {
  const std::string qualified = "BaseSelectorEventLoop." + name;
  std::string shown;
  for (std::size_t i = 1; i < args.values.size(); ++i)
    shown += (i > 1 ? ", " : "") + limited_repr(in, args.values[i]);
  std::exception_ptr error;
  try {
    const SocketObject* socket = as<SocketObject>(args.values[1]);
    if (!socket)
      raise_error(
          in, "AttributeError",
          "'" + type_name(in, args.values[1]) + "' object has no attribute '" + std::string(method) + "'");
    return coroutine_value(in, make(socket->socket()), qualified, shown);
  } catch (const ProgramError&) {
    error = std::current_exception();
  }
  return coroutine_value(in, failing(error), qualified, shown);
}

Value sock_recv(Interpreter& in, Arguments& args) {
  return sock_call(in, args, "sock_recv", "recv", [&](const Ref<Socket>& socket) {
    const std::int64_t most = require_int(in, args.values[2]);
    if (most < 0) value_error(in, "negative buffersize in recv");
    return converted(loopscope::sock_recv(loop(args), socket, static_cast<std::size_t>(most)),
                     [&in](loopscope::Bytes bytes) { return Value(make_bytes(in, std::move(bytes.data))); });
  });
}

Value sock_sendall(Interpreter& in, Arguments& args) {
  return sock_call(in, args, "sock_sendall", "send", [&](const Ref<Socket>& socket) {
    return converted(loopscope::sock_sendall(loop(args), socket, bytes_argument(in, args.values[2])));
  });
}

Value sock_connect(Interpreter& in, Arguments& args) {
  return sock_call(in, args, "sock_connect", "connect", [&](const Ref<Socket>& socket) {
    const SocketAddress address = unresolved_address(in, args.values[2], "connect");
    return converted(loopscope::sock_connect(loop(args), socket, address.host, address.port));
  });
}

Value sock_accept(Interpreter& in, Arguments& args) {
  return sock_call(in, args, "sock_accept", "accept", [&](const Ref<Socket>& socket) {
    return converted(loopscope::sock_accept(loop(args), socket), [&in](AcceptedSocket accepted) {
      Value made = in.make<SocketObject>(in, std::move(accepted.socket));
      return Value(new_tuple(in, {std::move(made), address_value(in, accepted.address)}));
    });
  });
}

// --- signals

bool is_valid_signal(std::int64_t number) {
  return number >= 1 && number <= 64 && number != 32 && number != 33;
}

int signal_argument(Interpreter& in, const Value& value) {
  const std::optional<std::int64_t> number = int_of(value);
  if (!number) type_error(in, "sig must be an int, not " + repr(in, value));
  if (!is_valid_signal(*number)) value_error(in, "invalid signal number " + str(in, value));
  return static_cast<int>(*number);
}

Value add_signal_handler(Interpreter& in, Arguments& args) {
  const Value& callable = args.values[2];
  const Function* function = callable.get_if<Function>();
  if (is_coroutine(callable) || (function && function->code.is_async))
    type_error(in, "coroutines cannot be used with add_signal_handler()");
  const int number = signal_argument(in, args.values[1]);
  constexpr int kKill = 9, kStop = 19;
  if (number == kKill || number == kStop)
    runtime_error(in, "sig " + std::to_string(number) + " cannot be caught");
  std::vector<Value> arguments = rest(args, 3);
  const std::string label = callback_label(in, callable, arguments);
  const Ref<ScriptCallback> source = make_ref<ScriptCallback>(in, callable, std::move(arguments));
  loop(args).add_signal_handler(
      number, [source] { source->run(); }, label, source);
  return {};
}

Value remove_signal_handler(Interpreter& in, Arguments& args) {
  return Value::boolean(loop(args).remove_signal_handler(signal_argument(in, args.values[1])));
}

constexpr BuiltinRow kRows[] = {
    {"add_reader", add_reader, 2, kAny, false, "fd, callback", "BaseSelectorEventLoop"},
    {"remove_reader", remove_reader, 1, 1, false, "fd", "BaseSelectorEventLoop"},
    {"add_writer", add_writer, 2, kAny, false, "fd, callback", "BaseSelectorEventLoop"},
    {"remove_writer", remove_writer, 1, 1, false, "fd", "BaseSelectorEventLoop"},
    {"sock_recv", sock_recv, 2, 2, false, "sock, n", "BaseSelectorEventLoop"},
    {"sock_sendall", sock_sendall, 2, 2, false, "sock, data", "BaseSelectorEventLoop"},
    {"sock_connect", sock_connect, 2, 2, false, "sock, address", "BaseSelectorEventLoop"},
    {"sock_accept", sock_accept, 1, 1, false, "sock", "BaseSelectorEventLoop"},
    {"add_signal_handler", add_signal_handler, 2, kAny, false, "sig, callback", "_UnixSelectorEventLoop"},
    {"remove_signal_handler", remove_signal_handler, 1, 1, false, "sig", "_UnixSelectorEventLoop"},
};

}  // namespace

std::span<const BuiltinRow> loop_io_methods() { return kRows; }

}  // namespace loopscope::scenarios

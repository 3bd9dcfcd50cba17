// Methods of StreamReader, StreamWriter and transports. values[0] is the object.
#include "scenarios/builtins/arguments.h"
#include "scenarios/builtins/asyncio_objects.h"
#include "scenarios/builtins/converted_coroutines.h"
#include "scenarios/builtins/int_constant.h"
#include "scenarios/builtins/registry.h"
#include "scenarios/builtins/socket_objects.h"
#include "scenarios/builtins/stream_objects.h"
#include "scenarios/values/iterators.h"
#include "scenarios/values/operators.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/sequences.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {

Value StreamWriterObject::own_attribute(Runtime& runtime, std::string_view name) {
  if (name != "transport" || !writer_) return Value::missing();
  if (transport_.is_none()) transport_ = runtime.make<TransportObject>(runtime, writer_->transport());
  return transport_;
}

void StreamWriterObject::clear_references() {
  const Ref<StreamWriter> gone = std::exchange(writer_, nullptr);
  const Value transport = std::exchange(transport_, Value());
}

namespace {

// --- StreamReader

const Ref<StreamReader>& reader(const Arguments& args) {
  return as<StreamReaderObject>(args.values[0])->reader();
}

Value construct_reader(Interpreter& in, Arguments& args) {
  const Value limit = take(args, 1, "limit"), loop = take(args, 2, "loop");
  no_unexpected_keywords(in, args, "StreamReader.__init__");
  const std::int64_t most =
      limit.is_missing() ? static_cast<std::int64_t>(StreamReader::kDefaultLimit) : require_int(in, limit);
  const LoopObject* given = loop.get_if<LoopObject>();
  const std::shared_ptr<EventLoop> keep = given ? given->shared() : get_event_loop(in);
  return in.make<StreamReaderObject>(in, make_ref<StreamReader>(*keep, most));
}

Value reading(Interpreter& in, Coroutine<loopscope::Bytes> coroutine, const char* name, std::string shown) {
  return coroutine_value(
      in,
      converted(std::move(coroutine),
                [&in](loopscope::Bytes bytes) { return Value(make_bytes(in, std::move(bytes.data))); }),
      std::string("StreamReader.") + name, std::move(shown));
}

Value read(Interpreter& in, Arguments& args) {
  const Value n = argument_or(args, 1, Value::integer(-1));
  return reading(in, StreamReader::read(reader(args), require_int(in, n)), "read", repr(in, n));
}

Value readline(Interpreter& in, Arguments& args) {
  return reading(in, StreamReader::readline(reader(args)), "readline", "");
}

Value readexactly(Interpreter& in, Arguments& args) {
  return reading(in, StreamReader::readexactly(reader(args), require_int(in, args.values[1])), "readexactly",
                 repr(in, args.values[1]));
}

Value readuntil(Interpreter& in, Arguments& args) {
  const Value separator = argument_or(args, 1);
  const std::string mark = separator.is_none() ? "\n" : bytes_argument(in, separator);
  return reading(in, StreamReader::readuntil(reader(args), mark), "readuntil",
                 separator.is_none() ? "" : repr(in, separator));
}

Value at_eof(Interpreter&, Arguments& args) { return Value::boolean(reader(args)->at_eof()); }
Value feed_eof(Interpreter&, Arguments& args) { return reader(args)->feed_eof(), Value(); }
Value feed_data(Interpreter& in, Arguments& args) {
  reader(args)->feed_data(bytes_argument(in, args.values[1]));
  return {};
}
Value exception(Interpreter& in, Arguments& args) {
  const std::exception_ptr error = reader(args)->exception();
  return error ? Value(exception_from(in, error)) : Value();
}

Value aiter(Interpreter&, Arguments& args) { return args.values[0]; }

Coroutine<AnyValue> next_line(Interpreter& in, Ref<StreamReader> reader) {
  loopscope::Bytes line = co_await StreamReader::readline(reader);
  if (line.data.empty()) raise_error(in, "StopAsyncIteration", "");
  Value value = make_bytes(in, std::move(line.data));
  co_return AnyValue(std::move(value));
}

Value anext(Interpreter& in, Arguments& args) {
  return coroutine_value(in, next_line(in, reader(args)), "StreamReader.__anext__", "");
}

constexpr BuiltinRow kReader[] = {
    {"read", read, 0, 1, false, "n", "StreamReader"},
    {"readline", readline, 0, 0, false, "", "StreamReader"},
    {"readexactly", readexactly, 1, 1, false, "n", "StreamReader"},
    {"readuntil", readuntil, 0, 1, false, "separator", "StreamReader"},
    {"at_eof", at_eof, 0, 0, false, "", "StreamReader"},
    {"feed_data", feed_data, 1, 1, false, "data", "StreamReader"},
    {"feed_eof", feed_eof, 0, 0, false, "", "StreamReader"},
    {"exception", exception, 0, 0, false, "", "StreamReader"},
    {"__aiter__", aiter, 0, 0, false, "", "StreamReader"},
    {"__anext__", anext, 0, 0, false, "", "StreamReader"},
};

// --- transports, and what writers pass on to them

SocketTransport& transport(const Arguments& args) {
  if (const auto* writer = as<StreamWriterObject>(args.values[0])) return *writer->writer()->transport();
  return *as<TransportObject>(args.values[0])->transport();
}

Value write(Interpreter& in, Arguments& args) {
  const Bytes* data = args.values[1].get_if<Bytes>();
  if (!data)
    type_error(in, "data argument must be a bytes-like object, not '" + type_name(in, args.values[1]) + "'");
  transport(args).write(data->data());
  return {};
}

Value writelines(Interpreter& in, Arguments& args) {
  if (!is_iterable(in, args.values[1])) type_error(in, "can only join an iterable");
  std::string all;
  std::size_t n = 0;
  for (const Value& one : collect(in, args.values[1])) {
    const Bytes* data = one.get_if<Bytes>();
    if (!data)
      type_error(in, "sequence item " + std::to_string(n) + ": expected a bytes-like object, " +
                         type_name(in, one) + " found");
    all += data->data();
    in.check_room(all.size());
    ++n;
  }
  transport(args).write(all);
  return {};
}

Value write_eof(Interpreter&, Arguments& args) { return transport(args).write_eof(), Value(); }
Value can_write_eof(Interpreter&, Arguments&) { return Value::boolean(true); }
Value close(Interpreter&, Arguments& args) { return transport(args).close(), Value(); }
Value abort(Interpreter&, Arguments& args) { return transport(args).abort(), Value(); }
Value is_closing(Interpreter&, Arguments& args) { return Value::boolean(transport(args).is_closing()); }
Value is_reading(Interpreter&, Arguments& args) { return Value::boolean(transport(args).is_reading()); }
Value pause_reading(Interpreter&, Arguments& args) { return transport(args).pause_reading(), Value(); }
Value resume_reading(Interpreter&, Arguments& args) { return transport(args).resume_reading(), Value(); }

Value get_extra_info(Interpreter& in, Arguments& args) {
  const std::string* name = text_of(args.values[1]);
  const SocketTransport& t = transport(args);
  if (name && *name == "socket") return in.make<TransportSocketObject>(in, t.socket());
  if (name && (*name == "peername" || *name == "sockname")) {
    const std::optional<SocketAddress>& address =
        *name == "peername" ? t.remote_address() : t.local_address();
    return address ? address_value(in, *address) : Value();
  }
  return argument_or(args, 2);
}

Value get_write_buffer_size(Interpreter&, Arguments& args) {
  return Value::integer(static_cast<std::int64_t>(transport(args).write_buffer_size()));
}

Value set_write_buffer_limits(Interpreter& in, Arguments& args) {
  const auto mark = [&](std::size_t index) -> std::optional<std::int64_t> {
    const Value value = argument_or(args, index);
    return value.is_none() ? std::nullopt : std::optional(require_int(in, value));
  };
  transport(args).set_write_buffer_limits(mark(1), mark(2));
  return {};
}

constexpr BuiltinRow kTransport[] = {
    {"write", write, 1, 1, false, "data", "_SelectorSocketTransport"},
    {"writelines", writelines, 1, 1, false, "list_of_data", "WriteTransport"},
    {"write_eof", write_eof, 0, 0, false, "", "_SelectorSocketTransport"},
    {"can_write_eof", can_write_eof, 0, 0, false, "", "_SelectorSocketTransport"},
    {"close", close, 0, 0, false, "", "_SelectorTransport"},
    {"abort", abort, 0, 0, false, "", "_SelectorTransport"},
    {"is_closing", is_closing, 0, 0, false, "", "_SelectorTransport"},
    {"is_reading", is_reading, 0, 0, false, "", "_SelectorSocketTransport"},
    {"pause_reading", pause_reading, 0, 0, false, "", "_SelectorSocketTransport"},
    {"resume_reading", resume_reading, 0, 0, false, "", "_SelectorSocketTransport"},
    {"get_extra_info", get_extra_info, 1, 2, false, "name, default", "BaseTransport"},
    {"get_write_buffer_size", get_write_buffer_size, 0, 0, false, "", "_SelectorTransport"},
    {"set_write_buffer_limits", set_write_buffer_limits, 0, 2, false, "high, low", "_FlowControlMixin"},
};

// --- StreamWriter

const Ref<StreamWriter>& writer(const Arguments& args) {
  return as<StreamWriterObject>(args.values[0])->writer();
}

Value drain(Interpreter& in, Arguments& args) {
  return coroutine_value(in, converted(StreamWriter::drain(writer(args))), "StreamWriter.drain", "");
}
Value wait_closed(Interpreter& in, Arguments& args) {
  return coroutine_value(in, converted(StreamWriter::wait_closed(writer(args))), "StreamWriter.wait_closed",
                         "");
}

constexpr BuiltinRow kWriter[] = {
    {"write", write, 1, 1, false, "data", "StreamWriter"},
    {"writelines", writelines, 1, 1, false, "data", "StreamWriter"},
    {"write_eof", write_eof, 0, 0, false, "", "StreamWriter"},
    {"can_write_eof", can_write_eof, 0, 0, false, "", "StreamWriter"},
    {"close", close, 0, 0, false, "", "StreamWriter"},
    {"is_closing", is_closing, 0, 0, false, "", "StreamWriter"},
    {"wait_closed", wait_closed, 0, 0, false, "", "StreamWriter"},
    {"drain", drain, 0, 0, false, "", "StreamWriter"},
    {"get_extra_info", get_extra_info, 1, 2, false, "name, default", "StreamWriter"},
};

constexpr TypeRow kTypes[] = {
    {"asyncio", "StreamReader", "asyncio.streams", "object", construct_reader},
    {"asyncio", "StreamWriter", "asyncio.streams", "object", nullptr},
    {"-", "_SelectorSocketTransport", "asyncio.selector_events", "object", nullptr},
    {"-", "Server", "asyncio.base_events", "object", nullptr},
};

}  // namespace

std::span<const BuiltinRow> stream_reader_methods() { return kReader; }
std::span<const BuiltinRow> stream_writer_methods() { return kWriter; }
std::span<const BuiltinRow> transport_methods() { return kTransport; }
std::span<const TypeRow> stream_types() { return kTypes; }

}  // namespace loopscope::scenarios

#pragma once

#include <string>

#include "core/net/server.h"
#include "core/net/stream_reader.h"
#include "core/net/stream_writer.h"
#include "scenarios/run/interpreter.h"

/// Streams, servers and transports as programs see them.
namespace loopscope::scenarios {

/// asyncio.StreamReader.
class StreamReaderObject final : public Tracked {
 public:
  StreamReaderObject(Runtime& runtime, Ref<StreamReader> reader)
      : Tracked(Kind::plain, runtime.type_named("StreamReader")), reader_(std::move(reader)) {}
  const Ref<StreamReader>& reader() const { return reader_; }
  std::string repr(Runtime&) override { return reader_->repr(); }
  void clear_references() override { const Ref<StreamReader> gone = std::exchange(reader_, nullptr); }

 private:
  Ref<StreamReader> reader_;
};

/// What writer.transport is.
class TransportObject final : public Object {
 public:
  TransportObject(Runtime& runtime, Ref<SocketTransport> transport)
      : Object(Kind::plain, runtime.type_named("_SelectorSocketTransport")),
        transport_(std::move(transport)) {}
  const Ref<SocketTransport>& transport() const { return transport_; }
  std::string repr(Runtime&) override { return transport_->repr(); }

 private:
  Ref<SocketTransport> transport_;
};

/// asyncio.StreamWriter.
class StreamWriterObject final : public Tracked {
 public:
  StreamWriterObject(Runtime& runtime, Ref<StreamWriter> writer)
      : Tracked(Kind::plain, runtime.type_named("StreamWriter")), writer_(std::move(writer)) {}
  const Ref<StreamWriter>& writer() const { return writer_; }
  std::string repr(Runtime&) override { return writer_->repr(); }
  Value own_attribute(Runtime& runtime, std::string_view name) override;
  void clear_references() override;

 private:
  Ref<StreamWriter> writer_;
  Value transport_;  // made when it is asked for
};

/// What asyncio.start_server returns.
class ServerObject final : public Tracked {
 public:
  ServerObject(Runtime& runtime, Ref<Server> server)
      : Tracked(Kind::plain, runtime.type_named("Server")), server_(std::move(server)) {}
  const Ref<Server>& server() const { return server_; }
  std::string repr(Runtime&) override { return server_->repr(); }
  Value own_attribute(Runtime& runtime, std::string_view name) override;
  void clear_references() override { const Ref<Server> gone = std::exchange(server_, nullptr); }

 private:
  Ref<Server> server_;
};

}  // namespace loopscope::scenarios

#pragma once

#include <string>
#include <string_view>

#include "core/net/socket_transport.h"
#include "core/net/stream_protocol.h"
#include "core/net/stream_reader.h"
#include "core/task/coroutine.h"

namespace loopscope {

/// asyncio.StreamWriter: a transport to write to, with a drain() that waits while too much
/// is unsent (S67). Loop thread only.
class StreamWriter final : public RefCounted {
 public:
  /// `reader`: of the same connection; may be null.
  StreamWriter(EventLoop& loop, Ref<SocketTransport> transport, Ref<StreamProtocol> protocol,
               Ref<StreamReader> reader);

  void write(std::string_view data) { transport_->write(data); }
  void write_eof() { transport_->write_eof(); }
  void close() { transport_->close(); }
  bool is_closing() const { return transport_->is_closing(); }
  const Ref<SocketTransport>& transport() const { return transport_; }

  /// Suspends only while the transport's buffer is above its mark, or once when it closes.
  /// The reader's error, if it has one; ConnectionResetError('Connection lost').
  static Coroutine<> drain(Ref<StreamWriter> self);
  static Coroutine<> wait_closed(Ref<StreamWriter> self);

  Coroutine<> drain() { return drain(Ref<StreamWriter>(this)); }
  Coroutine<> wait_closed() { return wait_closed(Ref<StreamWriter>(this)); }

  std::string repr() const;

 private:
  Ref<SocketTransport> transport_;
  Ref<StreamProtocol> protocol_;
  Ref<StreamReader> reader_;
  Ref<Future> complete_;
};

}  // namespace loopscope

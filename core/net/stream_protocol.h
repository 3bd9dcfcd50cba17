#pragma once

#include <functional>
#include <list>

#include "core/net/protocol.h"
#include "core/net/socket_transport.h"
#include "core/task/coroutine.h"

namespace loopscope {

class StreamReader;
class StreamWriter;

/// Called for every connection that a server accepts. Starts the task that serves it, or
/// serves it on the spot: the task, or null.
using ClientConnected = std::function<Ref<Task>(Ref<StreamReader>, Ref<StreamWriter>)>;

/// asyncio's StreamReaderProtocol: feeds a reader, and holds back writers.
class StreamProtocol final : public Protocol {
 public:
  /// With `client_connected` it owns `reader` until the connection is made; without, the
  /// reader belongs to whoever asked for the connection.
  StreamProtocol(EventLoop& loop, const Ref<StreamReader>& reader, ClientConnected client_connected = {});
  ~StreamProtocol() override;

  void connection_made(SocketTransport& transport) override;
  void data_received(std::string data) override;
  bool eof_received() override;
  void connection_lost(std::exception_ptr error) override;
  void pause_writing() override { paused_ = true; }
  void resume_writing() override;
  void abandon() override;

  /// Waits while writing is paused. ConnectionResetError once the connection is lost.
  static Coroutine<> drain(Ref<StreamProtocol> self);
  /// Done when the connection is lost.
  const Ref<Future>& closed() const { return closed_; }
  /// Its reader is no more: what comes in is dropped.
  void forget_reader() { reader_ = nullptr; }

 private:
  void wake_drainers(const std::exception_ptr& error);
  void let_go();

  Ref<LoopAnchor> anchor_;
  StreamReader* reader_;
  Ref<StreamReader> strong_reader_;
  ClientConnected client_connected_;
  Ref<StreamWriter> writer_;
  Ref<SocketTransport> transport_;
  Ref<Task> task_;
  Ref<Future> closed_;
  std::list<Ref<Future>> drainers_;
  bool paused_ = false;
  bool connection_lost_ = false;
};

}  // namespace loopscope

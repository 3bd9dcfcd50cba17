#pragma once

#include <exception>
#include <string>

#include "core/base/ref.h"

namespace loopscope {

class SocketTransport;

/// What a transport tells of its connection: asyncio's Protocol. Called on the loop's
/// thread, connection_made first and connection_lost last, once each.
class Protocol : public RefCounted {
 public:
  virtual void connection_made(SocketTransport& transport) = 0;
  virtual void data_received(std::string data) = 0;
  /// True keeps the transport open for writing.
  virtual bool eof_received() = 0;
  /// `error`: null after a regular close.
  virtual void connection_lost(std::exception_ptr error) = 0;
  /// The write buffer has passed its high-water mark / has fallen to its low one.
  virtual void pause_writing() = 0;
  virtual void resume_writing() = 0;
  /// The loop is gone before the connection was lost: lets go of what holds it in a circle.
  virtual void abandon() {}
};

/// Counts the connections that it has accepted: a server.
class ConnectionCounter : public RefCounted {
 public:
  virtual void attach() = 0;
  virtual void detach() = 0;
};

}  // namespace loopscope

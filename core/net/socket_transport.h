#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/net/protocol.h"
#include "core/task/future.h"
#include "core/world/socket.h"

namespace loopscope {

/// asyncio's transport over a connected, non-blocking socket: reads whenever there is
/// something, writes at once and keeps only what did not fit (S66). Loop thread only.
class SocketTransport final : public RefCounted {
 public:
  static constexpr std::size_t kMostRead = 256 * 1024;  ///< bytes that one read asks for
  static constexpr std::size_t kHighWater = 64 * 1024;

  /// Queues three calls: connection_made, the start of reading, `waiter`'s completion (S66).
  /// `waiter` and `server` may be null; `remote`: the other end, when it is known.
  SocketTransport(EventLoop& loop, Ref<Socket> socket, Ref<Protocol> protocol, Ref<Future> waiter,
                  std::optional<SocketAddress> remote = {}, Ref<ConnectionCounter> server = {});
  ~SocketTransport() override;

  /// Sends what the socket takes now; a rest waits until it takes more. RuntimeError after
  /// write_eof(). Lost without a word once the connection is.
  void write(std::string_view data);
  /// The end of file, behind what still waits.
  void write_eof();
  /// Stops reading, sends what waits, then closes: connection_lost comes in a later
  /// iteration. Idempotent.
  void close();
  /// Closes and drops what waits.
  void abort() { force_close(nullptr); }
  bool is_closing() const { return closing_; }
  bool is_reading() const { return !paused_ && !closing_; }
  void pause_reading();
  void resume_reading();

  std::size_t write_buffer_size() const { return buffer_.size(); }
  /// Absent marks follow from the other one, as in asyncio. ValueError unless high >= low >= 0.
  void set_write_buffer_limits(std::optional<std::int64_t> high, std::optional<std::int64_t> low);
  std::pair<std::int64_t, std::int64_t> write_buffer_limits() const { return {low_water_, high_water_}; }

  const std::optional<SocketAddress>& local_address() const { return local_; }
  const std::optional<SocketAddress>& remote_address() const { return remote_; }
  /// Closed by the transport when the connection is lost.
  const Ref<Socket>& socket() const { return shown_socket_; }
  Fd fd() const { return fd_; }
  /// As Python's: `<_SelectorSocketTransport fd=7 read=polling write=<idle, bufsize=0>>`.
  std::string repr() const;

  /// Cuts the circle of transport and protocol: its loop is about to go. Its connection is
  /// not closed, as CPython's is not: nobody frees that circle.
  void abandon();

 private:
  EventLoop* loop() const { return anchor_->loop; }
  /// RuntimeError when the loop is gone.
  EventLoop& open_loop() const;
  void start_reading();
  void read_ready();
  void read_end_of_file();
  void write_ready();
  void fatal_error(const std::exception_ptr& error, const char* message);
  void force_close(std::exception_ptr error);
  void queue_connection_lost(std::exception_ptr error);
  void lose_connection(const std::exception_ptr& error);
  void maybe_pause_protocol();
  void maybe_resume_protocol();

  void note_lost_write();
  void keep(std::string_view unsent);
  void drop(std::size_t sent);

  Ref<LoopAnchor> anchor_;
  Budget& budget_;
  Ref<Socket> socket_;        // none once the connection is lost
  Ref<Socket> shown_socket_;  // for get_extra_info('socket')
  Fd fd_;
  Ref<Protocol> protocol_;
  Ref<ConnectionCounter> server_;
  std::optional<SocketAddress> local_, remote_;
  std::string buffer_;
  std::int64_t high_water_ = kHighWater, low_water_ = kHighWater / 4;
  bool protocol_paused_ = false;
  bool lost_ = false;  // connection_lost is queued, or was called
  unsigned lost_writes_ = 0;
  bool closing_ = false;
  bool paused_ = false;
  bool eof_ = false;
};

}  // namespace loopscope

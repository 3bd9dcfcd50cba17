#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/budget.h"
#include "core/base/os_error.h"
#include "core/world/sockets.h"

namespace loopscope {

/// What poll reports of a descriptor. Errors and hang-ups are reported whether or not
/// they are asked for.
struct PollBits {
  bool in = false, out = false, error = false, hang_up = false;
};

/// One end of a stream, as the kernel keeps it: Linux's rules of TCP on the loopback,
/// where everything that is sent has arrived. Changes of what it is ready for are told
/// to `on_change`; nothing here blocks.
class VirtualSocket final : public std::enable_shared_from_this<VirtualSocket> {
 public:
  /// Bytes that may wait to be read by the other end before a sender must wait:
  /// the most that Linux lets a TCP socket keep.
  static constexpr std::size_t kCapacity = std::size_t{4} << 20;

  enum class State { closed, listening, connecting, connected };
  /// Which wakes a change is good for, as the kernel's wait queues tell it.
  enum class Wake { readable, writable, any };

  /// Bytes that wait count against `budget`'s memory.
  explicit VirtualSocket(Budget& budget) : budget_(budget) {}
  ~VirtualSocket();
  VirtualSocket(const VirtualSocket&) = delete;
  VirtualSocket& operator=(const VirtualSocket&) = delete;

  /// Makes the two ends of a stream, connected.
  static void join(const std::shared_ptr<VirtualSocket>& a, const std::shared_ptr<VirtualSocket>& b);

  State state() const { return state_; }
  PollBits poll() const;
  bool at_end_of_file() const { return end_of_file_; }

  // Listening
  void listen(int backlog);
  /// A connection from `client` (connecting) has come: it is joined with a new end that
  /// waits to be accepted, or waits itself until there is room.
  void arrive(const std::shared_ptr<VirtualSocket>& client);
  /// The end that has waited longest, or null.
  std::shared_ptr<VirtualSocket> accept();

  // Streams
  void begin_connect() { state_ = State::connecting; }
  /// The connection is refused: the error waits to be read.
  void refuse() { fail(Errno::refused); }
  /// After a connect that reported its failure: as new.
  void disconnect();
  /// OsError when nothing can come; none: nothing there yet; empty: the end of file.
  std::optional<std::string> receive(std::size_t most);
  /// How many bytes were taken; none: no room now. OsError when nobody will read.
  std::optional<std::size_t> send(std::string_view data);
  /// Sends the end of file.
  void shut_writing();
  /// Lets go: the end of file for the other end, or a reset when bytes were left unread.
  void close();
  /// Breaks the connection: the other end sees ECONNRESET.
  void reset();
  /// The pending error, which this clears.
  std::optional<Errno> take_error() { return std::exchange(error_, std::nullopt); }
  std::size_t room() const;

  SocketAddress local;
  std::optional<SocketAddress> remote;
  bool bound = false;
  bool blocking = true;
  bool reuse_address = false;
  bool connect_reported = false;  ///< a later connect() says that it is connected
  std::optional<Fd> fd;           ///< of the program; none while it waits to be accepted
  /// What is ready may have changed.
  std::function<void(VirtualSocket&, Wake)> on_change = {};
  /// The connection's two FINs: this end closed first, and its port stays taken for a while.
  std::function<void(VirtualSocket&)> on_time_wait = {};

 private:
  void change(Wake wake) {
    if (on_change) on_change(*this, wake);
  }
  void establish(const std::shared_ptr<VirtualSocket>& client);
  void admit_waiting();
  void finish_sending();
  void take_end_of_file();
  void fail(Errno error);
  void forget_incoming();

  Budget& budget_;
  State state_ = State::closed;
  std::weak_ptr<VirtualSocket> peer_;
  std::string incoming_;
  bool end_of_file_ = false;  // FIN received
  bool shut_read_ = false, shut_write_ = false;
  bool released_ = false;  // its descriptor is closed
  std::optional<Errno> error_;

  std::size_t backlog_ = 0;
  std::deque<std::shared_ptr<VirtualSocket>> accept_queue_;
  std::deque<std::weak_ptr<VirtualSocket>> waiting_clients_;
};

}  // namespace loopscope

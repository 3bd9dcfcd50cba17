#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "core/base/budget.h"
#include "core/trace/tracer.h"
#include "core/world/virtual_socket.h"
#include "core/world/world.h"

namespace loopscope {

class VirtualSelector;

/// The virtual world's descriptors and what stands behind them: the lowest free number is
/// given out, as on a fresh process (0-2 are taken), and closing frees it. Sockets reach
/// each other and scripted peers on 127.0.0.1, and nothing else.
///
/// Emits `net.sent` and `net.received` for the program's side.
class VirtualNetwork final : public Network {
 public:
  /// Waits are `threads`' matter. All must outlive the network.
  VirtualNetwork(const Clock& clock, Threads& threads, Tracer& tracer, Budget& budget)
      : clock_(clock), threads_(threads), tracer_(tracer), budget_(budget) {}
  ~VirtualNetwork() override;

  std::unique_ptr<Selector> open_selector() override;
  std::pair<Fd, Fd> open_pair() override;
  void close(Fd fd) override;
  void wake(Fd fd, std::uint8_t byte) override;
  std::string drain(Fd fd) override;

  Fd open_socket() override;
  void set_blocking(Fd fd, bool blocking) override { socket(fd).blocking = blocking; }
  bool is_blocking(Fd fd) const override { return socket(fd).blocking; }
  void set_reuse_address(Fd fd, bool reuse) override { socket(fd).reuse_address = reuse; }
  bool reuses_address(Fd fd) const override { return socket(fd).reuse_address; }
  void bind(Fd fd, const SocketAddress& address) override;
  void listen(Fd fd, int backlog) override;
  Accepted accept(Fd fd) override;
  void connect(Fd fd, const SocketAddress& address) override;
  std::string receive(Fd fd, std::size_t most) override;
  std::size_t send(Fd fd, std::string_view data) override;
  void shutdown_writing(Fd fd) override { socket(fd).shut_writing(); }
  SocketAddress local_address(Fd fd) const override { return socket(fd).local; }
  SocketAddress remote_address(Fd fd) const override;
  std::optional<Errno> take_error(Fd fd) override { return socket(fd).take_error(); }

  /// What `fd` is ready for just now: kReadable | kWritable. Errors and hang-ups are both.
  std::uint8_t readiness(Fd fd) const;
  /// OsError bad_descriptor unless it can be watched.
  void check_open(Fd fd) const;

  // For peers of the script.
  /// An end of a connection with no descriptor.
  std::shared_ptr<VirtualSocket> make_socket();
  /// Connects `client`: it is joined, waits for room in the accept queue, or is refused.
  void reach(const std::shared_ptr<VirtualSocket>& client, const SocketAddress& address);

  // For selectors.
  Fd attach(VirtualSelector& selector);
  void detach(VirtualSelector& selector, Fd fd);
  double now() const { return clock_.now(); }
  Threads& threads() { return threads_; }

 private:
  /// A port that stays taken for a while after its connection was closed from here.
  struct TimeWait {
    SocketAddress address;
    bool reuse_address;
    double until;
  };

  Fd give_fd(std::shared_ptr<VirtualSocket> socket);
  VirtualSocket& socket(Fd fd) const;
  void changed(const VirtualSocket& socket, VirtualSocket::Wake wake);
  bool is_taken(const SocketAddress& address, bool reuse) const;
  std::uint16_t free_port();
  void bind_anywhere(VirtualSocket& socket, const std::string& host);
  void hold_port(const VirtualSocket& socket);
  bool begin_connect(VirtualSocket& socket, const SocketAddress& address);
  void emit_traffic(EventKind kind, Fd fd, std::string_view data);
  void wait_for(const std::function<bool()>& until, const char* doing, Fd fd);

  const Clock& clock_;
  Threads& threads_;
  Tracer& tracer_;
  Budget& budget_;
  std::map<Fd, std::shared_ptr<VirtualSocket>> open_;  // null: a selector's own
  std::vector<VirtualSelector*> selectors_;
  std::vector<TimeWait> time_waits_;
  std::uint16_t last_port_ = 0;
};

}  // namespace loopscope

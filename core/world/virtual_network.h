#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "core/world/world.h"

namespace loopscope {

/// The virtual world's fds: the lowest free number is given out, as on a fresh process
/// (0-2 are taken), and closing frees it.
class VirtualNetwork final : public Network {
 public:
  /// Waits are `threads`' matter. Both must outlive the network.
  VirtualNetwork(const Clock& clock, Threads& threads) : clock_(clock), threads_(threads) {}

  /// Takes an fd (epoll's); the selector's end frees it.
  std::unique_ptr<Selector> open_selector() override;
  std::pair<Fd, Fd> open_pair() override;
  void close(Fd fd) override;
  void wake(Fd fd) override;
  void drain(Fd fd) override;

  /// What `fd` is ready for just now: kReadable | kWritable.
  std::uint8_t readiness(Fd fd) const;

 private:
  friend class VirtualSelector;
  struct Pipe {
    std::optional<Fd> peer;  ///< none for epoll's own fd, and once the peer is closed
    std::uint64_t unread = 0;
  };
  Fd open(Pipe pipe);

  const Clock& clock_;
  Threads& threads_;
  std::map<Fd, Pipe> open_;
};

}  // namespace loopscope

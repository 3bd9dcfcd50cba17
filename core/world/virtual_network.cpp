#include "core/world/virtual_network.h"

#include "core/trace/event.h"

namespace loopscope {

/// Level-triggered; reports fds in order of their numbers.
class VirtualSelector final : public Selector {
 public:
  explicit VirtualSelector(VirtualNetwork& network) : network_(network), epoll_fd_(network.open({})) {}
  ~VirtualSelector() override { network_.close(epoll_fd_); }

  void watch(Fd fd, std::uint8_t mask) override {
    if (mask == 0)
      watched_.erase(fd);
    else
      watched_[fd] = mask;
  }

  std::vector<FdEvent> select(std::optional<double> timeout) override {
    std::optional<double> deadline;
    if (timeout) deadline = network_.clock_.now() + *timeout;
    network_.threads_.block([&] { return !ready().empty(); }, deadline, "select");
    return ready();
  }

 private:
  std::vector<FdEvent> ready() const {
    std::vector<FdEvent> events;
    for (const auto& [fd, mask] : watched_)
      if (const auto now = static_cast<std::uint8_t>(network_.readiness(fd) & mask))
        events.push_back({fd, now});
    return events;
  }

  VirtualNetwork& network_;
  Fd epoll_fd_;
  std::map<Fd, std::uint8_t> watched_;
};

std::unique_ptr<Selector> VirtualNetwork::open_selector() { return std::make_unique<VirtualSelector>(*this); }

std::pair<Fd, Fd> VirtualNetwork::open_pair() {
  const Fd first = open({});
  const Fd second = open({.peer = first});
  open_[first].peer = second;
  return {first, second};
}

Fd VirtualNetwork::open(Pipe pipe) {
  Fd fd = 3;  // after stdin, stdout and stderr
  while (open_.contains(fd)) ++fd;
  open_.emplace(fd, pipe);
  return fd;
}

void VirtualNetwork::close(Fd fd) {
  const auto found = open_.find(fd);
  if (found == open_.end()) return;
  if (const auto peer = found->second.peer) open_[*peer].peer.reset();
  open_.erase(found);
}

void VirtualNetwork::wake(Fd fd) {
  const auto found = open_.find(fd);
  if (found != open_.end() && found->second.peer) ++open_[*found->second.peer].unread;
}

void VirtualNetwork::drain(Fd fd) {
  if (const auto found = open_.find(fd); found != open_.end()) found->second.unread = 0;
}

std::uint8_t VirtualNetwork::readiness(Fd fd) const {
  const auto found = open_.find(fd);
  if (found == open_.end()) return 0;
  const bool readable = found->second.unread > 0, writable = found->second.peer.has_value();
  return static_cast<std::uint8_t>((readable ? kReadable : 0) | (writable ? kWritable : 0));
}

}  // namespace loopscope

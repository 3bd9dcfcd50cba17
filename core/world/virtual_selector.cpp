#include "core/world/virtual_selector.h"

#include "core/trace/event.h"
#include "core/world/virtual_network.h"

namespace loopscope {

VirtualSelector::VirtualSelector(VirtualNetwork& network)
    : network_(network), epoll_fd_(network.attach(*this)) {}

VirtualSelector::~VirtualSelector() { network_.detach(*this, epoll_fd_); }

std::uint8_t VirtualSelector::ready_for(Fd fd, const Watch& watch) const {
  return watch.stale ? 0 : static_cast<std::uint8_t>(network_.readiness(fd) & watch.mask);
}

void VirtualSelector::list(Fd fd, Watch& watch) {
  if (watch.listed) return;
  watch.listed = true;
  ready_.push_back(fd);
}

void VirtualSelector::watch(Fd fd, std::uint8_t mask) {
  const auto known = watches_.find(fd);
  if (mask == 0) {
    if (known == watches_.end()) return;
    ready_.remove(fd);
    watches_.erase(known);
    return;
  }
  if (known == watches_.end()) network_.check_open(fd);
  if (known != watches_.end() && known->second.stale) {
    watches_.erase(known);
    throw OsError(Errno::no_entry);
  }
  Watch& watch = watches_[fd];
  watch.mask = mask;
  if (ready_for(fd, watch)) list(fd, watch);
}

void VirtualSelector::notify(Fd fd, VirtualSocket::Wake wake) {
  const auto known = watches_.find(fd);
  if (known == watches_.end() || known->second.stale) return;
  const bool asked = wake == VirtualSocket::Wake::any ||
                     (known->second.mask & (wake == VirtualSocket::Wake::readable ? kReadable : kWritable));
  if (asked) list(fd, known->second);
}

void VirtualSelector::drop(Fd fd) {
  const auto known = watches_.find(fd);
  if (known == watches_.end()) return;
  ready_.remove(fd);
  known->second = {.mask = known->second.mask, .stale = true, .listed = false};
}

bool VirtualSelector::any_ready() const {
  for (const Fd fd : ready_)
    if (ready_for(fd, watches_.at(fd))) return true;
  return false;
}

std::vector<FdEvent> VirtualSelector::collect() {
  std::vector<FdEvent> events;
  for (auto at = ready_.begin(); at != ready_.end();) {
    Watch& watch = watches_.at(*at);
    if (const std::uint8_t mask = ready_for(*at, watch)) {
      events.push_back({*at, mask});
      ++at;
    } else {
      watch.listed = false;
      at = ready_.erase(at);
    }
  }
  return events;
}

std::vector<FdEvent> VirtualSelector::select(std::optional<double> timeout) {
  std::optional<double> deadline;
  if (timeout) deadline = network_.now() + *timeout;
  network_.threads().block([this] { return any_ready(); }, deadline, "select");
  return collect();
}

}  // namespace loopscope

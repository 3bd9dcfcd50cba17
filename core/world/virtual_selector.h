#pragma once

#include <list>
#include <map>

#include "core/world/virtual_socket.h"
#include "core/world/world.h"

namespace loopscope {

class VirtualNetwork;

/// epoll, level-triggered, as Linux keeps it. A descriptor joins the end of the ready list
/// when it becomes ready for something it is watched for (or is so when the watch
/// begins or changes), and keeps its place until a select finds it not ready. Select
/// reports in the list's order.
class VirtualSelector final : public Selector {
 public:
  /// Takes an fd. `network` must outlive the selector.
  explicit VirtualSelector(VirtualNetwork& network);
  ~VirtualSelector() override;

  void watch(Fd fd, std::uint8_t mask) override;
  std::vector<FdEvent> select(std::optional<double> timeout) override;
  Fd fd() const override { return epoll_fd_; }

  /// Something about `fd` has changed.
  void notify(Fd fd, VirtualSocket::Wake wake);
  /// `fd` was closed: epoll drops it, though whoever watched it may not know.
  void drop(Fd fd);

 private:
  struct Watch {
    std::uint8_t mask = 0;
    bool stale = false;  // its descriptor was closed
    bool listed = false;
  };
  std::uint8_t ready_for(Fd fd, const Watch& watch) const;
  void list(Fd fd, Watch& watch);
  bool any_ready() const;
  std::vector<FdEvent> collect();

  VirtualNetwork& network_;
  Fd epoll_fd_;
  std::map<Fd, Watch> watches_;
  std::list<Fd> ready_;
};

}  // namespace loopscope

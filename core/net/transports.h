#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/loop/event_loop.h"

namespace loopscope {

class SocketTransport;

/// The transports of one loop, by their descriptors: what a transport uses is closed to
/// add_reader and its kin. Owns none of them.
class Transports final : public LoopLocal {
 public:
  /// Those of `loop`, made on first use.
  static Transports& of(EventLoop& loop);

  void add(Fd fd, SocketTransport& transport) { by_fd_[fd] = &transport; }
  void remove(Fd fd, SocketTransport& transport);
  /// RuntimeError when an open transport uses `fd`; `shown` is what the program passed.
  void ensure_unused(Fd fd, std::string_view shown) const;

  void abandon() override;
  std::string waits() const override { return {}; }

 private:
  std::map<Fd, SocketTransport*> by_fd_;
};

/// loop.add_reader and its kin, as programs call them: not for a transport's descriptor.
/// `shown` is the program's file object in a message.
Ref<Handle> add_reader(EventLoop& loop, Fd fd, std::string_view shown, Callback callback,
                       std::string_view label, Ref<CallbackSource> source = nullptr);
Ref<Handle> add_writer(EventLoop& loop, Fd fd, std::string_view shown, Callback callback,
                       std::string_view label, Ref<CallbackSource> source = nullptr);
bool remove_reader(EventLoop& loop, Fd fd, std::string_view shown);
bool remove_writer(EventLoop& loop, Fd fd, std::string_view shown);

}  // namespace loopscope

#include "core/net/transports.h"

#include <vector>

#include "core/net/socket_transport.h"

namespace loopscope {

Transports& Transports::of(EventLoop& loop) {
  std::unique_ptr<LoopLocal>& place = loop.net_state();
  if (!place) place = std::make_unique<Transports>();
  return static_cast<Transports&>(*place);
}

void Transports::remove(Fd fd, SocketTransport& transport) {
  const auto found = by_fd_.find(fd);
  if (found != by_fd_.end() && found->second == &transport) by_fd_.erase(found);
}

void Transports::ensure_unused(Fd fd, std::string_view shown) const {
  const auto found = by_fd_.find(fd);
  if (found == by_fd_.end() || found->second->is_closing()) return;
  throw CoreError(CoreError::Type::RuntimeError,
                  "File descriptor " + std::string(shown) + " is used by transport " + found->second->repr());
}

void Transports::abandon() {
  std::vector<Ref<SocketTransport>> all;
  for (const auto& [fd, transport] : by_fd_) all.emplace_back(transport);
  for (const Ref<SocketTransport>& transport : all) transport->abandon();
}

Ref<Handle> add_reader(EventLoop& loop, Fd fd, std::string_view shown, Callback callback,
                       std::string_view label, Ref<CallbackSource> source) {
  Transports::of(loop).ensure_unused(fd, shown);
  return loop.add_reader(fd, std::move(callback), label, std::move(source));
}

Ref<Handle> add_writer(EventLoop& loop, Fd fd, std::string_view shown, Callback callback,
                       std::string_view label, Ref<CallbackSource> source) {
  Transports::of(loop).ensure_unused(fd, shown);
  return loop.add_writer(fd, std::move(callback), label, std::move(source));
}

bool remove_reader(EventLoop& loop, Fd fd, std::string_view shown) {
  Transports::of(loop).ensure_unused(fd, shown);
  return loop.remove_reader(fd);
}

bool remove_writer(EventLoop& loop, Fd fd, std::string_view shown) {
  Transports::of(loop).ensure_unused(fd, shown);
  return loop.remove_writer(fd);
}

}  // namespace loopscope

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/trace/tracer.h"
#include "core/world/world.h"

namespace loopscope {

/// A selector that a program drives itself, outside any loop: selectors.DefaultSelector.
/// Emits `fd.watched`, `fd.unwatched` and `select.begin/end`, of no loop.
class ReadinessSelector final {
 public:
  /// Takes an fd. `world` and `tracer` must outlive it.
  ReadinessSelector(World world, Tracer& tracer);

  /// Watches `fd` for exactly `mask`; `label` is what the trace calls it. Errors as
  /// Selector::watch: then `fd` is watched no more.
  void watch(Fd fd, std::uint8_t mask, std::string_view label);
  void unwatch(Fd fd);
  Fd fd() const { return selector_->fd(); }
  /// Blocks at most `timeout` seconds (none: for ever); the ready descriptors in the order in
  /// which they became ready.
  std::vector<FdEvent> select(std::optional<double> timeout);

 private:
  Tracer& tracer_;
  std::unique_ptr<Selector> selector_;
  std::map<Fd, std::uint8_t> masks_;
};

}  // namespace loopscope

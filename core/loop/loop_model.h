#pragma once

#include <memory>
#include <string_view>

namespace loopscope {

class EventLoop;

/// Decides what one iteration does; everything else is shared by all models.
class LoopModel {
 public:
  virtual ~LoopModel() = default;
  virtual std::string_view name() const = 0;
  /// Runs the phases of one iteration, in the model's order.
  virtual void run_once(EventLoop& loop) = 0;
};

/// CPython's `_run_once`: purge, timeout, select, I/O, due timers, snapshot, run (S1).
class AsyncioModel final : public LoopModel {
 public:
  std::string_view name() const override { return "asyncio"; }
  void run_once(EventLoop& loop) override;
};

}  // namespace loopscope

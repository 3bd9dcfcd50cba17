#pragma once

#include <memory>
#include <span>
#include <string_view>

namespace loopscope {

class EventLoop;

/// Decides what one iteration does; everything else is shared by all models, so that
/// the same program runs on each of them.
class LoopModel {
 public:
  virtual ~LoopModel() = default;
  virtual std::string_view name() const = 0;
  /// Runs the phases of one iteration, in the model's order.
  virtual void run_once(EventLoop& loop) = 0;

  /// False: there is neither a timer heap nor a selector. What needs them is a
  /// RuntimeError; sleeps poll the clock.
  virtual bool has_timers_and_selector() const { return true; }
  /// True: awaiting a coroutine queues it as a task of its own, with the awaiting one as
  /// its waiter. False: it is a plain call within the awaiting task's step (S28).
  virtual bool queues_awaited_coroutines() const { return false; }
};

/// CPython's `_run_once`: purge, timeout, select, I/O, due timers, snapshot, run (S1).
class AsyncioModel final : public LoopModel {
 public:
  std::string_view name() const override { return "asyncio"; }
  void run_once(EventLoop& loop) override;
};

/// The simplified loop of many textbooks: purge, run handles until none is ready, then
/// select, I/O, due timers. A callback that queues itself again never lets the iteration
/// end. stop() takes effect at the iteration's end.
class DrainModel final : public LoopModel {
 public:
  std::string_view name() const override { return "drain"; }
  void run_once(EventLoop& loop) override;
};

/// The generator loop of many tutorials: one queue and nothing else. An iteration is one
/// turn: the first of the queue runs to its next suspension, then the clock moves on by
/// the cost of a turn. No timers, no selector, no phases.
class TrampolineModel final : public LoopModel {
 public:
  /// `turn_cost` in seconds, > 0: without it no sleep would ever end.
  explicit TrampolineModel(double turn_cost = kTurnCost) : turn_cost_(turn_cost) {}
  std::string_view name() const override { return "trampoline"; }
  void run_once(EventLoop& loop) override;
  bool has_timers_and_selector() const override { return false; }
  bool queues_awaited_coroutines() const override { return true; }

  static constexpr double kTurnCost = 0.001;

 private:
  double turn_cost_;
};

/// The model called `name`, or null; `turn_cost` is for those whose turns take time.
std::unique_ptr<LoopModel> make_loop_model(std::string_view name,
                                           double turn_cost = TrampolineModel::kTurnCost);
/// The names of all models, the default first.
std::span<const std::string_view> loop_model_names();

}  // namespace loopscope

#pragma once

#include <functional>
#include <memory>

#include "core/task/task.h"

namespace loopscope {

/// What a new loop needs around it.
struct LoopSetting {
  World world;
  Tracer& tracer;
  Budget& budget;
  LoopModel& model;
  LoopOptions options = {};
};

/// asyncio.Runner (S70): a loop of its own for several coroutines, one after the other, shut
/// down in order at the end. Belongs to one thread.
class Runner {
 public:
  enum class State { created, initialized, closed };
  using LoopFactory = std::function<std::shared_ptr<EventLoop>()>;

  /// With a `factory`, its loop is used and does not become the thread's.
  explicit Runner(LoopSetting setting, LoopFactory factory = {})
      : setting_(std::move(setting)), factory_(std::move(factory)) {}

  State state() const { return state_; }
  /// The loop, made on first use. RuntimeError when closed.
  EventLoop& loop();
  /// Runs `main` to its end: its result, or throws. RuntimeError inside a running loop.
  AnyValue run(std::unique_ptr<Steppable> main, TaskOptions options = {});
  /// Throws what run() throws inside a running loop.
  void check_can_run() const;
  /// Cancels all tasks, shuts down generators and the executor, closes the loop. Does
  /// nothing before the first run and when closed.
  void close();
  /// Drops the loop as EventLoop::abandon does: for the end of a program.
  void abandon();

 private:
  void initialize();

  LoopSetting setting_;
  LoopFactory factory_;
  State state_ = State::created;
  std::shared_ptr<EventLoop> loop_;
  bool current_was_set_ = false;
};

}  // namespace loopscope

#pragma once

#include <memory>

#include "core/base/budget.h"
#include "core/trace/tracer.h"
#include "core/world/world.h"

namespace loopscope {

/// The deterministic world: time stands still while the program runs and jumps to the
/// next deadline when every thread waits. The same program gives the same trace, byte
/// for byte. Starts at 0.0 s with fds 0-2 taken, as a fresh process.
///
/// Emits `thread.started` for the main thread at construction.
class VirtualWorld final {
 public:
  /// `tracer` and `budget` must outlive the world.
  VirtualWorld(Tracer& tracer, Budget& budget);
  ~VirtualWorld();

  World world();

  /// The program is over: emits `thread.ended` for the main thread, at the time it is now.
  void end();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace loopscope

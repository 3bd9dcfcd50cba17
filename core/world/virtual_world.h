#pragma once

#include <memory>
#include <vector>

#include "core/base/budget.h"
#include "core/trace/tracer.h"
#include "core/world/agenda.h"
#include "core/world/world.h"
#include "core/world/world_script.h"

namespace loopscope {

/// The deterministic world: time stands still while a thread runs and jumps to the next
/// deadline or event when every thread waits (scheduler.h). The same program gives the same trace, byte
/// for byte. Starts at 0.0 s with fds 0-2 taken, as a fresh process.
///
/// Emits `thread.started` for the main thread at construction.
class VirtualWorld final {
 public:
  /// `tracer` and `budget` must outlive the world.
  VirtualWorld(Tracer& tracer, Budget& budget);
  ~VirtualWorld();

  World world();

  /// Lets `action` happen outside the program at `at` seconds on the loop clock: before
  /// any thread that runs at that moment, behind what was scheduled before for it. Time
  /// never passes over it, and while one is to come nothing is a deadlock. For whoever
  /// holds the baton, before the run and in it; its events belong to no loop and to the
  /// main thread.
  void schedule(double at, Agenda::Action action);

  /// Schedules what a script has happen: peers that connect and send, signals.
  void play(const std::vector<WorldEvent>& events);

  /// Ends every thread but the main one where it stands: what they have open closes.
  /// Main thread only, when no program code is to run any more.
  void stop_threads();

  /// The program is over: stop_threads(), then `thread.ended` for the main thread, at the
  /// time it is now.
  void end();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace loopscope

#include "traces/narration.h"

#include <array>
#include <fmt/format.h>

#include "traces/narration_scene.h"

namespace loopscope::traces {
namespace {

using Teller = std::string (*)(const Scene&);

// Who tells which kind, in the order of EventKind.
constexpr std::array<Teller, kEventKinds> kTellers = {
    tell_loop,    tell_loop,    tell_loop,    tell_loop,    tell_loop,     // loop.*
    tell_loop,    tell_loop,                                               // iteration.*
    tell_timers,                                                           // timer.purged
    tell_phases,  tell_phases,  tell_phases,                               // select.*, io.ready
    tell_phases,  tell_phases,  tell_timers,                               // timers.*, timer.promoted
    tell_phases,  tell_phases,                                             // ready.*
    tell_handles, tell_handles, tell_handles, tell_handles, tell_handles,  // handle.*
    tell_timers,  tell_timers,                                             // timer.scheduled, timer.cancelled
    tell_tasks,   tell_tasks,   tell_tasks,   tell_tasks,   tell_tasks,   tell_tasks,  // task.*
    tell_futures, tell_futures,                                                        // future.*
    tell_outside, tell_outside, tell_outside, tell_outside, tell_outside,              // fd.*, net.*
    tell_outside, tell_outside, tell_outside, tell_outside, tell_outside,              // thread.*, job.*
    tell_outside, tell_outside,                                                        // signal, world
    tell_program, tell_program, tell_program, tell_program, tell_program,  // output, line, error, warning,
                                                                           // gap
};

std::string place_outside(const Scene& s) {
  if (s.loop == nullptr)
    return s.store.next_of({EventKind::loop_created}, 0) ? "Before the loop" : "Without a loop";
  if (s.loop->closed) return "After the loop";
  if (s.e.kind == EventKind::thread_ended && s.e.thread == kMainThread.value) return "The end";
  if (s.loop->running) return "The loop";
  return s.loop->iteration == 0 ? "Before the loop" : "Between runs";
}

// An event of an iteration's frame belongs to the iteration, also the one that ends it.
bool in_iteration(const Scene& s) {
  return s.loop && (s.loop->in_iteration || s.e.kind == EventKind::iteration_end);
}

std::string place_of(const Scene& s) {
  std::string place;
  if (in_iteration(s)) {
    const bool turns = s.loop->order == RunOrder::one;  // they have no phases
    place = fmt::format("{} {}", turns ? "Turn" : "Iteration", s.loop->iteration);
    if (!turns && s.loop->phase != LoopPhase::between) place += fmt::format(" · {}", name_of(s.loop->phase));
  } else {
    place = place_outside(s);
  }
  if (s.after.loops.size() > 1 && s.loop) {
    if (in_iteration(s)) place.front() = s.loop->order == RunOrder::one ? 't' : 'i';
    place = fmt::format("Loop {} · {}", s.loop->id.value, place);
  }
  return place;
}

}  // namespace

Narration narrate(const TraceStore& store, EventIndex i, const LoopState& before, const LoopState& after) {
  const Scene scene(store, i, before, after);
  return {.place = place_of(scene),
          .phase = scene.loop ? scene.loop->phase : LoopPhase::idle,
          .text = kTellers[static_cast<std::size_t>(scene.e.kind)](scene)};
}

Narration narrate(const TraceStore& store, EventIndex i) {
  const LoopState before = i > 0 ? store.state_at(i - 1) : LoopState{};
  return narrate(store, i, before, store.state_at(i));
}

}  // namespace loopscope::traces

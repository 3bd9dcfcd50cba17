#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/trace/event_schema.h"
#include "traces/loop_state.h"
#include "traces/trace_store.h"
#include "viz/model/loop_geometry.h"

/// A trampoline as a machine: one queue, no phases, no timers, no selector. A turn takes the
/// first of the queue, runs it to its next suspension, pushes it or who waits for it, and lets
/// the clock move on.
namespace loopscope::viz {

/// The parts of a turn, clockwise from the left.
enum class TurnPart : std::uint8_t { take, run, push, clock };
inline constexpr int kTurnParts = 4;

/// Whether `loop` goes by turns.
inline bool goes_by_turns(const traces::OneLoopState& loop) { return loop.order == traces::RunOrder::one; }

/// The part of the turn that an event of kind `kind` belongs to, `state` and `loop` being what
/// it left; nullopt when the loop does not run.
std::optional<TurnPart> turn_part(const traces::LoopState& state, const traces::OneLoopState& loop,
                                  EventKind kind);

/// Where the ring's marker stands in a turn, in degrees; nullopt when the loop does not run.
std::optional<float> turn_degrees(const MachineLayout& layout, const traces::LoopState& state,
                                  const traces::OneLoopState& loop, EventKind kind);

/// An asyncio.sleep on a trampoline: a task that asks the clock at every turn of its own.
struct PollingSleep {
  TaskId task;
  TaskId sleeper;           ///< who awaits it
  std::uint64_t polls = 0;  ///< how often it has asked
};

/// A task that is in no queue: it is pushed when what it waits for ends.
struct TurnWait {
  TaskId waiter;
  TaskId ends;  ///< the task that it waits for; 0: something else
};

/// What stands beside the queue, as far as it is shown.
struct TurnSides {
  std::vector<PollingSleep> sleeps;  ///< the next to be asked first
  std::vector<TurnWait> waits;       ///< the oldest first
  std::size_t all_sleeps = 0, all_waits = 0;
};

/// The sleeps among the first handles of `loop`'s queue, and the tasks of the loop that wait; at
/// most `most` of each are listed. Visits every task once.
TurnSides turn_sides(const traces::TraceStore& store, const traces::LoopState& state,
                     const traces::OneLoopState& loop, std::size_t most);

}  // namespace loopscope::viz

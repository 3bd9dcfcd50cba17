#pragma once

#include <optional>
#include <string>
#include <vector>

#include "traces/loop_state.h"
#include "traces/trace_store.h"

namespace loopscope::traces {

/// One link of the answer to "why is this task waiting?".
struct WhyNode {
  enum class Kind : std::uint8_t {
    task,
    future,
    group,
    sync,
    timer,
    fd,
    job,
    thread,
    queue,
    loop,
    signal,
    nobody,
    cycle
  };
  Kind kind = Kind::task;
  TaskPhase phase = TaskPhase::waiting;  ///< the hue: the state that the link stands for
  std::string title = {};                ///< "Task A", "a future", "timer #4", "the loop"
  std::string detail = {};               ///< "stopped at line 5, await asyncio.sleep(2)"
  TaskId task = {};                      ///< task
  HandleId handle = {};                  ///< timer, queue
  std::optional<std::uint32_t> fd = {};  ///< fd
  std::optional<EventIndex> at = {};     ///< an event to look at
};

/// Why a task does not run: each node waits for the next one.
struct WhyChain {
  enum class End : std::uint8_t {
    runs,     ///< it runs now
    queued,   ///< behind other handles in the ready queue
    timer,    ///< a timer will fire
    outside,  ///< the world: an fd, a thread, a signal
    cycle,    ///< tasks that wait for each other
    nobody,   ///< the trace is over and nothing came
    unknown,  ///< the trace does not tell (a gap, or not recorded yet)
    done,     ///< it has ended
  };
  std::string question;  ///< "Why is A waiting?"
  std::vector<WhyNode> nodes;
  End end = End::unknown;
  std::string answer;                 ///< "Free again in 1.000 s, at event 90."
  std::optional<EventIndex> free_at;  ///< when the task's next run begins, when the trace has it
};

/// The chain for `task` in `state`, which is the state after event `i`. It follows what
/// the task waits for; where the events do not name who will end the wait (a lock, an
/// event, a queue), it looks ahead in the trace for who does. Costs O(log n) a link.
WhyChain why_waiting(const TraceStore& store, const LoopState& state, EventIndex i, TaskId task);

}  // namespace loopscope::traces

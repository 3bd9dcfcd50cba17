#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "traces/loop_state.h"
#include "traces/trace_store.h"

namespace loopscope::traces {

/// One line of the await tree drawn out: a task, a frame of its await chain, or what the
/// innermost frame waits for. A line's children are one deeper: a task's outermost frame, the
/// frame that it awaits, what that one waits for, and the tasks that are waited for.
struct AwaitLine {
  enum class Kind : std::uint8_t { task, frame, wait };
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  Kind kind = Kind::task;
  TaskId task;
  std::uint32_t depth = 0;
  std::size_t parent = kNone;  ///< its line
  std::uint32_t frame = 0;     ///< frame: which one, the outermost is 0
  bool last = true;            ///< no later line has the same parent
  bool repeated = false;       ///< a task that stands in the tree already: its children are there
};

/// The await tree of the tasks that have not ended, at most about `most` lines: a pure function
/// of the state.
std::vector<AwaitLine> await_lines(const TraceStore& store, const LoopState& state, std::size_t most);

/// What a line says.
struct AwaitText {
  std::string title;       ///< "A", "fetch()", "timer #4", "lock"
  std::string detail;      ///< "waits", "await asyncio.sleep(2)", "due 2.000 s"
  std::uint32_t line = 0;  ///< of the listing; 0 = none
};
AwaitText await_text(const TraceStore& store, const LoopState& state, const AwaitLine& line);

}  // namespace loopscope::traces

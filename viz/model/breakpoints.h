#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "traces/loop_state.h"
#include "traces/trace_store.h"

namespace loopscope::viz {

/// Where playing stops.
struct Breakpoint {
  enum class Kind : std::uint8_t {
    line,       ///< a line of the listing is about to run
    task,       ///< a task enters a state
    phase,      ///< a phase of an iteration begins
    output,     ///< the program prints something that contains `text`
    condition,  ///< a number of the loop's becomes so: "ready > 50"
  };
  enum class Field : std::uint8_t { ready, heap, tasks, fds, iteration, time, select_timeout, select_ready };
  enum class Compare : std::uint8_t { less, less_equal, equal, not_equal, greater_equal, greater };

  Kind kind = Kind::line;
  std::uint32_t line = 0;
  std::string text;  ///< task: its name; output: what it contains
  traces::TaskPhase task_phase = traces::TaskPhase::running;
  traces::LoopPhase loop_phase = traces::LoopPhase::select;
  Field field = Field::ready;
  Compare compare = Compare::equal;
  double value = 0;
  friend bool operator==(const Breakpoint&, const Breakpoint&) = default;
};

/// "line 5", "task B done", "phase timers", "output starting", "ready > 50",
/// "select.timeout == 0"; else a sentence that says what can be written.
std::variant<Breakpoint, std::string> parse_breakpoint(std::string_view text);
/// The same text back.
std::string to_text(const Breakpoint& breakpoint);

/// Where a run towards breakpoints stops.
struct BreakHit {
  traces::EventIndex event = 0;
  std::size_t breakpoint = 0;  ///< index of the first one that holds there
};

/// The nearest event after `from` (up to `to`, `to` < size) at which one of them holds; with
/// `to` before `from`, the nearest one before `from` (down to `to`). A condition holds where it
/// becomes true; one on `select.*` at each select that it is true of.
std::optional<BreakHit> find_break(const traces::TraceStore& store,
                                   const std::vector<Breakpoint>& breakpoints, traces::EventIndex from,
                                   traces::EventIndex to);

}  // namespace loopscope::viz

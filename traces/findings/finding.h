#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "traces/trace_store.h"

namespace loopscope::traces {

/// Something in a trace that a programmer should know: fact, size, place; why it matters;
/// what to do about it.
struct Finding {
  enum class Level : std::uint8_t { hint, warning, error };
  std::string_view rule = {};  ///< "slow_callback": the names of FORMAT.md
  Level level = Level::warning;
  std::string title = {};         ///< the fact and its size: "Slow callback: 0.250 s"
  std::string place = {};         ///< "conn-17, line 41, iteration 1204"
  std::string why = {};           ///< one sentence
  std::string remedy = {};        ///< one sentence or one line of code, without "Try"
  EventIndex at = 0;              ///< where to look
  EventIndex begin = 0, end = 0;  ///< the stretch it is about
  TaskId task = {};
  std::uint32_t line = 0;  ///< of the listing, 0 = none
  std::size_t times = 1;   ///< how often it happened there; the worst is described
};

/// What all rules find in `store` as it is now: errors first, then in order of their
/// events. Reads the trace a few times; keep the answer. `stopped` is asked between the rules:
/// true makes it come back with what there is.
std::vector<Finding> find_all(const TraceStore& store, const std::function<bool()>& stopped = {});

/// The names of the rules, in the order of FORMAT.md.
std::vector<std::string_view> finding_rules();

std::string_view to_string(Finding::Level level);

/// "Slow callback: 0.250 s (conn-17, line 41). It ... Try ...": one paragraph, for copying.
std::string finding_text(const Finding& finding);

}  // namespace loopscope::traces

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "traces/trace_store.h"

namespace loopscope::traces {

/// Which of a thing's events a question is about.
enum class Happens : std::uint8_t { any, runs, wakes, ends, prints, phase };

/// What `ask` asks for, by its words: "printed", "ends", "wakes" (goes on after its first step),
/// "runs next", "phase".
Happens what_is_asked(std::string_view ask);

/// A name that a question uses, and when that thing happens after some event.
struct Thing {
  bool known = false;                   ///< the run has such a thing, before or after
  std::optional<EventIndex> event;      ///< the first time after the event; none: not any more
  std::string how;                      ///< "runs", "is printed", "ends", "begins"
  std::optional<EventIndex> last = {};  ///< the last time after it; not of phases
};

/// Finds what each of `names` means in the run after event `at`. A name may stand in quotes
/// or backticks and be followed by an explanation after a comma or in brackets. Explicit
/// forms are "line 7", "output 'x'" and "task B done".
std::vector<Thing> find_things(const TraceStore& store, EventIndex at, Happens happens,
                               const std::vector<std::string>& names);

/// The ways to read `text`: whole, without quotes, up to the explanation. Never empty.
std::vector<std::string> readings(std::string_view text);

/// Whether `choice`, in one of its readings, is one of `names`.
bool is_named(std::string_view choice, const std::vector<std::string>& names);

/// The parts of `text` in backticks or quotes.
std::vector<std::string> quoted_parts(std::string_view text);

}  // namespace loopscope::traces

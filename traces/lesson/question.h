#pragma once

#include <optional>
#include <string>

#include "traces/lesson/lesson.h"
#include "traces/trace_store.h"

namespace loopscope::traces {

/// What a run says about a question.
struct Verdict {
  std::size_t right = 0;            ///< the number of the right choice, from 1; 0: none of them is
  std::string found;                ///< what the run shows: "'B: done' is printed first, at event 64"
  std::optional<EventIndex> event;  ///< where it shows
};

/// Answers the question of `step`, asked after event `at`, from the run itself. It can where
///  - the choices name things of the run (handles, tasks, lines, printed text, phases): the
///    right one is what comes first after `at`; the question's verb says which of its events
///    counts (prints, ends, runs);
///  - the choices are times or iterations and the question names a thing: when that happens;
///  - the question asks how many handles, timers or iterations there are, or how long select waits.
/// Else nullopt: nothing in the run tells.
std::optional<Verdict> judge(const TraceStore& store, EventIndex at, const LessonStep& step);

}  // namespace loopscope::traces

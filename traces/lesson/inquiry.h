#pragma once

#include <optional>
#include <string>
#include <vector>

#include "traces/lesson/lesson.h"
#include "traces/lesson/question.h"
#include "traces/loop_state.h"

namespace loopscope::traces {

/// A question with the run that it is asked of, for those who judge its kinds.
struct Inquiry {
  Inquiry(const TraceStore& store, EventIndex at, const LessonStep& step);

  const TraceStore& store;
  const EventIndex at;  ///< the place where it is asked
  const LessonStep& step;
  const std::string ask;  ///< in small letters

  /// What `text` (the question, or a part of it) is about: quoted parts, lines, then words.
  std::vector<std::string> subjects(std::string_view text) const;
  std::vector<std::string> subjects() const { return subjects(step.ask); }
  /// The task that `text` names; none: it names none.
  TaskId task_in(std::string_view text) const;
  /// The names that task goes by: its name, its title, its badge.
  std::vector<std::string> names_of(TaskId task) const;
  /// Seconds on the clock at an event.
  double seconds_at(EventIndex event) const;
};

/// What one who judges says: nothing, as the question is of another kind; or a verdict, where
/// nullopt is that no run can tell.
using Ruling = std::optional<std::optional<Verdict>>;
inline Ruling undecided() { return Ruling(std::in_place, std::nullopt); }

/// Questions about how things are at the place: states, results, what somebody waits for, how
/// many tasks there are, what time it is.
Ruling judge_present(const Inquiry& inquiry);
/// Questions about several events: in which order, which before which, what comes last, how
/// long something takes.
Ruling judge_sequence(const Inquiry& inquiry);

}  // namespace loopscope::traces

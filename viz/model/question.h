#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "traces/lesson/lesson.h"
#include "traces/lesson/next_run.h"
#include "traces/trace_store.h"

namespace loopscope::viz {

using traces::EventIndex;

/// One answer to choose from.
struct QuestionChoice {
  std::string title, detail;
  std::optional<traces::RunCandidate> candidate;  ///< the handle, timer or task that it means, if one
};

/// A question about what a run does next, and where the run answers it.
struct Question {
  std::string text;  ///< "Which handle runs next?"
  std::vector<QuestionChoice> choices;
  std::size_t right = 0;               ///< from 0
  EventIndex at = 0;                   ///< asked after this event; everything later is hidden
  EventIndex answered = 0;             ///< where the answer shows; >= at
  std::string fact;                    ///< what the run shows there, for questions of the lesson's own
  std::optional<traces::NextRun> run;  ///< the run that it is about, when it is about the next one
  bool handles = false;                ///< all choices are handles: drawn as chips
  std::string narration;               ///< while it stands: how many wait, without their order
};

/// "Which handle runs next?" after event `at`: the ready handles, timers and waiting tasks, in an
/// order that tells nothing. nullopt when no handle runs after it.
std::optional<Question> predict_question(const traces::TraceStore& store, EventIndex at);

/// The question of a lesson's step that stands at event `at`; nullopt when it asks nothing that
/// can be answered.
std::optional<Question> lesson_question(const traces::TraceStore& store, EventIndex at,
                                        const traces::LessonStep& step);

/// What is said when `chosen` (from 0) was wrong: the rule's name and the facts.
std::string explain_answer(const traces::TraceStore& store, const Question& question, std::size_t chosen);

/// A sentence that helps, and the wrong choice that it rules out, if there are two.
struct QuestionHint {
  std::string text;
  std::optional<std::size_t> not_this;
};
QuestionHint hint_for(const traces::TraceStore& store, const Question& question);

}  // namespace loopscope::viz

#include "app/lesson_check.h"

#include <fmt/format.h>

#include "traces/lesson/next_run.h"
#include "traces/lesson/question.h"
#include "traces/selector.h"

namespace loopscope::app {
namespace {

using scenarios::Diagnostic;
using scenarios::LessonStep;

traces::LessonStep as_traced(const LessonStep& step) {
  return {step.at, step.say, step.ask, step.choices, step.answer};
}

std::string wrong_answer(const LessonStep& step, const traces::Verdict& verdict) {
  const std::string given = fmt::format("the answer {} ('{}') is wrong: {}", step.answer,
                                        step.choices[step.answer - 1], verdict.found);
  if (verdict.right == 0) return given + "; none of the choices says so, add one that does";
  return fmt::format("{}; write {} ('{}')", given, verdict.right, step.choices[verdict.right - 1]);
}

std::string not_judged(const LessonStep& step) {
  if (step.ask.find("hy ") != std::string::npos)  // "Why does ...?"
    return "this answer is not checked: a run does not tell why";
  return "this answer is not checked: nothing in the run tells; a question about what comes next, when, how "
         "often or in which order, with tasks, handles, lines, output or times as choices, is";
}

/// Judges the question that `step` asks at event `at`.
void check_answer(const LessonStep& step, const traces::TraceStore& store, traces::EventIndex at,
                  LessonReport& report) {
  const auto verdict = traces::judge(store, at, as_traced(step));
  if (!verdict)
    report.notes.push_back({step.answer_pos, step.pointer + "/answer", not_judged(step)});
  else if (verdict->right != step.answer)
    report.errors.push_back({step.answer_pos, step.pointer + "/answer", wrong_answer(step, *verdict)});
}

void check_step(const LessonStep& step, const traces::TraceStore& store, LessonReport& report) {
  const auto found = traces::select_event(store, step.at);
  if (const auto* why = std::get_if<std::string>(&found)) {
    report.errors.push_back(
        {step.at_pos, step.pointer + "/at", fmt::format("the run does not reach '{}': {}", step.at, *why)});
    return;
  }
  const auto at = std::get<traces::EventIndex>(found);
  if (!step.choices.empty()) return check_answer(step, store, at, report);
  if (!step.ask.empty() && !traces::next_run(store, at))
    report.errors.push_back({step.ask_pos, step.pointer + "/ask",
                             "no handle runs after this place, so there is none to choose; give 'choices'"});
}

}  // namespace

LessonReport check_lesson(const scenarios::Scenario& scenario, const traces::TraceStore& store) {
  LessonReport report;
  for (const LessonStep& step : scenario.lesson) check_step(step, store, report);
  return report;
}

}  // namespace loopscope::app

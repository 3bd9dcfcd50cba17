#include "viz/model/question.h"

#include <algorithm>

#include "traces/lesson/question.h"
#include "traces/lesson/things.h"
#include "traces/names.h"
#include "traces/narration.h"

namespace loopscope::viz {
namespace {

using traces::LoopState;
using traces::RunCandidate;
using traces::TraceStore;

constexpr std::size_t kMostCandidates = 6;
constexpr const char* kNextHandle = "Which handle runs next?";

/// A fixed shuffle by what the candidates are, so that their order does not tell.
std::size_t mixed(const RunCandidate& candidate, EventIndex at) {
  std::size_t x =
      candidate.handle.handle.value * 2654435761U + candidate.handle.task.value * 40503U + at * 97U;
  x ^= x >> 13;
  x *= 0x9E3779B97F4A7C15ULL;
  return x ^ (x >> 29);
}

bool is_right(const RunCandidate& candidate, const traces::NextRun& run) {
  return candidate.handle.handle && candidate.handle.handle == run.handle.handle;
}

QuestionChoice choice_of(const TraceStore& store, const LoopState& state, const RunCandidate& candidate) {
  const auto [title, detail] = traces::candidate_title(store, state, candidate);
  return {title, detail, candidate};
}

/// The names under which a lesson's choice may mean `candidate`.
std::vector<std::string> names_of(const TraceStore& store, const LoopState& state,
                                  const RunCandidate& candidate) {
  const std::string title = traces::candidate_title(store, state, candidate).title;
  std::vector<std::string> names{title, title.substr(0, title.find(" · "))};
  const traces::QueuedHandle& handle = candidate.handle;
  const std::string_view label = store.label(handle.label);
  if (!handle.task && !label.empty()) {
    names.emplace_back(label);
    names.emplace_back(label.substr(0, label.find('(')));
    names.push_back(traces::callback_name(label));
  }
  for (const TaskId id : {handle.task, handle.timer_task})
    if (const traces::TaskState* task = state.task(id)) {
      names.push_back(traces::task_title(store, *task));
      names.push_back(traces::task_badge(store, state, id));
      names.emplace_back(store.label(task->name));
      names.emplace_back(store.label(task->coro));
    }
  return names;
}

/// Which of the candidates each choice means; the question shows chips when all mean one.
void match_candidates(const TraceStore& store, Question& question) {
  // What is printed or ends is no handle, whatever its text begins with.
  const traces::Happens asked = traces::what_is_asked(question.text);
  if (asked != traces::Happens::runs && asked != traces::Happens::any) return;
  question.run = traces::next_run(store, question.at);
  if (!question.run) return;
  const LoopState state = store.state_at(question.at);
  const auto candidates = traces::run_candidates(state, *question.run, 64);
  std::vector<std::vector<std::string>> names;
  for (const RunCandidate& c : candidates) names.push_back(names_of(store, state, c));
  std::vector<bool> taken(candidates.size());
  bool all = true;
  for (QuestionChoice& choice : question.choices) {
    std::size_t k = 0;
    while (k < candidates.size() && (taken[k] || !traces::is_named(choice.title, names[k]))) ++k;
    all = all && k < candidates.size();
    if (k == candidates.size()) continue;
    taken[k] = true;
    choice.candidate = candidates[k];
    choice.detail = traces::candidate_title(store, state, candidates[k]).detail;
  }
  question.handles = all;
  // Chips only where the question is about the very next run.
  if (all && !is_right(*question.choices[question.right].candidate, *question.run)) question.handles = false;
  if (!question.handles)
    for (QuestionChoice& choice : question.choices) choice.detail.clear();
}

std::string capitalized(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  return text;
}

std::string count_of(std::size_t n, const char* one, const char* many) {
  static constexpr const char* kWords[] = {"No",   "One", "Two",   "Three", "Four",
                                           "Five", "Six", "Seven", "Eight", "Nine"};
  const std::string number = n < std::size(kWords) ? kWords[n] : std::to_string(n);
  return number + " " + (n == 1 ? one : many);
}

std::string question_narration(const TraceStore& store, const Question& question) {
  if (!question.handles) return question.text;
  const LoopState state = store.state_at(question.at);
  const traces::OneLoopState* loop = question.run ? state.loop(question.run->loop) : nullptr;
  if (!loop) return question.text;
  const std::size_t n = loop->ready_count();
  if (n == 0) return "Nothing is ready. What comes first out of select or the timer heap will run: which?";
  const std::string wait = count_of(n, "handle waits", "handles wait") + " in the ready queue. ";
  if (loop->phase == traces::LoopPhase::run)
    return wait + (n == 1 ? "Does it run next?" : "The loop is about to take the next one: which?");
  return wait + "I/O and timers may add more. Which one runs next?";
}

}  // namespace

std::optional<Question> predict_question(const TraceStore& store, EventIndex at) {
  const auto run = traces::next_run(store, at);
  if (!run) return std::nullopt;
  const LoopState state = store.state_at(at);
  auto candidates = traces::run_candidates(state, *run, kMostCandidates);
  std::stable_sort(candidates.begin(), candidates.end(),
                   [&](const RunCandidate& a, const RunCandidate& b) { return mixed(a, at) < mixed(b, at); });
  Question question;
  question.text = kNextHandle;
  question.at = at;
  question.answered = run->begin;
  question.run = run;
  question.handles = true;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (is_right(candidates[i], *run)) question.right = i;
    question.choices.push_back(choice_of(store, state, candidates[i]));
  }
  // With one candidate there is still something to decide.
  if (candidates.size() == 1)
    question.choices.push_back({"None of them", "the loop waits in select", std::nullopt});
  question.narration = question_narration(store, question);
  return question;
}

std::optional<Question> lesson_question(const TraceStore& store, EventIndex at,
                                        const traces::LessonStep& step) {
  if (step.ask.empty()) return std::nullopt;
  if (step.choices.empty()) {
    auto question = predict_question(store, at);
    if (question) question->text = step.ask;
    return question;
  }
  const auto verdict = traces::judge(store, at, step);
  const std::size_t right = step.answer > 0 ? step.answer : verdict ? verdict->right : 0;
  if (right == 0) return std::nullopt;
  Question question;
  question.text = step.ask;
  question.at = question.answered = at;
  question.right = right - 1;
  for (const std::string& choice : step.choices) question.choices.push_back({choice, {}, std::nullopt});
  if (verdict && verdict->right == right) {
    question.fact = capitalized(verdict->found) + ".";
    if (verdict->event && *verdict->event > at) question.answered = *verdict->event;
  }
  match_candidates(store, question);
  question.narration = question_narration(store, question);
  return question;
}

std::string explain_answer(const TraceStore& store, const Question& question, std::size_t chosen) {
  if (question.handles && question.run) {
    const LoopState state = store.state_at(question.run->begin > 0 ? question.run->begin - 1 : 0);
    const RunCandidate* wrong =
        chosen != question.right && chosen < question.choices.size() && question.choices[chosen].candidate
            ? &*question.choices[chosen].candidate
            : nullptr;
    return traces::rule_of_order(store, state, *question.run, wrong);
  }
  std::string rule = question.answered > question.at ? traces::rule_of_cause(store, question.answered) : "";
  if (rule.empty() && question.answered > question.at) rule = traces::narrate(store, question.answered).text;
  if (!rule.empty() && !question.fact.empty()) rule += " ";
  return rule + question.fact;
}

QuestionHint hint_for(const TraceStore&, const Question& question) {
  QuestionHint hint;
  if (question.choices.size() > 2) {
    const auto in_queue = [&](std::size_t i) {
      const auto& candidate = question.choices[i].candidate;
      return candidate && candidate->where == RunCandidate::Where::queue;
    };
    // One that does not even stand in the queue helps most.
    for (std::size_t i = question.choices.size(); i-- > 0;)
      if (i != question.right && (!hint.not_this || (in_queue(*hint.not_this) && !in_queue(i))))
        hint.not_this = i;
  }
  if (!question.handles) {
    hint.text = hint.not_this ? "It is not the one that is struck out now."
                              : "Look at what is ready, what the heap holds, and what each task waits for.";
    return hint;
  }
  hint.text = "The ready queue is first in, first out; what is ready comes before I/O, I/O before timers.";
  const auto& out = hint.not_this ? question.choices[*hint.not_this].candidate : std::nullopt;
  if (out && out->where != RunCandidate::Where::queue)
    hint.text =
        "Only what stands in the ready queue can run; timers and tasks that wait must get there first.";
  return hint;
}

}  // namespace loopscope::viz

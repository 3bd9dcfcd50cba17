#include <algorithm>
#include <fmt/format.h>

#include "core/trace/event_reader.h"
#include "core/trace/event_schema.h"
#include "traces/lesson/choices.h"
#include "traces/lesson/inquiry.h"
#include "traces/lesson/things.h"
#include "traces/narration.h"

namespace loopscope::traces {
namespace {

/// The one choice that `fits`; 0: none, or several do.
template <class Fits>
std::size_t only_one(const std::vector<std::string>& choices, Fits fits) {
  std::size_t right = 0;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (!fits(choices[i])) continue;
    if (right != 0) return 0;
    right = i + 1;
  }
  return right;
}

Ruling ruled(std::size_t right, std::string found, EventIndex at) {
  if (right == 0) return undecided();
  return Ruling(Verdict{right, std::move(found), at});
}

/// The words that say what a task waits for.
Words words_of(WaitKind kind) {
  switch (kind) {
    case WaitKind::yield:
      return {"nothing", "turn"};
    case WaitKind::sleep:
      return {"timer", "sleep", "clock", "time"};
    case WaitKind::future:
      return {"future"};
    case WaitKind::task:
      return {"task"};
    case WaitKind::gather:
      return {"gather"};
    case WaitKind::wait:
      return {"wait"};
    case WaitKind::lock:
      return {"lock"};
    case WaitKind::semaphore:
      return {"semaphore"};
    case WaitKind::event:
      return {"event"};
    case WaitKind::condition:
      return {"condition"};
    case WaitKind::barrier:
      return {"barrier"};
    case WaitKind::queue:
      return {"queue", "item"};
    case WaitKind::io:
      return {"socket", "io", "data", "connection", "bytes"};
    case WaitKind::executor:
      return {"thread", "executor", "pool", "job"};
    case WaitKind::taskgroup:
      return {"group", "taskgroup"};
    default:
      return {};
  }
}

Words words_of(TaskPhase phase) {
  switch (phase) {
    case TaskPhase::ready:
      return {"ready", "queued"};
    case TaskPhase::running:
      return {"running", "runs"};
    case TaskPhase::sleeping:
      return {"sleeping", "asleep", "waiting", "suspended", "pending", "sleeps", "waits"};
    case TaskPhase::io:
    case TaskPhase::waiting:
    case TaskPhase::job:
      return {"waiting", "suspended", "pending", "waits"};
    case TaskPhase::done:
      return {"done", "finished", "over", "ended", "returned"};
    case TaskPhase::failed:
      return {"done", "finished", "over", "ended", "failed", "raised"};
    case TaskPhase::cancelled:
      return {"done", "finished", "over", "ended", "cancelled"};
  }
  return {};
}

/// "What does main wait for?"
Ruling by_wait(const Inquiry& q, const LoopState& state) {
  const TaskState* task = state.task(q.task_in(q.step.ask));
  const bool waits = task && (task->phase == TaskPhase::sleeping || task->phase == TaskPhase::waiting ||
                              task->phase == TaskPhase::io || task->phase == TaskPhase::job);
  if (!waits) return undecided();
  const std::vector<std::string>& choices = q.step.choices;
  std::size_t right = 0;
  std::string found = fmt::format("it waits for {} here", to_string(task->wait));
  if (task->wait == WaitKind::task) {
    const std::vector<std::string> names = q.names_of(TaskId{task->wait_id});
    right = only_one(choices, [&](const std::string& choice) { return is_named(choice, names); });
    if (!names.empty()) found = fmt::format("it waits for task {} here", names.front());
  }
  if (right == 0)
    right = only_one(choices, [&](const std::string& c) { return contains_word(c, words_of(task->wait)); });
  return ruled(right, std::move(found), q.at);
}

/// "In what state is A?"
Ruling by_state(const Inquiry& q, const LoopState& state) {
  const TaskState* task = state.task(q.task_in(q.step.ask));
  if (!task) return undecided();
  const std::size_t right =
      only_one(q.step.choices, [&](const std::string& c) { return contains_word(c, words_of(task->phase)); });
  return ruled(right, fmt::format("it is {} here", *words_of(task->phase).begin()), q.at);
}

bool answers_yes_or_no(const Inquiry& q) {
  return std::ranges::all_of(q.step.choices, [](const std::string& c) { return as_yes(c).has_value(); });
}

/// "Is A done?"
Ruling by_yes(const Inquiry& q, const LoopState& state) {
  const TaskState* task = state.task(q.task_in(q.step.ask));
  if (!task || !answers_yes_or_no(q)) return undecided();
  const bool truth = contains_word(q.ask, words_of(task->phase));
  static const Words kStates = {"ready",   "queued",    "running", "sleeping", "asleep",
                                "waiting", "suspended", "pending", "done",     "finished",
                                "over",    "ended",     "failed",  "cancelled"};
  if (!contains_word(q.ask, kStates) || contains_word(q.ask, {"not", "still"})) return undecided();
  // Every unfinished task is pending.
  if (contains_word(q.ask, {"pending"})) return undecided();
  return ruled(only_one(q.step.choices, [&](const std::string& c) { return as_yes(c) == truth; }),
               fmt::format("it is {} here", *words_of(task->phase).begin()), q.at);
}

/// "What does task B return?"
Ruling by_result(const Inquiry& q) {
  const LoopState last = q.store.state_at(q.store.size() - 1);
  const TaskState* task = last.task(q.task_in(q.step.ask));
  if (!task || task->phase != TaskPhase::done) return undecided();
  const std::string& result = task->result;
  const bool quoted = result.size() > 2 && (result.front() == '\'' || result.front() == '"');
  const std::string bare = quoted ? result.substr(1, result.size() - 2) : result;
  const std::size_t right = only_one(q.step.choices, [&](const std::string& c) {
    const std::vector<std::string> ways = readings(c);
    return std::ranges::any_of(ways, [&](const std::string& way) { return way == result || way == bare; });
  });
  return ruled(right, fmt::format("it returns {}", result), q.at);
}

Ruling by_tasks(const Inquiry& q, const LoopState& state) {
  const auto counts = all_as(q.step.choices, as_count);
  if (!counts || contains_word(q.ask, {"will", "iteration", "next"})) return undecided();
  const bool over = contains_word(q.ask, {"done", "finished", "ended", "completed"});
  const bool ready = contains_word(q.ask, {"ready", "queue", "queued"});
  const bool asleep = contains_word(q.ask, {"sleep", "sleeping", "asleep"});
  const bool waiting = contains_word(q.ask, {"waiting", "wait", "suspended"});
  const bool alive = contains_word(q.ask, {"exist", "alive", "unfinished", "pending", "there"});
  if (over + ready + asleep + waiting + alive != 1) return undecided();
  const auto counted = [&](const TaskState& task) {
    const bool done = task.phase >= TaskPhase::done;
    if (over) return done;
    if (ready) return task.phase == TaskPhase::ready;
    if (asleep) return task.phase == TaskPhase::sleeping;
    if (alive) return !done;
    return !done && task.phase != TaskPhase::ready && task.phase != TaskPhase::running;
  };
  std::size_t n = 0;
  for (std::size_t i = 0; i < state.tasks.size(); ++i)
    n += state.tasks[i].id && counted(state.tasks[i]) ? 1 : 0;
  return Ruling(
      Verdict{number_of(*counts, static_cast<double>(n)), fmt::format("there are {} here", n), q.at});
}

Ruling by_iterations_so_far(const Inquiry& q, const LoopState& state) {
  const auto counts = all_as(q.step.choices, as_count);
  const OneLoopState* loop = state.focus(LoopId{q.store.event(q.at).loop});
  if (!counts || !loop) return undecided();
  return Ruling(Verdict{number_of(*counts, static_cast<double>(loop->iteration)),
                        fmt::format("it is iteration {} here", loop->iteration), q.at});
}

Ruling by_clock(const Inquiry& q) {
  const auto times = all_as(q.step.choices, as_time);
  if (!times) return undecided();
  const double now = q.seconds_at(q.at);
  return Ruling(
      Verdict{number_of(*times, now), fmt::format("the clock shows {} here", format_seconds(now)), q.at});
}

}  // namespace

Ruling judge_present(const Inquiry& q) {
  if (contains_word(q.ask, {"why", "because", "mean", "means", "explain"})) return undecided();
  const bool asks_what = q.ask.starts_with("what ") || q.ask.starts_with("which ") ||
                         q.ask.starts_with("who") || q.ask.starts_with("for ") || q.ask.starts_with("on ");
  const LoopState state = q.store.state_at(q.at);
  if (asks_what && has_any(q.ask, {"wait for", "waits for", "waiting for", " await", "wait on", "waits on"}))
    return by_wait(q, state);
  if (has_any(q.ask, {"what state", "which state"})) return by_state(q, state);
  if (contains_word(q.ask, {"return", "returns", "result"}) && asks_what) return by_result(q);
  if (has(q.ask, "how many tasks")) return by_tasks(q, state);
  if (has(q.ask, "how many iterations") && has_any(q.ask, {"so far", "already", "until now", "up to here"}))
    return by_iterations_so_far(q, state);
  if (has_any(q.ask, {"what time is it", "what does the clock", "what is the time"})) return by_clock(q);
  const bool is = q.ask.starts_with("is ") || q.ask.starts_with("has ");
  if (is && !has_any(q.ask, {" before ", " after "})) return by_yes(q, state);
  return std::nullopt;
}

}  // namespace loopscope::traces

#include "traces/lesson/question.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "core/trace/event_reader.h"
#include "traces/lesson/choices.h"
#include "traces/lesson/inquiry.h"
#include "traces/lesson/things.h"
#include "traces/narration.h"

namespace loopscope::traces {
namespace {

class Judge {
 public:
  Judge(const TraceStore& store, EventIndex at, const LessonStep& step)
      : inquiry_(store, at, step), store_(store), at_(at), step_(step), ask_(inquiry_.ask) {}

  std::optional<Verdict> verdict() const {
    if (step_.ask.empty() || step_.choices.empty() || store_.size() == 0) return std::nullopt;
    for (const auto judge : {judge_present, judge_sequence})
      if (const Ruling ruling = judge(inquiry_)) return *ruling;
    if (auto counted = by_count()) return counted;
    if (auto timed = by_moment()) return timed;
    return by_order();
  }

 private:
  Verdict by_number(const std::vector<double>& values, std::optional<double> truth, std::string found,
                    std::optional<EventIndex> event = {}) const {
    return {number_of(values, truth), std::move(found), event};
  }

  const OneLoopState* loop(const LoopState& state) const {
    return state.focus(LoopId{store_.event(at_).loop});
  }

  // ---- how many, how long

  std::optional<Verdict> by_count() const {
    if (has(ask_, "how long") && has(ask_, "select")) return by_select();
    if (has(ask_, "how many seconds")) return std::nullopt;
    if (!has(ask_, "how many") && !has(ask_, "how often")) return std::nullopt;
    const auto counts = all_as(step_.choices, as_count);
    if (!counts) return std::nullopt;
    if (has(ask_, "iterations")) return by_iterations(*counts);
    if (has(ask_, "timer")) {
      const LoopState state = store_.state_at(at_);
      const OneLoopState* here = loop(state);
      const std::size_t n = here ? here->heap.size() - here->cancelled_timers : 0;
      return by_number(*counts, static_cast<double>(n), fmt::format("the timer heap holds {}", n), at_);
    }
    if (has(ask_, "handle") || has(ask_, "callback")) return by_handles(*counts);
    return by_repetitions(*counts);
  }

  std::optional<Verdict> by_select() const {
    const auto endless = [](const std::string& choice) -> std::optional<double> {
      const std::string text = lower(choice);
      if (text.find("for ever") != std::string::npos || text.find("forever") != std::string::npos) return -1;
      return as_time(choice);
    };
    const auto times = all_as(step_.choices, endless);
    const auto next = store_.next_of({EventKind::select_begin}, at_);
    if (!times || !next) return std::nullopt;
    const double timeout = field::seconds(store_.event(*next));
    if (std::isnan(timeout)) return by_number(*times, -1.0, "select waits for ever", next);
    return by_number(*times, timeout, fmt::format("select's timeout is {}", format_seconds(timeout)), next);
  }

  std::optional<Verdict> by_iterations(const std::vector<double>& counts) const {
    const LoopState last = store_.state_at(store_.size() - 1);
    const OneLoopState* here = last.focus(LoopId{store_.event(at_).loop});
    if (!here) return std::nullopt;
    return by_number(counts, static_cast<double>(here->iteration),
                     fmt::format("the loop makes {} iterations", here->iteration), store_.size() - 1);
  }

  /// In the queue now, or run by this (or the next) iteration.
  std::optional<Verdict> by_handles(const std::vector<double>& counts) const {
    const LoopState state = store_.state_at(at_);
    const OneLoopState* here = loop(state);
    if (!here) return std::nullopt;
    const bool queue = has(ask_, "ready") || has(ask_, "queue") || has(ask_, "wait");
    const bool run = has(ask_, "iteration") || has(ask_, "phase") || (has(ask_, "run") && !queue);
    if (!run) {
      const std::size_t n = here->ready_count();
      return by_number(counts, static_cast<double>(n), fmt::format("{} stand in the ready queue", n), at_);
    }
    const EventIndex from = here->phase == LoopPhase::run
                                ? store_.previous_of({EventKind::ready_begin}, at_ + 1).value_or(at_)
                                : at_;
    const auto begin = store_.next_of({EventKind::ready_begin}, from);
    if (!begin) return std::nullopt;
    const std::uint64_t n = field::count(store_.event(*begin));
    return by_number(counts, static_cast<double>(n), fmt::format("the iteration runs {}", n), begin);
  }

  /// "How often does line 7 run?", "How many times is `tick` printed?": from here to the end.
  std::optional<Verdict> by_repetitions(const std::vector<double>& counts) const {
    const Happens happens = what_is_asked(step_.ask);
    for (const std::string& name : inquiry_.subjects()) {
      std::size_t n = 0;
      std::optional<EventIndex> last;
      constexpr std::size_t kMost = 1000;
      for (EventIndex at = at_; n < kMost; ++n) {
        const Thing thing = find_things(store_, at, happens, {name}).front();
        if (!thing.event) break;
        at = *(last = thing.event);
      }
      if (!last || n == kMost) continue;
      return by_number(counts, static_cast<double>(n), fmt::format("it happens {} times", n), last);
    }
    return std::nullopt;
  }

  // ---- when

  std::optional<Verdict> by_moment() const {
    const bool seconds = has(ask_, "how many seconds");
    const auto times = all_as(step_.choices, seconds ? as_count : as_time);
    // "After 1 second": from here, or from the start?
    const auto relative = [](const std::string& choice) { return lower(choice).starts_with("after "); };
    if (times && inquiry_.seconds_at(at_) > 0 && (seconds || std::ranges::any_of(step_.choices, relative)))
      return std::nullopt;
    const auto iterations = all_as(step_.choices, as_iteration);
    if (!times && !iterations) return std::nullopt;
    for (const std::string& name : inquiry_.subjects()) {
      const Thing thing = find_things(store_, at_, what_is_asked(step_.ask), {name}).front();
      if (!thing.known) continue;
      if (!thing.event)
        return by_number(times ? *times : *iterations, {}, fmt::format("'{}' does not come any more", name));
      const EventIndex i = *thing.event;
      if (times) {
        const double at = inquiry_.seconds_at(i);
        return by_number(*times, at,
                         fmt::format("'{}' {} at {}, event {}", name, thing.how, format_seconds(at), i + 1),
                         i);
      }
      const auto span = store_.iteration_at(i);
      if (!span) continue;
      return by_number(*iterations, static_cast<double>(span->n),
                       fmt::format("'{}' {} in iteration {}, event {}", name, thing.how, span->n, i + 1), i);
    }
    return std::nullopt;
  }

  // ---- which comes first

  /// Whether a choice that the run does not know is one that cannot come: nobody would call
  /// a sentence a task or a line of output.
  bool asks_for_a_name() const {
    return has(ask_, "which task") || has(ask_, "which handle") || has(ask_, "which line") ||
           has(ask_, "which callback") || has(ask_, "what is printed") || has(ask_, "what does it print") ||
           has(ask_, "who ");
  }

  /// "Who wakes B?", "Which task creates A?": about what one does to another.
  bool asks_who_does_it() const {
    static constexpr std::string_view kVerbs[] = {"wakes ",  "creates ", "cancels ", "starts ",
                                                  "stops ",  "calls ",   "blocks ",  "holds ",
                                                  "queues ", "awaits ",  "woke "};
    return std::ranges::any_of(kVerbs, [&](std::string_view verb) {
      const std::size_t found = ask_.find(verb);
      if (found == std::string::npos) return false;
      std::string rest = step_.ask.substr(found + verb.size());
      for (const std::string_view filler : {"up ", "task "})
        if (rest.starts_with(filler)) rest.erase(0, filler.size());
      const std::string whom = rest.substr(0, rest.find_first_of(" ?.,"));
      return !whom.empty() && bool(inquiry_.task_in(whom));
    });
  }

  std::optional<Verdict> by_order() const {
    if (asks_who_does_it()) return std::nullopt;
    const Happens happens = what_is_asked(step_.ask);
    const std::vector<Thing> things = find_things(store_, at_, happens, step_.choices);
    std::size_t known = 0, first = 0, nothing = 0;
    for (std::size_t i = 0; i < things.size(); ++i) {
      known += things[i].known ? 1 : 0;
      if (says_nothing(step_.choices[i])) nothing = i + 1;
      if (things[i].event && (first == 0 || *things[i].event < *things[first - 1].event)) first = i + 1;
    }
    const bool answer_known = step_.answer > 0 && (things[step_.answer - 1].known || nothing == step_.answer);
    if (known == 0 || (known == 1 && nothing == 0 && !asks_for_a_name())) return std::nullopt;
    if (step_.answer > 0 && !answer_known && !asks_for_a_name()) return std::nullopt;
    if (first == 0) return Verdict{nothing, "none of them comes after this place", {}};
    const Thing& thing = things[first - 1];
    return Verdict{first,
                   fmt::format("'{}' {} first, at event {}", readings(step_.choices[first - 1]).front(),
                               thing.how, *thing.event + 1),
                   thing.event};
  }

  const Inquiry inquiry_;
  const TraceStore& store_;
  EventIndex at_;
  const LessonStep& step_;
  const std::string& ask_;
};

}  // namespace

std::optional<Verdict> judge(const TraceStore& store, EventIndex at, const LessonStep& step) {
  return Judge(store, at, step).verdict();
}

}  // namespace loopscope::traces

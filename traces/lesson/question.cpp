#include "traces/lesson/question.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

#include "core/trace/event_reader.h"
#include "traces/lesson/things.h"
#include "traces/narration.h"

namespace loopscope::traces {
namespace {

constexpr double kSame = 1e-6;  // seconds

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

bool has(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

bool says_nothing(std::string_view choice) {
  const std::string text = lower(readings(choice).back());
  return text == "nothing" || text == "none" || text == "never" || text == "none of them" ||
         text == "neither" || text == "nobody" || text == "not at all";
}

/// A number that stands alone at the front of `text`, and what is left behind it.
std::optional<double> leading_number(std::string_view& text) {
  static constexpr std::string_view kWords[] = {"no",  "one",   "two",   "three", "four", "five",
                                                "six", "seven", "eight", "nine",  "ten"};
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{}) {
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
  }
  for (std::size_t n = 0; n < std::size(kWords); ++n) {
    if (!text.starts_with(kWords[n])) continue;
    const std::string_view rest = text.substr(kWords[n].size());
    if (!rest.empty() && rest.front() != ' ' && rest.front() != ',') continue;
    text = rest;
    return static_cast<double>(n);
  }
  return std::nullopt;
}

std::string without(std::string text, std::initializer_list<std::string_view> fronts) {
  for (const std::string_view front : fronts)
    if (text.starts_with(front)) text.erase(0, front.size());
  return text;
}

/// "At 0.5 s, at once" as 0.5; "iteration 4" is none.
std::optional<double> as_time(const std::string& choice) {
  const std::string text = without(lower(choice), {"only ", "at ", "t = "});
  std::string_view rest = text;
  const auto value = leading_number(rest);
  if (!value || !std::isfinite(*value)) return std::nullopt;
  if (rest.starts_with(' ')) rest.remove_prefix(1);
  const std::string_view unit = rest.substr(0, rest.find_first_of(" ,.:;("));
  if (unit == "ms") return *value / 1000;
  if (unit == "s" || unit == "second" || unit == "seconds") return *value;
  return std::nullopt;
}

std::optional<double> as_iteration(const std::string& choice) {
  const std::string text = without(lower(choice), {"only ", "in "});
  if (!text.starts_with("iteration ")) return std::nullopt;
  std::string_view rest = std::string_view(text).substr(10);
  return leading_number(rest);
}

std::optional<double> as_count(const std::string& choice) {
  const std::string text = without(lower(choice), {"only ", "all "});
  std::string_view rest = text;
  return leading_number(rest);
}

/// All choices as numbers of one kind; "never" is a NaN.
template <class Read>
std::optional<std::vector<double>> all_as(const std::vector<std::string>& choices, Read read) {
  std::vector<double> values;
  bool any = false;
  for (const std::string& choice : choices) {
    const auto value = read(choice);
    if (!value && !says_nothing(choice)) return std::nullopt;
    any = any || value;
    values.push_back(value.value_or(std::nan("")));
  }
  if (!any) return std::nullopt;
  return values;
}

std::size_t number_of(const std::vector<double>& values, std::optional<double> truth) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool never = std::isnan(values[i]);
    if (truth ? !never && std::abs(values[i] - *truth) < kSame : never) return i + 1;
  }
  return 0;
}

double seconds_at(const TraceStore& store, EventIndex i) {
  return static_cast<double>(store.event(i).ts) / 1e9;
}

class Judge {
 public:
  Judge(const TraceStore& store, EventIndex at, const LessonStep& step)
      : store_(store), at_(at), step_(step), ask_(lower(step.ask)) {}

  std::optional<Verdict> verdict() const {
    if (step_.ask.empty() || step_.choices.empty() || store_.size() == 0) return std::nullopt;
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
    for (const std::string& name : subjects()) {
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

  /// What the question is about: its quoted parts, else its words.
  std::vector<std::string> subjects() const {
    std::vector<std::string> names = quoted_parts(step_.ask);
    if (const std::size_t line = ask_.find("line "); line != std::string::npos)
      names.push_back(step_.ask.substr(line, ask_.find_first_not_of("0123456789", line + 5) - line));
    std::string word;
    for (const char c : step_.ask + " ") {
      if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-') {
        word += c;
        continue;
      }
      if (!word.empty() && names.size() < 40) names.push_back(word);
      word.clear();
    }
    return names;
  }

  std::optional<Verdict> by_moment() const {
    const auto times = all_as(step_.choices, as_time), iterations = all_as(step_.choices, as_iteration);
    if (!times && !iterations) return std::nullopt;
    for (const std::string& name : subjects()) {
      const Thing thing = find_things(store_, at_, what_is_asked(step_.ask), {name}).front();
      if (!thing.known) continue;
      if (!thing.event)
        return by_number(times ? *times : *iterations, {}, fmt::format("'{}' does not come any more", name));
      const EventIndex i = *thing.event;
      if (times) {
        const double at = seconds_at(store_, i);
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

  std::optional<Verdict> by_order() const {
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

  const TraceStore& store_;
  EventIndex at_;
  const LessonStep& step_;
  std::string ask_;
};

}  // namespace

std::optional<Verdict> judge(const TraceStore& store, EventIndex at, const LessonStep& step) {
  return Judge(store, at, step).verdict();
}

}  // namespace loopscope::traces

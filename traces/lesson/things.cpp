#include "traces/lesson/things.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "core/trace/event_reader.h"
#include "traces/lesson/choices.h"
#include "traces/names.h"
#include "traces/narration.h"

namespace loopscope::traces {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t from = text.find_first_not_of(" \t\n");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\n") - from + 1);
}

/// Typographic quotes as plain ones, no backticks, no middle dots, single spaces.
std::string plain(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kSigns{
      {{"‘", "'"}, {"’", "'"}, {"“", "\""}, {"”", "\""}, {"·", ""}, {"`", ""}}};
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto sign = std::find_if(kSigns.begin(), kSigns.end(),
                                   [&](const auto& s) { return text.substr(i).starts_with(s.first); });
    if (sign != kSigns.end()) {
      out += sign->second;
      i += sign->first.size();
      continue;
    }
    if (text[i] != ' ' || (!out.empty() && out.back() != ' ')) out += text[i];
    ++i;
  }
  while (!out.empty() && (out.back() == ' ' || out.back() == '.')) out.pop_back();
  return out;
}

/// "'B: done'" without its quotes; anything else as it is.
std::string unquoted(const std::string& text) {
  if (text.size() >= 2 && text.front() == text.back() && (text.front() == '\'' || text.front() == '"'))
    return text.substr(1, text.size() - 2);
  return text;
}

/// What may stand around a thing's name in a choice.
std::string bare_name(std::string name) {
  for (const std::string_view before : {"the ", "The ", "task ", "Task ", "handle ", "callback "})
    if (name.starts_with(before)) name.erase(0, before.size());
  for (const std::string_view after : {" goes on", " starts", " wakes up", " wakes", " resumes", " continues",
                                       " runs", " ends", " is done", " sleep over", "'s sleep", "'s timer",
                                       "'s wake-up", "'s step", "'s first step", "'s callback", " phase"})
    if (name.size() > after.size() && name.ends_with(after)) name.erase(name.size() - after.size());
  return name;
}

/// One name with its readings.
struct Wanted {
  std::vector<std::string> exact;  // as it stands, with and without quotes
  std::vector<std::string> names;  // those and its beginnings
  std::vector<std::string> bare;   // without the words around

  bool is(std::string_view name) const {
    if (name.empty()) return false;
    const std::string text = plain(name);
    return std::find(names.begin(), names.end(), text) != names.end() ||
           std::find(bare.begin(), bare.end(), text) != bare.end();
  }
  bool prints(std::string_view text) const {
    return std::find(exact.begin(), exact.end(), plain(text)) != exact.end();
  }
};

void add_reading(std::vector<std::string>& ways, std::string words) {
  if (!words.empty() && std::find(ways.begin(), ways.end(), words) == ways.end())
    ways.push_back(std::move(words));
}

std::vector<std::string> exact_readings(std::string_view text) {
  std::vector<std::string> ways{plain(trimmed(text))};
  add_reading(ways, unquoted(ways.front()));
  if (const std::vector<std::string> parts = quoted_parts(text); parts.size() == 1)
    add_reading(ways, plain(parts.front()));
  return ways;
}

/// The rest of "line 7", "output 'x'", "task B done" when `name` has that form.
std::optional<std::string> form(std::string_view name, std::string_view before, std::string_view after = {}) {
  if (!name.starts_with(before) || !name.ends_with(after) || name.size() <= before.size() + after.size())
    return std::nullopt;
  return std::string(trimmed(name.substr(before.size(), name.size() - before.size() - after.size())));
}

class Finder {
 public:
  Finder(const TraceStore& store, EventIndex at) : store_(store), at_(at), last_(last_state(store)) {}

  Thing find(const std::string& name, Happens happens) {
    const std::vector<std::string> ways = exact_readings(name);
    if (const auto line = form(ways[0], "line ")) return by_line(*line);
    if (const auto text = form(ways[0], "output ")) return by_output({{unquoted(*text)}, {}, {}});
    if (const auto task = form(ways[0], "task ", " done")) return by_end(wanted(*task));
    const Wanted who = wanted(name);
    switch (happens) {
      case Happens::prints:
        return first_known({by_output(who), by_printer(who)});
      case Happens::ends:
        return by_end(who);
      case Happens::phase:
        return by_phase(who);
      case Happens::wakes:
        return first_known({by_run(who, true), by_output(who)});
      case Happens::runs:
        return first_known({by_run(who), by_output(who)});
      case Happens::any:
        break;
    }
    return first_known({by_output(who), by_run(who), by_phase(who)});
  }

 private:
  static LoopState last_state(const TraceStore& store) {
    return store.size() > 0 ? store.state_at(store.size() - 1) : LoopState{};
  }
  static Wanted wanted(const std::string& name) {
    Wanted who{exact_readings(name), readings(name), {}};
    for (const std::string& way : who.names) who.bare.push_back(bare_name(way));
    return who;
  }
  static Thing first_known(std::initializer_list<Thing> things) {
    for (const Thing& thing : things)
      if (thing.known) return thing;
    return {};
  }
  /// Takes event `i` as one of the thing's, in the order of the run.
  void met(Thing& thing, EventIndex i) const {
    thing.known = true;
    if (i <= at_) return;
    if (!thing.event) thing.event = i;
    thing.last = i;
  }

  Thing by_line(const std::string& text) const {
    Thing thing{false, {}, "runs"};
    std::uint32_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    for (auto i = store_.next_of({EventKind::line}, 0); i; i = store_.next_of({EventKind::line}, *i + 1))
      if (field::line(store_.event(*i)) == number) met(thing, *i);
    return thing;
  }

  Thing by_output(const Wanted& who) const {
    Thing thing{false, {}, "is printed"};
    for (std::size_t k = 0; k < store_.output_count(); ++k) {
      const OutputLine line = store_.output_line(k);
      if (who.prints(line.text)) met(thing, line.event);
    }
    return thing;
  }

  /// The task that prints.
  Thing by_printer(const Wanted& who) const {
    Thing thing{false, {}, "prints"};
    for (std::size_t k = 0; k < store_.output_count(); ++k) {
      const OutputLine line = store_.output_line(k);
      if (line.task && is_task(who, line.task)) met(thing, line.event);
    }
    return thing;
  }

  bool is_task(const Wanted& who, TaskId id) const {
    const TaskState* task = last_.task(id);
    return task && (who.is(store_.label(task->name)) || who.is(task_title(store_, *task)) ||
                    who.is(task_badge(store_, last_, id)) || who.is(store_.label(task->coro)));
  }

  Thing by_end(const Wanted& who) const {
    Thing thing{false, {}, "ends"};
    for (std::size_t k = 0; k < last_.tasks.size(); ++k) {
      const TaskId id{static_cast<std::uint32_t>(k + 1)};
      if (!is_task(who, id)) continue;
      thing.known = true;
      const auto done = store_.done_at(id);
      if (!done || *done <= at_) continue;
      thing.event = std::min(thing.event.value_or(*done), *done);
      thing.last = std::max(thing.last.value_or(*done), *done);
    }
    return thing;
  }

  bool is_run(const Wanted& who, const HandleRun& run) const {
    if (run.task) return is_task(who, run.task);
    const std::string_view label = store_.label(run.label);
    if (who.is(label) || who.is(callback_name(label)) || who.is(label.substr(0, label.find('('))))
      return true;
    if (who.is("#" + std::to_string(run.handle.value)) || who.is(std::to_string(run.handle.value)))
      return true;
    if (run.cause != Cause::timer) return false;
    const auto timer = store_.timer(run.handle);
    return timer && timer->task && is_task(who, timer->task);
  }

  /// `again`: a task's first step does not count, nor the timer that comes before its waking.
  bool is_waking(const HandleRun& run) const {
    return run.task ? store_.runs_before(run.task, run.begin) > 0 : run.cause != Cause::timer;
  }

  Thing by_run(const Wanted& who, bool again = false) const {
    Thing thing{false, {}, again ? "goes on" : "runs"};
    constexpr std::size_t kMost = 200'000;  // runs; a lesson's run is far shorter
    for (std::size_t k = 0; k < std::min(store_.run_count(), kMost); ++k) {
      const HandleRun run = store_.run(k);
      if ((!again || is_waking(run)) && is_run(who, run)) met(thing, run.begin);
    }
    return thing;
  }

  Thing by_phase(const Wanted& who) const {
    static constexpr std::array<std::pair<std::string_view, EventKind>, 6> kPhases{
        {{"select", EventKind::select_begin},
         {"I/O", EventKind::io_ready},
         {"io", EventKind::io_ready},
         {"timers", EventKind::timers_begin},
         {"run", EventKind::ready_begin},
         {"ready", EventKind::ready_begin}}};
    Thing thing{false, {}, "begins"};
    for (const auto& [name, kind] : kPhases) {
      if (!who.is(name)) continue;
      thing.known = true;
      const auto next = store_.next_of({kind}, at_ + 1);
      if (next && (!thing.event || *next < *thing.event)) thing.event = next;
    }
    return thing;
  }

  const TraceStore& store_;
  EventIndex at_;
  LoopState last_;
};

}  // namespace

Happens what_is_asked(std::string_view ask) {
  if (contains_word(ask, {"print", "prints", "printed", "output", "says", "written", "appears"}))
    return Happens::prints;
  if (contains_word(ask, {"finish", "finishes", "finished", "end", "ends", "ended", "done", "complete",
                          "completes", "returns", "over"}))
    return Happens::ends;
  if (contains_word(ask, {"phase"})) return Happens::phase;
  if (contains_word(ask, {"wake", "wakes", "woken", "resume", "resumes", "continue", "continues", "goes"}))
    return Happens::wakes;
  if (contains_word(ask, {"run", "runs", "start", "starts", "step", "steps", "next", "turn", "called",
                          "handle", "callback", "task"}))
    return Happens::runs;
  return Happens::any;
}

std::vector<std::string> readings(std::string_view text) {
  std::vector<std::string> ways = exact_readings(text);
  for (const std::string_view stop : {", ", " (", " because ", ": ", " – ", " - "}) {
    const std::size_t end = text.find(stop);
    if (end == std::string_view::npos) continue;
    add_reading(ways, plain(trimmed(text.substr(0, end))));
    add_reading(ways, unquoted(plain(trimmed(text.substr(0, end)))));
  }
  return ways;
}

std::vector<std::string> quoted_parts(std::string_view text) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char quote = text[i];
    // An apostrophe inside a word opens nothing.
    const bool inside = i > 0 && text[i - 1] != ' ' && text[i - 1] != '(';
    if ((quote != '`' && quote != '\'' && quote != '"') || inside) continue;
    std::size_t end = text.find(quote, i + 1);
    // 'it's': the quote that closes is followed by no letter.
    while (end != std::string_view::npos && end + 1 < text.size() &&
           std::isalnum(static_cast<unsigned char>(text[end + 1])) != 0)
      end = text.find(quote, end + 1);
    if (end == std::string_view::npos) break;
    parts.emplace_back(text.substr(i + 1, end - i - 1));
    i = end;
  }
  return parts;
}

bool is_named(std::string_view choice, const std::vector<std::string>& names) {
  Wanted who{{}, readings(choice), {}};
  for (const std::string& way : who.names) who.bare.push_back(bare_name(way));
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return who.is(name); });
}

std::vector<Thing> find_things(const TraceStore& store, EventIndex at, Happens happens,
                               const std::vector<std::string>& names) {
  Finder finder(store, at);
  std::vector<Thing> things;
  for (const std::string& name : names) things.push_back(finder.find(name, happens));
  return things;
}

}  // namespace loopscope::traces

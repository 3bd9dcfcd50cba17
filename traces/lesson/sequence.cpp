#include <algorithm>
#include <fmt/format.h>

#include "traces/lesson/choices.h"
#include "traces/lesson/inquiry.h"
#include "traces/lesson/things.h"
#include "traces/narration.h"

namespace loopscope::traces {
namespace {

/// The first of what `text` is about that happens after the place.
std::optional<EventIndex> moment_of(const Inquiry& q, std::string_view text) {
  const std::vector<std::string> names = q.subjects(text);
  for (const Thing& thing : find_things(q.store, q.at, what_is_asked(q.step.ask), names))
    if (thing.known && thing.event) return thing.event;
  return std::nullopt;
}

/// "Does A end before B?"
Ruling by_precedence(const Inquiry& q) {
  const bool before = has(q.ask, " before ");
  const std::size_t cut = q.ask.find(before ? " before " : " after ");
  std::vector<std::optional<bool>> answers;
  for (const std::string& choice : q.step.choices) answers.push_back(as_yes(choice));
  if (!std::ranges::all_of(answers, [](const auto& answer) { return answer.has_value(); }))
    return undecided();
  const std::string_view ask = q.step.ask;
  const std::size_t verb = ask.find(' ');  // "Does"
  const auto one = moment_of(q, ask.substr(verb, cut - verb)), other = moment_of(q, ask.substr(cut + 7));
  if (!one || !other || *one == *other) return undecided();
  const bool truth = (*one < *other) == before;
  const auto right = std::find(answers.begin(), answers.end(), std::optional(truth)) - answers.begin();
  if (static_cast<std::size_t>(right) == answers.size()) return undecided();
  return Ruling(Verdict{static_cast<std::size_t>(right) + 1,
                        fmt::format("the one comes at event {}, the other at event {}", *one + 1, *other + 1),
                        *one});
}

/// "`A done`, then B" as its parts.
std::vector<std::string> parts_of(std::string text) {
  for (const std::string_view link :
       {" and then ", ", then ", " then ", ", and ", " → ", " -> ", " and ", " before "})
    for (std::size_t at; (at = text.find(link)) != text.npos;) text.replace(at, link.size(), ", ");
  std::vector<std::string> parts;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find(", ", from), text.size());
    parts.push_back(text.substr(from, end - from));
    from = end + 2;
  }
  return parts;
}

/// "In which order do they end?"
Ruling by_listing(const Inquiry& q) {
  std::size_t right = 0;
  for (std::size_t i = 0; i < q.step.choices.size(); ++i) {
    const std::vector<std::string> parts = parts_of(q.step.choices[i]);
    if (parts.size() < 2) return undecided();
    EventIndex last = q.at;
    bool ascends = true;
    for (const Thing& thing : find_things(q.store, q.at, what_is_asked(q.step.ask), parts)) {
      if (!thing.event) return undecided();
      ascends = ascends && *thing.event > last;
      last = *thing.event;
    }
    if (ascends && right != 0) return undecided();
    if (ascends) right = i + 1;
  }
  return Ruling(Verdict{right, right == 0 ? "they come in another order" : "they come in that order", {}});
}

/// "What is printed last?"
Ruling by_end(const Inquiry& q) {
  const std::vector<Thing> things = find_things(q.store, q.at, what_is_asked(q.step.ask), q.step.choices);
  std::size_t right = 0;
  for (std::size_t i = 0; i < things.size(); ++i) {
    if (!things[i].known) return undecided();
    if (things[i].last && (right == 0 || *things[i].last > *things[right - 1].last)) right = i + 1;
  }
  if (right == 0) return undecided();
  const Thing& thing = things[right - 1];
  return Ruling(Verdict{right,
                        fmt::format("'{}' {} last, at event {}", readings(q.step.choices[right - 1]).front(),
                                    thing.how, *thing.last + 1),
                        thing.last});
}

bool of_the_whole(const Inquiry& q) {
  return contains_word(q.ask, {"program", "everything", "whole", "altogether", "scenario"}) ||
         has_any(q.ask, {"in all", "in total", "it all"});
}

/// How long a task takes, or the program.
std::optional<double> duration(const Inquiry& q) {
  if (has_any(q.ask, {"from here", "from now", "until", "still"})) return std::nullopt;
  if (of_the_whole(q)) return q.seconds_at(q.store.size() - 1);
  const TaskId task = q.task_in(q.step.ask);
  const auto begin = task ? q.store.created_at(task) : std::nullopt;
  const auto end = task ? q.store.done_at(task) : std::nullopt;
  if (!begin || !end) return std::nullopt;
  return q.seconds_at(*end) - q.seconds_at(*begin);
}

Ruling by_duration(const Inquiry& q, const std::optional<std::vector<double>>& times) {
  const std::optional<double> truth = duration(q);
  if (!times || !truth) return undecided();
  return Ruling(Verdict{number_of(*times, truth), fmt::format("it takes {}", format_seconds(*truth)), {}});
}

Ruling by_program_end(const Inquiry& q) {
  const auto times = all_as(q.step.choices, as_time);
  if (!times) return undecided();
  const double end = q.seconds_at(q.store.size() - 1);
  return Ruling(Verdict{number_of(*times, end), fmt::format("the program ends at {}", format_seconds(end)),
                        q.store.size() - 1});
}

Ruling by_lines(const Inquiry& q) {
  const auto counts = all_as(q.step.choices, as_count);
  std::size_t all = q.store.output_count(), rest = 0;
  for (std::size_t k = 0; k < all; ++k) rest += q.store.output_line(k).event > q.at ? 1 : 0;
  const bool more = has_any(q.ask, {"from here", "from now", "still", "more", "left"});
  if (!counts || (!more && !of_the_whole(q) && all != rest)) return undecided();
  const std::size_t n = more ? rest : all;
  return Ruling(
      Verdict{number_of(*counts, static_cast<double>(n)), fmt::format("{} lines are printed", n), {}});
}

}  // namespace

Ruling judge_sequence(const Inquiry& q) {
  static constexpr std::string_view kYesNo[] = {"does ", "do ", "is ", "will ", "did ", "was ", "are "};
  const bool yes_no =
      std::ranges::any_of(kYesNo, [&](std::string_view verb) { return q.ask.starts_with(verb); });
  if (yes_no && has_any(q.ask, {" before ", " after "})) return by_precedence(q);
  if (contains_word(q.ask, {"order", "sequence"})) return by_listing(q);
  const bool many_seconds = has(q.ask, "how many seconds");
  if (many_seconds && !has_any(q.ask, {"after how many", "seconds after"}))
    return by_duration(q, all_as(q.step.choices, as_count));
  if (has(q.ask, "how long") && !has(q.ask, "select")) return by_duration(q, all_as(q.step.choices, as_time));
  const bool ends =
      contains_word(q.ask, {"end", "ends", "over", "finish", "finishes", "done", "stop", "stops"});
  if (ends && of_the_whole(q) && has_any(q.ask, {"when ", "what time"})) return by_program_end(q);
  if (has(q.ask, "how many lines")) return by_lines(q);
  if (contains_word(q.ask, {"last", "final", "finally"}) && !has(q.ask, "how ") && !has(q.ask, "when "))
    return by_end(q);
  return std::nullopt;
}

}  // namespace loopscope::traces

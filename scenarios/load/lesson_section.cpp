#include <algorithm>
#include <cmath>
#include <string_view>

#include "scenarios/load/fields.h"
#include "scenarios/load/sections.h"
#include "scenarios/syntax/syntax_error.h"

namespace loopscope::scenarios {

namespace {

/// Takes the words of a selector off its front.
class SelectorScanner {
 public:
  explicit SelectorScanner(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  bool word(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  bool digits() {
    const std::size_t count = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
    rest_.remove_prefix(count);
    return count > 0;
  }
  /// A number from 1.
  bool ordinal() { return !rest_.starts_with('0') && digits(); }
  /// " #2", or nothing.
  bool repetition() { return at_end() || (word(" #") && ordinal() && at_end()); }
  /// Up to the last `text`, which is taken too.
  bool through_last(std::string_view text) {
    const std::size_t at = rest_.rfind(text);
    if (at == std::string_view::npos) return false;
    rest_.remove_prefix(at + text.size());
    return true;
  }

 private:
  std::string_view rest_;
};

bool is_selector(std::string_view text) {
  SelectorScanner scan(text);
  if (text == "end") return true;
  if (scan.word("loop "))
    return scan.ordinal() && scan.word(" iteration ") && scan.ordinal() && scan.at_end();
  if (scan.word("iteration ")) return scan.ordinal() && scan.at_end();
  for (const std::string_view quote : {"'", "\""})
    if (scan.word("output " + std::string(quote))) return scan.through_last(quote) && scan.repetition();
  if (scan.word("line ")) return scan.ordinal() && scan.repetition();
  if (scan.word("task "))
    return text.size() > std::string_view("task  done").size() && scan.through_last(" done") && scan.at_end();
  if (scan.word("time "))
    return scan.digits() && (scan.at_end() || (scan.word(".") && scan.digits() && scan.at_end()));
  return scan.word("event ") && scan.digits() && scan.at_end();
}

constexpr std::size_t kMostChoices = 9;  // the keys 1 to 9

/// A choice that equals one before it; null: there is none.
const JsonNode* repeated(const JsonNode& choices) {
  for (auto one = choices.items.begin(); one != choices.items.end(); ++one)
    if (one->is(JsonNode::Kind::string) &&
        std::any_of(choices.items.begin(), one, [&](const JsonNode& other) {
          return other.is(JsonNode::Kind::string) && other.string == one->string;
        }))
      return &*one;
  return nullptr;
}

void check_choices(const JsonNode& choices, const Fields& fields, Report& report) {
  if (fields.get("ask") == nullptr) report.error(choices, "'choices' goes with 'ask'");
  if (choices.items.empty() || choices.items.size() > kMostChoices)
    report.error(choices, "'choices' must hold 1 to " + std::to_string(kMostChoices) + " answers, not " +
                              std::to_string(choices.items.size()));
  else if (const JsonNode* twice = repeated(choices))
    report.error(*twice, in_quotes(twice->string) + " stands twice among the choices");
  else if (fields.get("answer") == nullptr)
    report.error(choices, "'choices' goes with 'answer', the number of the right one, from 1");
}

std::size_t read_answer(const JsonNode& answer, const JsonNode* choices, Report& report) {
  if (choices == nullptr) {
    report.error(answer, "'answer' goes with 'choices'");
    return 0;
  }
  const auto count = static_cast<double>(choices->items.size());
  if (answer.number >= 1 && answer.number <= count && answer.number == std::floor(answer.number))
    return static_cast<std::size_t>(answer.number);
  if (!choices->items.empty())
    report.error(answer, "'answer' must be the number of a choice, from 1 to " +
                             std::to_string(choices->items.size()));
  return 0;
}

LessonStep read_step(const JsonNode& node, Report& report) {
  const Fields fields(node, "a step of the lesson", {"at", "say", "ask", "choices", "answer"}, report);
  fields.require("at", "say where the tour stops, for example \"iteration 3\"");
  LessonStep step;
  step.pointer = node.pointer;
  if (const JsonNode* at = fields.get("at", JsonNode::Kind::string)) {
    step.at = at->string;
    step.at_pos = at->pos;
    if (!is_selector(at->string))
      report.error(*at,
                   in_quotes(at->string) +
                       " is no place in a run; there are: iteration 3, loop 2 iteration 3, output 'text', "
                       "output 'text' #2, line 7, line 7 #2, task B done, time 1.5, event 120, end");
  }
  step.say = fields.text("say").value_or("");
  step.ask = fields.text("ask").value_or("");
  if (const JsonNode* ask = fields.get("ask")) step.ask_pos = ask->pos;
  step.choices = fields.texts("choices").value_or(std::vector<std::string>());
  const JsonNode* choices = fields.get("choices");
  if (choices != nullptr && choices->is(JsonNode::Kind::array)) check_choices(*choices, fields, report);
  if (const JsonNode* answer = fields.get("answer", JsonNode::Kind::number)) {
    step.answer = read_answer(*answer, choices, report);
    step.answer_pos = answer->pos;
  }
  return step;
}

}  // namespace

std::vector<LessonStep> read_lesson(const JsonNode& node, Report& report) {
  std::vector<LessonStep> lesson;
  if (!check_kind(node, JsonNode::Kind::array, "'lesson'", report)) return lesson;
  for (const JsonNode& step : node.items) lesson.push_back(read_step(step, report));
  return lesson;
}

}  // namespace loopscope::scenarios

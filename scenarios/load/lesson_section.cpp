#include <cmath>
#include <regex>

#include "scenarios/load/fields.h"
#include "scenarios/load/sections.h"
#include "scenarios/syntax/syntax_error.h"

namespace loopscope::scenarios {

namespace {

bool is_selector(const std::string& text) {
  constexpr std::size_t kLongest = 1000;  // std::regex recurses once per character
  if (text.size() > kLongest) return false;
  static const std::regex kForm(
      R"re((loop [1-9]\d* )?iteration [1-9]\d*|output '.*'( #[1-9]\d*)?|line [1-9]\d*( #[1-9]\d*)?|task .+ done|time \d+(\.\d+)?|event \d+|end)re");
  return std::regex_match(text, kForm);
}

void check_answer(const JsonNode& answer, const JsonNode* choices, Report& report) {
  if (choices == nullptr) return report.error(answer, "'answer' goes with 'choices'");
  const auto count = static_cast<double>(choices->items.size());
  if (answer.number >= 1 && answer.number <= count && answer.number == std::floor(answer.number)) return;
  report.error(answer,
               "'answer' must be the number of a choice, from 1 to " + std::to_string(choices->items.size()));
}

void check_step(const JsonNode& node, Report& report) {
  const Fields fields(node, "a step of the lesson", {"at", "say", "ask", "choices", "answer"}, report);
  fields.require("at", "say where the tour stops, for example \"iteration 3\"");
  if (const JsonNode* at = fields.get("at", JsonNode::Kind::string);
      at != nullptr && !is_selector(at->string)) {
    report.error(
        *at, in_quotes(at->string) +
                 " is no place in a run; there are: iteration 3, loop 2 iteration 3, output 'text', output "
                 "'text' #2, line 7, line 7 #2, task B done, time 1.5, event 120, end");
  }
  fields.text("say");
  fields.text("ask");
  fields.texts("choices");
  const JsonNode* choices = fields.get("choices");
  if (choices != nullptr && fields.get("ask") == nullptr) report.error(*choices, "'choices' goes with 'ask'");
  if (const JsonNode* answer = fields.get("answer", JsonNode::Kind::number))
    check_answer(*answer, choices, report);
}

}  // namespace

void check_lesson(const JsonNode& node, Report& report) {
  if (!check_kind(node, JsonNode::Kind::array, "'lesson'", report)) return;
  for (const JsonNode& step : node.items) check_step(step, report);
}

}  // namespace loopscope::scenarios

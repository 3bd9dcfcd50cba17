#include <algorithm>
#include <cmath>

#include "core/loop/loop_model.h"
#include "scenarios/load/fields.h"
#include "scenarios/load/sections.h"
#include "scenarios/syntax/syntax_error.h"

namespace loopscope::scenarios {

namespace {

using Words = std::vector<std::string_view>;

/// One of `words`, of which this version has the first only.
void read_word(const Fields& fields, std::string_view key, std::string_view what, const Words& words,
               Report& report) {
  const JsonNode* node = fields.get(key, JsonNode::Kind::string);
  if (node == nullptr || node->string == words[0]) return;
  if (std::find(words.begin(), words.end(), node->string) == words.end()) {
    return report_unknown_word(*node, what, words, report);
  }
  report.error(*node, "the " + std::string(what) + " " + in_quotes(node->string) +
                          " is in the format, but this version of loopscope has only " + in_quotes(words[0]));
}

void read_model(const Fields& fields, std::string& model, Report& report) {
  const JsonNode* node = fields.get("model", JsonNode::Kind::string);
  if (node == nullptr) return;
  const std::span<const std::string_view> names = loop_model_names();
  if (std::find(names.begin(), names.end(), node->string) != names.end())
    model = node->string;
  else
    report_unknown_word(*node, "loop model", {names.begin(), names.end()}, report);
}

void read_count(const Fields& fields, std::string_view key, std::uint64_t& out, Report& report) {
  const JsonNode* node = fields.get(key, JsonNode::Kind::number);
  if (node == nullptr) return;
  constexpr double kMost = 9'007'199'254'740'992.0;  // whole numbers are exact up to here
  const bool whole = node->number == std::floor(node->number);
  if (node->number >= 1 && node->number <= kMost && whole) {
    out = static_cast<std::uint64_t>(node->number);
  } else if (node->number > kMost) {
    report.error(*node, "the limit " + in_quotes(key) + " is too large");
  } else {
    report.error(*node, "the limit " + in_quotes(key) + " must be a positive whole number");
  }
}

Budget::Limits read_limits(const JsonNode& node, Report& report) {
  Budget::Limits limits;
  const Fields fields(node, "loop.limits", {"iterations", "events", "steps", "time", "memory"}, report);
  read_count(fields, "iterations", limits.iterations, report);
  read_count(fields, "events", limits.events, report);
  read_count(fields, "steps", limits.steps, report);
  read_count(fields, "memory", limits.memory, report);
  limits.time = fields.seconds("time", true).value_or(limits.time);
  return limits;
}

}  // namespace

LoopSettings read_loop(const JsonNode& node, Report& report) {
  LoopSettings settings;
  const Fields fields(node, "loop", {"model", "clock", "debug", "slow_callback", "limits", "turn_cost"},
                      report);
  read_model(fields, settings.model, report);
  read_word(fields, "clock", "clock", {"virtual", "real"}, report);
  settings.debug = fields.flag("debug").value_or(settings.debug);
  settings.slow_callback = fields.seconds("slow_callback", false).value_or(settings.slow_callback);
  settings.turn_cost = fields.seconds("turn_cost", true).value_or(settings.turn_cost);
  if (const JsonNode* limits = fields.get("limits")) settings.limits = read_limits(*limits, report);
  return settings;
}

}  // namespace loopscope::scenarios

#include "scenarios/load/fields.h"

#include <algorithm>

#include "scenarios/load/nearest.h"
#include "scenarios/syntax/syntax_error.h"

namespace loopscope::scenarios {

namespace {

std::string joined(const std::vector<std::string_view>& words) {
  std::string text;
  for (std::string_view word : words) text += (text.empty() ? "" : ", ") + std::string(word);
  return text;
}

}  // namespace

bool check_kind(const JsonNode& node, JsonNode::Kind kind, std::string_view what, Report& report) {
  if (node.kind == kind) return true;
  report.error(node, std::string(what) + " must be " + std::string(kind_name(kind)) + ", not " +
                         std::string(kind_name(node.kind)));
  return false;
}

void report_unknown_word(const JsonNode& node, std::string_view what,
                         const std::vector<std::string_view>& words, Report& report) {
  const std::string near = did_you_mean(node.string, words);
  report.error(node, "unknown " + std::string(what) + " " + in_quotes(node.string) +
                         (near.empty() ? "; there are: " + joined(words) : near));
}

Fields::Fields(const JsonNode& object, std::string_view what, const std::vector<std::string_view>& known,
               Report& report)
    : object_(object), what_(what), report_(report) {
  if (!check_kind(object, JsonNode::Kind::object, what, report)) return;
  for (const JsonMember& member : object.members) {
    if (std::find(known.begin(), known.end(), member.key) != known.end()) continue;
    const std::string near = did_you_mean(member.key, known);
    report.error({member.key_pos, object.pointer + pointer_step(member.key),
                  "unknown key " + in_quotes(member.key) + " in " + what_ +
                      (near.empty() ? "; there are: " + joined(known) : near)});
  }
}

const JsonNode* Fields::get(std::string_view key) const {
  const JsonMember* member = object_.find(key);
  return member == nullptr ? nullptr : &member->value;
}

const JsonNode* Fields::get(std::string_view key, JsonNode::Kind kind) const {
  const JsonNode* node = get(key);
  return node != nullptr && check_kind(*node, kind, in_quotes(key), report_) ? node : nullptr;
}

std::optional<std::string> Fields::text(std::string_view key) const {
  const JsonNode* node = get(key, JsonNode::Kind::string);
  if (node == nullptr) return std::nullopt;
  return node->string;
}

std::optional<std::vector<std::string>> Fields::texts(std::string_view key) const {
  const JsonNode* node = get(key, JsonNode::Kind::array);
  if (node == nullptr) return std::nullopt;
  std::vector<std::string> texts;
  for (const JsonNode& item : node->items) {
    if (check_kind(item, JsonNode::Kind::string, "each of " + in_quotes(key), report_))
      texts.push_back(item.string);
  }
  return texts;
}

std::optional<bool> Fields::flag(std::string_view key) const {
  const JsonNode* node = get(key, JsonNode::Kind::boolean);
  if (node == nullptr) return std::nullopt;
  return node->boolean;
}

std::optional<double> Fields::seconds(std::string_view key, bool positive) const {
  const JsonNode* node = get(key, JsonNode::Kind::number);
  if (node == nullptr) return std::nullopt;
  if (node->number > 0 || (!positive && node->number == 0)) return node->number;
  report_.error(*node, in_quotes(key) + " must be " + (positive ? "a positive number" : "a number from 0"));
  return std::nullopt;
}

void Fields::require(std::string_view key, std::string_view hint) const {
  if (!object_.is(JsonNode::Kind::object) || get(key) != nullptr) return;
  report_.error(object_, "the key " + in_quotes(key) + " is missing in " + what_ + "; " + std::string(hint));
}

}  // namespace loopscope::scenarios

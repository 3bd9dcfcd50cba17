#include "scenarios/load/statement_head.h"

#include <algorithm>
#include <string>

#include "scenarios/load/fields.h"
#include "scenarios/load/nearest.h"
#include "scenarios/syntax/syntax_error.h"

namespace loopscope::scenarios {
namespace {

using Keys = std::vector<std::string_view>;

/// The keys that say which statement an object is.
const Keys& head_keys() {
  static const Keys keys = {"def", "async def", "class", "if",   "while",
                            "for", "async for", "try",   "with", "async with"};
  return keys;
}

bool contains(const Keys& keys, std::string_view key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

void no_head(const JsonNode& node, Report& report) {
  if (node.members.empty()) return report.error(node, "an empty object is no statement");
  const auto named = std::find_if(node.members.begin(), node.members.end(),
                                  [](const JsonMember& member) { return member.key != "do"; });
  const JsonMember& first = named == node.members.end() ? node.members[0] : *named;
  std::string message = "unknown statement " + in_quotes(first.key);
  if (first.key == "match") {
    message = "'match' is not in the format: write an if with \"elif\"";
  } else if (first.key == "import" || first.key == "from") {
    message = "'import' is not in the format: modules are there already";
  } else if (first.key == "elif" || first.key == "else") {
    message = "'" + first.key + "' is a key of the object that its 'if' or 'try' stands in";
  } else if (first.key == "except" || first.key == "finally" || first.key == "catch") {
    message = "'" + first.key + "' is a key of the object that its 'try' stands in";
  } else {
    const std::string near = did_you_mean(first.key, head_keys());
    message += near.empty()
                   ? "; there are: def, async def, class, if, while, for, async for, try, with, async with"
                   : near;
  }
  report.error({first.key_pos, first.value.pointer, message});
}

}  // namespace

const JsonMember* statement_head(const JsonNode& node, Report& report) {
  const JsonMember* head = nullptr;
  for (const JsonMember& member : node.members) {
    if (!contains(head_keys(), member.key)) continue;
    if (head != nullptr) {
      report.error({member.key_pos, member.value.pointer,
                    "two statements in one object: '" + head->key + "' and '" + member.key + "'"});
      return nullptr;
    }
    head = &member;
  }
  if (head == nullptr) no_head(node, report);
  return head;
}

void check_statement_keys(const JsonNode& node, const JsonMember& head, const Keys& others, Report& report) {
  const bool loop = head.key == "while" || head.key == "for" || head.key == "async for";
  Keys known = {head.key};
  known.insert(known.end(), others.begin(), others.end());
  if (loop && node.find("else") != nullptr) {
    const JsonMember& member = *node.find("else");
    report.error({member.key_pos, member.value.pointer,
                  "'else' after a loop is not in the format: use a flag and an if"});
    known.push_back("else");
  }
  if (head.key == "try" && node.find("do") != nullptr) {
    const JsonMember& member = *node.find("do");
    report.error({member.key_pos, member.value.pointer,
                  "the body of a try stands in \"try\" itself: {\"try\": [...]}"});
    known.push_back("do");
  }
  const Fields fields(
      node, (head.key == "if" || head.key.starts_with("async") ? "an '" : "a '") + head.key + "' statement",
      known, report);
}

}  // namespace loopscope::scenarios

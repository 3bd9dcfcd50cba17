#include <algorithm>

#include "scenarios/load/fields.h"
#include "scenarios/load/sections.h"

namespace loopscope::scenarios {

namespace {

/// The names of findings that a trace can carry.
const std::vector<std::string_view>& rule_names() {
  static const std::vector<std::string_view> names = {
      "slow_callback",  "slow_iteration", "starvation",      "timer_lateness", "blocking_call",
      "never_yielding", "call_soon_loop", "lost_waker",      "await_cycle",    "cancelled_timers",
      "never_awaited",  "late_await",     "never_retrieved", "wrong_thread",   "destroyed_pending",
      "pool_queue",     "deadlock"};
  return names;
}

}  // namespace

Expect read_expect(const JsonNode& node, Report& report) {
  Expect expect;
  const Fields fields(node, "expect", {"output", "error", "duration", "warnings", "limit"}, report);
  expect.output = fields.texts("output");
  expect.error = fields.text("error");
  expect.duration = fields.seconds("duration", false);
  expect.warnings = fields.texts("warnings");
  if (const JsonNode* list = fields.get("warnings"); list != nullptr) {
    for (const JsonNode& item : list->items) {
      const auto& names = rule_names();
      if (!item.is(JsonNode::Kind::string) ||
          std::find(names.begin(), names.end(), item.string) != names.end())
        continue;
      report_unknown_word(item, "rule", names, report);
    }
  }
  static const std::vector<std::string_view> kLimits = {"iterations", "events", "steps", "time", "memory"};
  if (const JsonNode* limit = fields.get("limit", JsonNode::Kind::string)) {
    if (std::find(kLimits.begin(), kLimits.end(), limit->string) == kLimits.end()) {
      report_unknown_word(*limit, "limit", kLimits, report);
    }
    expect.limit = limit->string;
  }
  return expect;
}

}  // namespace loopscope::scenarios

#include <algorithm>
#include <fmt/format.h>

#include "traces/findings/rule.h"

namespace loopscope::traces {
namespace {

using Make = std::unique_ptr<FindingRule> (*)();

constexpr Make kRules[] = {slow_callback,  slow_iteration,  starvation,        timer_lateness, blocking_call,
                           never_yielding, call_soon_loop,  cancelled_timers,  lost_waker,     await_cycle,
                           never_awaited,  never_retrieved, destroyed_pending, late_await,     wrong_thread,
                           pool_queue,     deadlock};

}  // namespace

std::vector<std::string_view> finding_rules() {
  std::vector<std::string_view> names;
  for (const Make make : kRules) names.push_back(make()->name());
  return names;
}

std::vector<Finding> find_all(const TraceStore& store, const std::function<bool()>& stopped) {
  std::vector<Finding> all;
  const Evidence evidence(store);
  if (evidence.size() == 0) return all;
  for (const Make make : kRules) {
    if (stopped && stopped()) break;
    const auto rule = make();
    const std::size_t from = all.size();
    rule->find(evidence, all);
    for (std::size_t k = from; k < all.size(); ++k) all[k].rule = rule->name();
  }
  std::stable_sort(all.begin(), all.end(), [](const Finding& a, const Finding& b) {
    return a.level != b.level ? a.level > b.level : a.at < b.at;
  });
  return all;
}

std::string_view to_string(Finding::Level level) {
  switch (level) {
    case Finding::Level::hint:
      return "hint";
    case Finding::Level::warning:
      return "warning";
    case Finding::Level::error:
      break;
  }
  return "error";
}

std::string finding_text(const Finding& f) {
  std::string text = f.title;
  if (!f.place.empty()) text += fmt::format(" ({})", f.place);
  text += ". " + f.why;
  if (!f.remedy.empty()) text += " Try: " + f.remedy;
  return text;
}

}  // namespace loopscope::traces

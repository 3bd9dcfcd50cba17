#include <fmt/format.h>

#include "traces/findings/rule.h"

namespace loopscope::traces {
namespace {

/// A task failed and nobody ever read its exception.
class NeverRetrieved final : public FindingRule {
 public:
  std::string_view name() const override { return "never_retrieved"; }

  void find(const Evidence& e, std::vector<Finding>& out) const override {
    Finding words;
    words.title = "An exception was never retrieved";
    words.why = "A task keeps its exception until somebody awaits it; here the task was dropped with it.";
    words.remedy = "await the task, or use asyncio.TaskGroup, which passes exceptions on";
    find_reported(e, name(), words, out);
  }
};

}  // namespace

std::unique_ptr<FindingRule> never_retrieved() { return std::make_unique<NeverRetrieved>(); }

}  // namespace loopscope::traces

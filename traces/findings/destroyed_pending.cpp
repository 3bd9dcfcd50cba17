#include <fmt/format.h>

#include "traces/findings/rule.h"

namespace loopscope::traces {
namespace {

/// A task that still waited was thrown away.
class DestroyedPending final : public FindingRule {
 public:
  std::string_view name() const override { return "destroyed_pending"; }

  void find(const Evidence& e, std::vector<Finding>& out) const override {
    Finding words;
    words.title = "A pending task was destroyed";
    words.why = "The loop holds tasks by weak references only; its finally blocks did not run.";
    words.remedy = "keep it: tasks.add(task); or cancel it and await it before the loop ends";
    find_reported(e, name(), words, out);
  }
};

}  // namespace

std::unique_ptr<FindingRule> destroyed_pending() { return std::make_unique<DestroyedPending>(); }

}  // namespace loopscope::traces

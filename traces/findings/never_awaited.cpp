#include <fmt/format.h>

#include "traces/findings/rule.h"

namespace loopscope::traces {
namespace {

/// A coroutine was called but its result thrown away: its body never ran.
class NeverAwaited final : public FindingRule {
 public:
  std::string_view name() const override { return "never_awaited"; }

  void find(const Evidence& e, std::vector<Finding>& out) const override {
    Finding words;
    words.title = "A coroutine was never awaited";
    words.why = "Calling an async function makes a coroutine; nothing of it runs before it is awaited.";
    words.remedy = "await it, or asyncio.create_task(...) to let it run beside";
    find_reported(e, name(), words, out);
  }
};

}  // namespace

std::unique_ptr<FindingRule> never_awaited() { return std::make_unique<NeverAwaited>(); }

}  // namespace loopscope::traces

#include <fmt/format.h>

#include "traces/findings/rule.h"
#include "traces/narration_scene.h"
namespace loopscope::traces {
namespace {

/// The run ended because nothing could ever run again.
class Deadlock final : public FindingRule {
 public:
  std::string_view name() const override { return "deadlock"; }

  void find(const Evidence& e, std::vector<Finding>& out) const override {
    for (const EventIndex i : e.store().problems()) {
      const TraceEvent event = e.store().event(i);
      const std::string_view text = e.store().text(i, TextField::text).value_or("");
      if (event.kind != EventKind::error || !text.starts_with("deadlock")) continue;
      Finding f;
      f.level = Finding::Level::error;
      f.title = "Deadlock";
      f.place = excerpt(text.substr(std::min(text.size(), text.find(':') + 2)));
      f.why = "Every thread and task waits, no timer is planted and no outside event will come.";
      f.remedy = "look at what each waits for, and at who should have woken it";
      f.at = f.begin = f.end = i;
      f.line = field::line(event);
      f.task = field::task(event);
      out.push_back(std::move(f));
    }
  }
};

}  // namespace

std::unique_ptr<FindingRule> deadlock() { return std::make_unique<Deadlock>(); }

}  // namespace loopscope::traces

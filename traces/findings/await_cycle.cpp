#include <algorithm>
#include <fmt/format.h>
#include <unordered_map>

#include "traces/findings/rule.h"

namespace loopscope::traces {
namespace {

/// Tasks that await each other in a circle.
class AwaitCycle final : public FindingRule {
 public:
  std::string_view name() const override { return "await_cycle"; }

  void find(const Evidence& e, std::vector<Finding>& out) const override {
    std::unordered_map<std::uint32_t, std::uint32_t> awaits;
    EventIndex i = 0;
    for (auto next = e.store().next_of(kKinds, i); next; next = e.store().next_of(kKinds, i)) {
      const TraceEvent event = e.store().event(*next);
      i = *next + 1;
      const std::uint32_t task = field::task(event).value;
      awaits.erase(task);
      if (event.kind != EventKind::task_suspended || field::wait_kind(event) != WaitKind::task) continue;
      awaits[task] = field::wait_id(event);
      const auto cycle = cycle_from(awaits, task);
      if (!cycle.empty() && e.whole(0, *next)) out.push_back(finding(e, cycle, event, *next));
    }
  }

 private:
  static constexpr KindSet kKinds{EventKind::task_suspended, EventKind::task_step, EventKind::task_done};

  static std::vector<std::uint32_t> cycle_from(const std::unordered_map<std::uint32_t, std::uint32_t>& awaits,
                                               std::uint32_t task) {
    std::vector<std::uint32_t> path{task};
    for (auto at = awaits.find(task); at != awaits.end(); at = awaits.find(at->second)) {
      if (at->second == task) return path;
      if (std::find(path.begin(), path.end(), at->second) != path.end())
        return {};  // a circle that was told of
      path.push_back(at->second);
    }
    return {};
  }

  static Finding finding(const Evidence& e, const std::vector<std::uint32_t>& cycle, const TraceEvent& event,
                         EventIndex i) {
    Finding f;
    std::string names;
    for (const std::uint32_t task : cycle) names += e.task(TaskId{task}) + " → ";
    f.level = Finding::Level::error;
    f.title = fmt::format("{} tasks await each other", cycle.size());
    if (cycle.size() == 1) f.title = "A task awaits itself";
    f.place = e.place(names + e.task(TaskId{cycle.front()}), field::line(event), i);
    f.why = "Each goes on only when the next one ends, so none of them ever does.";
    f.remedy = "let one of them hand its result over by a future or a queue instead of being awaited";
    f.at = f.begin = i;
    f.end = e.size() - 1;
    f.task = TaskId{cycle.front()};
    f.line = field::line(event);
    return f;
  }
};

}  // namespace

std::unique_ptr<FindingRule> await_cycle() { return std::make_unique<AwaitCycle>(); }

}  // namespace loopscope::traces

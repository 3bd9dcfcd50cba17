#include <cctype>
#include <fmt/format.h>
#include <unordered_map>

#include "traces/findings/rule.h"

namespace loopscope::traces {
namespace {

/// A finished task's result is read much later: its maker awaits something else first. It is
/// read where the listing awaits the name that the task was kept under.
class LateAwait final : public FindingRule {
 public:
  static constexpr std::int64_t kThreshold = 100'000'000;  // ns

  std::string_view name() const override { return "late_await"; }

  void find(const Evidence& e, std::vector<Finding>& out) const override {
    std::unordered_map<std::uint32_t, std::vector<Kept>> kept;  // by maker
    EventIndex i = 0;
    for (auto next = e.store().next_of(kKinds, i); next; next = e.store().next_of(kKinds, i)) {
      const TraceEvent event = e.store().event(*next);
      i = *next + 1;
      if (event.kind == EventKind::task_created)
        keep(e, event, kept);
      else
        read(e, event, *next, kept, out);
    }
  }

 private:
  static constexpr KindSet kKinds{EventKind::task_created, EventKind::line};
  struct Kept {
    TaskId task;
    std::string variable;
  };

  static bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

  // "t2" of "t2 = asyncio.create_task(...)".
  static std::string variable_of(const std::string& line) {
    std::size_t end = 0;
    while (end < line.size() && is_name(line[end])) ++end;
    if (end == 0 || line.compare(end, 3, " = ") != 0 || line.find("create_task(") == std::string::npos)
      return {};
    return line.substr(0, end);
  }

  static bool awaits(const std::string& line, const std::string& variable) {
    const std::string text = "await " + variable;
    const std::size_t at = line.find(text);
    return at != std::string::npos && (at + text.size() == line.size() || !is_name(line[at + text.size()]));
  }

  static void keep(const Evidence& e, const TraceEvent& event,
                   std::unordered_map<std::uint32_t, std::vector<Kept>>& kept) {
    const TaskId parent = field::parent(event);
    const std::string variable = variable_of(e.source(field::created_line(event)));
    if (!parent || variable.empty()) return;
    auto& own = kept[parent.value];
    std::erase_if(own, [&](const Kept& k) { return k.variable == variable; });
    own.push_back({field::task(event), variable});
  }

  static void read(const Evidence& e, const TraceEvent& event, EventIndex i,
                   std::unordered_map<std::uint32_t, std::vector<Kept>>& kept, std::vector<Finding>& out) {
    const auto own = kept.find(field::task(event).value);
    if (own == kept.end()) return;
    const std::string line = e.source(field::line(event));
    for (auto k = own->second.begin(); k != own->second.end(); ++k) {
      if (!awaits(line, k->variable)) continue;
      const auto done = e.store().done_at(k->task);
      if (done && *done < i && e.between(*done, i) >= kThreshold && e.whole(*done, i))
        out.push_back(finding(e, k->task, *done, i, field::line(event), field::task(event)));
      own->second.erase(k);
      return;
    }
  }

  static Finding finding(const Evidence& e, TaskId task, EventIndex done, EventIndex read, std::uint32_t line,
                         TaskId maker) {
    Finding f;
    f.level = Finding::Level::hint;
    f.title = fmt::format("Result of {} waits {} to be read", e.task(task), e.time(e.between(done, read)));
    f.place = e.place(e.task(maker) + " awaits something else first", line, done);
    f.why = "A result, or an exception, is seen only where the task is awaited; here that comes much later.";
    f.remedy = "await asyncio.gather(...) for all of them, or async for task in asyncio.as_completed(...)";
    f.at = f.begin = done;
    f.end = read;
    f.task = task;
    f.line = line;
    return f;
  }
};

}  // namespace

std::unique_ptr<FindingRule> late_await() { return std::make_unique<LateAwait>(); }

}  // namespace loopscope::traces

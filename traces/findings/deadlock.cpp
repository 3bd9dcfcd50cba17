#include <fmt/format.h>

#include "traces/findings/rule.h"
#include "traces/narration_scene.h"
#include "traces/program_end.h"
namespace loopscope::traces {
namespace {

/// The run ended because nothing could ever run again.
class Deadlock final : public FindingRule {
 public:
  std::string_view name() const override { return "deadlock"; }

  void find(const Evidence& e, std::vector<Finding>& out) const override {
    for (const EventIndex i : e.store().problems()) {
      if (!is_deadlock(e.store(), i)) continue;
      const TraceEvent event = e.store().event(i);
      const std::string_view text = e.store().text(i, TextField::text).value_or("");
      Finding f;
      f.level = Finding::Level::error;
      f.title = "Deadlock";
      f.place = std::string(text.substr(std::min(text.size(), text.find(':') + 2))) + where(e);
      f.why = "Every thread and task waits, no timer is planted and no outside event will come.";
      const bool locks =
          text.find(" waits for lock") != text.npos || text.find("in Lock.acquire") != text.npos;
      f.remedy =
          text.find("a lock that it holds itself") != text.npos || waits_for_its_own(text)
              ? "release the lock first, or take it once: a Lock is not reentrant"
          : text.find("waits in Future.result") != text.npos
              ? "result() stops the whole thread, and with it the loop that should do the work: await instead"
          : locks ? "take locks in the same order everywhere, and release what you took"
          : serves(e)
              ? "a server that waits for ever is ended from outside, by a signal in the scenario's world"
              : "look at what each waits for, and at who should have woken it";
      f.at = f.begin = f.end = i;
      f.line = field::line(event);
      f.task = field::task(event);
      out.push_back(std::move(f));
    }
  }

 private:
  /// "Task-1 (main) holds lock 1 and waits for lock 1" stands there.
  static bool waits_for_its_own(std::string_view text) {
    constexpr std::string_view kHolds = " holds ", kWaits = " and waits for ";
    for (std::size_t at = text.find(kHolds); at != text.npos; at = text.find(kHolds, at + 1)) {
      const std::string_view clause = text.substr(at, text.find("; ", at) - at);
      const std::size_t waits = clause.find(kWaits);
      if (waits == clause.npos) continue;
      const std::string_view held = clause.substr(kHolds.size(), waits - kHolds.size());
      const std::string_view wanted = clause.substr(waits + kWaits.size());
      if (wanted.substr(0, wanted.find(", ")) == held) return true;
    }
    return false;
  }

  static bool serves(const Evidence& e) {
    for (const OneLoopState& loop : e.last().loops)
      for (const WatchedFd& fd : loop.fds)
        if (e.store().label(fd.reader_label).find("_accept") != std::string_view::npos) return true;
    return false;
  }

  /// "; worker-a stands at line 7: async with first": of the tasks that wait for locks.
  static std::string where(const Evidence& e) {
    constexpr std::size_t kMost = 8;
    std::string text;
    std::size_t told = 0;
    const auto& tasks = e.last().tasks;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
      const TaskState& task = tasks[i];
      if (!task.id || task.phase == TaskPhase::done || task.wait != WaitKind::lock || task.line == 0)
        continue;
      if (++told > kMost) return text + "; and more";
      text += fmt::format("; {} stands at line {}: {}", e.task(task.id), task.line, e.source(task.line));
    }
    return text;
  }
};

}  // namespace

std::unique_ptr<FindingRule> deadlock() { return std::make_unique<Deadlock>(); }

}  // namespace loopscope::traces

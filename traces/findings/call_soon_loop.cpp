#include <fmt/format.h>

#include "traces/findings/rule.h"

namespace loopscope::traces {
namespace {

/// A callback (or a task with sleep(0)) queues itself again in every iteration: a busy loop.
class CallSoonLoop final : public FindingRule {
 public:
  static constexpr std::size_t kThreshold = 100;  // iterations in a row

  std::string_view name() const override { return "call_soon_loop"; }

  void find(const Evidence& e, std::vector<Finding>& out) const override {
    std::map<std::pair<std::uint32_t, std::uint32_t>, Streak> streaks;  // (task, label)
    for (std::size_t k = 0; k < e.store().run_count(); ++k) {
      const HandleRun run = e.store().run(k);
      Streak& streak = streaks[{run.task.value, run.task ? 0 : run.label.value}];
      if (!continues(e, run, streak))
        streak = {.first = run,
                  .last = run,
                  .count = 1,
                  .best = streak.best,
                  .best_count = streak.best_count,
                  .best_end = streak.best_end};
      else
        streak.last = run, ++streak.count;
      if (streak.count > streak.best_count)
        streak.best = streak.first, streak.best_count = streak.count, streak.best_end = streak.last.end;
    }
    for (const auto& [key, streak] : streaks)
      if (streak.best_count >= kThreshold && e.whole(streak.best.begin, streak.best_end))
        out.push_back(finding(e, streak));
  }

 private:
  struct Streak {
    HandleRun first, last;
    std::size_t count = 0;
    HandleRun best;  // the first run of the longest streak
    std::size_t best_count = 0;
    EventIndex best_end = 0;
  };

  // Whether the streak's last run queued this one at once: by call_soon or a yield, not by
  // waiting for something.
  static bool continues(const Evidence& e, const HandleRun& run, const Streak& streak) {
    if (streak.count == 0 || !run.queued) return false;
    if (run.cause != Cause::call_soon && run.cause != Cause::task_step) return false;
    return *run.queued > streak.last.begin && *run.queued < streak.last.end &&
           e.store().event(*run.queued).thread == run.thread.value;
  }

  static Finding finding(const Evidence& e, const Streak& streak) {
    Finding f;
    const std::string who = e.owner(streak.best);
    f.title = fmt::format("{} queues itself again {} times in a row", who, streak.best_count);
    f.place = e.place("from " + e.time(e.ns(streak.best.begin)), 0, streak.best.begin);
    f.why = "The ready queue is never empty, so select never waits: the loop runs at full speed for nothing.";
    f.remedy = streak.best.task
                   ? "wait for what it looks for: await event.wait(), or asyncio.sleep(0.1) to poll"
                   : "loop.call_later(0.1, ...) instead of call_soon";
    f.at = f.begin = streak.best.begin;
    f.end = streak.best_end;
    f.task = streak.best.task;
    return f;
  }
};

}  // namespace

std::unique_ptr<FindingRule> call_soon_loop() { return std::make_unique<CallSoonLoop>(); }

}  // namespace loopscope::traces

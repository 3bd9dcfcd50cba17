#include <fmt/format.h>

#include "traces/findings/rule.h"

namespace loopscope::traces {
namespace {

/// Timers left the heap long after they were due.
class TimerLateness final : public FindingRule {
 public:
  static constexpr std::int64_t kThreshold = 50'000'000;  // ns

  std::string_view name() const override { return "timer_lateness"; }

  void find(const Evidence& e, std::vector<Finding>& out) const override {
    WorstByPlace worst;
    for (const TimerSpan& timer : e.store().timers()) {
      if (!timer.promoted || timer.cancelled) continue;
      const std::int64_t due = static_cast<std::int64_t>(timer.when * 1e9);
      const std::int64_t late = e.ns(*timer.promoted) - std::max(due, e.ns(timer.scheduled));
      if (late < kThreshold || !e.whole(timer.scheduled, *timer.promoted)) continue;
      const auto busy = busiest(e, timer, due);
      if (!busy) continue;  // the loop did not run: nothing was late for it
      const WorstByPlace::Key key{e.owner(*busy), 0};
      if (worst.add(key, late)) worst.set(key, finding(e, timer, *busy, late));
    }
    worst.take(out);
    for (Finding& f : out)
      if (f.times > 1 && f.title.starts_with("Timer late"))
        f.title = fmt::format("{} timers late{}", f.times, f.title.substr(10));
  }

 private:
  // The longest run of the loop between the deadline and the promotion.
  static std::optional<HandleRun> busiest(const Evidence& e, const TimerSpan& timer, std::int64_t due) {
    std::optional<HandleRun> longest;
    std::int64_t most = 0;
    for (std::size_t k = e.store().runs_before(*timer.promoted); k-- > 0;) {
      const HandleRun run = e.store().run(k);
      if (run.loop != timer.loop) continue;
      if (e.ns(run.end) < due) break;
      const std::int64_t took = e.ns(run.end) - std::max(due, e.ns(run.begin));
      if (took > most) longest = run, most = took;
    }
    return longest;
  }

  static Finding finding(const Evidence& e, const TimerSpan& timer, const HandleRun& busy,
                         std::int64_t late) {
    Finding f;
    f.title = "Timer late by " + e.time(late);
    f.place = e.place("behind " + e.owner(busy), 0, *timer.promoted);
    f.why = "Timers are looked at once in an iteration; a handle that runs long holds all of them up.";
    f.remedy =
        "find what " + e.owner(busy) + " does there, and move it off the loop: await asyncio.to_thread(...)";
    f.at = busy.begin;
    f.begin = busy.begin;
    f.end = *timer.promoted;
    f.task = timer.task;
    return f;
  }
};

}  // namespace

std::unique_ptr<FindingRule> timer_lateness() { return std::make_unique<TimerLateness>(); }

}  // namespace loopscope::traces

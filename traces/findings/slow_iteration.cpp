#include <fmt/format.h>

#include "traces/findings/rule.h"

namespace loopscope::traces {
namespace {

/// Many handles together kept the loop for long, though none of them is slow alone.
class SlowIteration final : public FindingRule {
 public:
  static constexpr std::int64_t kThreshold = 200'000'000;  // ns, without the wait in select
  static constexpr std::int64_t kOneHandle = 100'000'000;  // a slow handle is slow_callback's

  std::string_view name() const override { return "slow_iteration"; }

  void find(const Evidence& e, std::vector<Finding>& out) const override {
    WorstByPlace worst;
    for (std::size_t k = 0; k < e.store().iteration_count(); ++k) {
      const IterationSpan span = e.store().iteration(k);
      if (e.between(span.begin, span.end) < kThreshold || !e.whole(span.begin, span.end)) continue;
      const Work work = work_of(e, span);
      if (work.total < kThreshold || work.longest >= kOneHandle) continue;
      const WorstByPlace::Key key{fmt::format("loop {}", span.loop.value), 0};
      if (worst.add(key, work.total)) worst.set(key, finding(e, span, work));
    }
    worst.take(out);
  }

 private:
  struct Work {
    std::int64_t total = 0, longest = 0;
    std::size_t handles = 0;
  };

  static Work work_of(const Evidence& e, const IterationSpan& span) {
    Work work;
    for (std::size_t k = e.store().runs_before(span.begin); k < e.store().run_count(); ++k) {
      const HandleRun run = e.store().run(k);
      if (run.begin > span.end) break;
      if (run.loop != span.loop) continue;
      const std::int64_t took = e.between(run.begin, run.end);
      work.total += took;
      work.longest = std::max(work.longest, took);
      ++work.handles;
    }
    return work;
  }

  static Finding finding(const Evidence& e, const IterationSpan& span, const Work& work) {
    Finding f;
    f.title = fmt::format("Slow iteration: {} in {} handles", e.time(work.total), work.handles);
    f.place = fmt::format("iteration {}, the longest handle takes {}", span.n, e.time(work.longest));
    f.why = "The snapshot runs to its end before select: what arrives meanwhile waits for all of it.";
    f.remedy = "start fewer tasks at once, for example behind asyncio.Semaphore(100)";
    f.at = f.begin = span.begin;
    f.end = span.end;
    return f;
  }
};

}  // namespace

std::unique_ptr<FindingRule> slow_iteration() { return std::make_unique<SlowIteration>(); }

}  // namespace loopscope::traces

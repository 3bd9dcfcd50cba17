#include <fmt/format.h>

#include "traces/findings/rule.h"

namespace loopscope::traces {
namespace {

/// A handle was ready for long while others ran before it, none of them slow alone.
class Starvation final : public FindingRule {
 public:
  static constexpr std::int64_t kThreshold = 250'000'000;  // ns in the ready queue
  static constexpr std::size_t kFewestOthers = 10;         // else it is one slow callback's doing

  std::string_view name() const override { return "starvation"; }

  void find(const Evidence& e, std::vector<Finding>& out) const override {
    WorstByPlace worst;
    for (std::size_t k = 0; k < e.store().run_count(); ++k) {
      const HandleRun run = e.store().run(k);
      if (!run.queued) continue;
      const std::int64_t waited = e.between(*run.queued, run.begin);
      if (waited < kThreshold || !e.whole(*run.queued, run.begin)) continue;
      const std::size_t others = others_before(e, run, k);
      if (others < kFewestOthers) continue;
      const WorstByPlace::Key key{e.owner(run), 0};
      if (worst.add(key, waited)) worst.set(key, finding(e, run, waited, others));
    }
    worst.take(out);
  }

 private:
  static std::size_t others_before(const Evidence& e, const HandleRun& run, std::size_t k) {
    std::size_t others = 0;
    for (; k > 0; --k) {
      const HandleRun other = e.store().run(k - 1);
      if (other.begin < *run.queued) break;
      others += other.loop == run.loop;
    }
    return others;
  }

  static Finding finding(const Evidence& e, const HandleRun& run, std::int64_t waited, std::size_t others) {
    Finding f;
    f.title = fmt::format("{} was ready for {} before it ran", e.owner(run), e.time(waited));
    f.place = e.place(fmt::format("behind {} other handles", others), 0, run.begin);
    f.why = "The ready queue is first in, first out: it grows faster than the loop empties it.";
    f.remedy = "limit how many tasks run at once, or give each less to do between two awaits";
    f.at = f.begin = *run.queued;
    f.end = run.begin;
    f.task = run.task;
    return f;
  }
};

}  // namespace

std::unique_ptr<FindingRule> starvation() { return std::make_unique<Starvation>(); }

}  // namespace loopscope::traces

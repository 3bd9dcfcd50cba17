#include <fmt/format.h>

#include "traces/findings/rule.h"

namespace loopscope::traces {
namespace {

/// One handle kept the loop for long: the threshold is asyncio's own slow_callback_duration.
class SlowCallback final : public FindingRule {
 public:
  static constexpr std::int64_t kThreshold = 100'000'000;  // ns

  std::string_view name() const override { return "slow_callback"; }

  void find(const Evidence& e, std::vector<Finding>& out) const override {
    WorstByPlace worst;
    for (std::size_t k = 0; k < e.store().run_count(); ++k) {
      const HandleRun run = e.store().run(k);
      const std::int64_t took = e.between(run.begin, run.end);
      if (took < kThreshold || !e.whole(run.begin, run.end)) continue;
      const auto statement = e.slowest_statement(run);
      const WorstByPlace::Key key{e.owner(run), statement.line};
      if (worst.add(key, took)) worst.set(key, finding(e, run, statement, took));
    }
    worst.take(out);
  }

 private:
  static Finding finding(const Evidence& e, const HandleRun& run, const Evidence::Statement& at,
                         std::int64_t took) {
    Finding f;
    f.title = "Slow callback: " + e.time(took);
    f.place = e.place(e.owner(run), at.line, run.begin);
    f.why = "While one handle runs, no timer fires, no socket is looked at and no other task goes on.";
    f.remedy =
        "move the work off the loop: await asyncio.to_thread(...), or split it with await asyncio.sleep(0)";
    f.at = f.begin = run.begin;
    f.end = run.end;
    f.task = run.task;
    f.line = at.line;
    return f;
  }
};

}  // namespace

std::unique_ptr<FindingRule> slow_callback() { return std::make_unique<SlowCallback>(); }

}  // namespace loopscope::traces

#include <fmt/format.h>

#include "traces/findings/rule.h"

namespace loopscope::traces {
namespace {

/// A step that goes on and on without an await.
class NeverYielding final : public FindingRule {
 public:
  static constexpr std::size_t kLines = 10'000;         // listing lines in one step
  static constexpr std::size_t kLinesAtTheEnd = 1'000;  // in a step that the end of the trace cut off

  std::string_view name() const override { return "never_yielding"; }

  void find(const Evidence& e, std::vector<Finding>& out) const override {
    WorstByPlace worst;
    for (std::size_t k = 0; k < e.store().run_count(); ++k) {
      const HandleRun run = e.store().run(k);
      const bool cut = run.open || ends_in_error(e, run);
      if (run.end - run.begin < (cut ? kLinesAtTheEnd : kLines) || !e.whole(run.begin, run.end)) continue;
      const Loop loop = lines_of(e, run);
      if (loop.lines < (cut && e.finished() ? kLinesAtTheEnd : kLines)) continue;
      const WorstByPlace::Key key{e.owner(run), 0};
      if (worst.add(key, static_cast<std::int64_t>(loop.lines))) worst.set(key, finding(e, run, loop));
    }
    worst.take(out);
  }

 private:
  struct Loop {
    std::size_t lines = 0;
    std::uint32_t line = 0;  // the last one
  };

  static bool ends_in_error(const Evidence& e, const HandleRun& run) {
    return e.last().last_error && *e.last().last_error >= run.begin && *e.last().last_error <= run.end + 4;
  }

  static Loop lines_of(const Evidence& e, const HandleRun& run) {
    Loop loop;
    for (EventIndex i = run.begin; i <= run.end; ++i) {
      const TraceEvent event = e.store().event(i);
      if (event.kind != EventKind::line || event.thread != run.thread.value) continue;
      ++loop.lines;
      loop.line = field::line(event);
    }
    return loop;
  }

  static Finding finding(const Evidence& e, const HandleRun& run, const Loop& loop) {
    Finding f;
    f.level = Finding::Level::error;
    f.title = fmt::format("{} lines without an await", loop.lines);
    f.place = e.place(e.owner(run), loop.line, run.begin);
    f.why = "A coroutine gives the loop back only where it awaits something that is not ready.";
    f.remedy = "await asyncio.sleep(0) in the loop, or asyncio.to_thread(...) for the whole computation";
    f.at = f.begin = run.begin;
    f.end = run.end;
    f.task = run.task;
    f.line = loop.line;
    return f;
  }
};

}  // namespace

std::unique_ptr<FindingRule> never_yielding() { return std::make_unique<NeverYielding>(); }

}  // namespace loopscope::traces

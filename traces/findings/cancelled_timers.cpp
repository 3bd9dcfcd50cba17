#include <fmt/format.h>

#include "traces/findings/rule.h"

namespace loopscope::traces {
namespace {

/// Cancelled timers fill the heap: they stay until they are due or until more than half of
/// more than 100 are cancelled.
class CancelledTimers final : public FindingRule {
 public:
  static constexpr std::int64_t kThreshold =
      50;  // cancelled ones in the heap, and at least as many as live ones

  std::string_view name() const override { return "cancelled_timers"; }

  void find(const Evidence& e, std::vector<Finding>& out) const override {
    std::map<std::uint16_t, Heap> heaps;
    for (EventIndex i = 0; i < e.size(); ++i) {
      const TraceEvent event = e.store().event(i);
      Heap& heap = heaps[event.loop];
      heap.take(e, event, i);
    }
    for (const auto& [loop, heap] : heaps)
      if (heap.worst >= kThreshold && e.whole(0, heap.worst_at)) out.push_back(finding(e, heap));
  }

 private:
  struct Heap {
    std::int64_t live = 0, cancelled = 0, worst = 0, worst_live = 0;
    EventIndex worst_at = 0;
    std::uint32_t line = 0;

    void take(const Evidence& e, const TraceEvent& event, EventIndex i) {
      switch (event.kind) {
        case EventKind::timer_scheduled:
          ++live;
          break;
        case EventKind::timer_cancelled:
          --live, ++cancelled;
          break;
        case EventKind::timer_purged:
          --cancelled;
          break;
        case EventKind::timer_promoted:
          // One that is due leaves the heap cancelled or not.
          if (const auto span = e.store().timer(field::handle(event));
              span && span->cancelled && *span->cancelled < i)
            --cancelled;
          else
            --live;
          break;
        case EventKind::loop_closed:
          live = cancelled = 0;
          break;
        default:
          return;
      }
      if (cancelled > worst && cancelled >= live) worst = cancelled, worst_live = live, worst_at = i;
    }
  };

  static Finding finding(const Evidence& e, const Heap& heap) {
    Finding f;
    f.level = Finding::Level::hint;
    f.title =
        fmt::format("{} of {} timers in the heap are cancelled", heap.worst, heap.worst + heap.worst_live);
    f.place = e.place("at " + e.time(e.ns(heap.worst_at)), 0, heap.worst_at);
    f.why =
        "A cancelled timer stays in the heap until it is due, or until more than half of over 100 are "
        "cancelled.";
    f.remedy = "one watchdog timer for all, instead of a wait_for() around every small step";
    f.at = f.begin = f.end = heap.worst_at;
    return f;
  }
};

}  // namespace

std::unique_ptr<FindingRule> cancelled_timers() { return std::make_unique<CancelledTimers>(); }

}  // namespace loopscope::traces

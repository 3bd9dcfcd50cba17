#include <fmt/format.h>

#include "traces/findings/rule.h"
#include "traces/narration.h"
#include "traces/program_end.h"
namespace loopscope::traces {
namespace {

/// A task waits for something that nobody will ever do: an event that is never set, a lock
/// that is never released. Only where the run stood still for good.
class LostWaker final : public FindingRule {
 public:
  std::string_view name() const override { return "lost_waker"; }

  void find(const Evidence& e, std::vector<Finding>& out) const override {
    const auto end = standstill(e);
    if (!end) return;
    const LoopState state = e.store().state_at(*end);
    for (std::size_t k = 0; k < state.tasks.size(); ++k) {
      const TaskState& task = state.tasks[k];
      if (!task.id || task.phase != TaskPhase::waiting || task.fired || !needs_a_waker(task.wait)) continue;
      const auto since = waits_since(e, task.id, *end);
      if (since && e.whole(*since, *end)) out.push_back(finding(e, state, task, *since, *end));
    }
  }

 private:
  static bool needs_a_waker(WaitKind kind) {
    return kind == WaitKind::future || (kind >= WaitKind::lock && kind <= WaitKind::queue);
  }

  /// What would have woken it, by what it waits in.
  static std::string remedy(const Evidence& e, const TaskState& task) {
    const std::string_view how = e.store().label(task.wait_label);
    const auto is = [&](std::string_view call) { return how.find(call) != std::string_view::npos; };
    switch (task.wait) {
      case WaitKind::lock:
        return "take it by async with, which releases it; who holds it already cannot take it again";
      case WaitKind::semaphore:
        return "take it by async with, which releases it whatever happens";
      case WaitKind::condition:
        return "call notify() or notify_all() under the lock after every change that it waits for";
      case WaitKind::barrier:
        return "as many tasks as the barrier has parties must come; abort() lets the others go";
      case WaitKind::queue:
        return is("join")  ? "call task_done() for every item that get() gave, in a finally block"
               : is("put") ? "somebody must get() items, or the queue needs more room"
                           : "put a last item that means the end, or cancel who waits when the work is done";
      case WaitKind::future:
        return "set_result() or set_exception() on every path, or give up after a while: async with "
               "asyncio.timeout(5):";
      default:
        return "set it in a finally block, or give up after a while: async with asyncio.timeout(5):";
    }
  }

  // Where the run stands still for ever: a deadlock, or a select without a timeout that the
  // trace ends in.
  static std::optional<EventIndex> standstill(const Evidence& e) {
    if (!e.finished()) return std::nullopt;
    for (const EventIndex i : e.store().problems())
      if (is_deadlock(e.store(), i)) return i;
    for (const OneLoopState& loop : e.last().loops)
      if (loop.selecting && !loop.select_timeout) return e.size() - 1;
    return std::nullopt;
  }

  static std::optional<EventIndex> waits_since(const Evidence& e, TaskId task, EventIndex end) {
    const auto intervals = e.store().intervals(task, end, end);
    return intervals.empty() ? std::nullopt : std::optional(intervals.back().begin);
  }

  static Finding finding(const Evidence& e, const LoopState& state, const TaskState& task, EventIndex since,
                         EventIndex end) {
    Finding f;
    f.level = Finding::Level::error;
    f.title = fmt::format("{} waits {}, and nobody will wake it", e.task(task.id),
                          waits_for(e.store(), state, task));
    f.place = e.place("since " + e.time(e.ns(since)), task.line, since);
    f.why = "Every other task and thread waits too: nothing is left that could set, release or put it.";
    f.remedy = remedy(e, task);
    f.at = f.begin = since;
    f.end = end;
    f.task = task.id;
    f.line = task.line;
    return f;
  }
};

}  // namespace

std::unique_ptr<FindingRule> lost_waker() { return std::make_unique<LostWaker>(); }

}  // namespace loopscope::traces

#include <fmt/format.h>
#include <unordered_map>

#include "traces/findings/rule.h"

namespace loopscope::traces {
namespace {

/// A loop was touched from a thread that is not its own, without call_soon_threadsafe.
class WrongThread final : public FindingRule {
 public:
  std::string_view name() const override { return "wrong_thread"; }

  void find(const Evidence& e, std::vector<Finding>& out) const override {
    find_reported(e, name(), words(), out);
    std::unordered_map<std::uint16_t, std::uint8_t> runs_on;  // loop -> thread, while it runs
    WorstByPlace worst;
    EventIndex i = 0;
    for (auto next = e.store().next_of(kKinds, i); next; next = e.store().next_of(kKinds, i)) {
      const TraceEvent event = e.store().event(*next);
      i = *next + 1;
      if (event.kind == EventKind::loop_run)
        runs_on[event.loop] = event.thread;
      else if (event.kind == EventKind::loop_idle)
        runs_on.erase(event.loop);
      else if (const auto on = runs_on.find(event.loop); on != runs_on.end() && is_foreign(event, on->second))
        add(e, event, *next, worst);
    }
    worst.take(out);
  }

 private:
  static constexpr KindSet kKinds{EventKind::loop_run, EventKind::loop_idle, EventKind::handle_queued,
                                  EventKind::timer_scheduled};

  static bool is_foreign(const TraceEvent& event, std::uint8_t own) {
    if (event.thread == own) return false;
    if (event.kind == EventKind::timer_scheduled) return true;
    return field::cause(event) == Cause::call_soon || field::cause(event) == Cause::task_step;
  }

  static Finding words() {
    Finding f;
    f.level = Finding::Level::error;
    f.title = "A loop was used from another thread";
    f.why =
        "The ready queue and the heap have no locks, and a loop asleep in select is not woken by a plain "
        "call.";
    f.remedy = "loop.call_soon_threadsafe(...), or asyncio.run_coroutine_threadsafe(...)";
    return f;
  }

  static void add(const Evidence& e, const TraceEvent& event, EventIndex i, WorstByPlace& worst) {
    if (!e.whole(i, i)) return;
    const LabelId label =
        event.kind == EventKind::handle_queued ? field::high_label(event) : field::label(event);
    const WorstByPlace::Key key{std::string(e.store().label(label)), event.thread};
    if (!worst.add(key, 0)) return;
    Finding f = words();
    f.place =
        fmt::format("{} queues {} on loop {}, which runs on another thread", thread_name(e, event.thread),
                    key.first.empty() ? "a handle" : key.first, event.loop);
    f.at = f.begin = f.end = i;
    worst.set(key, std::move(f));
  }

  static std::string thread_name(const Evidence& e, std::uint8_t id) {
    for (const ThreadState& thread : e.last().threads)
      if (thread.id.value == id && thread.name) return std::string(e.store().label(thread.name));
    return fmt::format("thread {}", id);
  }
};

}  // namespace

std::unique_ptr<FindingRule> wrong_thread() { return std::make_unique<WrongThread>(); }

}  // namespace loopscope::traces

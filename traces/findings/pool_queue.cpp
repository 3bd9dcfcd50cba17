#include <fmt/format.h>
#include <map>
#include <unordered_map>

#include "traces/findings/rule.h"

namespace loopscope::traces {
namespace {

/// Jobs wait for a worker: the pool is too small for what is given to it.
class PoolQueue final : public FindingRule {
 public:
  static constexpr std::int64_t kThreshold = 100'000'000;  // ns

  std::string_view name() const override { return "pool_queue"; }

  void find(const Evidence& e, std::vector<Finding>& out) const override {
    std::unordered_map<std::uint32_t, EventIndex> waiting;  // by job
    std::map<std::uint32_t, Pool> pools;                    // by label
    EventIndex i = 0;
    for (auto next = e.store().next_of(kKinds, i); next; next = e.store().next_of(kKinds, i)) {
      const TraceEvent event = e.store().event(*next);
      i = *next + 1;
      if (event.kind == EventKind::job_queued)
        waiting[field::job(event).value] = *next;
      else
        begin(e, event, *next, waiting, pools);
    }
    for (const auto& [label, pool] : pools) out.push_back(finding(e, LabelId{label}, pool));
  }

 private:
  static constexpr KindSet kKinds{EventKind::job_queued, EventKind::job_begin};
  struct Pool {
    std::size_t jobs = 0;
    std::int64_t longest = 0;
    EventIndex queued = 0, begun = 0;
  };

  static void begin(const Evidence& e, const TraceEvent& event, EventIndex i,
                    std::unordered_map<std::uint32_t, EventIndex>& waiting,
                    std::map<std::uint32_t, Pool>& pools) {
    const auto job = waiting.find(field::job(event).value);
    if (job == waiting.end()) return;
    const EventIndex queued = job->second;
    waiting.erase(job);
    const std::int64_t waited = e.between(queued, i);
    if (waited < kThreshold || !e.whole(queued, i)) return;
    Pool& pool = pools[field::label(e.store().event(queued)).value];
    ++pool.jobs;
    if (waited > pool.longest) pool.longest = waited, pool.queued = queued, pool.begun = i;
  }

  static Finding finding(const Evidence& e, LabelId label, const Pool& pool) {
    Finding f;
    const std::string_view name = e.store().label(label);
    const bool one = pool.jobs == 1;
    f.title = (one ? "Pool full: a job waited " : "Pool full: jobs waited up to ") + e.time(pool.longest);
    const std::string jobs = one ? "" : fmt::format("{} jobs of ", pool.jobs);
    f.place = fmt::format("{}{}, {} {}", jobs, name.empty() ? "the pool" : name,
                          one ? "queued at" : "one queued at", e.time(e.ns(pool.queued)));
    f.why = "A job begins only when a worker is free; the task that awaits it waits for that too.";
    f.remedy = "more workers: ThreadPoolExecutor(max_workers=...), or fewer jobs at once";
    f.at = f.begin = pool.queued;
    f.end = pool.begun;
    f.times = pool.jobs;
    return f;
  }
};

}  // namespace

std::unique_ptr<FindingRule> pool_queue() { return std::make_unique<PoolQueue>(); }

}  // namespace loopscope::traces

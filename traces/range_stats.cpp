#include "traces/range_stats.h"

#include <algorithm>
#include <unordered_map>

#include "core/trace/event_schema.h"
#include "traces/names.h"
#include "traces/narration.h"

namespace loopscope::traces {
namespace {

struct Sample {
  std::int64_t duration;
  EventIndex begin;
};

class Group {
 public:
  void add(const Sample& sample) { samples_.push_back(sample); }

  RunStats stats(std::string name, TaskId task) {
    RunStats s{.name = std::move(name), .task = task, .runs = samples_.size()};
    if (samples_.empty()) return s;
    std::sort(samples_.begin(), samples_.end(), [](const Sample& a, const Sample& b) {
      return a.duration != b.duration ? a.duration < b.duration : a.begin > b.begin;
    });
    for (const Sample& sample : samples_) s.total += sample.duration;
    s.mean = s.total / static_cast<std::int64_t>(samples_.size());
    s.p50 = percentile(50);
    s.p99 = percentile(99);
    s.longest = samples_.back().duration;
    s.longest_at = samples_.back().begin;
    return s;
  }

 private:
  // Nearest rank.
  std::int64_t percentile(std::size_t share) const {
    return samples_[(samples_.size() * share + 99) / 100 - 1].duration;
  }

  std::vector<Sample> samples_;
};

void sort_by_time(std::vector<RunStats>& all) {
  std::sort(all.begin(), all.end(), [](const RunStats& a, const RunStats& b) {
    if (a.total != b.total) return a.total > b.total;
    if (!a.task != !b.task) return static_cast<bool>(a.task);
    return a.runs != b.runs ? a.runs > b.runs : a.name < b.name;
  });
}

}  // namespace

RangeStats range_stats(const TraceStore& store, EventIndex from, EventIndex to) {
  RangeStats out;
  const std::size_t size = store.size();
  if (size == 0 || from > to || from >= size) return out;
  to = std::min(to, size - 1);
  out.from = from, out.to = to;
  out.events = to - from + 1;
  out.duration = store.event(to).ts - store.event(from).ts;
  out.iterations = store.iterations_before(to + 1) - store.iterations_before(from);
  Group all;
  std::unordered_map<std::uint64_t, Group> tasks;  // by task, or by label above 2^32
  std::unordered_map<std::uint8_t, Group> causes;
  const auto add = [&](const HandleRun& run) {
    const EventIndex begin = std::max(run.begin, from);
    const Sample sample{store.event(std::min(run.end, to)).ts - store.event(begin).ts, begin};
    all.add(sample);
    tasks[run.task ? run.task.value : std::uint64_t{run.label.value} << 32].add(sample);
    causes[static_cast<std::uint8_t>(run.cause)].add(sample);
  };
  for (const HandleRun& run : store.runs_around(from))
    if (run.begin < from) add(run);
  const std::size_t end = store.runs_before(to + 1);
  for (std::size_t k = store.runs_before(from); k < end; ++k) add(store.run(k));
  out.all = all.stats("all runs", {});
  const LoopState state = store.state_at(to);
  for (auto& [key, group] : tasks) {
    const TaskId task{static_cast<std::uint32_t>(key)};
    const LabelId label{static_cast<std::uint32_t>(key >> 32)};
    out.by_task.push_back(
        group.stats(task ? name_of_task(store, state, task) : callback_name(store.label(label)), task));
  }
  for (auto& [cause, group] : causes)
    out.by_cause.push_back(group.stats(std::string(to_string(static_cast<Cause>(cause))), {}));
  sort_by_time(out.by_task);
  sort_by_time(out.by_cause);
  return out;
}

}  // namespace loopscope::traces

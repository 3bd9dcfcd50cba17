#include "traces/formats/chrome.h"

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <unordered_set>

#include "core/trace/event_reader.h"
#include "core/trace/event_schema.h"
#include "traces/formats/chrome_writer.h"
#include "traces/names.h"

namespace loopscope::traces {
namespace {

// One process; a track (tid) for each loop, each task and each thread that runs jobs.
constexpr std::uint64_t kThreadTracks = 90'000, kTaskTracks = 100'000;
std::uint64_t track_of(LoopId loop) { return loop.value; }
std::uint64_t track_of(TaskId task) { return kTaskTracks + task.value; }
std::uint64_t thread_track(std::uint8_t thread) { return kThreadTracks + thread; }

// Stamps that rise by a nanosecond at least from event to event: many events share one
// virtual instant, and only so does every tool keep their order and their nesting.
std::vector<std::int64_t> rising_stamps(const TraceStore& store, std::size_t size) {
  std::vector<std::int64_t> stamps(size + 1);
  std::int64_t last = -1;
  for (EventIndex i = 0; i < size; ++i)
    last = stamps[i] =
        std::max(last + 1, std::min(store.event(i).ts, std::numeric_limits<std::int64_t>::max() / 4));
  stamps[size] = last + 1;
  return stamps;
}

struct Change {
  EventKind begin, end;
};
constexpr Change kPairs[] = {
    {EventKind::loop_run, EventKind::loop_idle},      {EventKind::iteration_begin, EventKind::iteration_end},
    {EventKind::select_begin, EventKind::select_end}, {EventKind::timers_begin, EventKind::timers_end},
    {EventKind::ready_begin, EventKind::ready_end},   {EventKind::handle_begin, EventKind::handle_end},
};

std::optional<EventKind> begin_of(EventKind end) {
  for (const Change& pair : kPairs)
    if (pair.end == end) return pair.begin;
  return std::nullopt;
}
bool begins_slice(EventKind kind) {
  return std::any_of(std::begin(kPairs), std::end(kPairs),
                     [kind](const Change& p) { return p.begin == kind; });
}

class Exporter {
 public:
  Exporter(const TraceStore& store, ChromeWriter& out)
      : store_(store),
        out_(out),
        size_(store.size()),
        stamps_(rising_stamps(store, size_)),
        last_(size_ > 0 ? store.state_at(size_ - 1) : LoopState{}) {}

  void all() {
    names();
    wakeups_ = store_.wakeups();
    for (EventIndex i = 0; i < size_ && out_.ok(); ++i) event(store_.event(i), i);
    for (auto& [loop, open] : open_)
      while (!open.empty()) close(LoopId{loop}, stamps_[size_]);
    for (auto& [thread, depth] : jobs_)
      for (; depth > 0; --depth) {
        out_.begin('E', "", thread_track(thread));
        out_.at(stamps_[size_]);
      }
    for (const TaskId task : store_.tasks())
      if (out_.ok()) task_track(task);
  }

 private:
  // ---- names

  void name_track(std::uint64_t track, std::string_view name, std::uint64_t order) {
    out_.begin('M', "thread_name", track);
    out_.argument("name", name);
    out_.begin('M', "thread_sort_index", track);
    out_.argument("sort_index", order);
  }

  std::string thread_name(ThreadId id) const {
    for (const ThreadState& t : last_.threads)
      if (t.id == id && t.name) return std::string(store_.label(t.name));
    return "thread " + std::to_string(id.value);
  }

  void names() {
    const std::string& title = store_.header().title;
    out_.begin('M', "process_name", 0);
    out_.argument("name", title.empty() ? "loopscope" : title);
    std::uint64_t order = 0;
    for (const OneLoopState& loop : last_.loops)
      name_track(track_of(loop.id),
                 "loop " + std::to_string(loop.id.value) + " · " + thread_name(loop.thread), order++);
    for (const TaskId task : store_.tasks())
      name_track(track_of(task), name_of_task(store_, last_, task), order++);
    for (const ThreadState& thread : last_.threads)
      name_track(thread_track(thread.id.value), thread_name(thread.id), order++);
  }

  // ---- loops, in the order of events

  void event(const TraceEvent& e, EventIndex i) {
    const LoopId loop{e.loop};
    if (loop && begins_slice(e.kind)) open(e, i);
    if (const auto begin = loop ? begin_of(e.kind) : std::nullopt) close_to(loop, *begin, i);
    follow_queues(e, i);
    switch (e.kind) {
      case EventKind::output:
        instant(e, i, store_.text(i, TextField::text).value_or(""), "output");
        break;
      case EventKind::error:
        instant(e, i, "error", "error", store_.text(i, TextField::text).value_or(""));
        break;
      case EventKind::warning:
        instant(e, i, store_.label(field::label(e)), "warning", store_.text(i, TextField::text).value_or(""));
        break;
      case EventKind::job_begin:
        job(e, i, 'B');
        break;
      case EventKind::job_end:
        job(e, i, 'E');
        break;
      case EventKind::handle_queued:
        flow_from(e, i);
        break;
      default:
        break;
    }
  }

  std::string slice_name(const TraceEvent& e) {
    switch (e.kind) {
      case EventKind::loop_run:
        return std::string(to_string(field::how(e)));
      case EventKind::iteration_begin:
        return "iteration " + std::to_string(field::n(e));
      case EventKind::select_begin:
        return "select";
      case EventKind::timers_begin:
        return "timers";
      case EventKind::ready_begin:
        return "run";
      default: {
        const auto found = queued_.find(field::handle(e).value);
        if (found == queued_.end()) return "handle " + std::to_string(field::handle(e).value);
        if (found->second.task) return name_of_task(store_, last_, found->second.task);
        return callback_name(store_.label(found->second.label));
      }
    }
  }

  void open(const TraceEvent& e, EventIndex i) {
    out_.begin('B', slice_name(e), track_of(LoopId{e.loop}));
    out_.raw(",\"cat\":\"loop\"");
    out_.at(stamps_[i]);
    switch (e.kind) {
      case EventKind::select_begin:
        out_.argument_seconds("timeout", field::seconds(e));
        break;
      case EventKind::ready_begin:
        out_.argument("count", field::count(e));
        break;
      case EventKind::handle_begin:
        out_.argument("handle", field::handle(e).value);
        break;
      default:
        break;
    }
    open_[e.loop].push_back(e.kind);
  }

  void close(LoopId loop, std::int64_t at) {
    out_.begin('E', "", track_of(loop));
    out_.at(at);
    open_[loop.value].pop_back();
  }

  // Closes `begin`'s slice and what is still open in it; an end without its begin is damage.
  void close_to(LoopId loop, EventKind begin, EventIndex i) {
    auto& open = open_[loop.value];
    if (std::find(open.begin(), open.end(), begin) == open.end()) return;
    while (open.back() != begin) close(loop, stamps_[i]);
    close(loop, stamps_[i]);
  }

  void counter(const char* name, const char* what, LoopId loop, EventIndex i, std::int64_t value) {
    out_.begin('C', std::string(name) + " (loop " + std::to_string(loop.value) + ")", track_of(loop));
    out_.at(stamps_[i]);
    out_.argument(what, static_cast<std::uint64_t>(value));
  }

  // Who runs, and how long the queues are.
  void follow_queues(const TraceEvent& e, EventIndex i) {
    Depth& depth = depths_[e.loop];
    const Depth before = depth;
    switch (e.kind) {
      case EventKind::handle_queued:
        queued_[field::handle(e).value] = {field::high_label(e), field::queued_task(e)};
        ++depth.ready;
        break;
      case EventKind::handle_begin:
        if (const auto found = queued_.find(field::handle(e).value); found != queued_.end())
          running_[e.thread] = found->second.task;
        depth.ready = std::max<std::int64_t>(0, depth.ready - 1);
        break;
      case EventKind::handle_skipped:
        depth.ready = std::max<std::int64_t>(0, depth.ready - 1);
        break;
      case EventKind::handle_end:
        running_[e.thread] = {};
        queued_.erase(field::handle(e).value);
        break;
      case EventKind::timer_scheduled:
        ++depth.timers;
        break;
      case EventKind::timer_promoted:
      case EventKind::timer_purged:
        depth.timers = std::max<std::int64_t>(0, depth.timers - 1);
        break;
      case EventKind::loop_closed:
        depth = {};
        break;
      default:
        break;
    }
    if (depth.ready != before.ready) counter("ready", "handles", LoopId{e.loop}, i, depth.ready);
    if (depth.timers != before.timers) counter("heap", "timers", LoopId{e.loop}, i, depth.timers);
  }

  // ---- instants and jobs

  std::uint64_t place_of(const TraceEvent& e) const {
    if (const TaskId task = e.kind == EventKind::warning ? TaskId{} : field::task(e);
        task && store_.created_at(task))
      return track_of(task);
    return e.loop != 0 ? track_of(LoopId{e.loop}) : thread_track(e.thread);
  }

  void instant(const TraceEvent& e, EventIndex i, std::string_view name, std::string_view category,
               std::string_view text = {}) {
    out_.begin('i', name.empty() ? category : name, place_of(e));
    out_.raw(",\"s\":\"t\",\"cat\":\"");
    out_.raw(category);
    out_.raw("\"");
    out_.at(stamps_[i]);
    if (!text.empty()) out_.argument("text", text);
  }

  void job(const TraceEvent& e, EventIndex i, char phase) {
    std::size_t& depth = jobs_[e.thread];
    if (phase == 'E' && depth == 0) return;
    const JobState* state = last_.job(field::job(e));
    const std::string label(state ? store_.label(state->label) : std::string_view());
    const std::string name = label.empty() ? "job " + std::to_string(field::job(e).value) : label;
    out_.begin(phase, phase == 'B' ? name : "", thread_track(e.thread));
    if (phase == 'B') out_.raw(",\"cat\":\"job\"");
    out_.at(stamps_[i]);
    depth += phase == 'B' ? 1 : -1;
  }

  // ---- wake-ups

  void flow(char phase, std::uint64_t id, std::uint64_t track, std::int64_t at) {
    out_.begin(phase, "wakes", track);
    out_.raw(phase == 'f' ? ",\"cat\":\"wake\",\"bp\":\"e\"" : ",\"cat\":\"wake\"");
    out_.id(id);
    out_.at(at);
  }

  // From the slice in which the wake-up was queued to the woken task's next run.
  void flow_from(const TraceEvent& e, EventIndex i) {
    while (next_wakeup_ < wakeups_.size() && wakeups_[next_wakeup_].queued < i) ++next_wakeup_;
    if (next_wakeup_ == wakeups_.size() || wakeups_[next_wakeup_].queued != i) return;
    const auto target = next_run(wakeups_[next_wakeup_].task, i);
    const TaskId running = running_[e.thread];
    const bool from_task = running && store_.created_at(running).value_or(i) < i;
    if (!target || (!from_task && open_[e.loop].empty())) return;
    const std::uint64_t id = ++flows_;
    flow('s', id, from_task ? track_of(running) : track_of(LoopId{e.loop}), stamps_[i]);
    flow('f', id, track_of(wakeups_[next_wakeup_].task), stamps_[*target]);
  }

  std::optional<EventIndex> next_run(TaskId task, EventIndex after) const {
    for (const TaskInterval& interval : store_.intervals(task, after, after + kLookAhead))
      if (interval.begin > after && interval.phase == TaskPhase::running) return interval.begin;
    return std::nullopt;
  }

  // ---- tasks

  static std::string_view slice_name(TaskPhase phase) {
    switch (phase) {
      case TaskPhase::io:
        return "waits for I/O";
      case TaskPhase::job:
        return "waits for a job";
      case TaskPhase::waiting:
        return "waits";
      default:
        return name_of(phase);
    }
  }

  void task_track(TaskId task) {
    const auto intervals = store_.intervals(task);
    for (std::size_t k = 0; k < intervals.size(); ++k) {
      const TaskInterval& interval = intervals[k];
      if (interval.phase >= TaskPhase::done || interval.begin >= size_) continue;
      std::int64_t end = stamps_[std::min(interval.end, size_)];
      // The last step lasts until its handle ends: whom it wakes, it wakes from within.
      const bool last = k + 1 < intervals.size() && intervals[k + 1].phase >= TaskPhase::done;
      if (last && interval.phase == TaskPhase::running && interval.end < size_)
        end = end_of_step(interval.end);
      if (k + 2 < intervals.size()) end = std::min(end, stamps_[std::min(intervals[k + 2].begin, size_)]);
      const TraceEvent e = store_.event(interval.begin);
      out_.begin('X', slice_name(interval.phase), track_of(task));
      out_.raw(",\"cat\":\"task\"");
      out_.at(stamps_[interval.begin]);
      out_.lasts(end - stamps_[interval.begin]);
      if (e.kind == EventKind::task_suspended) out_.argument("line", field::line(e));
    }
  }

  std::int64_t end_of_step(EventIndex done) const {
    const std::uint8_t thread = store_.event(done).thread;
    for (auto i = store_.next_of({EventKind::handle_end}, done); i;
         i = store_.next_of({EventKind::handle_end}, *i + 1))
      if (*i < size_ && store_.event(*i).thread == thread) return stamps_[*i];
    return stamps_[size_];
  }

  struct Queued {
    LabelId label;
    TaskId task;
  };
  struct Depth {
    std::int64_t ready = 0, timers = 0;
  };
  static constexpr EventIndex kLookAhead = 1 << 20;

  const TraceStore& store_;
  ChromeWriter& out_;
  const std::size_t size_;
  const std::vector<std::int64_t> stamps_;
  const LoopState last_;                                            // knows all names
  std::unordered_map<std::uint16_t, std::vector<EventKind>> open_;  // slices, by loop
  std::unordered_map<std::uint16_t, Depth> depths_;
  std::unordered_map<std::uint8_t, std::size_t> jobs_;  // open job slices, by thread
  std::unordered_map<std::uint8_t, TaskId> running_;    // by thread
  std::unordered_map<std::uint32_t, Queued> queued_;    // by handle
  std::vector<Wakeup> wakeups_;
  std::size_t next_wakeup_ = 0;
  std::uint64_t flows_ = 0;
};

}  // namespace

bool write_chrome(const TraceStore& store, std::function<bool(std::string_view)> write_bytes) {
  ChromeWriter out(std::move(write_bytes));
  Exporter(store, out).all();
  return out.end();
}

}  // namespace loopscope::traces

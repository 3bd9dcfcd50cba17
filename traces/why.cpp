#include "traces/why.h"

#include <algorithm>
#include <fmt/format.h>

#include "core/trace/event_reader.h"
#include "core/trace/event_schema.h"
#include "traces/await_tree.h"
#include "traces/names.h"
#include "traces/narration.h"
#include "traces/narration_scene.h"
#include "traces/wakers.h"

namespace loopscope::traces {
namespace {

using Kind = WhyNode::Kind;
using End = WhyChain::End;

constexpr std::size_t kMostLinks = 64;

std::string trimmed(std::string_view line) {
  const std::size_t from = line.find_first_not_of(" \t");
  return from == std::string_view::npos ? "" : std::string(line.substr(from));
}

/// Builds one chain, from the task to what ends its wait.
class Chain {
 public:
  Chain(const TraceStore& store, const LoopState& state, EventIndex i)
      : store_(store), state_(state), i_(i) {}

  WhyChain of(TaskId task) {
    const std::string name = name_of_task(store_, state_, task);
    out_.question = question(task, name);
    follow(task);
    answer(task);
    return std::move(out_);
  }

 private:
  std::string question(TaskId id, const std::string& name) const {
    const TaskState* t = state_.task(id);
    if (t == nullptr) return fmt::format("What is {}?", name);
    switch (t->phase) {
      case TaskPhase::running:
        return fmt::format("What does {} do?", name);
      case TaskPhase::ready:
        return fmt::format("Why is {} not running?", name);
      case TaskPhase::done:
      case TaskPhase::failed:
      case TaskPhase::cancelled:
        return fmt::format("How did {} end?", name);
      default:
        return fmt::format("Why is {} waiting?", name);
    }
  }

  void add(WhyNode node) { out_.nodes.push_back(std::move(node)); }
  void finish(End end) { out_.end = end; }
  std::string title(TaskId id) const {
    const std::string name = name_of_task(store_, state_, id);
    return name.starts_with("Task-") ? name : "Task " + name;
  }

  std::string place(const TaskState& t) const {
    if (t.line == 0) return waits_for(store_, state_, t);
    const auto& lines = store_.header().listing;
    const std::string text = t.line <= lines.size() ? trimmed(lines[t.line - 1]) : "";
    const std::string where = t.phase == TaskPhase::running ? "at" : "stopped at";
    return text.empty() ? fmt::format("{} line {}", where, t.line)
                        : fmt::format("{} line {}, {}", where, t.line, text);
  }

  void follow(TaskId id) {
    if (out_.nodes.size() >= kMostLinks) return finish(End::unknown);
    const TaskState* t = state_.task(id);
    if (t == nullptr) return finish(End::unknown);
    if (std::find(seen_.begin(), seen_.end(), id) != seen_.end()) return cycle(id);
    seen_.push_back(id);
    add({.kind = Kind::task, .phase = t->phase, .title = title(id), .detail = place(*t), .task = id});
    switch (t->phase) {
      case TaskPhase::running:
        return finish(End::runs);
      case TaskPhase::ready:
        return queued(*t);
      case TaskPhase::sleeping:
        return sleeping(*t);
      case TaskPhase::io:
        return fd(*t);
      case TaskPhase::job:
        return job(*t);
      case TaskPhase::waiting:
        return waiting(*t);
      default:
        return ended(*t);
    }
  }

  void sleeping(const TaskState& t) {
    add({.kind = Kind::future,
         .phase = TaskPhase::sleeping,
         .title = "a future",
         .detail = "done when its timer fires"});
    timer(HandleId{t.wait_id}, t.loop);
  }

  void cycle(TaskId id) {
    add({.kind = Kind::cycle,
         .phase = TaskPhase::failed,
         .title = "and so on, for ever",
         .detail = fmt::format("{} waits, in the end, for itself", name_of_task(store_, state_, id)),
         .task = id});
    finish(End::cycle);
  }

  void ended(const TaskState& t) {
    out_.nodes.back().detail =
        t.result.empty() ? state_word(t) : fmt::format("{}: {}", state_word(t), excerpt(t.result));
    out_.nodes.back().at = store_.done_at(t.id);
    finish(End::done);
  }

  void queued(const TaskState& t) {
    const OneLoopState* loop = state_.loop(t.loop);
    std::size_t ahead = 0;
    bool found = false;
    for (std::size_t k = loop ? loop->ready_head : 0; loop && k < loop->ready.size() && !found; ++k) {
      found = loop->ready[k].handle == t.step_handle;
      ahead += !found;
    }
    WhyNode node{
        .kind = Kind::queue, .phase = TaskPhase::ready, .title = "the ready queue", .handle = t.step_handle};
    node.detail = !found       ? "its handle is on its way"
                  : ahead == 0 ? "it is next"
                               : "behind " + count(ahead, "handle");
    add(std::move(node));
    if (loop && loop->running_handle && loop->running_handle->task != t.id) running(*loop);
    finish(End::queued);
  }

  void running(const OneLoopState& loop) {
    const QueuedHandle& h = *loop.running_handle;
    const auto run = store_.run_at(i_);
    const bool own = run && run->loop == loop.id;
    const std::int64_t since = own ? state_.now - store_.event(run->begin).ts : 0;
    WhyNode node{.kind = h.task ? Kind::task : Kind::loop, .phase = TaskPhase::running, .task = h.task};
    node.title = h.task ? title(h.task) + " runs" : callback_name(store_.label(h.label)) + " runs";
    node.detail = since > 0 ? fmt::format("for {} so far", format_seconds(static_cast<double>(since) / 1e9))
                            : "the loop runs one handle at a time";
    if (own) node.at = run->begin;
    add(std::move(node));
  }

  void timer(HandleId handle, LoopId id) {
    const OneLoopState* loop = state_.loop(id);
    const HeapTimer* found = nullptr;
    for (std::size_t k = 0; loop && k < loop->heap.size() && !found; ++k)
      if (loop->heap[k].handle == handle) found = &loop->heap[k];
    const bool top = found && loop->heap[0].handle == handle;
    const auto span = store_.timer(handle);
    const double when = found ? found->when : span ? span->when : 0;
    WhyNode node{.kind = Kind::timer,
                 .phase = TaskPhase::sleeping,
                 .title = fmt::format("timer #{}", handle.value),
                 .handle = handle};
    node.detail =
        found ? fmt::format("due {}, {}", format_seconds(when), top ? "top of the heap" : "in the heap")
              : "it has fired; its callback is queued";
    if (span && span->promoted) node.at = *span->promoted;
    add(std::move(node));
    if (found) loop_node(when, span);
    finish(End::timer);
    due_ = when;
  }

  void loop_node(double when, const std::optional<TimerSpan>& span) {
    WhyNode node{.kind = Kind::loop, .phase = TaskPhase::ready, .title = "the loop"};
    const auto iteration = span && span->promoted ? store_.iteration_at(*span->promoted) : std::nullopt;
    node.detail = iteration ? fmt::format("fires it in iteration {}", iteration->n)
                            : fmt::format("fires it at {} or later", format_seconds(when));
    if (span) node.at = span->promoted;
    add(std::move(node));
  }

  void fd(const TaskState& t) {
    add({.kind = Kind::fd,
         .phase = TaskPhase::io,
         .title = fmt::format("fd {}", t.wait_id),
         .detail = "the selector watches it; nothing is there yet",
         .fd = t.wait_id});
    finish(End::outside);
  }

  void job(const TaskState& t) {
    const JobState* job = state_.job(JobId{t.wait_id});
    WhyNode node{.kind = Kind::job, .phase = TaskPhase::job, .title = fmt::format("job {}", t.wait_id)};
    if (job != nullptr) {
      if (job->label) node.title += " · " + std::string(store_.label(job->label));
      if (job->done)
        node.detail = "done; its result is on the way";
      else if (job->thread)
        node.detail = fmt::format("runs on {}", thread_name(job->thread));
      else
        node.detail =
            fmt::format("waits in {}, behind {}", store_.label(job->pool), count(jobs_before(*job), "job"));
    }
    add(std::move(node));
    finish(End::outside);
  }

  std::string thread_name(ThreadId id) const {
    for (const ThreadState& t : state_.threads)
      if (t.id == id && t.name) return std::string(store_.label(t.name));
    return fmt::format("thread {}", id.value);
  }

  std::size_t jobs_before(const JobState& job) const {
    std::size_t n = 0;
    for (std::size_t k = 0; k + 1 < job.id.value && k < state_.jobs.size(); ++k) {
      const JobState& other = state_.jobs[k];
      n += other.id && other.pool == job.pool && !other.done && !other.thread;
    }
    return n;
  }

  void waiting(const TaskState& t) {
    if (t.wait == WaitKind::task) {
      if (t.fired) return fired(t);
      return follow(TaskId{t.wait_id});
    }
    const std::string what = waits_for(store_, state_, t);
    const bool sync = t.wait >= WaitKind::lock && t.wait <= WaitKind::queue;
    const auto parts = awaited_tasks(state_, t);
    WhyNode node{.kind = sync             ? Kind::sync
                         : !parts.empty() ? Kind::group
                                          : Kind::future,
                 .phase = TaskPhase::waiting,
                 .title = what.starts_with("for ") ? what.substr(4) : what};
    if (!parts.empty()) node.detail = parts_text(parts);
    add(std::move(node));
    wake(t, parts);
  }

  void fired(const TaskState& t) {
    add({.kind = Kind::loop,
         .phase = TaskPhase::ready,
         .title = "the loop",
         .detail = "its wake-up is on the way"});
    (void)t;
    finish(End::queued);
  }

  std::string parts_text(const std::vector<TaskId>& parts) const {
    std::string text = "of ";
    for (std::size_t k = 0; k < std::min<std::size_t>(parts.size(), 3); ++k)
      text += (k ? ", " : "") + task_badge(store_, state_, parts[k]);
    return parts.size() > 3 ? text + fmt::format(" and {} more", parts.size() - 3) : text;
  }

  // Who will end the wait: the trace's own future knows; else what the task is made of.
  void wake(const TaskState& t, const std::vector<TaskId>& parts) {
    const auto next = next_wake(store_, t.id, i_);
    if (next) return source(t, next->source);
    for (const TaskId part : parts) {
      const TaskState* p = state_.task(part);
      if (p && p->phase < TaskPhase::done) return follow(part);
    }
    nobody(t);
  }

  void nobody(const TaskState& t) {
    if (state_.gaps > 0 || !store_.finished()) {
      out_.nodes.back().detail =
          "who will wake it is not recorded" + std::string(store_.finished() ? "" : " yet");
      return finish(End::unknown);
    }
    add({.kind = Kind::nobody,
         .phase = TaskPhase::failed,
         .title = "nobody",
         .detail = "nothing in the rest of the run wakes it",
         .task = t.id});
    finish(End::nobody);
  }

  void source(const TaskState& t, const WakeSource& s) {
    switch (s.kind) {
      case WakeSource::Kind::task:
        if (s.task == t.id) return self(s);
        return follow(s.task);
      case WakeSource::Kind::timer:
        return timer(s.handle, t.loop);
      case WakeSource::Kind::fd:
        add({.kind = Kind::fd,
             .phase = TaskPhase::io,
             .title = fmt::format("fd {}", s.fd),
             .detail = "becomes ready",
             .fd = s.fd,
             .at = s.event});
        return finish(End::outside);
      case WakeSource::Kind::thread:
        add({.kind = Kind::thread,
             .phase = TaskPhase::job,
             .title = thread_name(s.thread),
             .detail = "wakes it from outside the loop",
             .at = s.event});
        return finish(End::outside);
      case WakeSource::Kind::signal:
        add({.kind = Kind::signal,
             .phase = TaskPhase::failed,
             .title = "a signal",
             .detail = std::string(store_.label(s.label)),
             .at = s.event});
        return finish(End::outside);
      default:
        add({.kind = Kind::loop,
             .phase = TaskPhase::ready,
             .title = callback_name(store_.label(s.label)),
             .detail = "a callback ends the wait",
             .at = s.event});
        return finish(End::outside);
    }
  }

  void self(const WakeSource& s) {
    add({.kind = Kind::loop,
         .phase = TaskPhase::ready,
         .title = "its own doing",
         .detail = "it queued its wake-up itself",
         .at = s.event});
    finish(End::outside);
  }

  // "Free again in 1.000 s, at event 90."
  void answer(TaskId id) {
    const TaskState* t = state_.task(id);
    if (t == nullptr || out_.end == End::done || out_.end == End::runs) {
      out_.answer = out_.end == End::runs   ? "It runs now."
                    : out_.end == End::done ? "It will not run again."
                                            : "";
      return;
    }
    const std::size_t k = store_.runs_before(id, i_ + 1);
    if (k < store_.run_count(id)) out_.free_at = store_.run(id, k).begin;
    if (out_.free_at) {
      const std::int64_t rest = store_.event(*out_.free_at).ts - state_.now;
      const std::string when =
          rest > 0 ? "in " + format_seconds(static_cast<double>(rest) / 1e9) : "now";
      out_.answer = fmt::format("Free again {}, at event {}.", when, *out_.free_at + 1);
    } else if (out_.end == End::timer && due_) {
      out_.answer = fmt::format("Due in {}.", format_seconds(*due_ - static_cast<double>(state_.now) / 1e9));
    } else {
      out_.answer = out_.end == End::cycle || out_.end == End::nobody || store_.finished()
                        ? "It never runs again in this trace."
                        : "Not recorded yet.";
    }
  }

  const TraceStore& store_;
  const LoopState& state_;
  const EventIndex i_;
  WhyChain out_;
  std::vector<TaskId> seen_;
  std::optional<double> due_;
};

}  // namespace

WhyChain why_waiting(const TraceStore& store, const LoopState& state, EventIndex i, TaskId task) {
  return Chain(store, state, i).of(task);
}

}  // namespace loopscope::traces

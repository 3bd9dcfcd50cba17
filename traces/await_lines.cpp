#include "traces/await_lines.h"

#include <algorithm>
#include <fmt/format.h>

#include "traces/await_tree.h"
#include "traces/names.h"
#include "traces/narration.h"

namespace loopscope::traces {
namespace {

/// A suspended task stands in its frames; one that runs has left them.
std::size_t frames_of(const TraceStore& store, const TaskState& task) {
  if (task.phase == TaskPhase::running || !task.stack) return 0;
  return store.stack(task.stack).size();
}

/// The tasks that it waits for are its last lines themselves, where it awaits one directly.
bool has_wait_line(const TaskState& task) {
  return !(task.phase == TaskPhase::waiting && task.wait == WaitKind::task && !task.fired);
}

/// Builds the lines, one task after another.
class Lines {
 public:
  Lines(const TraceStore& store, const LoopState& state) : store_(store), state_(state) {}

  /// The lines of one row of the tree of tasks, below line `parent`; returns the line that the tasks it
  /// waits for stand below.
  std::size_t add(const AwaitRow& row, std::size_t parent) {
    push({.kind = AwaitLine::Kind::task, .task = row.task, .repeated = row.repeated}, parent);
    const TaskState* task = state_.task(row.task);
    if (row.repeated || !task) return lines_.size() - 1;
    const std::size_t frames = frames_of(store_, *task);
    for (std::size_t k = 0; k < frames; ++k)
      push({.kind = AwaitLine::Kind::frame, .task = row.task, .frame = static_cast<std::uint32_t>(k)},
           lines_.size() - 1);
    if (has_wait_line(*task)) push({.kind = AwaitLine::Kind::wait, .task = row.task}, lines_.size() - 1);
    return lines_.size() - 1;
  }

  std::size_t size() const { return lines_.size(); }
  std::vector<AwaitLine> take() { return std::move(lines_); }

 private:
  void push(AwaitLine line, std::size_t parent) {
    line.parent = parent;
    line.depth = parent == AwaitLine::kNone ? 0 : lines_[parent].depth + 1;
    if (parent != AwaitLine::kNone) {
      last_child_.resize(lines_.size() + 1, AwaitLine::kNone);
      if (const std::size_t before = last_child_[parent]; before != AwaitLine::kNone)
        lines_[before].last = false;
      last_child_[parent] = lines_.size();
    }
    lines_.push_back(line);
  }

  const TraceStore& store_;
  const LoopState& state_;
  std::vector<AwaitLine> lines_;
  std::vector<std::size_t> last_child_;  // by line
};

std::string_view source_line(const TraceStore& store, std::uint32_t line) {
  const auto& listing = store.header().listing;
  if (line == 0 || line > listing.size()) return {};
  const std::string_view text = listing[line - 1];
  const std::size_t begin = text.find_first_not_of(" \t");
  return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

AwaitText frame_text(const TraceStore& store, const TaskState& task, std::uint32_t k) {
  const auto frames = store.stack(task.stack);
  if (k >= frames.size()) return {"?", "", 0};
  return {std::string(frames[k].function) + "()", std::string(source_line(store, frames[k].line)),
          frames[k].line};
}

/// "for lock l" without its "for".
std::string what_for(const TraceStore& store, const LoopState& state, const TaskState& task) {
  const std::string words = waits_for(store, state, task);
  return words.starts_with("for ") ? words.substr(4) : words;
}

/// The timer that will complete the future that `task` waits for, if the trace tells.
std::string timer_of(const LoopState& state, const TaskState& task) {
  const FutureState* future = state.future(FutureId{task.wait_id});
  return future && future->timer ? fmt::format("done by timer #{}", future->timer.value) : std::string();
}

AwaitText job_text(const TraceStore& store, const LoopState& state, const TaskState& task) {
  AwaitText out{fmt::format("job {}", task.wait_id), "", 0};
  const JobState* job = state.job(JobId{task.wait_id});
  if (!job) return out;
  out.detail = job->thread ? fmt::format("{}, runs on thread {}", store.label(job->label), job->thread.value)
                           : fmt::format("{}, waits in its pool", store.label(job->label));
  return out;
}

AwaitText wait_text(const TraceStore& store, const LoopState& state, const TaskState& task) {
  if (task.fired) return {what_for(store, state, task), "what it waited for has come", 0};
  switch (task.phase) {
    case TaskPhase::ready:
      return {"the ready queue", waits_for(store, state, task), 0};
    case TaskPhase::running:
      return {"runs now", std::string(source_line(store, task.line)), task.line};
    case TaskPhase::sleeping:
      return {task.wait_id ? fmt::format("timer #{}", task.wait_id) : "a timer",
              "due " + format_seconds(task.wake_at), 0};
    case TaskPhase::job:
      return job_text(store, state, task);
    case TaskPhase::waiting:
      return {what_for(store, state, task), task.wait == WaitKind::future ? timer_of(state, task) : "", 0};
    default:
      return {what_for(store, state, task), "", 0};
  }
}

}  // namespace

std::vector<AwaitLine> await_lines(const TraceStore& store, const LoopState& state, std::size_t most) {
  const std::vector<AwaitRow> rows = await_tree(state, most);
  Lines lines(store, state);
  std::vector<std::size_t> tip(rows.size(), AwaitLine::kNone);  // where a row's children stand
  for (std::size_t k = 0; k < rows.size() && lines.size() < most; ++k)
    tip[k] = lines.add(rows[k], rows[k].parent == AwaitRow::kNone ? AwaitLine::kNone : tip[rows[k].parent]);
  return lines.take();
}

AwaitText await_text(const TraceStore& store, const LoopState& state, const AwaitLine& line) {
  const TaskState* task = state.task(line.task);
  if (!task) return {fmt::format("task {}", line.task.value), "", 0};
  switch (line.kind) {
    case AwaitLine::Kind::task:
      return {task_title(store, *task), line.repeated ? "above" : state_word(*task), task->line};
    case AwaitLine::Kind::frame:
      return frame_text(store, *task, line.frame);
    case AwaitLine::Kind::wait:
      break;
  }
  return wait_text(store, state, *task);
}

}  // namespace loopscope::traces

#include "traces/names.h"

#include <fmt/format.h>

#include "core/trace/event_schema.h"
#include "traces/narration.h"

namespace loopscope::traces {
namespace {

struct KnownCallback {
  std::string_view label, name;
};
constexpr KnownCallback kKnown[] = {
    {"_run_until_complete_cb", "run_until_complete’s callback"},
    {"_read_from_self", "the self-pipe’s reader"},
    // A transport's waiter; also a sleep's, in traces where the callback names its timer.
    {"_set_result_unless_cancelled", "a waiter’s result"},
    {"_done_callback", "gather’s callback"},
    {"_release_waiter", "what ends the waiting"},
    {"_on_completion", "the callback of wait or as_completed"},
    {"_inner_done_callback", "shield’s callback"},
    {"_outer_done_callback", "shield’s own end"},
    {"_on_timeout", "the timeout’s alarm"},
    {"_on_task_done", "the task group’s callback"},
    {"_set_state", "the job’s result"},
};

/// "for queue 2 (get)": an object by its number, and what is done with it when that needs saying.
std::string object_words(std::string_view kind, std::uint32_t id, const std::string& label) {
  if (label.empty()) return fmt::format("for a {}", kind);
  const std::size_t dot = label.rfind('.');
  if (dot == std::string::npos) return fmt::format("for {} {}", kind, label);
  const std::string doing = label.substr(dot + 1);
  const std::string object = fmt::format("for {} {}", kind, id);
  return doing == "acquire" || doing == "wait" ? object : fmt::format("{} ({})", object, doing);
}

std::string waiting_for(const TraceStore& store, const LoopState& state, const TaskState& task) {
  const std::string label(store.label(task.wait_label));
  switch (task.wait) {
    case WaitKind::task:
      return "for task " + name_of_task(store, state, TaskId{task.wait_id});
    case WaitKind::future: {
      const FutureState* future = state.future(FutureId{task.wait_id});
      const std::string_view name = future ? store.label(future->label) : std::string_view();
      return name.empty() || name == "Future" ? "for a future" : fmt::format("for {}", name);
    }
    case WaitKind::gather:
      return "for gather";
    case WaitKind::wait:
      return "for wait()";
    case WaitKind::wait_for:
      return "for wait_for()";
    case WaitKind::shield:
      return "for shield()";
    case WaitKind::as_completed:
      return "for as_completed()";
    case WaitKind::taskgroup:
      return "for its task group";
    case WaitKind::semaphore:
    case WaitKind::lock:
    case WaitKind::event:
    case WaitKind::condition:
    case WaitKind::barrier:
    case WaitKind::queue:
      return object_words(to_string(task.wait), task.wait_id, label);
    default:
      return "for something";
  }
}

/// When a task whose wake-up is on the way runs again.
std::string when_it_wakes(const LoopState& state, const TaskState& task) {
  const OneLoopState* loop = state.focus(task.loop);
  const std::uint64_t now = loop ? loop->iteration : 0;
  if (loop && loop->order == RunOrder::one) return "wakes in its turn";
  // Until it is empty: what joins before or while handles run, runs in the same iteration.
  const bool same = loop && loop->order == RunOrder::until_empty && loop->in_iteration &&
                    (loop->phase == LoopPhase::run || loop->phase == LoopPhase::between);
  return fmt::format("wakes in iteration {}", same ? now : now + 1);
}

std::string timer_owner(const TraceStore& store, const LoopState& state, const QueuedHandle& h) {
  if (h.timer_task) return name_of_task(store, state, h.timer_task) + " · sleep over";
  return callback_name(store.label(h.label));
}

HandleTitle step_title(const TraceStore& store, const LoopState& state, const QueuedHandle& h) {
  const TaskState* task = state.task(h.task);
  const std::string name = name_of_task(store, state, h.task);
  if (h.cause == Cause::task_wakeup) {
    std::string why = "woken";
    const FutureState* future = state.future(h.future);
    if (h.of_task)
      why = task_badge(store, state, h.of_task) + " is done";
    else if (future)
      why = std::string(store.label(future->label)) + " done";
    return {name + " · wakes", fmt::format("#{} {}", h.handle.value, why)};
  }
  const bool first = task && (task->steps == 0 || (task->steps == 1 && task->phase == TaskPhase::running));
  return {name + (first ? " · starts" : " · goes on"), fmt::format("#{} step", h.handle.value)};
}

}  // namespace

std::string_view name_of(TaskPhase phase) {
  constexpr std::string_view kNames[] = {"ready", "running", "sleeping", "io",       "waiting",
                                         "job",   "done",    "failed",   "cancelled"};
  return kNames[static_cast<std::size_t>(phase)];
}

std::string_view name_of(LoopPhase phase) {
  constexpr std::string_view kNames[] = {"idle", "between", "select", "I/O", "timers", "run", "closed"};
  return kNames[static_cast<std::size_t>(phase)];
}

std::string callback_name(std::string_view label) {
  const std::string_view path = label.substr(0, label.find('('));
  const std::size_t dot = path.rfind('.');
  const std::string_view plain = dot == std::string_view::npos ? path : path.substr(dot + 1);
  for (const KnownCallback& known : kKnown)
    if (known.label == plain) return std::string(known.name);
  // A method of the loop's own, whatever its class is called.
  if (dot != std::string_view::npos && path.substr(0, dot).ends_with("EventLoop"))
    return "loop." + std::string(label.substr(dot + 1));
  return label.empty() ? "a callback" : std::string(label);
}

std::string name_of_task(const TraceStore& store, const LoopState& state, TaskId id) {
  const TaskState* task = state.task(id);
  return task ? task_title(store, *task) : fmt::format("task {}", id.value);
}

std::string task_title(const TraceStore& store, const TaskState& task) {
  const std::string_view title = store.names_of(task.id, task.name).title;
  return title.empty() ? fmt::format("task {}", task.id.value) : std::string(title);
}

std::string task_badge(const TraceStore& store, const LoopState& state, TaskId id) {
  const TaskState* task = state.task(id);
  const std::string_view badge = task ? store.names_of(id, task->name).badge : std::string_view();
  return badge.empty() ? fmt::format("#{}", id.value) : std::string(badge);
}

HandleTitle handle_title(const TraceStore& store, const LoopState& state, const QueuedHandle& h) {
  HandleTitle title;
  switch (h.cause) {
    case Cause::task_step:
    case Cause::task_wakeup:
      title = step_title(store, state, h);
      break;
    case Cause::timer:
      title = {timer_owner(store, state, h), fmt::format("#{} due {:.3f}", h.handle.value, h.when)};
      break;
    case Cause::future_callback: {
      const std::string done =
          h.of_task ? name_of_task(store, state, h.of_task) + " is done" : "a future is done";
      title = {callback_name(store.label(h.label)), fmt::format("#{} {}", h.handle.value, done)};
      break;
    }
    default:
      title = {callback_name(store.label(h.label)),
               fmt::format("#{} {}", h.handle.value, to_string(h.cause))};
  }
  if (h.cancelled) title.detail = fmt::format("#{} cancelled", h.handle.value);
  return title;
}

std::string waits_for(const TraceStore& store, const LoopState& state, const TaskState& task) {
  if (task.fired) return when_it_wakes(state, task);
  switch (task.phase) {
    case TaskPhase::ready:
      return task.steps == 0 ? "its first step" : "its turn";
    case TaskPhase::running:
      return task.line != 0 ? fmt::format("runs line {}", task.line) : "runs now";
    case TaskPhase::sleeping:
      return "until " + format_seconds(task.wake_at);
    case TaskPhase::io:
      return fmt::format("for fd {}", task.wait_id);
    case TaskPhase::job:
      return fmt::format("for job {}", task.wait_id);
    case TaskPhase::waiting:
      return waiting_for(store, state, task);
    case TaskPhase::done:
      return "returned " + (task.result.empty() ? "None" : task.result);
    case TaskPhase::failed:
      return task.result.empty() ? "an exception" : task.result;
    case TaskPhase::cancelled:
      return "before its end";
  }
  return "";
}

std::string state_word(const TaskState& task) {
  if (task.fired) return "fired";
  switch (task.phase) {
    case TaskPhase::ready:
      return "ready";
    case TaskPhase::running:
      return "running";
    case TaskPhase::sleeping:
      return "sleeps";
    case TaskPhase::done:
      return "done";
    case TaskPhase::failed:
      return "failed";
    case TaskPhase::cancelled:
      return "cancelled";
    default:
      return "waits";
  }
}

std::string format_seconds(double seconds) { return fmt::format("{:.3f} s", seconds); }

}  // namespace loopscope::traces

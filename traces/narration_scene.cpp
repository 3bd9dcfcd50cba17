#include "traces/narration_scene.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>

#include "traces/task_names.h"

namespace loopscope::traces {

Scene::Scene(const TraceStore& s, EventIndex index, const LoopState& b, const LoopState& a)
    : store(s),
      i(index),
      e(s.event(index)),
      before(b),
      after(a),
      loop(a.focus(LoopId{e.loop})),
      loop_before(loop ? b.loop(loop->id) : nullptr) {}

std::string Scene::text(TextField field) const { return std::string(store.text(i, field).value_or("")); }

std::string Scene::time(std::int64_t ns) const {
  if (store.header().clock == "real") return fmt::format("{:.1f} ms", static_cast<double>(ns) / 1e6);
  return format_seconds(static_cast<double>(ns) / 1e9);
}

std::string Scene::seconds(double s) const {
  if (store.header().clock == "real") return fmt::format("{:.1f} ms", s * 1e3);
  return format_seconds(s);
}

const QueuedHandle* Scene::running() const {
  const bool here = loop_before && loop_before->running_handle && loop_before->thread.value == e.thread;
  return here ? &*loop_before->running_handle : nullptr;
}

std::string Scene::thread() const {
  for (const ThreadState& thread : after.threads)
    if (thread.id.value == e.thread && thread.name) return label(thread.name);
  return fmt::format("thread {}", e.thread);
}

std::string Scene::actor() const {
  const QueuedHandle* h = running();
  if (h == nullptr) return e.thread == kMainThread.value ? "The program" : thread();
  return h->task ? task(h->task) : callback_name(store.label(h->label));
}

std::string Scene::handle(const QueuedHandle& h) const {
  if (h.task) {
    const TaskState* t = before.task(h.task);
    if (h.cause == Cause::task_wakeup) return task(h.task) + "’s wake-up";
    return task(h.task) + (t == nullptr || t->steps == 0 ? "’s first step" : "’s next step");
  }
  if (h.timer_task) return task(h.timer_task) + "’s sleep timer";
  return callback_name(store.label(h.label));
}

std::string Scene::timer(const HeapTimer& t) const {
  return t.task ? task(t.task) + "’s sleep timer"
                : fmt::format("the timer of {}", callback_name(store.label(t.label)));
}

std::string Scene::behind() const {
  const std::size_t n = loop ? loop->ready_count() : 0;
  return n <= 1 ? "behind nothing" : "behind " + count(n - 1, "handle");
}

std::string Scene::when_it_runs() const {
  if (loop == nullptr) return "when the loop runs";
  const std::uint64_t iteration = iteration_of_last_ready();
  if (loop->stopping && iteration > loop->iteration && loop->in_iteration) return "when the loop runs again";
  if (iteration == loop->iteration) return "in this iteration";
  return fmt::format("in {} {}", loop->order == RunOrder::one ? "turn" : "iteration", iteration);
}

std::uint64_t Scene::iteration_of_last_ready() const {
  const std::uint64_t now = loop->iteration;
  switch (loop->order) {
    case RunOrder::one:
      return now + loop->ready_count();
    case RunOrder::until_empty:
      return now + (loop->in_iteration && (loop->phase == LoopPhase::between || loop->phase == LoopPhase::run)
                        ? 0
                        : 1);
    case RunOrder::snapshot:
      break;
  }
  return now + (loop->in_iteration && loop->phase != LoopPhase::run ? 0 : 1);
}

std::uint64_t Scene::resumes(TaskId id, std::uint64_t by_rule) const {
  EventIndex from = i + 1;
  for (int tries = 0; tries < 256; ++tries) {
    const auto step = store.next_of({EventKind::task_step}, from);
    if (!step) return store.finished() ? 0 : by_rule;
    if (field::task(store.event(*step)) == id) {
      const auto iteration = store.iteration_at(*step);
      return iteration ? iteration->n : by_rule;
    }
    from = *step + 1;
  }
  return by_rule;
}

std::string Scene::who_was_queued(TaskId of_task, FutureId future) const {
  if (i + 1 >= store.size()) return store.finished() ? "Nobody waits for it" : "";
  const TraceEvent next = store.event(i + 1);
  const bool ours =
      next.kind == EventKind::handle_queued &&
      (of_task ? field::queued_by_task(next) == of_task : field::queued_by_future(next) == future);
  if (!ours) return "Nobody waits for it";
  if (const TaskId waiter = field::queued_task(next))
    return fmt::format("{} waits for it and is queued, not run at once", task(waiter));
  return fmt::format("That queues {}", callback_name(store.label(field::high_label(next))));
}

std::string Scene::at_line(std::uint32_t line) const {
  return line != 0 ? fmt::format(" at line {}", line) : "";
}

std::string count(std::uint64_t n, std::string_view one) {
  return n == 0 ? fmt::format("no {}", one) : fmt::format("{} {}{}", n, one, n == 1 ? "" : "s");
}

std::string excerpt(std::string_view text, std::size_t most) {
  text.remove_prefix(std::min(text.find_first_not_of(" \n\t"), text.size()));
  std::string line(text);
  for (char& c : line)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  return cut(line, most);
}

std::string capital(std::string text) {
  for (const std::string_view word :
       {"the ", "a ", "an ", "no ", "what ", "task ", "future ", "thread ", "timer ", "handle "})
    if (text.starts_with(word))
      text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

}  // namespace loopscope::traces

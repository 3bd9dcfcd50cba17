// Sentences about handles in the ready queue and timers in the heap.
#include <cmath>
#include <fmt/format.h>

#include "traces/handle_places.h"
#include "traces/narration_scene.h"

namespace loopscope::traces {
namespace {

// "sleep(1)": the label when it says so, else from the numbers.
std::string sleep_call(const Scene& s, LabelId label, HandleId handle, double when) {
  const std::string_view text = s.store.label(label);
  if (text.starts_with("sleep(") && text.ends_with(')')) return std::string(text);
  const auto span = s.store.timer(handle);
  if (!span) return "sleep";
  const double delay = when - static_cast<double>(s.store.event(span->scheduled).ts) / 1e9;
  return fmt::format("sleep({:.9g})", std::round(delay * 1e9) / 1e9);
}

std::string promoted(const Scene& s) {
  if (s.loop == nullptr) return "A due timer leaves the heap.";
  const HeapTimer& timer = s.loop->promoted_timer;
  const std::string queue = s.loop->ready_count() == 0
                                ? "behind nothing, and runs next"
                                : fmt::format("behind {}", count(s.loop->ready_count(), "handle"));
  if (timer.cancelled)
    return fmt::format(
        "Timer #{} was cancelled, but it is due: it moves to the ready queue all the same, to be skipped.",
        timer.handle.value);
  const std::string due = fmt::format("was due at {}.", s.seconds(timer.when));
  if (!timer.task)
    return fmt::format("{} {} It moves from the heap to the ready queue, {}.",
                       capital(callback_name(s.store.label(timer.label))), due, queue);
  const std::string name = s.task(timer.task);
  const std::uint64_t iteration = s.resumes(timer.task, s.loop->iteration + 1);
  const std::string then = iteration != 0 ? fmt::format("; {} resumes in iteration {}", name, iteration) : "";
  return fmt::format("{}’s {} {} Its timer moves to the ready queue, {}{}.", name,
                     sleep_call(s, timer.label, timer.handle, timer.when), due, queue, then);
}

std::string scheduled(const Scene& s) {
  const HandleId handle = field::handle(s.e);
  const double when = field::seconds(s.e);
  const std::string name = s.label(field::label(s.e));
  const std::size_t size = s.loop ? s.loop->heap.size() : 1;
  std::string place = "It is the only one.";
  if (s.loop && size > 1)
    place = s.loop->heap[0].handle == handle
                ? fmt::format("It is the first of {}.", size)
                : fmt::format("First comes {}, due at {}.", s.timer(s.loop->heap[0]),
                              s.seconds(s.loop->heap[0].when));
  const QueuedHandle* running = s.running();
  const bool sleep =
      running && running->task &&
      (name.starts_with("sleep") || callback_name(name) == callback_name("_set_result_unless_cancelled"));
  if (sleep)
    return fmt::format("{}’s {} puts a timer into the heap, due at {}. {}", s.task(running->task),
                       sleep_call(s, field::label(s.e), handle, when), s.seconds(when), place);
  return fmt::format("{} puts a timer for {} into the heap, due at {}. {}", capital(s.actor()),
                     callback_name(name), s.seconds(when), place);
}

std::string cancelled_timer(const Scene& s) {
  const HeapTimer* timer = s.loop ? find_timer(s.after, *s.loop, field::handle(s.e)) : nullptr;
  const std::string what = timer ? s.timer(*timer) : fmt::format("timer #{}", field::handle(s.e).value);
  const bool head = s.loop && !s.loop->heap.empty() && s.loop->heap[0].handle == field::handle(s.e);
  return fmt::format("{} is cancelled. It stays in the heap, marked{}.", capital(what),
                     head ? ", until the next iteration begins" : ", until it comes to the head");
}

std::string purged(const Scene& s) {
  const std::uint32_t id = field::handle(s.e).value;
  if (field::bulk(s.e))
    return fmt::format(
        "More than half of over 100 timers are cancelled, so all of those are dropped: also #{}.", id);
  return fmt::format("Timer #{} at the head of the heap was cancelled, so it is dropped.", id);
}

const QueuedHandle* queued_handle(const Scene& s) {
  return s.loop && s.loop->ready_count() > 0 ? &s.loop->ready.back() : nullptr;
}

std::string future_name(const Scene& s, FutureId id) {
  const FutureState* future = s.after.future(id);
  const std::string_view label = future ? s.store.label(future->label) : std::string_view();
  if (label.empty() || label == "Future") return "The future";
  if (label.starts_with("sleep")) return std::string(label);
  return std::string(label) + "’s future";
}

std::string wake_reason(const Scene& s, const QueuedHandle& h) {
  if (h.of_task) return s.task(h.of_task) + " is done";
  const auto wakeup = s.store.wakeup_at(s.i);
  const bool known = wakeup && wakeup->cause < s.i;
  if (known && field::outcome(s.store.event(wakeup->cause)) == Outcome::cancelled && h.task)
    return fmt::format("What {} waited for is cancelled", s.task(h.task));
  if (h.future) {
    const std::string name = future_name(s, h.future);
    return name.starts_with("sleep") ? name + " is over" : name + " is done";
  }
  return "What it waited for has come";
}

std::string queued_step(const Scene& s, const QueuedHandle& h) {
  const std::string name = s.task(h.task);
  const TaskState* task = s.after.task(h.task);
  if (h.cause == Cause::task_wakeup) {
    const bool goes_on = s.loop->running && !s.loop->stopping;
    const std::uint64_t iteration = s.resumes(h.task, goes_on ? s.iteration_of_last_ready() : 0);
    const char* round = s.loop->order == RunOrder::one ? "turn" : "iteration";
    const std::string then = iteration != 0 ? fmt::format("{} resumes in {} {}.", name, round, iteration)
                                            : fmt::format("{} resumes when the loop runs again.", name);
    return fmt::format("{}, so {}’s wake-up joins the ready queue, {}. {}", capital(wake_reason(s, h)), name,
                       s.behind(), capital(then));
  }
  if (task == nullptr || task->steps == 0)
    return fmt::format("{}’s first step joins the ready queue, {}. It runs {}, not now.", capital(name),
                       s.behind(), s.when_it_runs());
  return fmt::format("{}’s next step joins the ready queue, {}. It runs {}.", capital(name), s.behind(),
                     s.when_it_runs());
}

std::string queued(const Scene& s) {
  const QueuedHandle* h = queued_handle(s);
  if (h == nullptr) return "A handle joins the ready queue.";
  const std::string label = callback_name(s.store.label(h->label));
  switch (h->cause) {
    case Cause::task_step:
    case Cause::task_wakeup:
      return queued_step(s, *h);
    case Cause::timer:
      return fmt::format("{} is in the ready queue now, {}. It runs {}.", capital(s.handle(*h)), s.behind(),
                         s.when_it_runs());
    case Cause::future_callback:
      return fmt::format("{}, so {} joins the ready queue, {}. It runs {}.", capital(wake_reason(s, *h)),
                         label, s.behind(), s.when_it_runs());
    case Cause::call_soon:
      return fmt::format("call_soon puts {} into the ready queue, {}. It runs {}, not now.", label,
                         s.behind(), s.when_it_runs());
    case Cause::threadsafe:
      return fmt::format("call_soon_threadsafe puts {} into the ready queue, {}, and wakes the loop.", label,
                         s.behind());
    case Cause::io:
      return fmt::format("{} joins the ready queue, {}. It runs {}.", capital(label), s.behind(),
                         s.when_it_runs());
    case Cause::signal:
      return fmt::format("The signal’s handler {} joins the ready queue, {}. It runs {}.", label, s.behind(),
                         s.when_it_runs());
  }
  return "A handle joins the ready queue.";
}

std::string begins(const Scene& s) {
  const QueuedHandle* h = s.loop && s.loop->running_handle ? &*s.loop->running_handle : nullptr;
  if (h == nullptr) return "The first handle leaves the ready queue and runs.";
  const std::string label = callback_name(s.store.label(h->label));
  if (h->task) return fmt::format("{} leaves the head of the ready queue and runs.", capital(s.handle(*h)));
  if (h->timer_task)
    return fmt::format("{}’s sleep timer runs. It completes the future that {} waits for.",
                       capital(s.task(h->timer_task)), s.task(h->timer_task));
  if (label == "run_until_complete’s callback")
    return "run_until_complete’s callback runs: it will stop the loop.";
  if (label == "gather’s callback") return "gather’s callback runs: it counts the tasks that are done.";
  return fmt::format("{} leaves the head of the ready queue and runs.", capital(label));
}

std::string after_step(const Scene& s, TaskId id) {
  const TaskState* task = s.after.task(id);
  const std::string name = capital(s.task(id));
  if (task == nullptr) return name + "’s step is over.";
  switch (task->phase) {
    case TaskPhase::done:
      return name + "’s last step is over.";
    case TaskPhase::failed:
    case TaskPhase::cancelled:
      return name + " has ended with its step.";
    case TaskPhase::ready:
      return name + "’s step is over; its next one is queued.";
    default:
      return fmt::format("{}’s step is over; it waits {}.", name, waits_for(s.store, s.after, *task));
  }
}

// " It was the last of the snapshot.": what is left to run in this iteration.
std::string left_to_run(const Scene& s) {
  const std::size_t left = s.loop ? s.loop->snapshot_left : 0;
  const std::string handles = capital(count(left, "handle"));
  switch (s.loop ? s.loop->order : RunOrder::snapshot) {
    case RunOrder::one:
      return "";
    case RunOrder::until_empty:
      return left == 0 ? " Nothing is ready any more."
                       : fmt::format(" {} {} ready still.", handles, left == 1 ? "is" : "are");
    case RunOrder::snapshot:
      break;
  }
  return left == 0 ? " It was the last of the snapshot."
                   : fmt::format(" {} of the snapshot {} left.", handles, left == 1 ? "is" : "are");
}

std::string ends(const Scene& s) {
  const QueuedHandle* h = s.running();
  if (h == nullptr) return "The handle has run.";
  const std::string what =
      h->task ? after_step(s, h->task) : fmt::format("{} has run.", capital(s.handle(*h)));
  return what + left_to_run(s);
}

std::string skipped(const Scene& s, const std::string& name) {
  const RunOrder order = s.loop ? s.loop->order : RunOrder::snapshot;
  const char* place = order == RunOrder::one        ? "it uses up the turn"
                      : order == RunOrder::snapshot ? "it uses its place in the snapshot"
                                                    : "it is taken out";
  return fmt::format("{} was cancelled: {}, and nothing runs.", capital(name), place);
}

}  // namespace

std::string tell_timers(const Scene& s) {
  switch (s.e.kind) {
    case EventKind::timer_promoted:
      return promoted(s);
    case EventKind::timer_scheduled:
      return scheduled(s);
    case EventKind::timer_cancelled:
      return cancelled_timer(s);
    default:
      return purged(s);
  }
}

std::string tell_handles(const Scene& s) {
  const HandleId id = field::handle(s.e);
  switch (s.e.kind) {
    case EventKind::handle_queued:
      return queued(s);
    case EventKind::handle_begin:
      return begins(s);
    case EventKind::handle_end:
      return ends(s);
    default:
      break;
  }
  const QueuedHandle* h = s.loop_before ? find_ready(s.before, *s.loop_before, id) : nullptr;
  const std::string name = h ? s.handle(*h) : fmt::format("handle #{}", id.value);
  if (s.e.kind == EventKind::handle_skipped) return skipped(s, name);
  if (h)
    return fmt::format("{} is cancelled. It keeps its place in the ready queue, but it will be skipped.",
                       capital(name));
  return fmt::format("{}, which waited for a file descriptor, is cancelled.", capital(name));
}

}  // namespace loopscope::traces

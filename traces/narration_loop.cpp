// Sentences about the loop, its iterations and their phases.
#include <fmt/format.h>

#include "traces/narration_scene.h"

namespace loopscope::traces {
namespace {

std::string loop_run(const Scene& s) {
  const TaskId task = field::task(s.e);
  if (field::how(s.e) == RunHow::run_forever)
    return "run_forever starts the loop; it runs until somebody calls stop().";
  if (!task) return "run_until_complete starts the loop; it runs until its future is done.";
  return fmt::format("run_until_complete starts the loop; it runs until {} is done.", s.task(task));
}

std::string loop_idle(const Scene& s) {
  auto run = s.store.previous_of({EventKind::loop_run}, s.i);
  while (run && s.store.event(*run).loop != s.e.loop) run = s.store.previous_of({EventKind::loop_run}, *run);
  const TaskId id = run ? field::task(s.store.event(*run)) : TaskId{};
  const TaskState* task = s.after.task(id);
  if (s.loop && s.loop->how == RunHow::run_forever) return "The loop has stopped; run_forever returns.";
  if (task && task->phase == TaskPhase::done)
    return fmt::format("The loop has stopped; run_until_complete returns {}’s result.", s.task(id));
  if (task && task->phase == TaskPhase::failed)
    return fmt::format("The loop has stopped; run_until_complete raises {}’s exception.", s.task(id));
  if (task && task->phase == TaskPhase::cancelled)
    return fmt::format(
        "The loop has stopped; run_until_complete raises CancelledError, since {} was cancelled.",
        s.task(id));
  return "The loop has stopped; run_until_complete returns.";
}

std::string loop_stop(const Scene& s) {
  if (s.running() == nullptr)
    return "stop() raises a flag before the loop runs: it will run one iteration only.";
  return fmt::format(
      "{} calls stop(). That raises a flag: iteration {} goes on to its end, then the loop leaves.",
      capital(s.actor()), s.loop ? s.loop->iteration : 0);
}

std::string loop_closed(const Scene& s) {
  const std::size_t ready = s.loop_before ? s.loop_before->ready_count() : 0;
  const std::size_t timers = s.loop_before ? s.loop_before->heap.size() : 0;
  if (ready + timers == 0) return "The loop is closed; nothing was left in it.";
  return fmt::format("The loop is closed. {} and {} are dropped unrun.", capital(count(ready, "handle")),
                     count(timers, "timer"));
}

bool is_trampoline(const Scene& s) { return s.loop && s.loop->order == RunOrder::one; }

std::string turn_begin(const Scene& s) {
  const std::size_t ready = s.loop->ready_count();
  if (ready == 0)
    return fmt::format("Turn {} begins with an empty queue: it waits until something joins.", field::n(s.e));
  return fmt::format("Turn {} begins: {} {} in the queue, and the first one runs.", field::n(s.e),
                     count(ready, "handle"), ready == 1 ? "is" : "are");
}

std::string turn_end(const Scene& s) {
  const std::size_t ready = s.loop->ready_count();
  const std::string queue = ready == 0 ? "The queue is empty"
                                       : fmt::format("{} {} in the queue", capital(count(ready, "handle")),
                                                     ready == 1 ? "stands" : "stand");
  return fmt::format("Turn {} ends at {}. {}{}.", field::n(s.e), s.now(), queue,
                     s.loop->stopping ? "; stop() was called, so the loop leaves" : "");
}

std::string iteration_begin(const Scene& s) {
  if (is_trampoline(s)) return turn_begin(s);
  const std::size_t ready = s.loop ? s.loop->ready_count() : 0;
  const std::size_t timers = s.loop ? s.loop->heap.size() : 0;
  const std::string first =
      ready == 0 ? "nothing is ready"
                 : fmt::format("{} {} ready", count(ready, "handle"), ready == 1 ? "is" : "are");
  const std::string second =
      timers == 0 ? "the timer heap is empty"
                  : fmt::format("{} wait{} in the heap", count(timers, "timer"), timers == 1 ? "s" : "");
  return fmt::format("Iteration {} begins: {}, and {}.", field::n(s.e), first, second);
}

std::string iteration_end(const Scene& s) {
  if (is_trampoline(s)) return turn_end(s);
  const std::uint64_t n = field::n(s.e);
  const std::size_t ready = s.loop ? s.loop->ready_count() : 0;
  if (s.loop && s.loop->stopping) {
    const std::string rest = ready == 0 ? ""
                                        : fmt::format("; {} stay{} in the ready queue",
                                                      count(ready, "handle"), ready == 1 ? "s" : "");
    return fmt::format("Iteration {} ends. stop() was called, so the loop leaves{}.", n, rest);
  }
  if (ready > 0)
    return fmt::format("Iteration {} ends. {} in the ready queue will run in iteration {}.", n,
                       capital(count(ready, "handle")), n + 1);
  if (s.loop && !s.loop->heap.empty())
    return fmt::format("Iteration {} ends with an empty ready queue: select will wait for {}.", n,
                       s.timer(s.loop->heap[0]));
  return fmt::format("Iteration {} ends with an empty ready queue and no timer.", n);
}

std::string select_begin(const Scene& s) {
  const std::size_t ready = s.loop ? s.loop->ready_count() : 0;
  const auto timeout = s.loop ? s.loop->select_timeout : std::nullopt;
  if (!timeout) return "Nothing is ready and no timer is set. select waits until a file descriptor is ready.";
  if (*timeout > 0) {
    const std::string until =
        s.loop->heap.empty() ? "" : fmt::format(", until {} is due", s.timer(s.loop->heap[0]));
    return fmt::format("Nothing is ready. select waits for at most {}{}.", s.seconds(*timeout), until);
  }
  if (ready > 0)
    return fmt::format("{} {} ready, so select only looks and does not wait.",
                       capital(count(ready, "handle")), ready == 1 ? "is" : "are");
  if (s.loop && s.loop->stopping) return "stop() was called, so select only looks and does not wait.";
  if (s.loop && !s.loop->heap.empty())
    return fmt::format("{} is due already, so select only looks and does not wait.",
                       capital(s.timer(s.loop->heap[0])));
  return "select only looks and does not wait.";
}

std::string select_end(const Scene& s) {
  const std::int64_t waited = s.loop ? s.loop->select_waited : 0;
  const std::uint64_t fds = field::count(s.e);
  const std::string found =
      fds == 0 ? "no file descriptor is ready"
               : fmt::format("{} {} ready", count(fds, "file descriptor"), fds == 1 ? "is" : "are");
  if (waited <= 0) return fmt::format("select returns at once: {}.", found);
  if (fds == 0)
    return fmt::format("select has waited {} and nothing arrived. It is {} now.", s.time(waited), s.now());
  return fmt::format("select returns after {}: {}.", s.time(waited), found);
}

std::string io_ready(const Scene& s) {
  const std::uint32_t fd = field::fd(s.e);
  const std::uint8_t mask = field::mask(s.e);
  const char* can = mask == kReadable ? "readable" : mask == kWritable ? "writable" : "readable and writable";
  std::string who = "its handle";
  if (s.loop)
    for (const WatchedFd& w : s.loop->fds)
      if (w.fd == fd)
        who = callback_name(s.store.label(w.reader == field::handle(s.e) ? w.reader_label : w.writer_label));
  return fmt::format("fd {} is {}: {} goes to the ready queue.", fd, can, who);
}

std::string timers_begin(const Scene& s) {
  if (s.loop == nullptr || s.loop->heap.empty()) return "The timer heap is empty, so no timer can be due.";
  const HeapTimer& head = s.loop->heap[0];
  if (head.when * 1e9 <= static_cast<double>(s.e.ts))
    return fmt::format("It is {}. At the head of the heap, {} is due.", s.now(), s.timer(head));
  return fmt::format("It is {}, and no timer is due: {} comes first, at {}.", s.now(), s.timer(head),
                     s.seconds(head.when));
}

std::string timers_end(const Scene& s) {
  const std::uint64_t promoted = field::promoted(s.e);
  const std::size_t left = s.loop ? s.loop->heap.size() : 0;
  const std::string rest =
      left == 0 ? "the heap is empty"
                : fmt::format("{} stay{} in the heap", count(left, "timer"), left == 1 ? "s" : "");
  if (promoted == 0) return fmt::format("No timer moves; {}.", rest);
  return fmt::format("{} moved to the ready queue; {}.", capital(count(promoted, "timer")), rest);
}

bool drains(const Scene& s) { return s.loop && s.loop->order == RunOrder::until_empty; }

std::string ready_begin(const Scene& s) {
  const std::uint64_t n = field::count(s.e);
  const std::uint64_t next = (s.loop ? s.loop->iteration : 0) + 1;
  if (n == 0) return "The ready queue is empty: nothing runs in this iteration.";
  if (drains(s))
    return fmt::format("{} {} ready. The queue is run until it is empty, also what joins it meanwhile.",
                       capital(count(n, "handle")), n == 1 ? "is" : "are");
  std::string what = count(n, "handle");
  if (n == 1 && s.loop && s.loop->ready_count() == 1) what = s.handle(s.loop->ready[s.loop->ready_head]);
  return fmt::format("{} will run now. Whatever joins the queue from here on waits for iteration {}.",
                     capital(what), next);
}

std::string ready_end(const Scene& s) {
  const std::size_t left = s.loop_before ? s.loop_before->snapshot_left : 0;
  const std::size_t ready = s.loop ? s.loop->ready_count() : 0;
  if (drains(s) && left > 0)
    return fmt::format("The phase is broken off: {} stay{} in the ready queue.", count(ready, "handle"),
                       ready == 1 ? "s" : "");
  if (drains(s))
    return "The ready queue is empty. Only now does the loop look at file descriptors and timers.";
  if (left > 0)
    return fmt::format("The phase is broken off: {} of its snapshot stay{} in the ready queue.",
                       count(left, "handle"), left == 1 ? "s" : "");
  if (ready == 0) return "All handles of the snapshot have run, and none has joined.";
  return fmt::format("All handles of the snapshot have run. {} joined meanwhile and wait{} for iteration {}.",
                     capital(count(ready, "handle")), ready == 1 ? "s" : "", s.loop->iteration + 1);
}

}  // namespace

std::string tell_loop(const Scene& s) {
  switch (s.e.kind) {
    case EventKind::loop_created: {
      const std::string model = s.label(field::label(s.e));
      return fmt::format("A new event loop is made, of the {} kind. It does not run yet.",
                         model.empty() ? "asyncio" : model);
    }
    case EventKind::loop_run:
      return loop_run(s);
    case EventKind::loop_idle:
      return loop_idle(s);
    case EventKind::loop_stop:
      return loop_stop(s);
    case EventKind::loop_closed:
      return loop_closed(s);
    case EventKind::iteration_begin:
      return iteration_begin(s);
    default:
      return iteration_end(s);
  }
}

std::string tell_phases(const Scene& s) {
  switch (s.e.kind) {
    case EventKind::select_begin:
      return select_begin(s);
    case EventKind::select_end:
      return select_end(s);
    case EventKind::io_ready:
      return io_ready(s);
    case EventKind::timers_begin:
      return timers_begin(s);
    case EventKind::timers_end:
      return timers_end(s);
    case EventKind::ready_begin:
      return ready_begin(s);
    default:
      return ready_end(s);
  }
}

}  // namespace loopscope::traces

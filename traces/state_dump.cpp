#include "traces/state_dump.h"

#include <fmt/format.h>
#include <iterator>

#include "core/trace/event_schema.h"
#include "traces/names.h"

namespace loopscope::traces {
namespace {

using Out = std::back_insert_iterator<std::string>;

struct Dump {
  const TraceStore& store;
  const LoopState& state;
  std::string text = {};

  template <class... Args>
  void add(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(Out(text), format, std::forward<Args>(args)...);
  }

  void handle(std::string_view what, const QueuedHandle& h) {
    add("  {} #{} {} cause={} task={} of_task={} future={} timer_task={} when={}{} event={}\n", what,
        h.handle.value, store.label(h.label), to_string(h.cause), h.task.value, h.of_task.value,
        h.future.value, h.timer_task.value, h.when, h.cancelled ? " cancelled" : "", h.queued_at);
  }

  void loop(const OneLoopState& l) {
    add("loop {} thread={} model={}{} phase={}{}{}{} how={} iteration={}{}\n", l.id.value, l.thread.value,
        store.label(l.model), l.debug ? " debug" : "", name_of(l.phase), l.running ? " running" : "",
        l.closed ? " closed" : "", l.stopping ? " stopping" : "", to_string(l.how), l.iteration,
        l.in_iteration ? " open" : "");
    add("  snapshot {}/{} promoted={} purged={} io={} cancelled={}\n", l.snapshot_left, l.snapshot,
        l.promoted, l.purged, l.io_queued, l.cancelled_timers);
    add("  select{}{} timeout={} began={} waited={} ready={}\n", l.selecting ? " now" : "",
        l.has_selected ? " before" : "", l.select_timeout ? fmt::format("{}", *l.select_timeout) : "-",
        l.select_began, l.select_waited, l.select_ready);
    if (l.running_handle) handle("running", *l.running_handle);
    for (std::size_t i = l.ready_head; i < l.ready.size(); ++i) handle("ready", l.ready[i]);
    for (std::size_t i = 0; i < l.heap.size(); ++i) {
      const HeapTimer& t = l.heap[i];
      add("  timer #{} {} when={} task={}{}\n", t.handle.value, store.label(t.label), t.when, t.task.value,
          t.cancelled ? " cancelled" : "");
    }
    for (const WatchedFd& fd : l.fds)
      add("  fd {} mask={} reader=#{} {} writer=#{} {} task={}\n", fd.fd, fd.mask, fd.reader.value,
          store.label(fd.reader_label), fd.writer.value, store.label(fd.writer_label), fd.task.value);
  }

  void task(const TaskState& t) {
    add("task {} loop={} {} coro={}({}){} parent={} {}{} on={} {} {} wake_at={}\n", t.id.value, t.loop.value,
        store.label(t.name), store.label(t.coro), t.args, t.named ? " named" : "", t.parent.value,
        name_of(t.phase), t.fired ? " fired" : "", to_string(t.wait), t.wait_id, store.label(t.wait_label),
        t.wake_at);
    add("  line={} created={} stack={} step=#{} cancels={} result={} steps={}\n", t.line, t.created_line,
        t.stack.value, t.step_handle.value, t.cancel_requests, t.result, t.steps);
  }

  void all() {
    add("now={} outputs={} line={} line_task={} gaps={} error={}\n", state.now, state.outputs, state.line,
        state.line_task.value, state.gaps, state.last_error ? fmt::format("{}", *state.last_error) : "-");
    for (const OneLoopState& l : state.loops) loop(l);
    for (std::size_t i = 0; i < state.tasks.size(); ++i) task(state.tasks[i]);
    for (std::size_t i = 0; i < state.futures.size(); ++i) {
      const FutureState& f = state.futures[i];
      add("future {} {}{} timer=#{}\n", f.id.value, store.label(f.label), f.done ? " done" : "",
          f.timer.value);
    }
    for (std::size_t i = 0; i < state.jobs.size(); ++i) {
      const JobState& j = state.jobs[i];
      add("job {} {} {} future={} thread={} task={}{} {}\n", j.id.value, store.label(j.pool),
          store.label(j.label), j.future.value, j.thread.value, j.task.value, j.done ? " done" : "",
          to_string(j.outcome));
    }
    for (const ThreadState& t : state.threads)
      add("thread {} {}{}\n", t.id.value, store.label(t.name), t.ended ? " ended" : "");
  }
};

}  // namespace

std::string dump_state(const TraceStore& store, const LoopState& state) {
  Dump dump{store, state};
  dump.all();
  return std::move(dump.text);
}

}  // namespace loopscope::traces

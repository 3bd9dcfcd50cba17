// The phases of an iteration (S1), shared by all loop models.
#include <utility>

#include "core/loop/event_loop.h"
#include "core/loop/event_pair.h"
#include "core/trace/events.h"

namespace loopscope {
namespace {

constexpr double kMaximumSelectTimeout = 24 * 3600;  // seconds

/// Notes what runs, while it runs.
class Running {
 public:
  Running(const Handle*& slot, const Handle& handle) : slot_(slot), before_(std::exchange(slot, &handle)) {}
  ~Running() { slot_ = before_; }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

 private:
  const Handle*& slot_;
  const Handle* before_;
};

}  // namespace

void EventLoop::purge_cancelled_timers() {
  const TimerHeap::Purged purged = timers_.purge_cancelled();
  for (const Ref<Handle>& timer : purged.timers)
    tracer_.emit(make::timer_purged(id_, timer->id(), purged.bulk));
  purged_ = static_cast<std::uint32_t>(purged.timers.size());
}

/// S4, with CPython's comparisons: min(max(0, when - now), maximum).
std::optional<double> EventLoop::select_timeout() const {
  if (!ready_.empty() || stopping_) return 0;
  if (timers_.empty()) return std::nullopt;
  const double left = timers_.next_deadline() - time();
  const double wait = left > 0 ? left : 0;
  return kMaximumSelectTimeout < wait ? kMaximumSelectTimeout : wait;
}

void EventLoop::select_and_queue_io() {
  for (const FdEvent& event : select()) queue_io(event);
}

std::vector<FdEvent> EventLoop::select() {
  const std::optional<double> timeout = select_timeout();
  EventPair pair(tracer_, timeout ? make::select_begin(id_, *timeout) : make::select_begin_for_ever(id_),
                 make::plain(EventKind::select_end, id_));
  std::vector<FdEvent> events = selector_->select(timeout);
  pair.end.arg = events.size();
  return events;
}

void EventLoop::queue_io(const FdEvent& event) {
  for (const std::uint8_t direction : {kReadable, kWritable}) {  // S6: the reader first
    IoRegistry::Entry* entry = io_.find(event.fd);
    if (!entry || !(event.mask & direction) || !entry->at(direction)) continue;
    if (entry->at(direction)->cancelled()) {
      unwatch(event.fd, direction);
      continue;
    }
    const Ref<Handle> handle = entry->at(direction);
    tracer_.emit(make::io_ready(id_, event.fd, direction, handle->id()));
    enqueue(handle, {.cause = Cause::io});
  }
}

void EventLoop::promote_due_timers() {
  EventPair pair(tracer_, make::plain(EventKind::timers_begin, id_), make::timers_end(id_, 0, purged_));
  std::uint32_t promoted = 0;
  const double end = time() + world_.clock.resolution();  // read once (S7)
  while (Ref<Handle> timer = timers_.pop_due(end)) {
    pair.end = make::timers_end(id_, ++promoted, purged_);
    tracer_.emit(make::timer_promoted(id_, timer->id(), timer->when_));
    enqueue(std::move(timer), {.cause = Cause::timer});
  }
}

void EventLoop::run_ready_snapshot() {
  const std::size_t count = ready_.size();
  const EventPair pair(tracer_, make::plain(EventKind::ready_begin, id_, 0, count),
                       make::plain(EventKind::ready_end, id_));
  for (std::size_t i = 0; i < count && !ready_.empty(); ++i) run_next_handle();
}

void EventLoop::run_until_nothing_is_ready() {
  const EventPair pair(tracer_, make::plain(EventKind::ready_begin, id_, 0, ready_.size()),
                       make::plain(EventKind::ready_end, id_));
  while (!ready_.empty()) {
    budget_.check_stop();
    budget_.check_events(tracer_.emitted());
    run_next_handle();
  }
}

void EventLoop::wait_until_ready() {
  world_.threads.block([this] { return !ready_.empty() || stopping_; }, std::nullopt, "an empty queue");
}

void EventLoop::run_next_handle() {
  if (ready_.empty()) return;
  const Ref<Handle> handle = ready_.pop();
  if (handle->cancelled())
    tracer_.emit(make::plain(EventKind::handle_skipped, id_, handle->id().value));
  else
    run_handle(*handle);
}

namespace {

/// What ran, in the traceback of what leaves the loop: CPython's frame has it.
class KeptCallback final : public RefCounted {
 public:
  explicit KeptCallback(Callback callback) : callback_(std::move(callback)) {}

 private:
  const Callback callback_;
};

/// Throws `error`. The core's own is left alone: nothing would break the circle with its task.
[[noreturn]] void keep_callback(const std::exception_ptr& error, const Callback& callback) {
  try {
    std::rethrow_exception(error);
  } catch (const CoreError&) {
    throw;
  } catch (const ProgramError& program) {
    program.keep(make_ref<KeptCallback>(callback));
    throw;
  }
}

}  // namespace

void EventLoop::run_handle(Handle& handle) {
  // An I/O handle runs many times. The others' callbacks go once they have run, after handle.end.
  const Callback callback = handle.is_io_ ? handle.callback_ : std::exchange(handle.callback_, nullptr);
  const EventPair pair(tracer_, make::plain(EventKind::handle_begin, id_, handle.id().value),
                       make::plain(EventKind::handle_end, id_, handle.id().value));
  const double began = options_.debug ? time() : 0;
  const bool debug = options_.debug;
  const Running running(current_handle_, handle);
  try {
    callback();
  } catch (const RunEnded&) {
    throw;
  } catch (...) {
    const std::exception_ptr error = std::current_exception();
    if (leaves_the_loop(error)) keep_callback(error, callback);  // S20
    const std::shared_ptr<void> handling = options_.handling ? options_.handling(error) : nullptr;
    report({.message = "Exception in callback " + handle.callback_text(),
            .error = error,
            .key = "handle",
            .subject = Ref<RefCounted>(&handle),
            .subject_text = handle.repr(),
            .creation = handle.creation()});
  }
  if (debug) check_duration(handle, began);
}

}  // namespace loopscope

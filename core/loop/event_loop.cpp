#include "core/loop/event_loop.h"

#include <utility>

#include "core/base/asyncio_source.h"
#include "core/loop/event_pair.h"
#include "core/trace/events.h"

namespace loopscope {
namespace {

CoreError runtime_error(std::string message) {
  return CoreError(CoreError::Type::RuntimeError, std::move(message));
}

}  // namespace

EventLoop::EventLoop(World world, Tracer& tracer, Budget& budget, LoopModel& model, LoopOptions options)
    : world_(world),
      tracer_(tracer),
      budget_(budget),
      model_(model),
      options_(std::move(options)),
      id_(tracer.ids().next_loop()),
      anchor_(make_ref<LoopAnchor>(this)) {
  tracer_.emit(make::loop_created(id_, tracer_.label(model_.name()), options_.debug));
  if (model_.has_timers_and_selector()) open_self_pipe();
}

EventLoop::~EventLoop() {
  mute();
  abandon();
  anchor_->loop = nullptr;
  if (closed_ || !selector_) return;
  world_.network.close(self_pipe_.first);
  world_.network.close(self_pipe_.second);
}

void EventLoop::open_self_pipe() {
  selector_ = world_.network.open_selector();
  self_pipe_ = world_.network.open_pair();
  watch(
      self_pipe_.first, kReadable, [this] { read_from_self(); }, "_read_from_self");
}

void EventLoop::close_self_pipe() {
  if (!selector_) return;
  unwatch(self_pipe_.first, kReadable);
  world_.network.close(self_pipe_.first);
  world_.network.close(self_pipe_.second);
}

void EventLoop::check_open() const {
  if (closed_) throw runtime_error("Event loop is closed");
}

void EventLoop::check_has_timers(std::string_view method) const {
  if (model_.has_timers_and_selector()) return;
  throw runtime_error(std::string(method) + "() needs a timer heap and a selector, and the '" +
                      std::string(model_.name()) +
                      "' loop model has none; use the 'asyncio' or 'drain' model");
}

void EventLoop::set_debug(bool on) {
  options_.debug = on;
  if (running_) call_soon_threadsafe([] {}, "_set_coroutine_origin_tracking");
}

void EventLoop::check_can_run() const {
  check_open();
  if (running_) throw runtime_error("This event loop is already running");
  if (world_.threads.current().running)
    throw runtime_error("Cannot run the event loop while another loop is running");
}

// --- queueing

/// Debug mode keeps ten calls, with call_soon's own two (S76).
constexpr std::size_t kCallsOfHandle = 8, kCallsOfDelay = 7;

Ref<Handle> EventLoop::make_handle(Callback callback, std::string_view label, Ref<CallbackSource> source,
                                   const char* made_at) {
  Ref<Handle> handle(
      new Handle(anchor_, tracer_.ids().next_handle(), tracer_.label(label), std::move(callback)));
  handle->source_ = std::move(source);
  handle->creation_ = creation(made_at, kCallsOfHandle);
  return handle;
}

void EventLoop::enqueue(Ref<Handle> handle, const make::QueueReason& reason) {
  tracer_.emit(make::handle_queued(id_, handle->id(), handle->label(), reason));
  ready_.push(std::move(handle));
}

Ref<Handle> EventLoop::call_soon(Callback callback, std::string_view label, make::QueueReason reason,
                                 Ref<CallbackSource> source) {
  check_open();
  if (reason.cause != Cause::threadsafe) check_thread();
  Ref<Handle> handle = make_handle(std::move(callback), label, std::move(source));
  handle->step_of_ = reason.task;
  enqueue(handle, reason);
  return handle;
}

Ref<Handle> EventLoop::call_soon_threadsafe(Callback callback, std::string_view label,
                                            Ref<CallbackSource> source) {
  Ref<Handle> handle = call_soon(std::move(callback), label, {.cause = Cause::threadsafe}, std::move(source));
  if (selector_) world_.network.wake(self_pipe_.second);
  return handle;
}

Ref<Handle> EventLoop::call_later(double delay, Callback callback, std::string_view label,
                                  Ref<CallbackSource> source) {
  check_open();
  check_has_timers("call_later");
  return schedule(time() + delay, std::move(callback), label, std::move(source), kCallsOfDelay);
}

Ref<Handle> EventLoop::call_at(double when, Callback callback, std::string_view label,
                               Ref<CallbackSource> source) {
  check_open();
  check_has_timers("call_at");
  return schedule(when, std::move(callback), label, std::move(source), kCallsOfHandle);
}

Ref<Handle> EventLoop::schedule(double when, Callback callback, std::string_view label,
                                Ref<CallbackSource> source, std::size_t calls) {
  check_thread();
  Ref<Handle> timer = make_handle(std::move(callback), label, std::move(source));
  if (timer->creation_) timer->creation_ = creation(nullptr, calls);
  timer->is_timer_ = true;
  timer->when_ = when;
  tracer_.emit(make::timer_scheduled(id_, timer->id(), when, timer->label()));
  timers_.push(timer);
  return timer;
}

void EventLoop::on_cancelled(Handle& handle) {
  if (handle.in_heap_) {
    timers_.count_cancelled();
    tracer_.emit(make::plain(EventKind::timer_cancelled, id_, handle.id().value));
  } else if (handle.ready_count_ > 0 || handle.is_io_) {
    tracer_.emit(make::plain(EventKind::handle_cancelled, id_, handle.id().value));
  }
}

Ref<Handle> EventLoop::add_reader(Fd fd, Callback callback, std::string_view label,
                                  Ref<CallbackSource> source) {
  check_open();
  check_has_timers("add_reader");
  return watch(fd, kReadable, std::move(callback), label, std::move(source));
}

Ref<Handle> EventLoop::add_writer(Fd fd, Callback callback, std::string_view label,
                                  Ref<CallbackSource> source) {
  check_open();
  check_has_timers("add_writer");
  return watch(fd, kWritable, std::move(callback), label, std::move(source));
}

/// What the selector refuses is registered no more, as with CPython's.
void EventLoop::select_for(Fd fd, std::uint8_t mask) {
  try {
    selector_->watch(fd, mask);
  } catch (const OsError&) {
    io_.forget(fd);
    throw;
  }
}

Ref<Handle> EventLoop::watch(Fd fd, std::uint8_t direction, Callback callback, std::string_view label,
                             Ref<CallbackSource> source) {
  check_has_timers(direction == kReadable ? "add_reader" : "add_writer");
  Ref<Handle> handle = make_handle(std::move(callback), label, std::move(source),
                                   direction == kReadable ? made_at::kAddReader : made_at::kAddWriter);
  handle->is_io_ = true;
  select_for(fd, static_cast<std::uint8_t>(io_.mask(fd) | direction));
  const Ref<Handle> replaced = std::exchange(io_.entry(fd).at(direction), handle);
  tracer_.emit(make::fd_watched(id_, fd, direction, handle->id(), handle->label()));
  if (replaced) replaced->cancel();
  return handle;
}

bool EventLoop::unwatch(Fd fd, std::uint8_t direction) {
  if (closed_) return false;
  IoRegistry::Entry* entry = io_.find(fd);
  if (!entry || !entry->at(direction)) return false;
  const Ref<Handle> handle = entry->at(direction);
  select_for(fd, static_cast<std::uint8_t>(entry->mask() & ~direction));
  entry->at(direction) = nullptr;
  if (entry->mask() == 0) io_.forget(fd);
  tracer_.emit(make::fd_unwatched(id_, fd, direction));
  handle->cancel();
  return true;
}

// --- running

/// The time between entering run_forever and leaving it.
class EventLoop::Run {
 public:
  Run(EventLoop& loop, RunHow how, TaskId task)
      : loop_(loop),
        thread_(loop.world_.threads.current()),
        pair_(loop.tracer_, make::loop_run(loop.id_, how, task),
              make::plain(EventKind::loop_idle, loop.id_)) {
    loop_.running_ = true;
    loop_.running_thread_ = thread_.id;
    thread_.running = &loop_;
    thread_.waits = [&loop] { return loop.task_state_ ? loop.task_state_->waits() : std::string(); };
    thread_.loop = loop_.id_;
  }
  ~Run() {
    loop_.stopping_ = false;
    loop_.running_ = false;
    thread_.running = nullptr;
    thread_.waits = nullptr;
    thread_.loop = {};
  }

 private:
  EventLoop& loop_;
  ThreadSlots& thread_;
  EventPair pair_;
};

void EventLoop::run_forever(RunHow how, TaskId task) {
  check_can_run();
  const std::shared_ptr<EventLoop> kept = weak_from_this().lock();  // a callback may drop the last owner
  const Run run(*this, how, task);
  do iterate();
  while (!stopping_);
}

void EventLoop::iterate() {
  budget_.spend_iteration();
  budget_.check_events(tracer_.emitted());
  ++iteration_;
  purged_ = 0;
  const EventPair pair(tracer_, make::plain(EventKind::iteration_begin, id_, iteration_),
                       make::plain(EventKind::iteration_end, id_, iteration_));
  model_.run_once(*this);
}

void EventLoop::stop() {
  stopping_ = true;
  tracer_.emit(make::plain(EventKind::loop_stop, id_));
}

void EventLoop::close() {
  if (running_) throw runtime_error("Cannot close a running event loop");
  if (closed_) return;
  close_self_pipe();
  closed_ = true;
  selector_.reset();
  drop_queues();
  tracer_.emit(make::plain(EventKind::loop_closed, id_));
  executor_shutdown_called_ = true;
  if (const Ref<concurrent::Executor> executor = std::exchange(default_executor_, nullptr))
    executor->shutdown(false);
  io_.clear();
  while (!signal_handlers_.empty()) remove_signal_handler(signal_handlers_.begin()->first);
}

void EventLoop::check_default_executor() const {
  if (executor_shutdown_called_) throw runtime_error("Executor shutdown has been called");
}

/// As CPython clears a deque, from the left, and a list, from the right.
void EventLoop::drop_queues() {
  std::vector<Ref<Handle>> dropped;
  while (!ready_.empty()) dropped.push_back(ready_.pop());
  std::vector<Ref<Handle>> timers = timers_.take_all();
  dropped.insert(dropped.end(), timers.rbegin(), timers.rend());
  timers.clear();
  ThreadSlots& thread = world_.threads.current();
  const char *at = thread.asyncio_at, *line = thread.asyncio_line;
  thread.asyncio_at = "/usr/lib/python3.11/asyncio/base_events.py:678";
  thread.asyncio_line = "    self._ready.clear()";
  for (Ref<Handle>& handle : dropped) {
    if (!handle->is_io_) const Callback gone = std::exchange(handle->callback_, nullptr);
    handle = nullptr;
  }
  thread.asyncio_at = at;
  thread.asyncio_line = line;
}

void EventLoop::abandon() {
  const ExceptionHandler handler = std::exchange(exception_handler_, nullptr);
  drop_queues();
  if (task_state_) task_state_->abandon();
  if (net_state_) net_state_->abandon();
  drop_queues();  // what the end of the tasks queued
  io_.clear();
  signal_handlers_.clear();
}

}  // namespace loopscope

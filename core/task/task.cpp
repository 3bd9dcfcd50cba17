#include "core/task/task.h"

#include <utility>

#include "core/task/future_registry.h"

namespace loopscope {
namespace {

/// `loop`, unless no task can be made of `coroutine` on it.
EventLoop& loop_for(const std::unique_ptr<Steppable>& coroutine, EventLoop& loop) {
  if (loop.is_closed()) throw CoreError(CoreError::Type::RuntimeError, "Event loop is closed");
  if (!coroutine) throw CoreError(CoreError::Type::TypeError, "a coroutine was expected, got None");
  return loop;
}

/// One step, whatever `coroutine` throws.
StepOutcome outcome_of_step(Steppable& coroutine, StepContext& context, StepInput input) {
  try {
    return coroutine.step(context, std::move(input));
  } catch (const RunEnded&) {
    throw;
  } catch (...) {
    return Raised{std::current_exception()};
  }
}

/// Tasks that wait for each other in a circle, or in too long a chain, cannot be cancelled:
/// CPython's stack ends there, too (at 1000 calls, its own frames included).
class CancelDepth {
 public:
  explicit CancelDepth(EventLoop& loop) : depth_(FutureRegistry::of(loop).cancel_depth) {
    constexpr int kMaxDepth = 985;
    if (depth_ >= kMaxDepth)
      throw CoreError(CoreError::Type::RecursionError,
                      "maximum recursion depth exceeded while calling a Python object");
    ++depth_;
  }
  ~CancelDepth() { --depth_; }
  CancelDepth(const CancelDepth&) = delete;
  CancelDepth& operator=(const CancelDepth&) = delete;

 private:
  int& depth_;
};

/// Marks a task as the one whose step runs.
class CurrentTask {
 public:
  CurrentTask(EventLoop& loop, Task& task)
      : registry_(FutureRegistry::of(loop)), before_(std::exchange(registry_.current, &task)) {}
  ~CurrentTask() { registry_.current = before_; }

 private:
  FutureRegistry& registry_;
  Task* before_;
};

}  // namespace

Task::Task(EventLoop& loop, std::unique_ptr<Steppable> coroutine, TaskOptions options)
    : Future(loop_for(coroutine, loop), AsTask{}, options.made_at),
      task_id_(loop.tracer().ids().next_task()),
      coroutine_name_(coroutine->name()),
      coroutine_(std::move(coroutine)),
      awaited_by_(options.awaited_by),
      child_(options.awaited_by) {
  IdCounters& ids = loop.tracer().ids();
  if (child_)
    name_ = coroutine_name_;
  else if (!options.name || !options.named_at_once)
    name_ = "Task-" + std::to_string(ids.next_task_name());
  if (options.name) name_ = *options.name;
  emit_created(loop, options);
  queue_step(loop);
}

Task::~Task() = default;

void Task::emit_created(EventLoop& loop, const TaskOptions& options) {
  Tracer& tracer = loop.tracer();
  if (!tracer.enabled()) return;
  const Task* parent = stepping_task(loop);
  const make::TaskBirth birth{.task = task_id_,
                              .name = tracer.label(name_),
                              .named = options.name.has_value(),
                              .coro = tracer.label(coroutine_name_),
                              .parent = parent ? parent->task_id() : TaskId{},
                              .line = options.line};
  tracer.emit(make::task_created(loop.id(), birth), {{TextField::args, coroutine_->args()}});
}

void Task::emit_done(EventLoop& loop, Outcome outcome, const std::string& value) {
  const TraceEvent event = make::task_done(loop.id(), task_id_, outcome);
  if (outcome == Outcome::cancelled)
    loop.tracer().emit(event);
  else
    loop.tracer().emit(event, {{TextField::value, value}});
}

void Task::set_name(std::string name) {
  name_ = std::move(name);
  if (!loop_is_alive()) return;
  loop().tracer().emit(make::task_renamed(loop().id(), task_id_, loop().tracer().label(name_)));
}

std::string Task::state_text() const {
  return !done() && cancel_requests_ > 0 ? "cancelling" : Future::state_text();
}

std::string Task::repr_details() const {
  std::string text = " name=" + repr_of_text(name_) + " coro=<" + coroutine_name_ + "()";
  const Place defined = coroutine_ ? coroutine_->defined_at() : defined_at_;
  if (const Place place = coroutine_ ? coroutine_->running_at() : Place())
    text += " running at " + place.text();
  else if (defined)
    text += " done, defined at " + defined.text();
  return text + ">";
}

void Task::say_last_words() {
  if (done()) return Future::say_last_words();
  stay_silent();
  if (!log_destroy_pending_ || child_) return;
  try {
    loop().report({.message = "Task was destroyed but it is pending!",
                   .key = "task",
                   .subject = Ref<RefCounted>(this),
                   .subject_text = repr(),
                   .creation = creation(),
                   .rule = "destroyed_pending"});
  } catch (...) {  // nobody is there to catch it
  }
}

/// A finished task keeps no frame alive.
void Task::drop_coroutine() {
  defined_at_ = coroutine_->defined_at();
  coroutine_.reset();
  awaited_by_ = nullptr;
}

// --- cancellation

bool Task::cancel(std::optional<std::string> message) {
  if (done()) return Future::cancel();
  std::optional<CancelDepth> depth;
  if (loop_is_alive()) {
    depth.emplace(loop());
    loop().tracer().emit(make::plain(EventKind::task_cancel, loop().id(), task_id_.value));
  }
  ++cancel_requests_;
  // The waiter stays remembered: a task may swallow this, and be cancelled again (S37).
  if (const Ref<Future> waiter = waiter_; waiter && waiter->cancel(message)) return true;
  must_cancel_ = true;
  remember_cancel_message(std::move(message));
  return true;
}

int Task::uncancel() { return cancel_requests_ > 0 ? --cancel_requests_ : 0; }

void Task::abandon() {
  Future::abandon();
  const Ref<Future> waiter = std::exchange(waiter_, nullptr);
  const Ref<Task> awaited_by = std::exchange(awaited_by_, nullptr);
  const std::unique_ptr<Steppable> coroutine = std::move(coroutine_);
}

// --- steps

void Task::queue_step(EventLoop& loop, std::exception_ptr error) {
  loop.call_soon([self = Ref<Task>(this), error = std::move(error)] { self->step(error); }, coroutine_name_,
                 {.cause = Cause::task_step, .task = task_id_});
}

void Task::queue_failing_step(EventLoop& loop, std::string message) {
  queue_step(loop, std::make_exception_ptr(CoreError(CoreError::Type::RuntimeError, std::move(message))));
}

void Task::wake_up(Future& future) {
  std::exception_ptr error;
  try {
    future.result();
  } catch (...) {
    error = std::current_exception();
  }
  step(error);  // which is not the last to let go of the error: what it holds goes after the step
}

/// Lets go of what was thrown into a step, and of the frames in its traceback, when it is over.
class Task::ThrownUntilEnd {
 public:
  explicit ThrownUntilEnd(Task& task) : task_(task) {}
  ~ThrownUntilEnd() { const std::exception_ptr gone = std::exchange(task_.thrown_, nullptr); }
  ThrownUntilEnd(const ThrownUntilEnd&) = delete;
  ThrownUntilEnd& operator=(const ThrownUntilEnd&) = delete;

 private:
  Task& task_;
};

void Task::step(std::exception_ptr error) {
  if (!coroutine_) return;
  EventLoop& loop = this->loop();
  const ThrownUntilEnd thrown(*this);
  bool made_here = false;
  if (must_cancel_) {
    made_here = !error || category_of(error) != ErrorCategory::cancelled;
    if (made_here) error = make_cancelled_error(cancel_message());
    must_cancel_ = false;
  }
  waiter_ = nullptr;
  const LabelId throws = error ? loop.tracer().label(type_name_of(error)) : LabelId{};
  loop.tracer().emit(make::task_step(loop.id(), task_id_, throws));

  const CurrentTask current(loop, *this);
  if (loop.debug()) FutureRegistry::of(loop).last_step = Ref<Task>(this);
  StepContext context{loop, *this};
  StepOutcome outcome =
      outcome_of_step(*coroutine_, context, error ? StepInput(Throw{std::move(error)}) : StepInput(Send{}));
  if (made_here) const std::exception_ptr gone = std::exchange(thrown_, nullptr);
  settle_step(loop, std::move(outcome));
}

void Task::settle_step(EventLoop& loop, StepOutcome outcome) {
  if (Returned* end = std::get_if<Returned>(&outcome)) {
    returned(std::move(end->value));
  } else if (const Raised* end = std::get_if<Raised>(&outcome)) {
    raised(raised_error(*end));
  } else if (Awaits* awaits = std::get_if<Awaits>(&outcome); awaits && awaits->future) {
    wait_for(loop, std::move(awaits->future));
  } else {
    emit_suspended(loop, {WaitKind::yield, 0, {}});
    if (const BadYield* bad = std::get_if<BadYield>(&outcome))
      queue_failing_step(loop, bad->message);
    else
      queue_step(loop);
  }
}

void Task::returned(AnyValue value) {
  drop_coroutine();
  if (std::exchange(must_cancel_, false))
    finish_cancelled(cancel_message());  // S39: cancelled right before its end
  else
    finish(std::move(value));
}

void Task::raised(const std::exception_ptr& error) {
  drop_coroutine();
  if (category_of(error) == ErrorCategory::cancelled) {
    finish_cancelled({}, error);
    return;
  }
  fail(error);
  if (leaves_the_loop(error) && !child_) std::rethrow_exception(error);
}

void Task::wait_for(EventLoop& loop, Ref<Future> future) {
  const bool foreign = !future->loop_is_alive() || &future->loop() != &loop;
  if (foreign || future.get() == this) {
    emit_suspended(loop, {WaitKind::yield, 0, {}});
    if (future->loop_is_alive()) FutureRegistry::of(future->loop()).refuse_awaits(*future);
    if (foreign)
      queue_failing_step(
          loop, "Task " + repr() + " got Future " + future->repr() + " attached to a different loop");
    else
      queue_failing_step(loop, "Task cannot await on itself: " + repr());
    return;
  }
  waiter_ = future;
  emit_suspended(loop, future->waits_on());
  future->add_done_callback(
      {[self = Ref<Task>(this)](Future& done) { self->wake_up(done); }, coroutine_name_, task_id_});
  if (must_cancel_ && future->cancel(cancel_message())) must_cancel_ = false;  // S39
}

void Task::emit_suspended(EventLoop& loop, const make::WaitsOn& on) {
  if (!loop.tracer().enabled()) return;
  const Position position = coroutine_->position();
  loop.tracer().emit(make::task_suspended(loop.id(), task_id_, on, position.line, position.stack));
}

// --- free functions

std::exception_ptr raised_error(const Raised& raised) {
  if (raised.error) return raised.error;
  return std::make_exception_ptr(
      CoreError(CoreError::Type::TypeError, "exceptions must derive from BaseException"));
}

Ref<Task> create_task(EventLoop& loop, std::unique_ptr<Steppable> coroutine, TaskOptions options) {
  return make_ref<Task>(loop, std::move(coroutine), std::move(options));
}

Ref<Task> create_child(StepContext& context, std::unique_ptr<Steppable> coroutine, std::uint32_t line) {
  return create_task(context.loop, std::move(coroutine),
                     {.line = line, .awaited_by = Ref<Task>(&context.task)});
}

Task* current_task(EventLoop& loop) {
  Task* stepping = stepping_task(loop);
  return stepping ? &stepping->root() : nullptr;
}

Task* stepping_task(EventLoop& loop) { return FutureRegistry::of(loop).current; }

std::vector<Ref<Task>> all_tasks(EventLoop& loop) { return FutureRegistry::of(loop).tasks(); }

}  // namespace loopscope

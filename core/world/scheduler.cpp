#include "core/world/scheduler.h"

#include <limits>
#include <utility>

#include "core/trace/events.h"

namespace loopscope {
namespace {

constexpr std::size_t kStack = std::size_t{64} << 20, kLeastStack = std::size_t{4} << 20;
constexpr std::size_t kMostThreads = std::numeric_limits<decltype(ThreadId::value)>::max();

RunEnded too_many_threads() {
  return RunEnded(RunEnded::Why::limit, "threads",
                  "limit reached: threads (" + std::to_string(kMostThreads) + ")");
}

}  // namespace

void Scheduler::Baton::wait() {
  std::unique_lock lock(mutex_);
  passed_.wait(lock, [this] { return here_; });
  here_ = false;
}

void Scheduler::Baton::pass() {
  const std::lock_guard lock(mutex_);
  here_ = true;
  passed_.notify_one();
}

Scheduler::Scheduler(VirtualClock& clock, Tracer& tracer, Budget& budget, Agenda& agenda)
    : clock_(clock), tracer_(tracer), budget_(budget), agenda_(agenda) {
  threads_.push_back(std::make_unique<Thread>());
  running_ = threads_.front().get();
}

Scheduler::~Scheduler() { stop_threads(); }

// --- the life of a thread

ThreadId Scheduler::start(std::string name, std::function<void()> body) {
  throw_if_ended();
  if (threads_.size() >= kMostThreads) throw too_many_threads();
  reap();
  threads_.push_back(std::make_unique<Thread>());
  Thread& thread = *threads_.back();
  thread.slots.id = ThreadId{static_cast<decltype(ThreadId::value)>(threads_.size())};
  thread.slots.name = std::move(name);
  thread.body = std::move(body);
  if (!thread.os_thread.start(kStack, kLeastStack,
                              [this, &thread](std::uintptr_t stack_end) { run_body(thread, stack_end); })) {
    threads_.pop_back();
    throw too_many_threads();
  }
  tracer_.set_thread(thread.slots.id);
  tracer_.emit(make::thread_started(tracer_.label(thread.slots.name)));
  tracer_.set_thread(running_->slots.id);
  return thread.slots.id;
}

/// On the new OS thread.
void Scheduler::run_body(Thread& thread, std::uintptr_t stack_end) {
  thread.baton.wait();
  thread.slots.stack_end = stack_end;
  try {
    const std::function<void()> body = std::exchange(thread.body, nullptr);
    if (!ended_) body();
  } catch (const RunEnded& why) {
    end_run(why);
  } catch (const std::exception& error) {  // nothing that a program does: the system is out of memory
    end_run(RunEnded(RunEnded::Why::limit, "memory", error.what()));
  }
  thread.slots.current.reset();
  if (!ended_) tracer_.emit(make::thread_ended());
  thread.over = true;
  give_baton(choose());
}

/// Gives back the stacks of threads that are over.
void Scheduler::reap() {
  for (const std::unique_ptr<Thread>& thread : threads_)
    if (thread->over) thread->os_thread.join();
}

bool Scheduler::is_alive(ThreadId thread) const {
  return thread && thread.value <= threads_.size() && !threads_[thread.value - 1u]->over;
}

void Scheduler::stop_threads() {
  end_run(RunEnded(RunEnded::Why::stopped, "", "stopped"));
  for (const std::unique_ptr<Thread>& thread : threads_) {
    if (thread.get() != running_ && !thread->over) switch_to(*thread);
    thread->os_thread.join();
  }
  registry_ = {};  // what they hold of the program goes with it
  interrupts_.clear();
}

// --- blocking

bool Scheduler::block(const std::function<bool()>& until, std::optional<double> deadline,
                      std::string_view what) {
  run_due_events();
  throw_if_ended();
  run_interrupts();
  if (until()) return true;
  Thread& self = *running_;
  const auto reset = [](Thread* thread) { thread->until = nullptr; };
  const std::unique_ptr<Thread, decltype(reset)> waiting(&self, reset);
  while (!time_is_up(deadline)) {
    self.until = &until;
    self.deadline = deadline;
    self.what = what;
    switch_to(choose());
    throw_if_ended();
    run_interrupts();
    if (until()) return true;
  }
  return false;
}

void Scheduler::sleep(double seconds) {
  block([] { return false; }, clock_.now() + seconds, "sleep");
}

void Scheduler::run_interrupts() {
  while (running_ == &main() && !interrupts_.empty()) {
    const std::function<void()> handler = std::move(interrupts_.front());
    interrupts_.pop_front();
    handler();
  }
}

// --- who runs next

bool Scheduler::can_run(const Thread& thread) const {
  if (thread.over) return false;
  if (!thread.until || ended_) return true;
  if (&thread == &main() && !interrupts_.empty()) return true;
  return time_is_up(thread.deadline) || (*thread.until)();
}

/// The thread that gets the baton now; there always is one.
Scheduler::Thread& Scheduler::choose() {
  for (;;) {
    run_due_events();
    if (Thread* next = next_of_this_instant()) return *next;
    try {
      pass_time();
    } catch (const RunEnded& why) {
      end_run(why);
    }
  }
}

/// Time stands still while anything can run: all these waits became satisfiable just now.
Scheduler::Thread* Scheduler::next_of_this_instant() const {
  for (const std::unique_ptr<Thread>& thread : threads_)
    if (can_run(*thread)) return thread.get();
  return nullptr;
}

void Scheduler::pass_time() {
  budget_.check_stop();
  std::optional<double> next = agenda_.next();
  for (const std::unique_ptr<Thread>& thread : threads_)
    if (!thread->over && thread->deadline && (!next || *thread->deadline < *next)) next = thread->deadline;
  if (!next) throw deadlock();
  clock_.advance_to(*next);
}

void Scheduler::run_due_events() {
  if (agenda_.empty()) return;
  tracer_.set_thread(kMainThread);
  try {
    while (const Agenda::Action action = ended_ ? nullptr : agenda_.pop_due(clock_.now())) action();
  } catch (const RunEnded& why) {
    end_run(why);
  }
  tracer_.set_thread(running_->slots.id);
}

void Scheduler::give_baton(Thread& next) {
  running_ = &next;
  tracer_.set_thread(next.slots.id);
  if (on_switch_) on_switch_(next.slots);
  next.baton.pass();
}

void Scheduler::switch_to(Thread& next) {
  Thread& self = *running_;
  if (&next == &self) return;
  give_baton(next);
  self.baton.wait();
}

// --- the end of a run

void Scheduler::end_run(const RunEnded& why) {
  budget_.end();
  if (!ended_) ended_ = why;
}

void Scheduler::throw_if_ended() const {
  if (ended_) throw RunEnded(*ended_);
}

/// ", for what Thread-1 holds": when it waits for a lock.
std::string Scheduler::blocked_by(const Thread& thread) const {
  if (!thread.slots.blocked_by) return {};
  if (*thread.slots.blocked_by == thread.slots.id) return ", for a lock that it holds itself";
  for (const std::unique_ptr<Thread>& other : threads_)
    if (other->slots.id == *thread.slots.blocked_by)
      return ", for a lock that " + other->slots.name + (other->over ? " held when it ended" : " holds");
  return {};
}

RunEnded Scheduler::deadlock() const {
  budget_.end();
  std::string text = "deadlock";
  for (const std::unique_ptr<Thread>& thread : threads_) {
    if (thread->over) continue;
    text += (text == "deadlock" ? ": " : "; ") + thread->slots.name + " waits in " +
            std::string(thread->what) + " for ever" + blocked_by(*thread);
    const std::string tasks = thread->slots.waits ? thread->slots.waits() : std::string();
    if (!tasks.empty()) text += "; " + tasks;
  }
  return RunEnded(RunEnded::Why::deadlock, "", text);
}

}  // namespace loopscope

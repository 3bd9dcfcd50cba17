#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/base/budget.h"
#include "core/base/errors.h"
#include "core/base/os_thread.h"
#include "core/trace/tracer.h"
#include "core/world/agenda.h"
#include "core/world/virtual_clock.h"
#include "core/world/world.h"

namespace loopscope {

/// The virtual world's threads: OS threads of which exactly one runs, so that any call
/// may block anywhere. Who runs next depends on the program alone: the moment at which a
/// wait became satisfiable, the world's events before threads, then the thread's id. The
/// clock moves only when no thread can run, to the earliest deadline or event, never over
/// one. With a single thread no OS thread is ever switched.
class Scheduler final : public Threads {
 public:
  /// The calling OS thread becomes the program's main thread. All must outlive the scheduler.
  Scheduler(VirtualClock& clock, Tracer& tracer, Budget& budget, Agenda& agenda);
  /// stop_threads().
  ~Scheduler() override;

  ThreadSlots& current() override { return running_->slots; }
  bool block(const std::function<bool()>& until, std::optional<double> deadline,
             std::string_view what) override;
  void sleep(double seconds) override;
  ThreadId start(std::string name, std::function<void()> body) override;
  bool is_alive(ThreadId thread) const override;
  ThreadRegistry& registry() override { return registry_; }
  void interrupt_main(std::function<void()> handler) override { interrupts_.push_back(std::move(handler)); }
  void run_interrupts() override;
  void on_switch(std::function<void(ThreadSlots&)> hook) override { on_switch_ = std::move(hook); }

  /// Does what the agenda has for this instant; block() does so, too.
  void run_due_events();
  /// Ends every other thread where it stands: RunEnded unwinds it. Main thread only; no
  /// thread can block any more afterwards.
  void stop_threads();

 private:
  /// What a thread waits for until it may run.
  class Baton {
   public:
    void wait();
    void pass();

   private:
    std::mutex mutex_;
    std::condition_variable passed_;
    bool here_ = false;
  };
  struct Thread {
    ThreadSlots slots;
    std::function<void()> body;
    const std::function<bool()>* until = nullptr;  ///< what it is blocked on; null: it may run
    std::optional<double> deadline;
    std::string_view what;
    bool over = false;
    Baton baton;
    OsThread os_thread;
  };

  Thread& main() const { return *threads_.front(); }
  void run_body(Thread& thread, std::uintptr_t stack_end);
  void reap();

  bool can_run(const Thread& thread) const;
  bool time_is_up(const std::optional<double>& deadline) const {
    return deadline && *deadline <= clock_.now();
  }
  Thread& choose();
  Thread* next_of_this_instant() const;
  void pass_time();
  void give_baton(Thread& next);
  void switch_to(Thread& next);

  void end_run(const RunEnded& why);
  void throw_if_ended() const;
  RunEnded deadlock() const;
  std::string blocked_by(const Thread& thread) const;

  VirtualClock& clock_;
  Tracer& tracer_;
  Budget& budget_;
  Agenda& agenda_;
  std::vector<std::unique_ptr<Thread>> threads_;  // by id
  Thread* running_ = nullptr;
  ThreadRegistry registry_;
  std::deque<std::function<void()>> interrupts_;
  std::function<void(ThreadSlots&)> on_switch_;
  std::optional<RunEnded> ended_;
};

}  // namespace loopscope

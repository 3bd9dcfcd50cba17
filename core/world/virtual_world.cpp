#include "core/world/virtual_world.h"

#include <algorithm>
#include <cmath>

#include "core/base/errors.h"
#include "core/trace/events.h"
#include "core/world/virtual_network.h"

namespace loopscope {
namespace {

/// Stands still until told to advance; the tracer and the budget hear of every move.
class VirtualClock final : public Clock {
 public:
  VirtualClock(Tracer& tracer, Budget& budget) : tracer_(tracer), budget_(budget) {}

  double now() const override { return now_; }
  double resolution() const override { return 1e-9; }

  void advance_to(double time) {
    if (!(time > now_)) return;
    budget_.check_time(time);
    now_ = time;
    constexpr double kMaxNanoseconds = 9.2e18;  // what 64 bits hold
    tracer_.advance_to(std::llround(std::min(now_ * 1e9, kMaxNanoseconds)));
  }

 private:
  Tracer& tracer_;
  Budget& budget_;
  double now_ = 0;
};

/// The main thread alone: when it blocks, nothing else can happen before its deadline.
class VirtualThreads final : public Threads {
 public:
  explicit VirtualThreads(VirtualClock& clock) : clock_(clock) {}

  ThreadSlots& current() override { return main_; }

  bool block(const std::function<bool()>& until, std::optional<double> deadline,
             const std::string& what) override {
    if (until()) return true;
    if (!deadline)
      throw RunEnded(RunEnded::Why::deadlock, "",
                     "deadlock: " + main_.name + " waits in " + what + " for ever");
    clock_.advance_to(*deadline);
    return until();
  }

  void sleep(double seconds) override { clock_.advance_to(clock_.now() + seconds); }

 private:
  VirtualClock& clock_;
  ThreadSlots main_;
};

/// Nobody sends signals to a program without a scripted world.
class VirtualSignals final : public Signals {
 public:
  void set_wakeup_fd(std::optional<Fd> fd) override { wakeup_fd_ = fd; }

 private:
  std::optional<Fd> wakeup_fd_;
};

}  // namespace

struct VirtualWorld::State {
  State(Tracer& tracer, Budget& budget)
      : tracer(tracer), clock(tracer, budget), network(clock, threads), threads(clock) {}

  Tracer& tracer;
  VirtualClock clock;
  VirtualSignals signals;
  VirtualNetwork network;
  VirtualThreads threads;  // last: it may hold the last reference to a loop, which uses the network
};

VirtualWorld::VirtualWorld(Tracer& tracer, Budget& budget) : state_(std::make_unique<State>(tracer, budget)) {
  tracer.emit(make::thread_started(tracer.label(state_->threads.current().name)));
}

VirtualWorld::~VirtualWorld() = default;

void VirtualWorld::end() { state_->tracer.emit(make::thread_ended()); }

World VirtualWorld::world() { return {state_->clock, state_->network, state_->threads, state_->signals}; }

}  // namespace loopscope

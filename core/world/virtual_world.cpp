#include "core/world/virtual_world.h"

#include <utility>

#include "core/trace/events.h"
#include "core/world/scheduler.h"
#include "core/world/virtual_clock.h"
#include "core/world/virtual_network.h"
#include "core/world/virtual_signals.h"

namespace loopscope {
struct VirtualWorld::State {
  State(Tracer& tracer, Budget& budget)
      : tracer(tracer),
        clock(tracer, budget),
        network(clock, threads, tracer, budget),
        signals(tracer, network, threads),
        script(network, signals, tracer,
               [this](Agenda::Action action) { agenda.schedule(clock.now(), std::move(action)); }),
        threads(clock, tracer, budget, agenda) {}

  Tracer& tracer;
  VirtualClock clock;
  Agenda agenda;
  VirtualNetwork network;
  VirtualSignals signals;
  WorldScript script;
  Scheduler threads;  // last: it may hold the last reference to a loop, which uses the network
};

VirtualWorld::VirtualWorld(Tracer& tracer, Budget& budget) : state_(std::make_unique<State>(tracer, budget)) {
  tracer.emit(make::thread_started(tracer.label(state_->threads.current().name)));
}

VirtualWorld::~VirtualWorld() = default;

void VirtualWorld::schedule(double at, Agenda::Action action) {
  state_->agenda.schedule(at, std::move(action));
}

void VirtualWorld::play(const std::vector<WorldEvent>& events) {
  for (const WorldEvent& event : events)
    schedule(event.at, [this, event] { state_->script.carry_out(event); });
}

void VirtualWorld::stop_threads() { state_->threads.stop_threads(); }

void VirtualWorld::end() {
  stop_threads();
  state_->tracer.emit(make::thread_ended());
}

World VirtualWorld::world() { return {state_->clock, state_->network, state_->threads, state_->signals}; }

}  // namespace loopscope

#pragma once

#include <map>
#include <set>
#include <utility>

#include "core/trace/tracer.h"
#include "core/world/world.h"

namespace loopscope {

/// The virtual world's signals: they arrive from the script and from raise_signal alone.
class VirtualSignals final : public Signals {
 public:
  /// All must outlive it.
  VirtualSignals(Tracer& tracer, Network& network, Threads& threads);

  void set_wakeup_fd(std::optional<Fd> fd) override { wakeup_fd_ = fd; }
  std::shared_ptr<SignalHandler> set_handler(int signal, std::shared_ptr<SignalHandler> handler) override;
  std::shared_ptr<SignalHandler> handler(int signal) const override;
  const std::shared_ptr<SignalHandler>& default_int_handler() const override { return default_int_handler_; }
  void forget_handlers() override { const auto gone = std::exchange(handlers_, {}); }
  void raise(int signal) override;

 private:
  void run_handlers();

  Tracer& tracer_;
  Network& network_;
  Threads& threads_;
  std::optional<Fd> wakeup_fd_;
  std::shared_ptr<SignalHandler> default_int_handler_;
  std::map<int, std::shared_ptr<SignalHandler>> handlers_;
  std::set<int> arrived_;  // and not handled yet: one of a kind at most
};

}  // namespace loopscope

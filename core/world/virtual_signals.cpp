#include "core/world/virtual_signals.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

#include "core/trace/events.h"

namespace loopscope {
namespace {

struct NamedSignal {
  int number;
  std::string_view name;
};
constexpr NamedSignal kSignals[] = {
    {1, "SIGHUP"},   {kSigint, "SIGINT"}, {3, "SIGQUIT"},  {6, "SIGABRT"},        {10, "SIGUSR1"},
    {12, "SIGUSR2"}, {13, "SIGPIPE"},     {14, "SIGALRM"}, {kSigterm, "SIGTERM"}, {17, "SIGCHLD"},
};

/// Those that end no program when nobody handles them: Python ignores SIGPIPE and SIGXFSZ itself.
bool is_ignored(int signal) {
  constexpr int kIgnored[] = {13, 17, 18, 23, 25, 28};
  return std::ranges::find(kIgnored, signal) != std::end(kIgnored);
}

class DefaultIntHandler final : public SignalHandler {
 public:
  void run(int) override { throw CoreError(CoreError::Type::KeyboardInterrupt); }
};

}  // namespace

std::string_view signal_name(int signal) {
  for (const NamedSignal& row : kSignals)
    if (row.number == signal) return row.name;
  return {};
}

std::optional<int> signal_number(std::string_view name) {
  for (const NamedSignal& row : kSignals)
    if (row.name == name) return row.number;
  int number = 0;
  const auto end = std::from_chars(name.data(), name.data() + name.size(), number);
  return end.ec == std::errc() ? std::optional(number) : std::nullopt;
}

VirtualSignals::VirtualSignals(Tracer& tracer, Network& network, Threads& threads)
    : tracer_(tracer),
      network_(network),
      threads_(threads),
      default_int_handler_(std::make_shared<DefaultIntHandler>()) {
  handlers_[kSigint] = default_int_handler_;
}

std::shared_ptr<SignalHandler> VirtualSignals::handler(int signal) const {
  const auto found = handlers_.find(signal);
  return found == handlers_.end() ? nullptr : found->second;
}

std::shared_ptr<SignalHandler> VirtualSignals::set_handler(int signal,
                                                           std::shared_ptr<SignalHandler> handler) {
  return std::exchange(handlers_[signal], std::move(handler));
}

void VirtualSignals::raise(int signal) {
  const std::string name =
      signal_name(signal).empty() ? std::to_string(signal) : std::string(signal_name(signal));
  tracer_.emit(make::signal(tracer_.label(name)));
  if (!handler(signal) && is_ignored(signal)) return;
  if (!handler(signal)) throw RunEnded(RunEnded::Why::terminated, name, "terminated by " + name);
  if (wakeup_fd_) network_.wake(*wakeup_fd_, static_cast<std::uint8_t>(signal));
  const bool first = arrived_.empty();
  arrived_.insert(signal);
  if (first) threads_.interrupt_main([this] { run_handlers(); });
}

/// In order of their numbers, as CPython does. What a handler throws leaves the others for
/// the next time.
void VirtualSignals::run_handlers() {
  while (!arrived_.empty()) {
    const int signal = *arrived_.begin();
    arrived_.erase(arrived_.begin());
    const std::shared_ptr<SignalHandler> handler = this->handler(signal);
    if (!handler) continue;  // taken away since
    try {
      handler->run(signal);
    } catch (...) {
      if (!arrived_.empty()) threads_.interrupt_main([this] { run_handlers(); });
      throw;
    }
  }
}

}  // namespace loopscope

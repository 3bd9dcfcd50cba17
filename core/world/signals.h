#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "core/world/sockets.h"

namespace loopscope {

inline constexpr int kSigint = 2, kSigkill = 9, kSigterm = 15, kSigstop = 19;

/// "SIGINT"; empty for a number that has no name here.
std::string_view signal_name(int signal);
/// The number of "SIGINT", or of "2"; none for other names.
std::optional<int> signal_number(std::string_view name);

/// What a program does when a signal has arrived: runs on the main thread, between two
/// statements or inside a blocking call. May throw: then that statement or call does.
class SignalHandler {
 public:
  virtual ~SignalHandler() = default;
  virtual void run(int signal) = 0;
};

/// Signals to the program. Baton holder only.
class Signals {
 public:
  virtual ~Signals() = default;
  /// signal.set_wakeup_fd: the number of each signal that arrives and has a handler is
  /// written there at once, before the handler runs.
  virtual void set_wakeup_fd(std::optional<Fd> fd) = 0;
  /// signal.signal: who handles `signal` from now on; null: the system's default, which
  /// ends the program. The one before.
  virtual std::shared_ptr<SignalHandler> set_handler(int signal, std::shared_ptr<SignalHandler> handler) = 0;
  virtual std::shared_ptr<SignalHandler> handler(int signal) const = 0;
  /// SIGINT's at the start: raises KeyboardInterrupt.
  virtual const std::shared_ptr<SignalHandler>& default_int_handler() const = 0;
  /// Drops all handlers: what they hold is about to go. No signal comes after that.
  virtual void forget_handlers() = 0;
  /// `signal` arrives. Emits `signal`. RunEnded (terminated) when nobody handles it.
  virtual void raise(int signal) = 0;
};

}  // namespace loopscope

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/ids.h"

namespace loopscope {

class EventLoop;

using Fd = std::uint32_t;

/// Loop time.
class Clock {
 public:
  virtual ~Clock() = default;
  /// Seconds; starts at 0.0 on the virtual clock.
  virtual double now() const = 0;
  /// Timers due within this many seconds count as due (S7).
  virtual double resolution() const = 0;
};

/// One fd that a select reports.
struct FdEvent {
  Fd fd = 0;
  std::uint8_t mask = 0;  ///< kReadable | kWritable
};

/// Waits for fds: epoll on the real world. Used by its loop's thread.
class Selector {
 public:
  virtual ~Selector() = default;
  /// Watches `fd` for exactly `mask`; 0 stops watching it.
  virtual void watch(Fd fd, std::uint8_t mask) = 0;
  /// Blocks until an fd is ready or `timeout` seconds (none: for ever) are over.
  /// Reports each fd once, in the selector's order.
  virtual std::vector<FdEvent> select(std::optional<double> timeout) = 0;
};

/// Fds and what stands behind them.
class Network {
 public:
  virtual ~Network() = default;
  virtual std::unique_ptr<Selector> open_selector() = 0;
  /// A connected pair, as a loop's self-pipe.
  virtual std::pair<Fd, Fd> open_pair() = 0;
  virtual void close(Fd fd) = 0;
  /// Takes one byte on `fd`: makes its peer readable.
  virtual void wake(Fd fd) = 0;
  /// Takes all bytes that wait on `fd`.
  virtual void drain(Fd fd) = 0;
};

/// What belongs to one thread of the program.
struct ThreadSlots {
  ThreadId id = kMainThread;
  std::string name = "MainThread";
  EventLoop* running = nullptr;        ///< asyncio's running loop
  std::shared_ptr<EventLoop> current;  ///< set_event_loop's
  bool current_was_set = false;        ///< set_event_loop was called, also with None (S72)
};

/// The program's threads and every way to block one.
class Threads {
 public:
  virtual ~Threads() = default;
  virtual ThreadSlots& current() = 0;
  /// Blocks the calling thread until `until()` holds or the clock reads `deadline`
  /// (none: for ever). True when `until()` holds. Throws RunEnded (deadlock) when
  /// nothing could ever end the wait; `what` says what is waited for.
  virtual bool block(const std::function<bool()>& until, std::optional<double> deadline,
                     const std::string& what) = 0;
  /// time.sleep and work: the thread does nothing else for `seconds`.
  virtual void sleep(double seconds) = 0;
};

/// Signals to the program.
class Signals {
 public:
  virtual ~Signals() = default;
  /// signal.set_wakeup_fd: the number of each arriving signal is written there.
  virtual void set_wakeup_fd(std::optional<Fd> fd) = 0;
};

/// Everything outside the program that a loop touches. What it refers to must outlive
/// the loops that use it.
struct World {
  Clock& clock;
  Network& network;
  Threads& threads;
  Signals& signals;
};

}  // namespace loopscope

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/ids.h"
#include "core/world/signals.h"
#include "core/world/sockets.h"
#include "core/world/thread_registry.h"

namespace loopscope {

class EventLoop;

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
  /// Watches `fd` for exactly `mask`; 0 stops watching it. OsError bad_descriptor when it
  /// is not open; no_entry when it was closed since: it is watched no more then.
  virtual void watch(Fd fd, std::uint8_t mask) = 0;
  /// Blocks until an fd is ready or `timeout` seconds (none: for ever) are over.
  /// Reports each fd once, in the selector's order.
  virtual std::vector<FdEvent> select(std::optional<double> timeout) = 0;
  /// Its own descriptor.
  virtual Fd fd() const = 0;
};

/// Fds and what stands behind them.
class Network : public Sockets {
 public:
  virtual std::unique_ptr<Selector> open_selector() = 0;
  /// A connected pair, as a loop's self-pipe.
  virtual std::pair<Fd, Fd> open_pair() = 0;
  virtual void close(Fd fd) = 0;
  /// Takes one byte on `fd`: makes its peer readable. Any fd, open or not.
  virtual void wake(Fd fd, std::uint8_t byte = 0) = 0;
  /// Takes all bytes that wait on `fd`.
  virtual std::string drain(Fd fd) = 0;
};

/// What belongs to one thread of the program.
struct ThreadSlots {
  ThreadId id = kMainThread;
  std::string name = "MainThread";
  EventLoop* running = nullptr;          ///< asyncio's running loop
  LoopId loop;                           ///< its id, for traces; 0 without one
  std::shared_ptr<EventLoop> current;    ///< set_event_loop's
  bool current_was_set = false;          ///< set_event_loop was called, also with None (S72)
  const ThreadId* blocked_by = nullptr;  ///< who holds the lock that it waits for; null: it waits for none
  std::function<std::string()> waits;    ///< what the running loop's tasks wait for; empty without a loop
  /// Where asyncio's own code stands and what stands there ("FILE:LINE", "    f()"), while it lets
  /// go of what the program made; null when it does not.
  const char *asyncio_at = nullptr, *asyncio_line = nullptr;
  std::size_t loop_calls = 0;    ///< of asyncio's, between the program's call of a loop and a callback
  std::uintptr_t stack_end = 0;  ///< the native stack must not grow below; 0: unknown
};

/// The program's threads and every way to block one. One thread runs at a time, the one
/// that holds the baton, and gives it up in `block` alone: what belongs to the program
/// needs no locks. All functions are the baton holder's.
class Threads {
 public:
  virtual ~Threads() = default;
  /// The thread that holds the baton.
  virtual ThreadSlots& current() = 0;

  /// Blocks the calling thread until `until()` holds or the clock reads `deadline`
  /// (none: for ever). True when `until()` holds. A wait that is over before it began
  /// keeps the baton. Otherwise the next thread runs: of those whose wait has become
  /// satisfiable, in order of that moment, the one with the lowest id; at one instant the
  /// world's events come first. When there is none, time passes.
  ///
  /// `until` is asked often, on any thread: it must be quick, change nothing and not throw.
  /// `what` says what is waited for ("Lock.acquire"). Throws RunEnded (deadlock) when
  /// nothing could ever end any wait, and whenever the run has ended on another thread.
  virtual bool block(const std::function<bool()>& until, std::optional<double> deadline,
                     std::string_view what) = 0;
  /// time.sleep and work: the thread does nothing else for `seconds`.
  virtual void sleep(double seconds) = 0;

  /// Starts a thread: it may run from now on, the caller goes on. `body` throws nothing
  /// but RunEnded. Emits `thread.started`, and `thread.ended` when it is over by itself. RunEnded (limit
  /// "threads") when there are too many in one run.
  virtual ThreadId start(std::string name, std::function<void()> body) = 0;
  /// False once the thread's body is over. The main thread is always alive.
  virtual bool is_alive(ThreadId thread) const = 0;

  /// What the program's threads share.
  virtual ThreadRegistry& registry() = 0;

  /// Lets the main thread run `handler` before its next statement (run_interrupts). While
  /// it is blocked it wakes at once, runs it, and goes on waiting for the rest of its
  /// time. What the handler throws leaves the blocking call. Several run in this order.
  virtual void interrupt_main(std::function<void()> handler) = 0;
  /// Runs what interrupt_main left, if this is the main thread; else nothing. For whoever
  /// runs a program, between two statements.
  virtual void run_interrupts() = 0;

  /// `hook` is called whenever the baton changes hands, with its new holder, before that
  /// one goes on. For state that a program's runtime keeps per thread.
  virtual void on_switch(std::function<void(ThreadSlots& holder)> hook) = 0;
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

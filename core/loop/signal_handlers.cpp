// Signals through the self-pipe (S68).
#include <utility>

#include "core/base/asyncio_source.h"
#include "core/loop/event_loop.h"

namespace loopscope {
namespace {

/// Only there so that the signal's number is written to the self-pipe.
class NoopHandler final : public SignalHandler {
 public:
  void run(int) override {}
};

void check_signal(int signal) {
  if (signal < 1 || signal > 64 || signal == 32 || signal == 33)  // the C library keeps two for itself
    throw CoreError(CoreError::Type::ValueError, "invalid signal number " + std::to_string(signal));
}

}  // namespace

void EventLoop::add_signal_handler(int signal, Callback callback, std::string_view label,
                                   Ref<CallbackSource> source) {
  check_signal(signal);
  check_open();
  check_has_timers("add_signal_handler");
  if (world_.threads.current().id != kMainThread)
    throw CoreError(CoreError::Type::RuntimeError,
                    "set_wakeup_fd only works in main thread of the main interpreter");
  world_.signals.set_wakeup_fd(self_pipe_.second);
  if (signal == kSigkill || signal == kSigstop)
    throw CoreError(CoreError::Type::RuntimeError, "sig " + std::to_string(signal) + " cannot be caught");
  Ref<Handle> handle = make_handle(std::move(callback), label, std::move(source), made_at::kAddSignalHandler);
  handle->is_io_ = true;
  signal_handlers_[signal] = std::move(handle);
  world_.signals.set_handler(signal, std::make_shared<NoopHandler>());
}

bool EventLoop::remove_signal_handler(int signal) {
  check_signal(signal);
  if (signal_handlers_.erase(signal) == 0) return false;
  world_.signals.set_handler(signal, signal == kSigint ? world_.signals.default_int_handler() : nullptr);
  if (signal_handlers_.empty()) world_.signals.set_wakeup_fd(std::nullopt);
  return true;
}

/// The self-pipe's bytes: signal numbers, and zeros that only wake. Until there are none: also
/// those that come of handling these.
void EventLoop::read_from_self() {
  for (std::string bytes; !(bytes = world_.network.drain(self_pipe_.first)).empty();)
    for (const char byte : bytes)
      if (byte != 0) handle_signal(static_cast<unsigned char>(byte));
}

void EventLoop::handle_signal(int signal) {
  const auto found = signal_handlers_.find(signal);
  if (found == signal_handlers_.end()) return;
  if (found->second->cancelled()) {
    remove_signal_handler(signal);
    return;
  }
  enqueue(found->second, {.cause = Cause::signal});
  world_.network.wake(self_pipe_.second);
}

}  // namespace loopscope

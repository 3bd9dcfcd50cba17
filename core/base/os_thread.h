#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <pthread.h>

namespace loopscope {

/// A thread of the operating system with a stack of a chosen size.
class OsThread final {
 public:
  /// Gets the address below which the stack must not grow.
  using Work = std::function<void(std::uintptr_t stack_end)>;

  OsThread() = default;
  ~OsThread() { join(); }
  OsThread(const OsThread&) = delete;
  OsThread& operator=(const OsThread&) = delete;

  /// Starts `work` with a stack of `wanted` bytes, or less (halved, but not below `least`)
  /// when the system has no such room. False when it has none at all. Once.
  bool start(std::size_t wanted, std::size_t least, Work work);
  /// Waits for the end of `work`; at once when it was never started or joined before.
  void join();

 private:
  bool try_start(std::size_t size);
  static void* enter(void* self);

  Work work_;
  std::size_t size_ = 0;
  pthread_t thread_ = {};
  bool joinable_ = false;
};

}  // namespace loopscope

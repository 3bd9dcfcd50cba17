#pragma once

#include <concepts>
#include <cstddef>
#include <functional>
#include <string>
#include <type_traits>
#include <utility>

#include "core/world/concurrent_future.h"

namespace loopscope::concurrent {

/// A call for a worker.
struct Job {
  Job() = default;
  /// `call` may return nothing; `label` names it in traces.
  template <class Call>
  requires(!std::same_as<std::decay_t<Call>, Job> && std::invocable<std::decay_t<Call>&>)
      Job(Call&& call, std::string label = "call")
      : run([call = std::decay_t<Call>(std::forward<Call>(call))]() mutable -> AnyValue {
          if constexpr (std::is_void_v<std::invoke_result_t<std::decay_t<Call>&>>) {
            call();
            return {};
          } else {
            return call();
          }
        }),
        label(std::move(label)) {}

  std::function<AnyValue()> run;  ///< what it throws is the future's error
  std::string label;              ///< names it in traces: "fetch(1)"
};

/// concurrent.futures.Executor. Any thread.
class Executor : public RefCounted {
 public:
  enum class Kind { threads, processes };
  virtual Kind kind() const = 0;
  /// Queues a job: emits `job.queued`. RuntimeError when the executor, or the interpreter,
  /// is shutting down. `for_future`: the asyncio future that waits for it, if one does.
  virtual Ref<Future> submit(Job job, FutureId for_future = {}) = 0;
  /// Throws what submit() would throw now.
  virtual void check_open() const = 0;
  /// Takes no new jobs. `wait`: until all workers are through. `cancel_futures`: what has
  /// not begun is cancelled first.
  virtual void shutdown(bool wait = true, bool cancel_futures = false) = 0;
};

/// The size of a thread pool that nobody gave one: min(32, CPUs + 4) (S58).
inline constexpr std::size_t kDefaultThreads = 8;
/// CPUs of the virtual machine: the size of a process pool that nobody gave one.
inline constexpr std::size_t kCpus = 4;

}  // namespace loopscope::concurrent

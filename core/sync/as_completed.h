#pragma once

#include <optional>
#include <vector>

#include "core/sync/queue.h"
#include "core/task/future.h"

namespace loopscope {

/// asyncio.as_completed (S49): one coroutine for each of several futures, to be awaited one
/// after the other; each gives the result of the next future that ends, or TimeoutError
/// when the time is up. Made by make_ref only.
class AsCompleted final : public RefCounted {
 public:
  /// Begins to watch `futures` of `loop`, each once. `timeout` in seconds; none: for ever.
  static Ref<AsCompleted> start(EventLoop& loop, const std::vector<Ref<Future>>& futures,
                                std::optional<double> timeout = {});

  /// How many there are.
  std::size_t count() const { return count_; }
  /// What the next of them ends with. RuntimeError when it was called for each of them.
  Coroutine<AnyValue> next();

 private:
  ~AsCompleted() override = default;  // Ref's alone
  AsCompleted();
  void watch(EventLoop& loop, const std::vector<Ref<Future>>& futures, std::optional<double> timeout);
  static Coroutine<AnyValue> wait_for_one(Ref<AsCompleted> self);
  void on_completion(Future& done);
  void on_timeout();

  struct Watched {
    Ref<Future> future;
    Future::CallbackId callback;
  };
  std::vector<Watched> todo_;
  Ref<Queue> done_;
  Ref<Handle> timer_;
  std::size_t count_ = 0, given_ = 0;
};

/// asyncio.as_completed: `const auto all = as_completed(loop, tasks);` then `co_await all->next()`,
/// all->count() times. `futures` is a vector of futures or tasks.
template <class Futures>
Ref<AsCompleted> as_completed(EventLoop& loop, const Futures& futures, std::optional<double> timeout = {}) {
  return AsCompleted::start(loop, std::vector<Ref<Future>>(futures.begin(), futures.end()), timeout);
}

}  // namespace loopscope

#pragma once

#include <memory>
#include <string>

#include "core/task/steppable.h"

namespace loopscope {

/// An async generator that a loop has begun to iterate, for the loop's hooks (PEP 525).
class OpenAsyncGenerator {
 public:
  virtual ~OpenAsyncGenerator() = default;
  /// What a task drives to close it. It keeps the generator alive.
  virtual std::unique_ptr<Steppable> aclose() = 0;
  /// Its repr, for messages.
  virtual std::string repr() const = 0;

 private:
  friend void register_async_generator(EventLoop&, const std::shared_ptr<OpenAsyncGenerator>&);
  friend void finalize_async_generator(const std::shared_ptr<OpenAsyncGenerator>&);
  Ref<LoopAnchor> loop_;
};

/// The first-iteration hook: `loop` will close the generator at its shutdown, unless that
/// has gone before (S70).
void register_async_generator(EventLoop& loop, const std::shared_ptr<OpenAsyncGenerator>& generator);
/// The finalizer hook, when the last reference to a suspended generator has gone: its loop,
/// unless closed, makes a task of aclose() in the next iteration.
void finalize_async_generator(const std::shared_ptr<OpenAsyncGenerator>& generator);

}  // namespace loopscope

#pragma once

#include "scenarios/run/generator.h"

/// Generators as tasks: asyncio takes them for coroutines still, as they were before `async def`.
namespace loopscope::scenarios {

/// A generator that a task drives, as the coroutine that the task is made of.
class GeneratorCoroutine final : public CoroutineObject {
 public:
  GeneratorCoroutine(Interpreter& interpreter, Ref<Generator> generator);

  /// What the program knows as the task's coroutine.
  const Ref<Generator>& generator() const { return generator_; }

  std::string name() const override { return generator_->qualified_name(); }
  std::string arguments() const override { return {}; }
  Steppable* native() override { return steppable_.get(); }
  bool is_over() const override { return generator_->is_closed(); }
  const Frame* shown_frame() const override { return &generator_->frame(); }
  void finalize() override {}
  void clear_references() override { steppable_.reset(); }

 private:
  Ref<Generator> generator_;
  std::unique_ptr<Steppable> steppable_;
};

/// What asyncio.iscoroutine tells.
bool is_coroutine(const Value& value);
/// What a task is made of, for a value that is_coroutine(): the coroutine itself, or the generator's.
Ref<CoroutineObject> coroutine_of(Interpreter& interpreter, const Value& value);
/// The iterator that `yield from future` goes through.
Value future_iterator(Interpreter& interpreter, const Value& future);

}  // namespace loopscope::scenarios

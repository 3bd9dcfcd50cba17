#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/task/steppable.h"
#include "scenarios/run/coroutine.h"

namespace loopscope::scenarios {

/// Lets a task drive a coroutine of the program: awaits of coroutines are plain calls on a
/// stack of frames, and only what a frame at the top waits for reaches the task (S28).
class CoroutineStepper final : public Steppable {
 public:
  CoroutineStepper(Interpreter& interpreter, Ref<CoroutineObject> coroutine);
  ~CoroutineStepper() override;

  StepOutcome step(StepContext& context, StepInput input) override;
  std::string name() const override { return root_->name(); }
  std::string args() const override { return root_->arguments(); }
  Position position() const override;
  Place running_at() const override;
  Place defined_at() const override;

  const Ref<CoroutineObject>& coroutine() const { return root_; }
  /// The task that it stepped for, and its loop.
  const std::optional<StepContext>& context() const { return context_; }
  /// Whether `object` is one of the coroutines that await each other here.
  bool drives(const Object& object) const;

  /// What the program has set on the task's object; null: nothing yet.
  mutable std::shared_ptr<AttributeMap> attributes;

 private:
  StepOutcome drive(StepContext& context, StepInput input);
  std::optional<StepOutcome> deliver(StepContext& context, StepInput& input, Resume& resume);
  std::optional<StepOutcome> step_native(StepContext& context, Steppable& native, StepInput input,
                                         Resume& resume);
  std::optional<StepOutcome> begin_await(StepContext& context, const Value& awaited, Resume& resume,
                                         bool& runs);
  Ref<Exception> made_of_thrown(StepContext& context, const std::exception_ptr& error);
  Ref<Exception> made_of_wakeup(StepContext& context, const std::exception_ptr& error, bool asked = false);
  void follow_awaits();
  bool push(FrameCoroutine& coroutine, Resume& resume);
  bool run_top(Resume& resume, bool called);
  void chain(Exception& raised) const;
  void pop();

  static constexpr std::int64_t kTaskBytes = 1500;  // of a task, its handle and its bookkeeping

  Interpreter& interpreter_;
  const MemoryCharge charge_{interpreter_, kTaskBytes};
  Ref<CoroutineObject> root_;
  std::vector<FrameCoroutine*> stack_;  ///< each awaits the next
  std::optional<StepContext> context_;
  bool awaits_future_ = false;      ///< since its last step; else it just yielded
  std::size_t thrown_through_ = 0;  ///< how many of the stack what is thrown in went through
};

}  // namespace loopscope::scenarios

#pragma once

#include <memory>
#include <vector>

#include "core/task/steppable.h"
#include "scenarios/run/frame.h"
#include "scenarios/run/interpreter.h"

namespace loopscope::scenarios {

class ScriptCoroutine;

/// A coroutine as programs see it: started by a task or by an await, once.
class CoroutineObject : public Tracked {
 public:
  static constexpr Kind kKind = Kind::coroutine;
  enum class State { created, running, suspended, closed };

  State state() const { return state_; }
  void set_state(State state) { state_ = state; }
  virtual std::string name() const = 0;
  /// Short repr of the arguments.
  virtual std::string arguments() const = 0;
  /// This as one that the program defines, or null.
  virtual ScriptCoroutine* script() { return nullptr; }
  /// What drives it when it is one of the core's.
  virtual Steppable* native() { return nullptr; }

  std::string repr(Runtime& runtime) override;
  Value own_attribute(Runtime& runtime, std::string_view name) override;

 protected:
  explicit CoroutineObject(Interpreter& interpreter)
      : Tracked(Kind::coroutine, *interpreter.types().coroutine) {}

 private:
  State state_ = State::created;
};

/// A call of an `async def`: a frame that can wait.
class ScriptCoroutine final : public CoroutineObject {
 public:
  ScriptCoroutine(Interpreter& interpreter, const Function& function, Arguments& arguments);
  /// A suspended one gets GeneratorExit, so that its finally clauses run, as in CPython.
  ~ScriptCoroutine() override;

  Frame frame;
  Value awaiting;  ///< the coroutine or future that it waits for

  std::string name() const override { return frame.code.qualified_name; }
  std::string arguments() const override;
  ScriptCoroutine* script() override { return this; }
  void clear_references() override;

 private:
  void close();
};

/// A coroutine of the core (asyncio.sleep ...).
class NativeCoroutine final : public CoroutineObject {
 public:
  NativeCoroutine(Interpreter& interpreter, std::unique_ptr<Steppable> steppable, std::string name,
                  std::string arguments)
      : CoroutineObject(interpreter),
        steppable_(std::move(steppable)),
        name_(std::move(name)),
        arguments_(std::move(arguments)) {}

  std::string name() const override { return name_; }
  std::string arguments() const override { return arguments_; }
  Steppable* native() override { return steppable_.get(); }
  void clear_references() override { steppable_.reset(); }

 private:
  std::unique_ptr<Steppable> steppable_;
  std::string name_, arguments_;
};

/// TypeError "object int can't be used in 'await' expression", unless it can; with `giver`:
/// "`giver` that does not implement __await__: int".
void check_awaitable(Interpreter& interpreter, const Value& value, std::string_view giver = {});

/// Lets a task drive a coroutine of the program: awaits of coroutines are plain calls on a
/// stack of frames, and only what a frame at the top waits for reaches the task (S28).
class CoroutineStepper final : public Steppable {
 public:
  CoroutineStepper(Interpreter& interpreter, Ref<CoroutineObject> coroutine);

  StepOutcome step(StepContext& context, StepInput input) override;
  std::string name() const override { return root_->name(); }
  std::string args() const override { return root_->arguments(); }
  Position position() const override;

  const Ref<CoroutineObject>& coroutine() const { return root_; }

 private:
  struct Resume {
    Value value;
    Ref<Exception> error;  ///< when set, it is raised instead
  };
  StepOutcome drive(StepContext& context, StepInput input);
  std::optional<StepOutcome> deliver(StepContext& context, StepInput& input, Resume& resume);
  std::optional<StepOutcome> step_native(StepContext& context, Steppable& native, StepInput input,
                                         Resume& resume);
  std::optional<StepOutcome> begin_await(StepContext& context, const Value& awaited, Resume& resume);
  bool run_top(Resume& resume, bool& awaits);
  void finish_top();

  Interpreter& interpreter_;
  Ref<CoroutineObject> root_;
  std::vector<ScriptCoroutine*> stack_;  ///< each awaits the next
};

}  // namespace loopscope::scenarios

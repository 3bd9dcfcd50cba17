#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/task/steppable.h"
#include "scenarios/run/frame.h"
#include "scenarios/run/interpreter.h"
#include "scenarios/values/attribute_map.h"

namespace loopscope::scenarios {

class ScriptCoroutine;
class FrameCoroutine;
class CoroutineStepper;

/// What a frame goes on with, or what came of it: a value or an error.
struct Resume {
  Value value = {};
  Ref<Exception> error = {};  ///< when set, it is raised instead
};

/// A coroutine as programs see it: started by a task or by an await, once.
class CoroutineObject : public Tracked {
 public:
  static constexpr Kind kKind = Kind::coroutine;
  enum class State { created, running, suspended, closed };

  State state() const { return state_; }
  void set_state(State state) { state_ = state; }
  virtual std::string name() const = 0;
  /// Its __name__.
  virtual std::string short_name() const;
  /// Short repr of the arguments.
  virtual std::string arguments() const = 0;
  /// This as one that the program defines, or null.
  virtual ScriptCoroutine* script() { return nullptr; }
  /// This as one that runs a frame of the program, or null.
  virtual FrameCoroutine* framed() { return nullptr; }
  /// What drives it when it is one of the core's.
  virtual Steppable* native() { return nullptr; }
  /// Nothing of it is left to run.
  virtual bool is_over() const { return state_ == State::closed; }
  /// The frame that it is, for reprs and traces; null: the core's.
  virtual const Frame* shown_frame() const { return nullptr; }
  /// Throws when it cannot be awaited: it runs, waits, or is over.
  virtual void check_startable(Interpreter& interpreter) const;

  /// Where it was made, when the loop that ran then was in debug mode; else null.
  const Creation* creation() const { return creation_.get(); }

  /// The task that is driven through it, while that is there.
  Ref<Task> driving_task() const;
  CoroutineStepper* driver = nullptr;  ///< who stepped it last, while that is there

  std::string repr(Runtime& runtime) override;
  Value own_attribute(Runtime& runtime, std::string_view name) override;
  /// One that never ran says that it was never awaited.
  void finalize() override;

 protected:
  explicit CoroutineObject(Interpreter& interpreter) : CoroutineObject(*interpreter.types().coroutine) {}
  explicit CoroutineObject(Type& type) : Tracked(Kind::coroutine, type) {}

  /// In the constructor of what must be awaited: it will be said when it is not.
  void note_creation(Interpreter& interpreter);

 private:
  State state_ = State::created;
  Ref<Creation> creation_;
};

/// A coroutine that runs a frame of the program: one level of an await chain.
class FrameCoroutine : public CoroutineObject {
 public:
  virtual Frame& frame() = 0;
  /// It is awaited or stepped for the first time, with `resume`. True: its frame is to run
  /// with `resume`; false: it is over, and `resume` is what came of it.
  virtual bool start(Resume& resume) = 0;
  /// Its first step was a throw and the frame waits since then. What is raised there now,
  /// instead of what it waits for; null: nothing.
  virtual Ref<Exception> start_late() { return nullptr; }
  /// Its frame came to `exit` (never `awaits`) with a value, or raised an error: makes of
  /// `resume` what the await gives.
  virtual void end(Exit exit, Resume& resume) = 0;
  FrameCoroutine* framed() final { return this; }

  Value awaiting;  ///< the coroutine or future that the frame waits for

 protected:
  using CoroutineObject::CoroutineObject;
};

/// A call of an `async def`: a frame that can wait.
class ScriptCoroutine final : public FrameCoroutine {
 public:
  ScriptCoroutine(Interpreter& interpreter, const Function& function, Arguments& arguments);

  Frame& frame() override { return frame_; }
  const Frame& frame() const { return frame_; }
  const Frame* shown_frame() const override { return &frame_; }
  bool start(Resume& resume) override;
  void end(Exit exit, Resume& resume) override;
  /// Raises GeneratorExit where this stands, when it stands anywhere.
  void close();

  std::string name() const override { return frame_.qualified_name(); }
  std::string short_name() const override { return frame_.name(); }
  std::string arguments() const override;
  ScriptCoroutine* script() override { return this; }
  void clear_references() override;
  /// A suspended one gets GeneratorExit, so that its finally clauses run, as in CPython.
  void finalize() override;

 private:
  Ref<Exception> close_awaited();

  Frame frame_;
};

/// A coroutine of the core (asyncio.sleep ...).
class NativeCoroutine final : public CoroutineObject {
 public:
  NativeCoroutine(Interpreter& interpreter, std::unique_ptr<Steppable> steppable, std::string name,
                  std::string arguments)
      : CoroutineObject(interpreter),
        steppable_(std::move(steppable)),
        name_(std::move(name)),
        arguments_(std::move(arguments)) {
    note_creation(interpreter);
  }

  std::string name() const override { return name_; }
  std::string arguments() const override { return arguments_; }
  Steppable* native() override { return steppable_.get(); }
  void clear_references() override { steppable_.reset(); }
  /// At the program's end it is over before its task speaks, which is younger.
  void finalize() override;

 private:
  std::unique_ptr<Steppable> steppable_;
  std::string name_, arguments_;
};

/// TypeError "object int can't be used in 'await' expression", unless it can; with `giver`:
/// "`giver` that does not implement __await__: int".
void check_awaitable(Interpreter& interpreter, const Value& value, std::string_view giver = {});

/// StopIteration cannot leave a `what` ("coroutine", "generator", "async generator"): `error`
/// becomes a RuntimeError, as CPython says it.
void no_stop_iteration(Interpreter& interpreter, const std::string& what, Ref<Exception>& error);

}  // namespace loopscope::scenarios

#pragma once

#include "scenarios/run/coroutine.h"
#include "scenarios/values/iterators.h"

namespace loopscope::scenarios {

/// A call of a `def` that yields.
class Generator final : public Iterator {
 public:
  Generator(Interpreter& interpreter, const Function& function, Arguments& arguments);

  /// Runs to the next yield or to the end, with `resume`. True: it yielded, false: it
  /// returned; the value is in `resume`. Throws what leaves the frame.
  bool resume(Resume& resume);
  /// Raises GeneratorExit where it stands; RuntimeError when it yields all the same.
  void close();

  const std::string& qualified_name() const { return frame_.qualified_name(); }
  const Frame& frame() const { return frame_; }
  bool is_closed() const { return state_ == State::closed; }

  bool next(Runtime& runtime, Value& item) override;
  Value take_result() override { return std::exchange(result_, Value()); }
  std::string repr(Runtime& runtime) override;
  Value own_attribute(Runtime& runtime, std::string_view name) override;
  void clear_references() override;
  void finalize() override;

 private:
  using State = CoroutineObject::State;
  bool run(Resume& resume);
  bool throw_into_delegate(Resume& resume);
  void finish();

  Frame frame_;
  State state_ = State::created;
  Value result_;
};

/// send(), throw() and the end of an iterator as Python has them: StopIteration.
[[noreturn]] void stop_iteration(Interpreter& interpreter, const Value& value);

/// A call of an `async def` that yields.
class AsyncGenerator final : public Tracked {
 public:
  static constexpr Kind kKind = Kind::async_generator;
  AsyncGenerator(Interpreter& interpreter, const Function& function, Arguments& arguments);

  std::string name() const { return frame_.qualified_name(); }
  std::string repr(Runtime& runtime) override;
  Value own_attribute(Runtime& runtime, std::string_view name) override;
  void clear_references() override;
  /// A suspended one is closed by a task of the loop that first iterated it (PEP 525).
  void finalize() override;

  /// asend(), athrow() or aclose(): something to await. Tells the running loop of the first
  /// time.
  enum class What { asend, athrow, aclose };
  Value begin(What what, Value argument);

 private:
  friend class AsyncGeneratorStep;
  friend class OpenGenerator;
  using State = CoroutineObject::State;

  Frame frame_;
  State state_ = State::created;
  bool running_ = false;  ///< an awaitable of it is under way
  bool closed_ = false;   ///< its end was asked for, or came
  bool hooked_ = false;
  std::shared_ptr<class OpenGenerator> open_;
};

/// What asend(), athrow() and aclose() return.
class AsyncGeneratorStep final : public FrameCoroutine {
 public:
  AsyncGeneratorStep(Interpreter& interpreter, Ref<AsyncGenerator> generator, AsyncGenerator::What what,
                     Value argument);

  Frame& frame() override { return generator_->frame_; }
  bool start(Resume& resume) override;
  /// CPython's aclose() that was cancelled before it began closes the generator all the
  /// same, once that goes on.
  Ref<Exception> start_late() override;
  void end(Exit exit, Resume& resume) override;
  void check_startable(Interpreter& interpreter) const override;
  std::string name() const override;
  std::string arguments() const override { return ""; }
  std::string repr(Runtime& runtime) override;
  Value own_attribute(Runtime&, std::string_view) override { return Value::missing(); }
  void clear_references() override;

 private:
  using What = AsyncGenerator::What;
  bool start_send(Resume& resume);
  bool start_throw(Resume& resume);

  Interpreter& interpreter_;
  Ref<AsyncGenerator> generator_;
  const What what_;
  Value argument_;
  bool late_ = false;
};

}  // namespace loopscope::scenarios

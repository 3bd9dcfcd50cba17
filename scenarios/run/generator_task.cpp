#include "scenarios/run/generator_task.h"

#include "core/task/task.h"
#include "scenarios/builtins/asyncio_objects.h"
#include "scenarios/values/repr.h"

namespace loopscope::scenarios {
namespace {

/// Runs the generator from yield to yield, as a task's step does.
class GeneratorSteppable final : public Steppable {
 public:
  GeneratorSteppable(Interpreter& interpreter, Generator& generator)
      : interpreter_(interpreter), generator_(generator) {}

  StepOutcome step(StepContext& context, StepInput input) override {
    Resume resume;
    if (const Throw* thrown = std::get_if<Throw>(&input)) {
      resume.error = exception_from(interpreter_, thrown->error);
      context.task.hold_thrown(std::make_exception_ptr(PyError(resume.error)));
    }
    try {
      if (!generator_.resume(resume)) return Returned{AnyValue(std::move(resume.value))};
    } catch (const PyError& error) {
      return Raised{to_exception_ptr(error.exception())};
    }
    return outcome_of(context, resume.value);
  }

  std::string name() const override { return generator_.qualified_name(); }

 private:
  /// What the task makes of a yielded value.
  StepOutcome outcome_of(StepContext& context, const Value& yielded) {
    if (yielded.is_none()) return Yielded{};
    const auto instead = [&](const std::string& of) {
      const Value task = interpreter_.wrap(Ref<Task>(&context.task));
      return BadYield{"yield was used instead of yield from " + of + "in task " + repr(interpreter_, task) +
                      " with " + repr(interpreter_, yielded)};
    };
    if (FutureObject* future = yielded.get_if<FutureObject>()) {
      if (std::exchange(future->awaited_by_iterator, false)) return Awaits{Ref<Future>(&future->future())};
      return instead("");
    }
    if (yielded.is_object() && dynamic_cast<Generator*>(yielded.object())) return instead("for generator ");
    return BadYield{"Task got bad yield: " + repr(interpreter_, yielded)};
  }

  Interpreter& interpreter_;
  Generator& generator_;
};

/// Yields the future until it is done; its result is the iterator's.
class FutureIterator final : public Iterator {
 public:
  FutureIterator(Type& type, Ref<FutureObject> future) : Iterator(type), future_(std::move(future)) {}

  bool next(Runtime& runtime, Value& item) override {
    if (!future_) return false;
    if (!future_->future().done()) {
      if (future_->awaited_by_iterator) runtime_error(runtime, "await wasn't used with future");
      future_->awaited_by_iterator = true;
      item = Value(future_);
      return true;
    }
    const Ref<FutureObject> done = std::exchange(future_, nullptr);
    try {
      result_ = value_from(done->future().result());
    } catch (const ProgramError&) {
      const Ref<Exception> error = exception_from(runtime, std::current_exception());
      error->take_from_future();
      throw PyError(error);
    }
    return false;
  }
  Value take_result() override { return std::exchange(result_, Value()); }
  void clear_references() override {
    const Ref<FutureObject> gone = std::exchange(future_, nullptr);
    const Value result_gone = std::exchange(result_, Value());
  }

 private:
  Ref<FutureObject> future_;
  Value result_;
};

Generator* generator_in(const Value& value) {
  return value.get_if<Iterator>() ? dynamic_cast<Generator*>(value.object()) : nullptr;
}

}  // namespace

GeneratorCoroutine::GeneratorCoroutine(Interpreter& interpreter, Ref<Generator> generator)
    : CoroutineObject(interpreter),
      generator_(std::move(generator)),
      steppable_(std::make_unique<GeneratorSteppable>(interpreter, *generator_)) {}

bool is_coroutine(const Value& value) { return value.get_if<CoroutineObject>() || generator_in(value); }

Ref<CoroutineObject> coroutine_of(Interpreter& interpreter, const Value& value) {
  if (CoroutineObject* coroutine = value.get_if<CoroutineObject>()) return Ref<CoroutineObject>(coroutine);
  return interpreter.make<GeneratorCoroutine>(interpreter, Ref<Generator>(generator_in(value)));
}

Value future_iterator(Interpreter& interpreter, const Value& future) {
  return interpreter.make<FutureIterator>(interpreter.type_named("FutureIter", "_asyncio"),
                                          Ref<FutureObject>(future.get_if<FutureObject>()));
}

}  // namespace loopscope::scenarios

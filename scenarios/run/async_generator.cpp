#include "core/task/async_generators.h"
#include "scenarios/run/coroutine_stepper.h"
#include "scenarios/run/function.h"
#include "scenarios/run/generator.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {

/// What a loop knows of an async generator that it has begun to iterate.
class OpenGenerator final : public OpenAsyncGenerator {
 public:
  OpenGenerator(Interpreter& interpreter, AsyncGenerator& generator)
      : interpreter_(interpreter), generator_(&generator) {}

  std::unique_ptr<Steppable> aclose() override {
    const Value step = generator_->begin(AsyncGenerator::What::aclose, {});
    return std::make_unique<CoroutineStepper>(interpreter_,
                                              Ref<CoroutineObject>(step.get_if<CoroutineObject>()));
  }
  std::string repr() const override { return generator_->repr(interpreter_); }

 private:
  Interpreter& interpreter_;
  AsyncGenerator* generator_;
};

AsyncGenerator::AsyncGenerator(Interpreter& interpreter, const Function& function, Arguments& arguments)
    : Tracked(Kind::async_generator, *interpreter.types().async_generator),
      frame_(interpreter, function.code) {
  holds(frame_.slots.size() * sizeof(Value));
  interpreter.enter_function(frame_, function, arguments);
  wants_finalize(true);
}

Value AsyncGenerator::begin(What what, Value argument) {
  Interpreter& in = frame_.interpreter;
  if (!std::exchange(hooked_, true)) {
    if (EventLoop* loop = in.running_loop()) {
      open_ = std::make_shared<OpenGenerator>(in, *this);
      register_async_generator(*loop, open_);
    }
  }
  return in.make<AsyncGeneratorStep>(in, Ref<AsyncGenerator>(this), what, std::move(argument));
}

void AsyncGenerator::finalize() {
  Interpreter& in = frame_.interpreter;
  const std::shared_ptr<OpenGenerator> open = std::exchange(open_, nullptr);
  if (state_ == State::closed) return;
  in.finalizing(repr(in), [&] {
    if (open && !closed_) finalize_async_generator(open);
  });
}

std::string AsyncGenerator::repr(Runtime&) {
  return "<async_generator object " + frame_.qualified_name() + " at " + address(*this) + ">";
}

Value AsyncGenerator::own_attribute(Runtime& runtime, std::string_view name) {
  if (name == "__name__") return make_str(runtime, frame_.name());
  if (name == "__qualname__") return make_str(runtime, frame_.qualified_name());
  return Value::missing();
}

void AsyncGenerator::clear_references() {
  state_ = State::closed;
  frame_.clear();
}

// --- its awaitables

AsyncGeneratorStep::AsyncGeneratorStep(Interpreter& interpreter, Ref<AsyncGenerator> generator, What what,
                                       Value argument)
    : FrameCoroutine(
          interpreter.type_named(what == What::asend ? "async_generator_asend" : "async_generator_athrow")),
      interpreter_(interpreter),
      generator_(std::move(generator)),
      what_(what),
      argument_(std::move(argument)) {}

std::string AsyncGeneratorStep::name() const { return "<" + type().name() + " without __name__>"; }

std::string AsyncGeneratorStep::repr(Runtime&) {
  return "<" + type().name() + " object at " + address(*this) + ">";
}

void AsyncGeneratorStep::clear_references() {
  const Ref<AsyncGenerator> generator_gone = std::exchange(generator_, nullptr);
  const Value argument_gone = std::exchange(argument_, Value());
}

void AsyncGeneratorStep::check_startable(Interpreter& interpreter) const {
  const char* names = what_ == What::asend ? "__anext__()/asend()" : "aclose()/athrow()";
  if (state() == State::closed)
    runtime_error(interpreter, std::string("cannot reuse already awaited ") + names);
  if (state() != State::created)
    runtime_error(interpreter, "anext(): asynchronous generator is already running");
}

bool AsyncGeneratorStep::start(Resume& resume) {
  AsyncGenerator& generator = *generator_;
  const bool thrown = resume.error != nullptr;
  if (!thrown && generator.running_) {
    const char* names[] = {"anext", "athrow", "aclose"};
    resume.error = make_exception(
        interpreter_, "RuntimeError",
        std::string(names[static_cast<int>(what_)]) + "(): asynchronous generator is already running");
    return false;
  }
  if (what_ == What::asend && !thrown) return start_send(resume);
  const bool runs = start_throw(resume);
  late_ = runs && thrown && what_ != What::asend;
  return runs;
}

Ref<Exception> AsyncGeneratorStep::start_late() {
  if (!std::exchange(late_, false)) return nullptr;
  if (what_ == What::athrow) return Ref<Exception>(argument_.get_if<Exception>());
  generator_->closed_ = true;
  return make_exception(interpreter_, "GeneratorExit", "");
}

bool AsyncGeneratorStep::start_send(Resume& resume) {
  AsyncGenerator& generator = *generator_;
  if (generator.state_ == State::closed) {
    resume.error = make_exception(interpreter_, "StopAsyncIteration", "");
    return false;
  }
  if (generator.state_ == State::created && !argument_.is_none()) {
    resume.error = make_exception(interpreter_, "TypeError",
                                  "can't send non-None value to a just-started async generator");
    return false;
  }
  resume.value = argument_;
  generator.running_ = true;
  generator.state_ = State::running;
  return true;
}

bool AsyncGeneratorStep::start_throw(Resume& resume) {
  AsyncGenerator& generator = *generator_;
  const bool own = !resume.error;  // not thrown in from outside
  if (own && generator.state_ == State::closed) return false;
  if (own && generator.closed_) {
    resume.error = make_exception(interpreter_, "StopAsyncIteration", "");
    return false;
  }
  if (own && what_ == What::aclose) generator.closed_ = true;
  if (own)
    resume.error = what_ == What::aclose ? make_exception(interpreter_, "GeneratorExit", "")
                                         : Ref<Exception>(argument_.get_if<Exception>());
  if (generator.state_ == State::suspended) {
    generator.running_ = true;
    generator.state_ = State::running;
    return true;
  }
  if (generator.state_ == State::created)
    resume.error->traceback.push_back({generator.frame_.code.name, generator.frame_.code.first_line});
  end(Exit::returned, resume);
  return false;
}

void AsyncGeneratorStep::end(Exit exit, Resume& resume) {
  AsyncGenerator& generator = *generator_;
  generator.running_ = false;
  if (exit == Exit::yields && !resume.error) {
    generator.state_ = State::suspended;
    if (what_ == What::aclose)
      resume = {{}, make_exception(interpreter_, "RuntimeError", "async generator ignored GeneratorExit")};
    return;
  }
  generator.state_ = State::closed;
  generator.wants_finalize(false);
  if (resume.error)
    no_stop_iteration(interpreter_, "async generator", resume.error);
  else
    resume = {{}, make_exception(interpreter_, "StopAsyncIteration", "")};
  generator.frame_.clear();
  const Type& type = resume.error->type();
  const bool ends = type.is_subtype_of(interpreter_.exception_type("StopAsyncIteration")) ||
                    type.is_subtype_of(interpreter_.exception_type("GeneratorExit"));
  if (ends) generator.closed_ = true;
  if (ends && what_ == What::aclose) resume = {};
}

}  // namespace loopscope::scenarios

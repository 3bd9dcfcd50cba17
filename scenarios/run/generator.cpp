#include "scenarios/run/generator.h"

#include "scenarios/run/function.h"
#include "scenarios/values/attributes.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {

Generator::Generator(Interpreter& interpreter, const Function& function, Arguments& arguments)
    : Iterator(*interpreter.types().generator), frame_(interpreter, function.code) {
  holds(frame_.slots.size() * sizeof(Value));
  interpreter.enter_function(frame_, function, arguments);
  wants_finalize(true);
}

bool Generator::resume(Resume& resume) {
  Interpreter& in = frame_.interpreter;
  const Ref<Generator> alive(this);
  if (state_ == State::running) value_error(in, "generator already executing");
  if (state_ == State::closed || (state_ == State::created && resume.error)) {
    const bool ends_now = state_ == State::created;
    if (ends_now) {
      resume.error->traceback.push_back({frame_.code.name, frame_.code.first_line});
      finish();
    }
    if (resume.error) throw PyError(resume.error);
    resume.value = Value();
    return false;
  }
  if (state_ == State::created && !resume.value.is_none())
    type_error(in, "can't send non-None value to a just-started generator");
  const Runtime::Nested nested(in);
  state_ = State::running;
  try {
    const bool yielded = run(resume);
    if (yielded)
      state_ = State::suspended;
    else
      finish();
    return yielded;
  } catch (const PyError& raised) {
    finish();
    Ref<Exception> error = raised.exception();
    no_stop_iteration(in, "generator", error);
    throw PyError(error);
  } catch (...) {
    state_ = State::closed;
    throw;
  }
}

bool Generator::run(Resume& resume) {
  Interpreter& in = frame_.interpreter;
  const bool delegates = frame_.code.instructions[frame_.pc].op == Op::yield_from;
  if (resume.error && delegates && throw_into_delegate(resume)) return true;
  Ref<Exception> error = std::exchange(resume.error, nullptr);
  if (!error) frame_.result = std::move(resume.value);
  const Exit exit = error ? in.run_with_error(frame_, std::move(error)) : in.run(frame_);
  resume.value = std::exchange(frame_.result, Value());
  return exit == Exit::yields;
}

/// Hands the error to what `yield from` waits for. True: that yielded; false: this frame
/// goes on with `resume`.
bool Generator::throw_into_delegate(Resume& resume) {
  Interpreter& in = frame_.interpreter;
  const Value inner = frame_.iterators.back();
  Generator* generator = inner.get_if<Iterator>() ? dynamic_cast<Generator*>(inner.object()) : nullptr;
  try {
    if (resume.error->type().is_subtype_of(in.exception_type("GeneratorExit"))) {
      if (generator) {
        generator->close();
      } else if (const Value method = find_attribute(in, inner, "close"); !method.is_missing()) {
        in.call(method, {});
      }
      frame_.iterators.pop_back();
      return false;
    }
    if (generator) {
      if (generator->resume(resume)) return true;
    } else {
      const Value method = find_attribute(in, inner, "throw");
      if (method.is_missing()) {
        frame_.iterators.pop_back();
        return false;
      }
      resume.value = in.call(method, {Value(resume.error)});
      resume.error = nullptr;
      return true;
    }
    resume.error = nullptr;
  } catch (const PyError& raised) {
    resume.error = raised.exception();
    const bool stops = !generator && raised.type_name() == "StopIteration";
    if (stops) resume = {resume.error->own_attribute(in, "value"), nullptr};
    if (!stops) {
      frame_.iterators.pop_back();
      return false;
    }
  }
  frame_.iterators.pop_back();
  ++frame_.pc;  // `yield from` is done
  return false;
}

void Generator::finish() {
  state_ = State::closed;
  wants_finalize(false);
  frame_.clear();
}

void Generator::close() {
  Interpreter& in = frame_.interpreter;
  if (state_ == State::closed) return;
  if (state_ == State::created) return finish();
  Resume resume{{}, make_exception(in, "GeneratorExit", "")};
  try {
    if (this->resume(resume)) runtime_error(in, "generator ignored GeneratorExit");
  } catch (const PyError& error) {
    const Type& type = error.exception()->type();
    const bool expected = type.is_subtype_of(in.exception_type("GeneratorExit")) ||
                          type.is_subtype_of(in.exception_type("StopIteration"));
    if (!expected) throw;
  }
}

bool Generator::next(Runtime&, Value& item) {
  Resume resume;
  const bool yielded = this->resume(resume);
  (yielded ? item : result_) = std::move(resume.value);
  return yielded;
}

std::string Generator::repr(Runtime&) {
  return "<generator object " + frame_.qualified_name() + " at " + address(*this) + ">";
}

Value Generator::own_attribute(Runtime& runtime, std::string_view name) {
  if (name == "__name__") return make_str(runtime, frame_.name());
  if (name == "__qualname__") return make_str(runtime, frame_.qualified_name());
  return Value::missing();
}

void Generator::clear_references() {
  state_ = State::closed;
  const Value gone = std::exchange(result_, Value());
  frame_.clear();
}

void Generator::finalize() {
  if (state_ != State::suspended) return;
  frame_.interpreter.finalizing(repr(frame_.interpreter), [this] { close(); });
}

void stop_iteration(Interpreter& interpreter, const Value& value) {
  std::vector<Value> args;
  if (!value.is_none()) args.push_back(value);
  throw PyError(interpreter.make<Exception>(interpreter.exception_type("StopIteration"), std::move(args)));
}

}  // namespace loopscope::scenarios

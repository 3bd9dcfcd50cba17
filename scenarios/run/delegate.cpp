// yield from: a generator that hands its caller through to another iterator.
#include "scenarios/run/generator.h"
#include "scenarios/run/interpreter.h"
#include "scenarios/values/attributes.h"

namespace loopscope::scenarios {

Value Interpreter::iterator_of_delegate(Frame&, const Value& iterable) {
  if (iterable.get_if<CoroutineObject>())
    type_error(*this, "cannot 'yield from' a coroutine object in a non-coroutine generator");
  return iterate(*this, iterable);
}

/// Sends `result` to the iterator. True: it yielded; false: it ended. The value is in `result`.
bool Interpreter::delegate(Frame& frame) {
  const Value inner = frame.iterators.back();
  const Value sent = std::exchange(frame.result, Value());
  if (!sent.is_none() && inner.is_object()) {
    Resume resume{sent, nullptr};
    if (auto* generator = dynamic_cast<Generator*>(inner.object())) {
      const bool yielded = generator->resume(resume);
      frame.result = std::move(resume.value);
      if (!yielded) frame.iterators.pop_back();
      return yielded;
    }
    try {
      frame.result = call(get_attribute(*this, inner, "send"), {sent});
      return true;
    } catch (const PyError& error) {
      if (error.type_name() != "StopIteration") throw;
      frame.result = error.exception()->own_attribute(*this, "value");
      frame.iterators.pop_back();
      return false;
    }
  }
  Value item, end;
  const bool yielded = scenarios::next(*this, inner, item, &end);
  frame.result = yielded ? std::move(item) : std::move(end);
  if (!yielded) frame.iterators.pop_back();
  return yielded;
}

}  // namespace loopscope::scenarios

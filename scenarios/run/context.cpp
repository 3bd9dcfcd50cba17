// with, async with and async for: the protocols between a statement and its object.
#include "scenarios/run/coroutine.h"
#include "scenarios/run/frame.h"
#include "scenarios/run/interpreter.h"
#include "scenarios/values/attributes.h"
#include "scenarios/values/callables.h"
#include "scenarios/values/operators.h"

namespace loopscope::scenarios {

void Interpreter::enter_context(Frame& frame, const Value& manager, bool is_async) {
  const std::string protocol =
      std::string("the ") + (is_async ? "asynchronous " : "") + "context manager protocol";
  const Value enter = special_method(*this, manager, is_async ? "__aenter__" : "__enter__");
  if (enter.is_missing())
    type_error(*this, "'" + type_name(*this, manager) + "' object does not support " + protocol);
  const char* exit_name = is_async ? "__aexit__" : "__exit__";
  Value exit = special_method(*this, manager, exit_name);
  if (exit.is_missing())
    type_error(*this, "'" + type_name(*this, manager) + "' object does not support " + protocol +
                          " (missed " + exit_name + " method)");
  frame.iterators.push_back(std::move(exit));
  frame.result = call(enter, {});
  if (is_async) check_awaitable(*this, frame.result, "'async with' received an object from __aenter__");
}

void Interpreter::exit_context(Frame& frame, bool is_async) {
  const bool raised = frame.pending.back().kind == Pending::Kind::raise;
  Arguments arguments{{Value(), Value(), Value()}, {}};
  if (raised) {
    Exception& error = *frame.handled.back();
    arguments.values = {Value(&error.type()), Value(&error), error.own_attribute(*this, "__traceback__")};
  }
  // Kept until the statement is over when there is an exception, gone with the call when not.
  const Value exit = frame.iterators.back();
  if (!raised) frame.iterators.pop_back();
  frame.result = call(exit, std::move(arguments));
  if (is_async) check_awaitable(*this, frame.result, "'async with' received an object from __aexit__");
}

void Interpreter::leave_with(Frame& frame) {
  Pending& pending = frame.pending.back();
  const Value result = std::exchange(frame.result, Value());
  if (pending.kind != Pending::Kind::raise) return;
  const Value exit = std::move(frame.iterators.back());
  frame.iterators.pop_back();
  if (!truthy(*this, result)) return;
  const Ref<Exception> done = std::move(frame.handled.back());
  frame.handled.pop_back();
  pending = {};
}

void Interpreter::begin_async_for(Frame& frame, const Value& iterable) {
  const Value get = special_method(*this, iterable, "__aiter__");
  if (get.is_missing())
    type_error(*this,
               "'async for' requires an object with __aiter__ method, got " + type_name(*this, iterable));
  const Value iterator = call(get, {});
  if (special_method(*this, iterator, "__anext__").is_missing())
    type_error(*this, "'async for' received an object from __aiter__ that does not implement __anext__: " +
                          type_name(*this, iterator));
  frame.iterators.push_back(iterator);
}

void Interpreter::ask_next_async(Frame& frame) {
  frame.result = call(special_method(*this, frame.iterators.back(), "__anext__"), {});
  try {
    check_awaitable(*this, frame.result);
  } catch (const PyError& error) {
    if (error.type_name() != "TypeError") throw;
    const Ref<Exception> changed = make_exception(
        *this, "TypeError",
        "'async for' received an invalid object from __anext__: " + type_name(*this, frame.result));
    changed->cause = changed->context = error.exception();
    changed->suppress_context = true;
    throw PyError(changed);
  }
}

}  // namespace loopscope::scenarios

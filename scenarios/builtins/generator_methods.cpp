// Methods of generators, async generators and coroutines. values[0] is the object.
#include "scenarios/builtins/arguments.h"
#include "scenarios/builtins/registry.h"
#include "scenarios/run/generator.h"
#include "scenarios/values/iterators.h"
#include "scenarios/values/operators.h"

namespace loopscope::scenarios {
namespace {

/// The exception that throw(type), throw(type, value) or throw(error) means.
Value thrown(Interpreter& in, const Arguments& args) {
  const Value& what = args.values[1];
  if (what.get_if<Exception>()) {
    if (args.values.size() > 2 && !args.values[2].is_none())
      type_error(in, "instance exception may not have a separate value");
    return what;
  }
  const Type* type = what.get_if<Type>();
  if (!type || !type->is_subtype_of(*in.types().base_exception))
    type_error(in, "exceptions must be classes or instances deriving from BaseException, not " +
                       type_name(in, what));
  const Value given = argument_or(args, 2);
  if (given.get_if<Exception>()) return given;
  return given.is_none() ? in.call(what, {}) : in.call(what, {given});
}

Generator& generator(const Arguments& args) { return static_cast<Generator&>(*args.values[0].object()); }

Value resume(Interpreter& in, Generator& generator, Resume resume) {
  if (generator.resume(resume)) return std::move(resume.value);
  stop_iteration(in, resume.value);
}

Value send(Interpreter& in, Arguments& args) {
  return resume(in, generator(args), {args.values[1], nullptr});
}
Value next(Interpreter& in, Arguments& args) { return resume(in, generator(args), {}); }
Value throw_(Interpreter& in, Arguments& args) {
  return resume(in, generator(args), {{}, Ref<Exception>(thrown(in, args).get_if<Exception>())});
}
Value close(Interpreter&, Arguments& args) {
  generator(args).close();
  return {};
}
Value self(Interpreter&, Arguments& args) { return args.values[0]; }

constexpr BuiltinRow kGenerator[] = {
    {"send", send, 1, 1},     {"throw", throw_, 1, 3},  {"close", close, 0, 0},
    {"__next__", next, 0, 0}, {"__iter__", self, 0, 0},
};

// as_completed() and Executor.map() make generators, too.

Value library_next(Interpreter& in, Arguments& args) {
  Value item;
  if (!scenarios::next(in, args.values[0], item)) stop_iteration(in, {});
  return item;
}
Value library_close(Interpreter&, Arguments& args) {
  close_generator(args.values[0]);
  return {};
}

constexpr BuiltinRow kLibrary[] = {
    {"close", library_close, 0, 0},
    {"__next__", library_next, 0, 0},
    {"__iter__", self, 0, 0},
};

AsyncGenerator& async_generator(const Arguments& args) { return *args.values[0].get_if<AsyncGenerator>(); }

Value anext(Interpreter&, Arguments& args) {
  return async_generator(args).begin(AsyncGenerator::What::asend, {});
}
Value asend(Interpreter&, Arguments& args) {
  return async_generator(args).begin(AsyncGenerator::What::asend, args.values[1]);
}
Value athrow(Interpreter& in, Arguments& args) {
  return async_generator(args).begin(AsyncGenerator::What::athrow, thrown(in, args));
}
Value aclose(Interpreter&, Arguments& args) {
  return async_generator(args).begin(AsyncGenerator::What::aclose, {});
}

constexpr BuiltinRow kAsyncGenerator[] = {
    {"asend", asend, 1, 1},     {"athrow", athrow, 1, 3},  {"aclose", aclose, 0, 0},
    {"__anext__", anext, 0, 0}, {"__aiter__", self, 0, 0},
};

Value close_coroutine(Interpreter& in, Arguments& args) {
  CoroutineObject& coroutine = *args.values[0].get_if<CoroutineObject>();
  if (coroutine.state() == CoroutineObject::State::running) value_error(in, "coroutine already executing");
  if (ScriptCoroutine* script = coroutine.script())
    script->close();
  else if (coroutine.state() == CoroutineObject::State::created)
    coroutine.set_state(CoroutineObject::State::closed);
  return {};
}

constexpr BuiltinRow kCoroutine[] = {{"close", close_coroutine, 0, 0}};

}  // namespace

std::span<const BuiltinRow> library_generator_methods() { return kLibrary; }
std::span<const BuiltinRow> generator_methods() { return kGenerator; }
std::span<const BuiltinRow> async_generator_methods() { return kAsyncGenerator; }
std::span<const BuiltinRow> coroutine_methods() { return kCoroutine; }

}  // namespace loopscope::scenarios

// Methods of futures and tasks, and making them. values[0] is the object, or the type.
#include "scenarios/builtins/arguments.h"
#include "scenarios/builtins/asyncio_objects.h"
#include "scenarios/builtins/registry.h"
#include "scenarios/run/generator_task.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {
namespace {

Future& future(const Arguments& args) { return args.values[0].get_if<FutureObject>()->future(); }
Task& task(const Arguments& args) { return *args.values[0].get_if<FutureObject>()->task(); }

Value cancel(Interpreter& in, Arguments& args) {
  const Value message = take(args, 1, "msg");
  no_more_keywords(in, args, "cancel");
  std::optional<std::string> text;
  if (!message.is_missing() && !message.is_none()) text = str(in, message);
  return Value::boolean(future(args).cancel(std::move(text)));
}

Value done(Interpreter&, Arguments& args) { return Value::boolean(future(args).done()); }
Value cancelled(Interpreter&, Arguments& args) { return Value::boolean(future(args).cancelled()); }

Value result(Interpreter&, Arguments& args) {
  try {
    return value_from(future(args).result());
  } catch (const PyError& error) {
    error.exception()->take_from_future();
    throw;
  }
}

Value exception(Interpreter& in, Arguments& args) {
  const std::exception_ptr error = future(args).exception();
  return error ? Value(exception_from(in, error)) : Value();
}

Value set_result(Interpreter&, Arguments& args) {
  future(args).set_result(AnyValue(args.values[1]));
  return {};
}

Value set_exception(Interpreter& in, Arguments& args) {
  if (args.values[0].get_if<FutureObject>()->task()) future(args).set_exception(nullptr);  // refuses
  if (future(args).done()) raise_error(in, "InvalidStateError", "invalid state");
  Value error = args.values[1];
  const Type* type = error.get_if<Type>();
  if (type && type->is_subtype_of(*in.types().base_exception)) error = in.call(error, {});
  Exception* exception = error.get_if<Exception>();
  if (!exception) type_error(in, "invalid exception object");
  future(args).set_exception(to_exception_ptr(Ref<Exception>(exception)));
  return {};
}

Value add_callback(Interpreter& in, Arguments& args) {
  take_keyword(args, "context");
  no_more_keywords(in, args, "add_done_callback");
  add_done_callback(in, future(args), args.values[1]);
  return {};
}

Value remove_callback(Interpreter& in, Arguments& args) {
  return Value::integer(remove_done_callbacks(in, future(args), args.values[1]));
}

Value get_loop(Interpreter& in, Arguments& args) { return in.wrap(future(args).loop().shared_from_this()); }

constexpr BuiltinRow kFuture[] = {
    {"cancel", cancel, 0, 1, true},
    {"done", done, 0, 0},
    {"cancelled", cancelled, 0, 0},
    {"result", result, 0, 0},
    {"exception", exception, 0, 0},
    {"set_result", set_result, 1, 1},
    {"set_exception", set_exception, 1, 1},
    {"add_done_callback", add_callback, 1, 1, true},
    {"remove_done_callback", remove_callback, 1, 1},
    {"get_loop", get_loop, 0, 0},
};

Value cancelling(Interpreter&, Arguments& args) { return Value::integer(task(args).cancelling()); }
Value uncancel(Interpreter&, Arguments& args) { return Value::integer(task(args).uncancel()); }
Value get_name(Interpreter& in, Arguments& args) { return make_str(in, task(args).name()); }
Value set_name(Interpreter& in, Arguments& args) {
  task(args).set_name(str(in, args.values[1]));
  return {};
}
Value get_coro(Interpreter&, Arguments& args) { return args.values[0].get_if<FutureObject>()->coroutine(); }

constexpr BuiltinRow kTask[] = {
    {"cancelling", cancelling, 0, 0}, {"uncancel", uncancel, 0, 0}, {"get_name", get_name, 0, 0},
    {"set_name", set_name, 1, 1},     {"get_coro", get_coro, 0, 0},
};

std::shared_ptr<EventLoop> loop_of(Interpreter& in, Arguments& args) {
  const Value given = take_keyword(args, "loop");
  if (LoopObject* loop = given.get_if<LoopObject>()) return loop->shared();
  if (!given.is_missing() && !given.is_none())
    raise_error(in, "AttributeError", "'" + type_name(in, given) + "' object has no attribute 'get_debug'");
  return get_event_loop(in);
}

Value make_future(Interpreter& in, Arguments& args) {
  if (args.values.size() > 1) type_error(in, "Future() takes no positional arguments");
  const std::shared_ptr<EventLoop> loop = loop_of(in, args);
  no_more_keywords(in, args, "Future");
  return in.wrap(make_ref<Future>(*loop, "Future", nullptr));
}

Value make_task(Interpreter& in, Arguments& args) {
  const Value name = take_keyword(args, "name");
  take_keyword(args, "context");
  const std::shared_ptr<EventLoop> loop = loop_of(in, args);
  no_more_keywords(in, args, "Task");
  if (args.values.size() != 2) type_error(in, "Task() missing required argument 'coro' (pos 1)");
  if (!is_coroutine(args.values[1]))
    type_error(in, "a coroutine was expected, got " + repr(in, args.values[1]));
  TaskOptions options;
  options.named_at_once = true;
  if (!name.is_missing() && !name.is_none()) options.name = str(in, name);
  return in.wrap(start_task(in, *loop, args.values[1], std::move(options)));
}

constexpr TypeRow kTypes[] = {
    {"asyncio", "Future", "_asyncio", "object", make_future},
    {"asyncio", "Task", "_asyncio", "Future", make_task},
    {"-", "_GatheringFuture", "asyncio.tasks", "Future", nullptr},
    {"-", "Handle", "asyncio.events", "object", nullptr},
    {"-", "TimerHandle", "asyncio.events", "Handle", nullptr},
    {"-", "_UnixSelectorEventLoop", "asyncio.unix_events", "object", nullptr},
};

Value make_partial(Interpreter& in, Arguments& args) {
  if (args.values.size() < 2) type_error(in, "type 'partial' takes at least one argument");
  if (!is_callable(args.values[1])) type_error(in, "the first argument must be callable");
  Arguments rest{{args.values.begin() + 2, args.values.end()}, std::move(args.keywords)};
  const Partial* inner = args.values[1].get_if<Partial>();
  if (!inner) return in.make<Partial>(in, args.values[1], std::move(rest));
  // One of a partial is one of its function.
  std::vector<Value> values = inner->arguments.values;
  values.insert(values.end(), rest.values.begin(), rest.values.end());
  in.check_room(values.size() * sizeof(Value));
  rest.values = std::move(values);
  rest.keywords = merge_keywords(in, inner->arguments.keywords, std::move(rest.keywords));
  return in.make<Partial>(in, inner->function, std::move(rest));
}

constexpr TypeRow kFunctools[] = {{"functools", "partial", "functools", "object", make_partial}};

}  // namespace

std::span<const BuiltinRow> future_methods() { return kFuture; }
std::span<const BuiltinRow> task_methods() { return kTask; }
std::span<const TypeRow> asyncio_types() { return kTypes; }
std::span<const TypeRow> functools_types() { return kFunctools; }

}  // namespace loopscope::scenarios

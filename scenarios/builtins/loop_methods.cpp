// Methods of event loops and of the handles they give out. values[0] is the object.
#include <map>

#include "core/task/helpers.h"
#include "scenarios/builtins/arguments.h"
#include "scenarios/builtins/asyncio_objects.h"
#include "scenarios/builtins/registry.h"
#include "scenarios/run/function.h"
#include "scenarios/run/generator_task.h"
#include "scenarios/values/callables.h"
#include "scenarios/values/dict.h"
#include "scenarios/values/numbers.h"
#include "scenarios/values/operators.h"
#include "scenarios/values/repr.h"

namespace loopscope::scenarios {
namespace {

EventLoop& loop(const Arguments& args) { return args.values[0].get_if<LoopObject>()->loop(); }
Handle& handle(const Arguments& args) { return args.values[0].get_if<HandleObject>()->handle(); }

struct Scheduled {
  Callback run;
  std::string label;
  Ref<CallbackSource> source;
};

/// True for an `async def`: calling it would only make a coroutine.
bool is_coroutine_function(const Value& value) {
  const Function* function = value.get_if<Function>();
  return function && function->code.is_async;
}

/// The debug mode's checks (S76); without them a bad callback shows when it runs. call_later's
/// are call_at's.
void check_callback(Interpreter& in, EventLoop& loop, const Value& callable, const std::string& method) {
  loop.check_open();
  if (!loop.debug()) return;
  if (method != "call_soon_threadsafe") loop.check_thread();
  if (is_coroutine(callable) || is_coroutine_function(callable))
    type_error(in, "coroutines cannot be used with " + method + "()");
  if (!is_callable(callable))
    type_error(in, "a callable object was expected by " + method + "(), got " + repr(in, callable));
}

/// The callback from argument `at` on, with its arguments.
Scheduled callback_from(Interpreter& in, Arguments& args, std::size_t at, const std::string& method) {
  take_keyword(args, "context");
  no_unexpected_keywords(in, args, "BaseEventLoop." + method);
  const Value callable = args.values[at];
  check_callback(in, loop(args), callable, method == "call_later" ? "call_at" : method);
  std::vector<Value> rest(args.values.begin() + static_cast<std::ptrdiff_t>(at) + 1, args.values.end());
  std::string label = callback_label(in, callable, rest);
  Ref<ScriptCallback> callback = make_ref<ScriptCallback>(in, callable, std::move(rest));
  return {[callback] { callback->run(); }, std::move(label), callback};
}

Value call_soon(Interpreter& in, Arguments& args) {
  Scheduled callback = callback_from(in, args, 1, "call_soon");
  return in.make<HandleObject>(
      in, loop(args).call_soon(std::move(callback.run), callback.label, {}, std::move(callback.source)));
}

Value call_soon_threadsafe(Interpreter& in, Arguments& args) {
  Scheduled callback = callback_from(in, args, 1, "call_soon_threadsafe");
  return in.make<HandleObject>(in, loop(args).call_soon_threadsafe(std::move(callback.run), callback.label,
                                                                   std::move(callback.source)));
}

Value call_later(Interpreter& in, Arguments& args) {
  if (args.values[1].is_none()) type_error(in, "delay must not be None");
  if (!args.values[1].is_number())
    type_error(in, "unsupported operand type(s) for +: 'float' and '" + type_name(in, args.values[1]) + "'");
  const double delay = to_float(in, args.values[1]);
  Scheduled callback = callback_from(in, args, 2, "call_later");
  return in.make<HandleObject>(
      in, loop(args).call_later(delay, std::move(callback.run), callback.label, std::move(callback.source)));
}

Value call_at(Interpreter& in, Arguments& args) {
  if (args.values[1].is_none()) type_error(in, "when cannot be None");
  const double when = to_float(in, args.values[1]);
  Scheduled callback = callback_from(in, args, 2, "call_at");
  return in.make<HandleObject>(
      in, loop(args).call_at(when, std::move(callback.run), callback.label, std::move(callback.source)));
}

Value time(Interpreter&, Arguments& args) { return Value::floating(loop(args).time()); }

Value create_task(Interpreter& in, Arguments& args) {
  const Value name = take_keyword(args, "name");
  take_keyword(args, "context");
  no_unexpected_keywords(in, args, "BaseEventLoop.create_task");
  if (loop(args).is_closed()) runtime_error(in, "Event loop is closed");
  if (!is_coroutine(args.values[1]))
    type_error(in, "a coroutine was expected, got " + repr(in, args.values[1]));
  TaskOptions options;
  options.named_at_once = true;
  if (!name.is_missing() && !name.is_none()) options.name = str(in, name);
  return in.wrap(start_task(in, loop(args), args.values[1], std::move(options)));
}

Value create_future(Interpreter& in, Arguments& args) { return in.wrap(make_ref<Future>(loop(args))); }

Value run_until_complete(Interpreter& in, Arguments& args) {
  EventLoop& loop = scenarios::loop(args);
  const std::shared_ptr<EventLoop> keep = loop.shared_from_this();
  loop.check_can_run();
  in.thread().loop_calls = 4;
  if (FutureObject* future = args.values[1].get_if<FutureObject>())
    return value_from(loopscope::run_until_complete(loop, Ref<Future>(&future->future())));
  if (!is_coroutine(args.values[1]))
    type_error(in, "An asyncio.Future, a coroutine or an awaitable is required");
  return value_from(
      loopscope::run_until_complete(loop, stepper_of(in, args.values[1]), {.line = in.current_line()}));
}

Value run_forever(Interpreter& in, Arguments& args) {
  const std::shared_ptr<EventLoop> keep = loop(args).shared_from_this();
  if (!in.running_loop()) in.thread().loop_calls = 3;
  loop(args).run_forever();
  return {};
}

Value stop(Interpreter&, Arguments& args) { return loop(args).stop(), Value(); }
Value close(Interpreter&, Arguments& args) { return loop(args).close(), Value(); }
Value is_running(Interpreter&, Arguments& args) { return Value::boolean(loop(args).is_running()); }
Value is_closed(Interpreter&, Arguments& args) { return Value::boolean(loop(args).is_closed()); }
Value get_debug(Interpreter&, Arguments& args) { return Value::boolean(loop(args).debug()); }
Value set_debug(Interpreter& in, Arguments& args) {
  loop(args).set_debug(truthy(in, args.values[1]));
  return {};
}

/// asyncio keeps the callable; what it is told is a dictionary.
Value set_exception_handler(Interpreter& in, Arguments& args) {
  const Value handler = args.values[1];
  if (!handler.is_none() && !is_callable(handler))
    type_error(in, "A callable object or None is expected, got " + repr(in, handler));
  EventLoop& loop = scenarios::loop(args);
  if (handler.is_none()) return loop.set_exception_handler({}), Value();
  loop.set_exception_handler([&in, handler, &loop](const ErrorContext& context) {
    const Value dictionary = in.diagnostics().context_value(context);
    const Interpreter::CalledByLoop called(in);
    in.call(handler, {in.wrap(loop.shared_from_this()), dictionary});
  });
  return {};
}

Dict& context_argument(Interpreter& in, const Arguments& args) {
  Dict* context = args.values[1].get_if<Dict>();
  if (!context)
    raise_error(in, "AttributeError",
                "'" + type_name(in, args.values[1]) + "' object has no attribute 'get'");
  return *context;
}

/// A context that the program made, as the core's handlers take it.
ErrorContext own_context(Interpreter& in, Dict& context) {
  ErrorContext told{.message = "Unhandled exception in event loop", .own = AnyValue(Value(&context))};
  std::map<std::string, std::string> lines;
  for (const HashTable::Entry& entry : std::vector(context.table().entries())) {
    if (entry.key.is_missing()) continue;
    const Value& value = entry.value;
    const std::string name = str(in, entry.key);
    if (name == "message" && truthy(in, value))
      told.message = str(in, value);
    else if (name == "exception" && value.get_if<Exception>())
      told.error = to_exception_ptr(Ref<Exception>(value.get_if<Exception>()));
    else if (name != "message" && name != "exception")
      lines[name] = name + ": " + repr(in, value);
  }
  for (const auto& [name, line] : lines) told.details += (told.details.empty() ? "" : "\n") + line;
  return told;
}

Value call_exception_handler(Interpreter& in, Arguments& args) {
  ErrorContext context = own_context(in, context_argument(in, args));
  loop(args).set_position(in.traced_task(), in.current_line());
  loop(args).report(std::move(context));
  loop(args).set_position({}, 0);
  return {};
}

Value default_exception_handler(Interpreter& in, Arguments& args) {
  loop(args).default_handler(own_context(in, context_argument(in, args)));
  return {};
}

constexpr BuiltinRow kLoop[] = {
    {"call_soon", call_soon, 1, kAny, true, "callback", "BaseEventLoop"},
    {"call_soon_threadsafe", call_soon_threadsafe, 1, kAny, true, "callback", "BaseEventLoop"},
    {"call_later", call_later, 2, kAny, true, "delay, callback", "BaseEventLoop"},
    {"call_at", call_at, 2, kAny, true, "when, callback", "BaseEventLoop"},
    {"time", time, 0, 0, false, "", "BaseEventLoop"},
    {"create_task", create_task, 1, 1, true, "coro", "BaseEventLoop"},
    {"create_future", create_future, 0, 0, false, "", "BaseEventLoop"},
    {"run_until_complete", run_until_complete, 1, 1, false, "future", "BaseEventLoop"},
    {"run_forever", run_forever, 0, 0, false, "", "BaseEventLoop"},
    {"stop", stop, 0, 0, false, "", "BaseEventLoop"},
    {"close", close, 0, 0, false, "", "BaseEventLoop"},
    {"is_running", is_running, 0, 0, false, "", "BaseEventLoop"},
    {"is_closed", is_closed, 0, 0, false, "", "BaseEventLoop"},
    {"set_exception_handler", set_exception_handler, 1, 1, false, "handler", "BaseEventLoop"},
    {"call_exception_handler", call_exception_handler, 1, 1, false, "context", "BaseEventLoop"},
    {"default_exception_handler", default_exception_handler, 1, 1, false, "context", "BaseEventLoop"},
    {"get_debug", get_debug, 0, 0, false, "", "BaseEventLoop"},
    {"set_debug", set_debug, 1, 1, false, "enabled", "BaseEventLoop"},
};

Value cancel(Interpreter&, Arguments& args) { return handle(args).cancel(), Value(); }
Value cancelled(Interpreter&, Arguments& args) { return Value::boolean(handle(args).cancelled()); }
Value when(Interpreter&, Arguments& args) { return Value::floating(handle(args).when().value_or(0)); }

constexpr BuiltinRow kHandle[] = {{"cancel", cancel, 0, 0, false, "", "Handle"},
                                  {"cancelled", cancelled, 0, 0, false, "", "Handle"}};
constexpr BuiltinRow kTimerHandle[] = {{"cancel", cancel, 0, 0, false, "", "TimerHandle"},
                                       {"when", when, 0, 0, false, "", "TimerHandle"}};

}  // namespace

std::span<const BuiltinRow> loop_methods() { return kLoop; }
std::span<const BuiltinRow> handle_methods() { return kHandle; }
std::span<const BuiltinRow> timer_handle_methods() { return kTimerHandle; }

}  // namespace loopscope::scenarios

// concurrent.futures, and what connects it to loops. values[0] is the object, or the type.
#include "core/task/executor_bridge.h"
#include "core/trace/events.h"
#include "core/world/worker_pool.h"
#include "scenarios/builtins/arguments.h"
#include "scenarios/builtins/asyncio_objects.h"
#include "scenarios/builtins/native_coroutines.h"
#include "scenarios/builtins/pickling.h"
#include "scenarios/builtins/registry.h"
#include "scenarios/builtins/thread_objects.h"
#include "scenarios/run/generator_task.h"
#include "scenarios/run/traceback.h"
#include "scenarios/values/attributes.h"
#include "scenarios/values/callables.h"
#include "scenarios/values/iterators.h"
#include "scenarios/values/operators.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/sequences.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {

ConcurrentFutureObject::ConcurrentFutureObject(Interpreter& interpreter, Ref<concurrent::Future> future)
    : Tracked(Kind::concurrent_future, interpreter.type_named("concurrent.futures.Future")),
      interpreter_(interpreter),
      future_(std::move(future)) {}

void ConcurrentFutureObject::clear_references() {
  const Environment& environment = interpreter_.environment();
  future_ = make_ref<concurrent::Future>(environment.world, environment.tracer);
}

std::string ConcurrentFutureObject::repr(Runtime& runtime) {
  std::string text = "<Future at " + address(*this) + " state=" + std::string(future_->state_name());
  if (future_->state() == concurrent::Future::State::finished) {
    if (const std::exception_ptr error = future_->stored_error())
      text += " raised " + exception_from(runtime, error)->type().name();
    else
      text += " returned " + type_name(runtime, value_from(future_->stored_value()));
  }
  return text + ">";
}

namespace {

/// What a process sends back for an exception: where it came from is text.
void add_remote_traceback(Interpreter& in, Exception& error) {
  const std::string told = format_traceback(in, error);
  error.cause = make_exception(in, "_RemoteTraceback", "\n\"\"\"\n" + told + "\"\"\"");
  error.suppress_context = true;
}

/// A call in another process: what goes there and comes back is pickled.
Value call_in_process(Interpreter& in, const Value& callable, const Arguments& arguments) {
  try {
    PickleCopier there(in);
    const Value function = there.copy(callable);
    Arguments copies{there.copy_all(arguments.values), arguments.keywords};
    for (auto& [name, value] : copies.keywords) value = there.copy(value);
    return PickleCopier(in).copy(in.call(function, std::move(copies)));
  } catch (const PyError& error) {
    add_remote_traceback(in, *error.exception());
    throw;
  }
}

}  // namespace

concurrent::Job make_job(Interpreter& in, concurrent::Executor::Kind kind, const Value& callable,
                         Arguments arguments) {
  std::string label = callback_label(in, callable, arguments.values);
  const bool process = kind == concurrent::Executor::Kind::processes;
  constexpr std::int64_t kJobBytes = 1500;  // with its future and its place in the queue
  const auto run = [&in, process, callable, arguments = std::move(arguments),
                    charge = std::make_shared<MemoryCharge>(in, kJobBytes)] {
    in.enter_thread();
    const Interpreter::CalledByLoop called(in);
    try {
      return AnyValue(process ? call_in_process(in, callable, arguments) : in.call(callable, arguments));
    } catch (const PyError& error) {
      std::rethrow_exception(to_exception_ptr(error.exception()));
    }
  };
  return {run, std::move(label)};
}

namespace {

// --- Future

concurrent::Future& future(const Arguments& args) {
  return args.values[0].get_if<ConcurrentFutureObject>()->future();
}

Value result(Interpreter& in, Arguments& args) {
  const Ref<concurrent::Future> keep(&future(args));
  try {
    return value_from(keep->result(timeout_argument(in, argument_or(args, 1))));
  } catch (const PyError& error) {
    error.exception()->take_from_future();
    throw;
  }
}

Value exception(Interpreter& in, Arguments& args) {
  const Ref<concurrent::Future> keep(&future(args));
  const std::exception_ptr error = keep->exception(timeout_argument(in, argument_or(args, 1)));
  return error ? Value(exception_from(in, error)) : Value();
}

/// concurrent.futures' own log line; it belongs to whatever runs on this thread.
void log_callback_error(Interpreter& in, const std::string& of, Exception& error) {
  const Ref<Exception> handled = in.frame() ? in.handled_exception(*in.frame()) : nullptr;
  if (handled && error.context.is_none()) in.set_context(error, handled);
  const std::string what = "exception calling callback";
  const EventLoop* loop = in.running_loop();
  in.tracer().emit(make::error(loop ? loop->id() : LoopId{}, {}, in.last_line()),
                   {{TextField::text, what + ": " + describe(in, error)}});
  in.write_err(what + of + "\n" + format_traceback(in, error));
}

Value add_done_callback(Interpreter& in, Arguments& args) {
  future(args).add_done_callback(
      [&in, object = args.values[0], callback = args.values[1]](concurrent::Future&) {
        const Interpreter::CalledByLoop called(in);
        try {
          in.call(callback, {object});
        } catch (const PyError& error) {
          if (error.category() != ErrorCategory::ordinary) throw;
          log_callback_error(in, " for " + repr(in, object), *error.exception());
        }
      });
  return {};
}

Value cancel(Interpreter&, Arguments& args) { return Value::boolean(future(args).cancel()); }
Value cancelled(Interpreter&, Arguments& args) { return Value::boolean(future(args).cancelled()); }
Value running(Interpreter&, Arguments& args) { return Value::boolean(future(args).running()); }
Value done(Interpreter&, Arguments& args) { return Value::boolean(future(args).done()); }

constexpr BuiltinRow kFuture[] = {
    {"result", result, 0, 1, false, "timeout", "Future"},
    {"exception", exception, 0, 1, false, "timeout", "Future"},
    {"add_done_callback", add_done_callback, 1, 1, false, "fn", "Future"},
    {"cancel", cancel, 0, 0, false, "", "Future"},
    {"cancelled", cancelled, 0, 0, false, "", "Future"},
    {"running", running, 0, 0, false, "", "Future"},
    {"done", done, 0, 0, false, "", "Future"},
};

// --- executors

ExecutorObject& executor(const Arguments& args) { return *args.values[0].get_if<ExecutorObject>(); }

std::size_t max_workers(Interpreter& in, const Value& value, std::size_t otherwise) {
  if (value.is_missing() || value.is_none()) return otherwise;
  if (!value.is_number())
    type_error(in, "'<=' not supported between instances of '" + type_name(in, value) + "' and 'int'");
  const std::int64_t workers = integer_argument(in, value);
  if (workers <= 0) value_error(in, "max_workers must be greater than 0");
  return static_cast<std::size_t>(workers);
}

concurrent::ErrorLog error_log(Interpreter& in) {
  return [&in](const std::string& message, const std::exception_ptr& error) {
    in.write_err(message + "\n" + format_traceback(in, *exception_from(in, error)));
  };
}

Value make_thread_pool(Interpreter& in, Arguments& args) {
  const Value workers = take(args, 1, "max_workers"), prefix = take(args, 2, "thread_name_prefix");
  const Value initializer = take(args, 3, "initializer"), initargs = take(args, 4, "initargs");
  no_unexpected_keywords(in, args, "ThreadPoolExecutor.__init__");
  concurrent::ThreadPoolOptions options;
  options.max_workers = max_workers(in, workers, concurrent::kDefaultThreads);
  if (!prefix.is_missing()) options.thread_name_prefix = str(in, prefix);
  options.log = error_log(in);
  if (!initializer.is_missing() && !initializer.is_none()) {
    if (!is_callable(initializer)) type_error(in, "initializer must be a callable");
    std::vector<Value> values;
    if (!initargs.is_missing()) values = collect(in, initargs);
    const auto job = make_job(in, concurrent::Executor::Kind::threads, initializer, {std::move(values), {}});
    options.initializer = [run = job.run] { run(); };
  }
  Environment& environment = in.environment();
  return in.make<ExecutorObject>(
      in, *args.values[0].get_if<Type>(),
      concurrent::make_thread_pool(environment.world, environment.tracer, std::move(options)));
}

Value make_process_pool(Interpreter& in, Arguments& args) {
  const Value workers = take(args, 1, "max_workers");
  no_unexpected_keywords(in, args, "ProcessPoolExecutor.__init__");
  concurrent::ProcessPoolOptions options;
  options.max_workers = max_workers(in, workers, concurrent::kCpus);
  options.fork = [&in]() -> std::function<void()> {
    const auto globals = std::make_shared<Interpreter::Globals>(fork_globals(in));
    return [&in, globals] { in.enter_process(globals); };
  };
  options.log = error_log(in);
  Environment& environment = in.environment();
  return in.make<ExecutorObject>(
      in, *args.values[0].get_if<Type>(),
      concurrent::make_process_pool(environment.world, environment.tracer, std::move(options)));
}

Value submit(Interpreter& in, Arguments& args) {
  const Ref<concurrent::Executor> pool = executor(args).executor;
  pool->check_open();
  Arguments rest{{args.values.begin() + 2, args.values.end()}, std::move(args.keywords)};
  return in.make<ConcurrentFutureObject>(
      in, pool->submit(make_job(in, pool->kind(), args.values[1], std::move(rest))));
}

/// What is left of an Executor.map(): cancelled when the first result was asked for and the rest is
/// not wanted, or one call failed.
class MapResults {
 public:
  explicit MapResults(std::deque<Ref<concurrent::Future>> futures) : futures_(std::move(futures)) {}
  ~MapResults() { cancel(); }

  Value next(std::optional<double> timeout) {
    if (futures_.empty()) return Value::missing();
    started_ = true;
    const Ref<concurrent::Future> future = std::move(futures_.front());
    futures_.pop_front();
    try {
      return value_from(future->result(timeout));
    } catch (...) {
      future->cancel();
      cancel();
      throw;
    }
  }

 private:
  void cancel() {
    if (started_)
      for (const auto& rest : std::exchange(futures_, {})) rest->cancel();
  }

  std::deque<Ref<concurrent::Future>> futures_;
  bool started_ = false;
};

/// Submits all calls at once; the results come one after the other.
Value map(Interpreter& in, Arguments& args) {
  const std::optional<double> timeout = timeout_argument(in, take_keyword(args, "timeout"));
  take_keyword(args, "chunksize");
  no_unexpected_keywords(in, args, "Executor.map");
  const Clock& clock = in.environment().world.clock;
  const std::optional<double> end = timeout ? std::optional(clock.now() + *timeout) : std::nullopt;
  std::vector<Value> iterators;
  for (std::size_t i = 2; i < args.values.size(); ++i) iterators.push_back(iterate(in, args.values[i]));
  const Ref<concurrent::Executor> pool = executor(args).executor;
  std::deque<Ref<concurrent::Future>> futures;
  for (bool more = !iterators.empty(); more;) {
    Arguments one;
    for (const Value& iterator : iterators)
      if (Value item; (more = more && next(in, iterator, item))) one.values.push_back(std::move(item));
    if (more) futures.push_back(pool->submit(make_job(in, pool->kind(), args.values[1], std::move(one))));
  }
  return make_generator(in, "Executor.map.<locals>.result_iterator",
                        [rest = std::make_shared<MapResults>(std::move(futures)), end, &clock](Runtime&) {
                          return rest->next(end ? std::optional(*end - clock.now()) : std::nullopt);
                        });
}

Value shutdown(Interpreter& in, Arguments& args) {
  const Value wait = take(args, 1, "wait"), cancel = take_keyword(args, "cancel_futures");
  no_unexpected_keywords(in, args, "Executor.shutdown");
  executor(args).executor->shutdown(wait.is_missing() || truthy(in, wait),
                                    !cancel.is_missing() && truthy(in, cancel));
  return {};
}

Value enter(Interpreter&, Arguments& args) { return args.values[0]; }
Value leave(Interpreter&, Arguments& args) {
  executor(args).executor->shutdown();
  return Value::boolean(false);
}

constexpr BuiltinRow kExecutor[] = {
    {"submit", submit, 1, kAny, true, "fn", "Executor"},
    {"map", map, 1, kAny, true, "fn", "Executor"},
    {"shutdown", shutdown, 0, 1, true},
    {"__enter__", enter, 0, 0},
    {"__exit__", leave, 0, kAny},
};

// --- loops

Ref<concurrent::Executor> executor_argument(Interpreter& in, const Value& value) {
  if (value.is_none()) return nullptr;
  if (const ExecutorObject* object = value.get_if<ExecutorObject>()) return object->executor;
  raise_error(in, "AttributeError", "'" + type_name(in, value) + "' object has no attribute 'submit'");
}

EventLoop& loop(const Arguments& args) { return args.values[0].get_if<LoopObject>()->loop(); }

Value run_in_executor(Interpreter& in, Arguments& args) {
  const Value& callable = args.values[2];
  loop(args).check_open();
  if (loop(args).debug()) {
    if (is_coroutine(callable)) type_error(in, "coroutines cannot be used with run_in_executor()");
    if (!is_callable(callable))
      type_error(in, "a callable object was expected by run_in_executor(), got " + repr(in, callable));
  }
  const Ref<concurrent::Executor> pool = executor_argument(in, args.values[1]);
  const auto kind = pool ? pool->kind() : concurrent::Executor::Kind::threads;
  Arguments rest{{args.values.begin() + 3, args.values.end()}, {}};
  return in.wrap(loopscope::run_in_executor(loop(args), pool, make_job(in, kind, callable, std::move(rest))));
}

Value set_default_executor(Interpreter& in, Arguments& args) {
  const ExecutorObject* object = args.values[1].get_if<ExecutorObject>();
  if (!object || object->executor->kind() != concurrent::Executor::Kind::threads)
    type_error(in, "executor must be ThreadPoolExecutor instance");
  loop(args).set_default_executor(object->executor);
  return {};
}

Value shutdown_default_executor(Interpreter& in, Arguments& args) {
  return in.make<NativeCoroutine>(in, loopscope::shutdown_default_executor(loop(args)),
                                  "BaseEventLoop.shutdown_default_executor", "");
}

constexpr BuiltinRow kLoop[] = {
    {"run_in_executor", run_in_executor, 2, kAny, false, "executor, func", "BaseEventLoop"},
    {"set_default_executor", set_default_executor, 1, 1, false, "executor", "BaseEventLoop"},
    {"shutdown_default_executor", shutdown_default_executor, 0, 0, false, "", "BaseEventLoop"},
};

Value to_thread(Interpreter& in, Arguments& args) {
  Arguments rest{{args.values.begin() + 1, args.values.end()}, std::move(args.keywords)};
  std::vector<Value> given = args.values;  // its frame has them until it ends
  for (const auto& [name, value] : rest.keywords) given.push_back(value);
  concurrent::Job job = make_job(in, concurrent::Executor::Kind::threads, args.values[0], std::move(rest));
  std::string shown = job.label;
  return coroutine_value(in, new_tuple(in, std::move(given)), loopscope::to_thread(std::move(job)),
                         "to_thread", std::move(shown));
}

Value run_coroutine_threadsafe(Interpreter& in, Arguments& args) {
  const Value& coroutine = args.values[0];
  if (!is_coroutine(coroutine)) type_error(in, "A coroutine object is required");
  const LoopObject* loop = args.values[1].get_if<LoopObject>();
  if (!loop)
    raise_error(in, "AttributeError",
                "'" + type_name(in, args.values[1]) + "' object has no attribute 'call_soon_threadsafe'");
  const auto start = [&in, keep = Ref<LoopObject>(const_cast<LoopObject*>(loop)),
                      coroutine]() -> Ref<Future> { return start_task(in, keep->loop(), coroutine, {}); };
  const auto whose = std::make_shared<concurrent::Future*>(nullptr);  // there while its callbacks run
  const auto log = [&in, whose](const std::exception_ptr& error) {
    const auto shown = in.make<ConcurrentFutureObject>(in, Ref<concurrent::Future>(*whose));
    log_callback_error(in, " for " + repr(in, shown), *exception_from(in, error));
  };
  Ref<concurrent::Future> future = loopscope::run_coroutine_threadsafe(loop->loop(), start, log);
  *whose = future.get();
  return in.make<ConcurrentFutureObject>(in, std::move(future));
}

constexpr BuiltinRow kAsyncio[] = {
    {"to_thread", to_thread, 1, kAny, true, "func"},
    {"run_coroutine_threadsafe", run_coroutine_threadsafe, 2, 2, false, "coro, loop"},
};

constexpr TypeRow kTypes[] = {
    {"-", "Error", "concurrent.futures._base", "Exception", nullptr},
    {"-", "CancelledError", "concurrent.futures._base", "Error", nullptr,
     "concurrent.futures.CancelledError"},
    {"-", "InvalidStateError", "concurrent.futures._base", "Error", nullptr,
     "concurrent.futures.InvalidStateError"},
    {"-", "_RemoteTraceback", "concurrent.futures.process", "Exception", nullptr},
    {"-", "PickleError", "_pickle", "Exception", nullptr},
    {"-", "PicklingError", "_pickle", "PickleError", nullptr},
    {"-", "BrokenThreadPool", "concurrent.futures.thread", "RuntimeError", nullptr},
    {"-", "Future", "concurrent.futures._base", "object", nullptr, "concurrent.futures.Future"},
    {"-", "Executor", "concurrent.futures._base", "object", nullptr},
    {"concurrent.futures", "ThreadPoolExecutor", "concurrent.futures.thread", "Executor", make_thread_pool},
    {"concurrent.futures", "ProcessPoolExecutor", "concurrent.futures.process", "Executor",
     make_process_pool},
};
constexpr FunctionTable kMethodTables[] = {
    {"concurrent.futures.Future", kFuture}, {"Executor", kExecutor}, {"_UnixSelectorEventLoop", kLoop}};
constexpr FunctionTable kFunctionTables[] = {{"asyncio", kAsyncio}};

}  // namespace

std::span<const FunctionTable> executor_functions() { return kFunctionTables; }
std::span<const FunctionTable> executor_methods() { return kMethodTables; }
std::span<const TypeRow> executor_types() { return kTypes; }

}  // namespace loopscope::scenarios

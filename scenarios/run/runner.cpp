#include "scenarios/run/runner.h"

#include <cstdint>

#include "core/base/os_thread.h"
#include "core/trace/events.h"
#include "core/world/thread.h"
#include "core/world/virtual_world.h"
#include "scenarios/run/compile.h"
#include "scenarios/run/interpreter.h"
#include "scenarios/run/traceback.h"
#include "scenarios/values/operators.h"
#include "scenarios/values/repr.h"

namespace loopscope::scenarios {
namespace {

/// Passes a trace on and counts it, until the program is over: what is freed then is no
/// part of it. The limits hold with and without a listener.
class CountingSink final : public TraceSink {
 public:
  explicit CountingSink(TraceSink* next) : next_(next) {}

  void write(const TraceEvent& event, std::span<const TraceRecord> records) override {
    if (closed_) return;
    ++events;
    if (event.kind == EventKind::iteration_begin) ++iterations;
    if (next_) next_->write(event, records);
  }
  void close() { closed_ = true; }

  std::uint64_t events = 0, iterations = 0;

 private:
  TraceSink* next_;
  bool closed_ = false;
};

constexpr std::size_t kStack = std::size_t{512} << 20, kLeastStack = std::size_t{8} << 20;

}  // namespace

constexpr std::uint64_t kMostSaid = 32U << 20;

struct Run::State {
  State(const Scenario& scenario, const RunOptions& options, TraceSink* sink, RunStreams streams)
      : scenario(scenario),
        options(options),
        streams(std::move(streams)),
        budget(scenario.loop.limits),
        counter(sink) {}

  void run(std::uintptr_t stack_end);
  void uncaught(Interpreter& interpreter, const Ref<Exception>& exception);
  void exit_with(Interpreter& interpreter, Exception& exception);
  void ended(Interpreter& interpreter, const RunEnded& why);
  void finish(VirtualWorld& world, Interpreter& interpreter);
  void emit_error(const std::string& text, std::uint32_t line) {
    tracer.emit(make::error({}, {}, line), {{TextField::text, text}});
  }
  /// What goes to standard error: all of it, but for programs that mean harm.
  void say(std::string_view text) {
    if (!streams.err || said > kMostSaid) return;
    said += text.size();
    streams.err(text);
    if (said > kMostSaid) streams.err("\n[standard error ends here: it is longer than 32 MiB]\n");
  }

  const Scenario& scenario;
  const RunOptions options;
  const RunStreams streams;
  Budget budget;
  CountingSink counter;
  Tracer tracer{&counter};
  RunResult result;
  std::uint64_t said = 0;  ///< bytes on standard error
  bool over = false;       ///< ended from outside: no thread can run any more
};

void Run::State::run(std::uintptr_t stack_end) {
  const std::string model_name = options.model.value_or(scenario.loop.model);
  const std::unique_ptr<LoopModel> model = make_loop_model(model_name, scenario.loop.turn_cost);
  if (!model) {
    result.exit_code = 2;
    result.error = "there is no loop model '" + model_name + "'; use 'asyncio', 'drain' or 'trampoline'";
    return say("error: " + result.error + "\n");
  }
  VirtualWorld world(tracer, budget);
  world.play(scenario.world);
  Interpreter interpreter({.world = world.world(),
                           .tracer = tracer,
                           .budget = budget,
                           .model = *model,
                           .debug = scenario.loop.debug || options.debug,
                           .debug_all = options.debug,
                           .slow_callback = scenario.loop.slow_callback,
                           .out = streams.out,
                           .err = [this](std::string_view text) { say(text); },
                           .listing = &scenario.listing});
  interpreter.set_stack_end(stack_end);
  std::unique_ptr<Program> program;
  try {
    program = compile(interpreter, scenario.program);
    interpreter.run_module(*program);
  } catch (const PyError& error) {
    uncaught(interpreter, error.exception());
  } catch (const RunEnded& why) {
    world.stop_threads();
    ended(interpreter, why);
  } catch (const std::exception& error) {
    // Nothing that a program does should come here: memory that the system does not have.
    result.exit_code = 1;
    emit_error(result.error = error.what(), interpreter.last_line());
    say("error: " + result.error + "\n");
  }
  finish(world, interpreter);
  world.end();
  result.duration = world.world().clock.now();
  result.iterations = counter.iterations;
  result.events = counter.events;
  result.steps = interpreter.statements();
  counter.close();
  interpreter.close();
}

/// The interpreter's end, also after an exception: it waits for the program's threads, then
/// gives up what is left.
void Run::State::finish(VirtualWorld& world, Interpreter& interpreter) {
  if (over) return;
  try {
    try {
      threading::shutdown(world.world());
    } catch (const ProgramError&) {  // a signal's handler that raised while it waited
      interpreter.report_ignored("<module 'threading' from '/usr/lib/python3.11/threading.py'>",
                                 exception_from(interpreter, std::current_exception()));
    }
    interpreter.finish();
  } catch (const RunEnded& why) {
    world.stop_threads();
    ended(interpreter, why);
  }
}

void Run::State::uncaught(Interpreter& interpreter, const Ref<Exception>& exception) {
  try {
    const ErrorCategory category = PyError(exception).category();
    if (category == ErrorCategory::system_exit) return exit_with(interpreter, *exception);
    result.exit_code = category == ErrorCategory::keyboard_interrupt ? 130 : 1;
    say(uncaught_traceback(interpreter, *exception));
    result.error = describe(interpreter, *exception);
    emit_error(result.error, exception->traceback.empty() ? 0 : exception->traceback.front().line);
  } catch (const PyError&) {
    emit_error(result.error = exception->type().full_name() + ": <exception str() failed>", 0);
  } catch (const RunEnded& why) {
    ended(interpreter, why);
  }
}

void Run::State::exit_with(Interpreter& interpreter, Exception& exception) {
  const Value code = exception.own_attribute(interpreter, "code");
  if (code.is_none()) return;
  if (code.is_integral()) {
    result.exit_code = static_cast<int>(code.as_int() & 0xff);
    return;
  }
  say(str(interpreter, code) + "\n");
  result.exit_code = 1;
}

void Run::State::ended(Interpreter& interpreter, const RunEnded& why) {
  over = true;
  if (why.why() == RunEnded::Why::terminated) {  // silent, as the system is
    result.exit_code = 128 + signal_number(why.name()).value_or(0);
    return;
  }
  result.exit_code = 1;
  result.limit = why.why() == RunEnded::Why::limit ? why.name() : "";
  result.deadlock = why.why() == RunEnded::Why::deadlock;
  result.stopped = why.why() == RunEnded::Why::stopped;
  if (!result.stopped) result.error = why.message();
  say(why.message() + "\n");
  emit_error(why.message(), interpreter.last_line());
}

Run::Run(const Scenario& scenario, const RunOptions& options, TraceSink* sink, RunStreams streams)
    : state_(std::make_unique<State>(scenario, options, sink, std::move(streams))) {}

Run::~Run() = default;

RunResult Run::execute() {
  OsThread deep;  // a stack for a thousand nested calls
  const auto run = [this](std::uintptr_t stack_end) { state_->run(stack_end); };
  if (!deep.start(kStack, kLeastStack, run)) state_->run(0);  // none to be had: on this stack, then
  deep.join();
  return state_->result;
}

void Run::request_stop() { state_->budget.request_stop(); }

}  // namespace loopscope::scenarios

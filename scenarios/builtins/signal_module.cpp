// The signal module.
#include "scenarios/builtins/arguments.h"
#include "scenarios/builtins/int_constant.h"
#include "scenarios/builtins/registry.h"
#include "scenarios/values/callables.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {
namespace {

constexpr std::int64_t kMostSignals = 65;
constexpr std::int64_t kKill = 9, kStop = 19;  // cannot be caught

/// What stands for the default actions, as signal.signal returns and takes them.
class DefaultAction final : public Object {
 public:
  DefaultAction(Runtime& runtime, bool interrupts)
      : Object(Kind::plain, runtime.type_named(interrupts ? "builtin_function_or_method" : "Handlers")),
        interrupts(interrupts) {}
  const bool interrupts;  ///< SIGINT's default_int_handler, not SIG_DFL

  std::string repr(Runtime&) override {
    return interrupts ? "<built-in function default_int_handler>" : "<Handlers.SIG_DFL: 0>";
  }
  std::string str(Runtime& runtime) override { return interrupts ? repr(runtime) : "0"; }
};

/// A handler that the core installed (asyncio.run's): only to be put back.
class CoreHandler final : public Object {
 public:
  CoreHandler(Runtime& runtime, std::shared_ptr<SignalHandler> handler)
      : Object(Kind::plain, runtime.type_named("partial")), handler(std::move(handler)) {}
  const std::shared_ptr<SignalHandler> handler;
  std::string repr(Runtime&) override { return "functools.partial(<bound method Runner._on_sigint>)"; }
};

/// A function of the program: called with the signal's number.
class ProgramHandler final : public SignalHandler {
 public:
  ProgramHandler(Interpreter& in, Value function) : in_(in), function_(std::move(function)) {}
  void run(int signal) override { in_.call(function_, {Value::integer(signal), Value()}); }
  const Value& function() const { return function_; }

 private:
  Interpreter& in_;
  Value function_;
};

Signals& signals(Interpreter& in) { return in.environment().world.signals; }

Value value_of(Interpreter& in, const std::shared_ptr<SignalHandler>& handler) {
  if (!handler) return in.make<DefaultAction>(in, false);
  if (handler == signals(in).default_int_handler()) return in.make<DefaultAction>(in, true);
  if (const auto* program = dynamic_cast<const ProgramHandler*>(handler.get())) return program->function();
  return in.make<CoreHandler>(in, handler);
}

std::shared_ptr<SignalHandler> handler_from(Interpreter& in, const Value& value) {
  if (const auto* action = as<DefaultAction>(value))
    return action->interrupts ? signals(in).default_int_handler() : nullptr;
  if (const auto* core = as<CoreHandler>(value)) return core->handler;
  if (const std::optional<std::int64_t> number = int_of(value); number == 0) return nullptr;
  if (!is_callable(value))
    type_error(in, "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
  return std::make_shared<ProgramHandler>(in, value);
}

Value set_handler(Interpreter& in, Arguments& args) {
  const std::int64_t number = require_int(in, args.values[0]);
  if (in.thread().id != kMainThread)
    value_error(in, "signal only works in main thread of the main interpreter");
  if (number < 1 || number >= kMostSignals) value_error(in, "signal number out of range");
  std::shared_ptr<SignalHandler> handler = handler_from(in, args.values[1]);
  in.environment().world.threads.run_interrupts();
  if (number == kKill || number == kStop) throw OsError(Errno::invalid);
  return value_of(in, signals(in).set_handler(static_cast<int>(number), std::move(handler)));
}

Value raise_signal(Interpreter& in, Arguments& args) {
  const std::int64_t number = require_int(in, args.values[0]);
  if (number < 0 || number >= kMostSignals) throw OsError(Errno::invalid);
  if (number > 0) signals(in).raise(static_cast<int>(number));
  in.environment().world.threads.run_interrupts();
  return {};
}

constexpr BuiltinRow kFunctions[] = {
    {"signal", set_handler, 2, 2, false, "signalnum, handler"},
    {"raise_signal", raise_signal, 1, 1},
};

constexpr TypeRow kTypes[] = {
    {"-", "Signals", "signal", "int", nullptr},
    {"-", "Handlers", "signal", "int", nullptr},
};

constexpr NumberRow kNumbers[] = {
    {"signal", "SIGINT", kSigint, "Signals"},
    {"signal", "SIGTERM", kSigterm, "Signals"},
};

}  // namespace

std::span<const BuiltinRow> signal_functions() { return kFunctions; }
std::span<const TypeRow> signal_types() { return kTypes; }
std::span<const NumberRow> signal_numbers() { return kNumbers; }

}  // namespace loopscope::scenarios

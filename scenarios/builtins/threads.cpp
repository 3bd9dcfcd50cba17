// threading: Thread, current_thread, get_ident. values[0] is the object, or the type.
#include "scenarios/builtins/arguments.h"
#include "scenarios/builtins/registry.h"
#include "scenarios/builtins/thread_objects.h"
#include "scenarios/run/traceback.h"
#include "scenarios/values/attributes.h"
#include "scenarios/values/callables.h"
#include "scenarios/values/dict.h"
#include "scenarios/values/iterators.h"
#include "scenarios/values/numbers.h"
#include "scenarios/values/operators.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {

std::int64_t thread_ident(ThreadId thread) {
  constexpr std::int64_t kFirst = 0x7f2b40000740, kApart = 0x801000;  // as glibc places stacks
  return kFirst - thread.value * kApart;
}

std::optional<double> timeout_argument(Interpreter& in, const Value& value) {
  if (value.is_missing() || value.is_none()) return std::nullopt;
  if (!value.is_number())
    type_error(in, "'" + type_name(in, value) + "' object cannot be interpreted as an integer");
  return to_float(in, value);
}

ThreadObject::ThreadObject(Interpreter& interpreter, Ref<threading::Thread> thread)
    : Tracked(Kind::thread, interpreter.type_named("threading.Thread")),
      interpreter_(interpreter),
      thread_(std::move(thread)) {}

ThreadObject::ThreadObject(Interpreter& interpreter, const ThreadSlots& slots)
    : Tracked(Kind::thread,
              interpreter.type_named(slots.id == kMainThread ? "_MainThread" : "threading.Thread")),
      interpreter_(interpreter),
      id_(slots.id),
      name_(slots.name) {}

bool ThreadObject::is_alive() const {
  return started() && interpreter_.environment().world.threads.is_alive(thread_id());
}

std::string ThreadObject::repr(Runtime&) {
  const std::string state = !started() ? "initial" : is_alive() ? "started" : "stopped";
  return "<" + type().name() + "(" + name() + ", " + state + (daemon() ? " daemon" : "") +
         (started() ? " " + std::to_string(thread_ident(thread_id())) : "") + ")>";
}

Value ThreadObject::own_attribute(Runtime& runtime, std::string_view name) {
  if (name == "name") return make_str(runtime, this->name());
  if (name == "daemon") return Value::boolean(daemon());
  if (name == "ident" || name == "native_id")
    return started() ? Value::integer(thread_ident(thread_id())) : Value();
  return Value::missing();
}

bool ThreadObject::set_attribute(Runtime& runtime, std::string_view name, const Value& value) {
  if (name == "name") {
    const std::string text = scenarios::str(runtime, value);
    thread_ ? thread_->set_name(text) : void(name_ = text);
    return true;
  }
  if (name != "daemon") return false;
  if (!thread_) runtime_error(runtime, "cannot set daemon status of active thread");
  thread_->set_daemon(scenarios::truthy(runtime, value));
  return true;
}

namespace {

ThreadObject& self(const Arguments& args) { return *args.values[0].get_if<ThreadObject>(); }

/// threading.excepthook.
void report_exception(Interpreter& in, const std::string& name, const std::exception_ptr& error) {
  in.write_err("Exception in thread " + name + ":\n" + uncaught_traceback(in, *exception_from(in, error)));
}

Arguments call_arguments(Interpreter& in, const Value& args, const Value& kwargs) {
  Arguments arguments;
  if (!args.is_missing())
    for_each(in, args, [&](Value value) {
      arguments.values.push_back(std::move(value));
      return true;
    });
  const Dict* named = kwargs.get_if<Dict>();
  if (!named) return arguments;
  for (const HashTable::Entry& entry : named->table().entries()) {
    if (entry.key.is_missing()) continue;
    const std::string* name = text_of(entry.key);
    if (!name) type_error(in, "keywords must be strings");
    arguments.keywords.emplace_back(*name, entry.value);
  }
  return arguments;
}

Value current_thread(Interpreter& in, Arguments&) {
  Value& object = in.thread_object();
  if (object.is_none()) object = in.make<ThreadObject>(in, in.thread());
  return object;
}

bool current_is_daemon(Interpreter& in) {
  const ThreadObject* current = in.thread_object().get_if<ThreadObject>();
  return current && current->daemon();
}

Value make_thread(Interpreter& in, Arguments& args) {
  const Value group = take(args, 1, "group"), target = take(args, 2, "target"), name = take(args, 3, "name");
  const Value values = take(args, 4, "args"), keywords = take(args, 5, "kwargs");
  const Value daemon = take_keyword(args, "daemon");
  no_unexpected_keywords(in, args, "Thread.__init__");
  if (!group.is_missing() && !group.is_none())
    raise_error(in, "AssertionError", "group argument must be None for now");
  threading::ThreadOptions options;
  if (!name.is_missing() && !name.is_none()) options.name = str(in, name);
  const bool has_target = !target.is_missing() && !target.is_none();
  if (has_target) {
    const Value own = find_attribute(in, target, "__name__");
    if (!own.is_missing()) options.target_name = str(in, own);
  }
  const bool inherited = daemon.is_missing() || daemon.is_none();
  options.daemon = inherited ? current_is_daemon(in) : truthy(in, daemon);
  struct Start {
    Value target;
    Arguments arguments;
    Value no_arguments;  // what stands for them and cannot be unpacked: found out by the thread
  };
  const bool unpacks = values.is_missing() || is_iterable(in, values);
  const auto start = std::make_shared<Start>(
      Start{has_target ? target : Value(), unpacks ? call_arguments(in, values, keywords) : Arguments(),
            unpacks ? Value::missing() : values});
  options.on_error = [&in](const std::exception_ptr& error) {
    report_exception(in, in.thread_object().get_if<ThreadObject>()->name(), error);
  };
  const auto run = [&in, start] {
    in.enter_thread();
    const Interpreter::CalledByLoop called(in);
    const Value target = std::exchange(start->target, Value());
    Arguments arguments = std::exchange(start->arguments, {});
    if (const Value given = std::exchange(start->no_arguments, Value::missing()); !given.is_missing())
      type_error(
          in, called_name(in, target) + " argument after * must be an iterable, not " + type_name(in, given));
    if (!target.is_none()) in.call(target, std::move(arguments));
  };
  Environment& environment = in.environment();
  return in.make<ThreadObject>(
      in, make_ref<threading::Thread>(environment.world, environment.tracer, std::move(options), run));
}

Value start(Interpreter& in, Arguments& args) {
  const Ref<threading::Thread>& thread = self(args).thread();
  if (!thread) runtime_error(in, "threads can only be started once");
  thread->start();
  in.thread_object(thread->id()) = args.values[0];
  in.share_process_with(thread->id());
  return {};
}

Value join(Interpreter& in, Arguments& args) {
  const std::optional<double> timeout = timeout_argument(in, argument_or(args, 1));
  const ThreadObject& object = self(args);
  const Ref<threading::Thread> thread = object.thread();
  if (thread)
    thread->join(timeout);
  else if (object.thread_id() == in.thread().id)
    runtime_error(in, "cannot join current thread");
  else
    in.environment().world.threads.block(
        [&] { return !object.is_alive(); },
        timeout ? std::optional(in.environment().world.clock.now() + std::max(*timeout, 0.0)) : std::nullopt,
        "Thread.join");
  return {};
}

Value is_alive(Interpreter&, Arguments& args) { return Value::boolean(self(args).is_alive()); }
Value get_name(Interpreter& in, Arguments& args) { return make_str(in, self(args).name()); }
Value is_daemon(Interpreter&, Arguments& args) { return Value::boolean(self(args).daemon()); }
Value get_ident(Interpreter& in, Arguments&) { return Value::integer(thread_ident(in.thread().id)); }

constexpr BuiltinRow kThread[] = {
    {"start", start, 0, 0, false, "", "Thread"},        {"join", join, 0, 1, false, "timeout", "Thread"},
    {"is_alive", is_alive, 0, 0, false, "", "Thread"},  {"getName", get_name, 0, 0, false, "", "Thread"},
    {"isDaemon", is_daemon, 0, 0, false, "", "Thread"},
};
constexpr BuiltinRow kFunctions[] = {
    {"current_thread", current_thread, 0, 0},
    {"get_ident", get_ident, 0, 0},
};
constexpr TypeRow kTypes[] = {
    {"threading", "Thread", "threading", "object", make_thread, "threading.Thread"},
    {"-", "_MainThread", "threading", "threading.Thread", nullptr},
};
constexpr FunctionTable kMethodTables[] = {{"threading.Thread", kThread}};
constexpr FunctionTable kFunctionTables[] = {{"threading", kFunctions}};

}  // namespace

std::span<const FunctionTable> thread_functions() { return kFunctionTables; }
std::span<const FunctionTable> thread_methods() { return kMethodTables; }
std::span<const TypeRow> thread_types() { return kTypes; }

}  // namespace loopscope::scenarios

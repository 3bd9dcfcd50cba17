#include "scenarios/run/interpreter.h"

#include <map>

#include "scenarios/builtins/asyncio_objects.h"
#include "scenarios/builtins/registry.h"
#include "scenarios/run/coroutine.h"
#include "scenarios/run/frame.h"
#include "scenarios/run/function.h"
#include "scenarios/run/generator.h"
#include "scenarios/run/traceback.h"
#include "scenarios/values/callables.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {

Interpreter::Interpreter(Environment environment)
    : Runtime(environment.budget), environment_(std::move(environment)) {
  install_types(*this);
  environment_.world.threads.on_switch([this](ThreadSlots& holder) { switch_thread(holder.id); });
}

void Interpreter::switch_thread(ThreadId holder) {
  ScriptThread& left = threads_[running_thread_.value];
  ScriptThread& entered = threads_[holder.value];
  left.frame = std::exchange(frame_, entered.frame);
  left.base = std::exchange(base_, entered.base);
  left.handled_by_loop = std::exchange(handled_by_loop_, entered.handled_by_loop);
  left.globals = std::exchange(globals_, entered.globals ? entered.globals : main_globals_);
  switch_thread_state(left.state, entered.state);
  running_thread_ = holder;
}

Interpreter::~Interpreter() { close(); }

void Interpreter::finish() {
  environment_.world.signals.forget_handlers();  // as CPython does before it gives up the modules
  diagnostics_.last_words();
  throw_deferred();
}

void Interpreter::close() {
  clear_all_references();
  main_globals_->clear();
  globals_ = main_globals_;
  threads_.clear();
  deferred_ = nullptr;
  environment_.world.signals.forget_handlers();
  for (const std::shared_ptr<EventLoop>& loop : std::exchange(forgotten_loops_, {})) loop->abandon();
  // A loop that no program object stands for: what it has queued holds values.
  if (const std::shared_ptr<EventLoop> loop = std::exchange(thread().current, nullptr)) loop->abandon();
}

void Interpreter::run_module(const Program& program) {
  program_ = &program;
  Globals& globals = *main_globals_;
  globals.assign(program.globals.size(), {});
  for (std::size_t i = 0; i < globals.size(); ++i)
    globals[i].builtin = find_builtin(*this, program.globals[i]);
  const Nested nested(*this);
  Frame frame(*this, *program.codes.front());
  run(frame);
  throw_deferred();
}

// --- calls

Value Interpreter::call(const Value& callable, Arguments arguments) {
  Object* object = callable.object();
  switch (object ? object->kind() : Kind::plain) {
    case Kind::function:
      return call_function(*callable.get_if<Function>(), arguments);
    case Kind::builtin: {
      const Builtin& builtin = *callable.get_if<Builtin>();
      builtin.prepare(*this, arguments);
      const Nested nested(*this, " while calling a Python object");
      return call_builtin(builtin.row(), arguments);
    }
    case Kind::bound_method: {
      const BoundMethod& method = *callable.get_if<BoundMethod>();
      arguments.values.insert(arguments.values.begin(), method.self);
      return call(method.function, std::move(arguments));
    }
    case Kind::partial: {
      const Partial& partial = *callable.get_if<Partial>();
      arguments.values.insert(arguments.values.begin(), partial.arguments.values.begin(),
                              partial.arguments.values.end());
      arguments.keywords = merge_keywords(*this, partial.arguments.keywords, std::move(arguments.keywords));
      return call(partial.function, std::move(arguments));
    }
    case Kind::type: {
      const Type& type = *callable.get_if<Type>();
      if (!type.construct) type_error(*this, "cannot create '" + type.full_name() + "' instances");
      arguments.values.insert(arguments.values.begin(), callable);
      const Nested nested(*this, " while calling a Python object");
      return type.construct(*this, arguments);
    }
    default:
      type_error(*this, "'" + type_name(*this, callable) + "' object is not callable");
  }
}

namespace {

/// What a call was given, while a traceback shows the call.
class KeptArguments final : public RefCounted {
 public:
  explicit KeptArguments(std::vector<Value> values) : values_(std::move(values)) {}

 private:
  const std::vector<Value> values_;
};

void keep_arguments(Exception& error, Arguments& arguments) {
  error.keep(make_ref<KeptArguments>(std::exchange(arguments.values, {})));
}

}  // namespace

/// What a function of asyncio's raises keeps its arguments alive, as the traceback of a Python
/// function does.
Value Interpreter::call_builtin(const BuiltinRow& row, Arguments& arguments) {
  if (row.parameters.empty()) return row.function(*this, arguments);
  try {
    return row.function(*this, arguments);
  } catch (const PyError& error) {
    keep_arguments(*error.exception(), arguments);
    throw;
  } catch (const ProgramError&) {
    const Ref<Exception> error = exception_from(*this, std::current_exception());
    keep_arguments(*error, arguments);
    throw PyError(error);
  }
}

void Interpreter::enter_function(Frame& frame, const Function& function, Arguments& arguments) {
  frame.line = function.code.first_line;
  frame.renamed = function.renamed;
  bind_arguments(*this, function, arguments, frame.slots);
  for (const std::uint32_t slot : function.code.cells)
    frame.slots[slot] = make<Cell>(*this, std::move(frame.slots[slot]));
  for (std::size_t i = 0; i < function.closure.size(); ++i)
    frame.slots[function.code.free_begin + i] = function.closure[i];
}

Value Interpreter::call_function(const Function& function, Arguments& arguments) {
  const Ref<Function> alive(const_cast<Function*>(&function));
  if (function.code.is_generator && function.code.is_async)
    return make<AsyncGenerator>(*this, function, arguments);
  if (function.code.is_generator) return make<Generator>(*this, function, arguments);
  if (function.code.is_async) return make<ScriptCoroutine>(*this, function, arguments);
  const Nested nested(*this);
  Frame frame(*this, function.code);
  enter_function(frame, function, arguments);
  run(frame);
  return std::move(frame.result);
}

Interpreter::CallChain::CallChain(Interpreter& in, const std::vector<FrameCoroutine*>& stack)
    : in_(in), stack_(stack), before_(in.frame_) {
  for (std::size_t i = 0; i + 1 < stack.size(); ++i) {
    stack[i]->frame().back = in.frame_;
    in.frame_ = &stack[i]->frame();
  }
}

Interpreter::CallChain::~CallChain() {
  in_.frame_ = before_;
  for (std::size_t i = 0; i + 1 < stack_.size(); ++i) stack_[i]->frame().back = nullptr;
}

std::uint32_t Interpreter::current_line() const { return frame_ && frame_ != base_ ? frame_->line : 0; }

// --- globals

void Interpreter::not_defined(const std::string& name) {
  Ref<Exception> error = make_exception(*this, "NameError", "name '" + name + "' is not defined");
  const bool function = frame_ && !frame_->code.is_class && &frame_->code != program_->codes.front().get();
  const std::vector<std::string>* locals = function ? &frame_->code.slots : nullptr;
  error->sought = std::make_unique<Exception::Sought>(Exception::Sought{name, {}, locals});
  throw PyError(std::move(error));
}

std::vector<std::string_view> Interpreter::global_names() const {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < globals_->size(); ++i)
    if (!(*globals_)[i].value.is_missing()) names.push_back(program_->globals[i]);
  return names;
}

Value Interpreter::load_global(std::uint32_t index) {
  const Global& global = (*globals_)[index];
  if (!global.value.is_missing()) return global.value;
  if (!global.builtin.is_missing()) return global.builtin;
  not_defined(program_->globals[index]);
}

Value Interpreter::find_global(std::string_view name) const {
  for (std::size_t i = 0; i < globals_->size(); ++i)
    if (program_->globals[i] == name) return (*globals_)[i].value;
  return Value::missing();
}

void Interpreter::store_global(std::uint32_t index, Value value) {
  std::swap((*globals_)[index].value, value);
}

void Interpreter::remove_global(std::uint32_t index) {
  Value gone = Value::missing();
  std::swap((*globals_)[index].value, gone);
  if (gone.is_missing()) not_defined(program_->globals[index]);
}

// --- the trace and the streams

Task* Interpreter::running_task() {
  EventLoop* loop = running_loop();
  return loop ? stepping_task(*loop) : nullptr;
}

LoopId Interpreter::traced_loop() {
  const EventLoop* loop = running_loop();
  return loop ? loop->id() : LoopId{};
}

TaskId Interpreter::traced_task() {
  const Task* task = running_task();
  return task ? task->task_id() : TaskId{};
}

void Interpreter::write_out(const std::string& text, const std::string& end) {
  budget().check_events(tracer().emitted());
  spend_bytes(text.size() * 8);  // what leaves the program costs more than what stays
  const TraceEvent event = make::output(traced_loop(), traced_task(), current_line());
  if (end == "\n")
    tracer().emit(event, {{TextField::text, text}});
  else
    tracer().emit(event, {{TextField::text, text}, {TextField::end, end}});
  if (environment_.out) environment_.out(text + end);
}

std::string Interpreter::bounded_label(const std::string& name, const std::string& details) {
  constexpr std::size_t kMostLabels = 10'000;
  std::string label = name + details;
  if (labels_.size() < kMostLabels) labels_.insert(label);
  return labels_.contains(label) ? label : name + "()";
}

void Interpreter::note_traceback(const PyError& error, const std::string& function, std::uint32_t line) {
  if (!error.again()) error.exception()->traceback.push_back({function, line});
}

void Interpreter::report_ignored(const std::string& where, const Ref<Exception>& error) {
  write_err("Exception ignored in: " + where + "\n" + format_unraisable(*this, *error));
}

void Interpreter::finalizing(const std::string& where, const std::function<void()>& work) {
  if (budget().ended()) return;  // the run is being unwound
  try {
    work();
  } catch (const PyError& error) {
    report_ignored(where, error.exception());
  } catch (const RunEnded&) {
    defer(std::current_exception());
  }
}

std::vector<std::shared_ptr<EventLoop>> Interpreter::loops() {
  std::map<LoopId, std::shared_ptr<EventLoop>> found;
  const auto add = [&](const std::shared_ptr<EventLoop>& loop) {
    if (loop) found.emplace(loop->id(), loop);
  };
  for (const auto& [key, object] : loops_) add(object->shared());
  for (const auto& [key, object] : futures_) add(object->loop());
  for (const std::shared_ptr<EventLoop>& loop : forgotten_loops_) add(loop);
  add(thread().current);
  std::vector<std::shared_ptr<EventLoop>> loops;
  for (auto& [id, loop] : found) loops.push_back(std::move(loop));
  return loops;
}

}  // namespace loopscope::scenarios

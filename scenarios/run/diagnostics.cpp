#include "scenarios/run/diagnostics.h"

#include <algorithm>
#include <unordered_map>

#include "core/task/future_registry.h"
#include "core/trace/events.h"
#include "scenarios/builtins/asyncio_objects.h"
#include "scenarios/run/coroutine_stepper.h"
#include "scenarios/run/frame.h"
#include "scenarios/run/traceback.h"
#include "scenarios/values/dict.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {

LoopOptions Diagnostics::loop_options(bool debug) {
  LoopOptions options;
  options.debug = debug;
  options.slow_callback_duration = in_.environment().slow_callback;
  options.on_error = [this](const ErrorContext& context) {
    if (!in_.closing()) default_handler(context);
  };
  options.on_log = [this](const std::string& text) { in_.write_err(text + "\n"); };
  options.creation = [this](std::size_t most) { return creation(most); };
  options.handling = [this](const std::exception_ptr& error) {
    return std::make_shared<Interpreter::HandledByLoop>(in_, exception_from(in_, error));
  };
  options.left_behind = [this](std::shared_ptr<EventLoop> loop) { in_.keep_open(std::move(loop)); };
  options.never_awaited = [this](std::string_view name) { never_awaited(std::string(name), nullptr); };
  options.show_context = [this](const ErrorContext& context) { return repr(in_, context_value(context)); };
  return options;
}

/// asyncio's default_exception_handler, and what logging makes of it.
void Diagnostics::default_handler(const ErrorContext& context) {
  std::string text = default_log_text(context) + "\n";
  if (context.error) text += format_traceback(in_, *exception_from(in_, context.error));
  in_.write_err(text);
}

Value Diagnostics::context_value(const ErrorContext& context) {
  if (const Value* own = context.own.get_if<Value>()) return *own;
  Ref<Dict> dict = make_dict(in_);
  const auto set = [&](std::string_view key, const Value& value) {
    dict->set_item(in_, in_.intern(key), value);
  };
  set("message", make_str(in_, context.message));
  if (context.error) set("exception", exception_from(in_, context.error));
  if (Handle* handle = dynamic_cast<Handle*>(context.subject.get()))
    set(context.key, in_.make<HandleObject>(in_, Ref<Handle>(handle)));
  else if (Future* future = dynamic_cast<Future*>(context.subject.get()))
    set(context.key, in_.wrap(Ref<Future>(future)));
  if (context.creation) set("source_traceback", make_str(in_, context.creation->stack));
  return dict;
}

// --- the interpreter's own warnings

namespace {

constexpr const char* kEventsFile = "/usr/lib/python3.11/asyncio/events.py:80";
constexpr const char* kEventsLine = "  self._context.run(self._callback, *self._args)";
constexpr const char* kTracemalloc =
    "RuntimeWarning: Enable tracemalloc to get the object allocation traceback\n";

}  // namespace

/// The line that runs, as warnings show it with its source; outside the program, "sys:1".
Diagnostics::PlaceOfWarning Diagnostics::place_of_warning() const {
  const ThreadSlots& thread = in_.thread();
  if (thread.asyncio_at) return {thread.asyncio_at, thread.asyncio_line};
  const std::uint32_t line = in_.current_line();
  if (line)
    return {std::string(kListingFile) + ":" + std::to_string(line), "  " + source_line(in_, line), line};
  if (in_.running_loop()) return {kEventsFile, kEventsLine};
  return {"sys:1", ""};
}

void Diagnostics::never_awaited(const std::string& name, const Creation* made) {
  if (in_.budget().ended() || in_.closing()) return;
  const std::string text = "coroutine '" + name + "' was never awaited";
  const auto [place, source, line] = place_of_warning();
  const std::string origin =
      made ? "Coroutine created at (most recent call last)\n" + made->stack + "\n" : "";
  if (!said_.emplace(text + origin, place).second) return;
  in_.tracer().emit(make::warning(in_.traced_loop(), in_.tracer().label("never_awaited"), line),
                    {{TextField::text, text}});
  std::string said = place + ": RuntimeWarning: " + text + "\n" + origin;
  if (!source.empty()) said += source + "\n" + kTracemalloc;
  in_.write_err(said);
}

Ref<Creation> Diagnostics::creation(std::size_t most) const {
  std::vector<TracebackEntry> calls;
  for (const Frame* frame = in_.frame(); frame && most > 0; frame = frame->back, --most) {
    if (frame == in_.base()) {  // it called the loop
      if (most <= in_.thread().loop_calls) break;
      most -= in_.thread().loop_calls;
    }
    calls.push_back({frame->code.name, frame->line});
  }
  const std::uint32_t line = in_.current_line();
  return make_ref<Creation>(line ? std::string(kListingFile) + ":" + std::to_string(line) : kEventsFile,
                            stack_text(in_, calls));
}

namespace {

/// Whether a loop that still runs, on a thread that nobody waits for any more, needs `object`.
bool is_in_use(const std::vector<std::shared_ptr<EventLoop>>& loops, Tracked& object) {
  const auto runs_it = [&](const Ref<Task>& task) {
    const auto* stepper = dynamic_cast<const CoroutineStepper*>(task->steppable());
    return stepper && stepper->drives(object);
  };
  if (object.kind() == Kind::future) {
    Future& future = static_cast<FutureObject&>(object).future();
    return future.loop_is_alive() && future.loop().is_running();
  }
  return std::ranges::any_of(loops, [&](const std::shared_ptr<EventLoop>& loop) {
    return loop->is_running() && std::ranges::any_of(all_tasks(*loop), runs_it);
  });
}

}  // namespace

namespace {

/// The tasks that have no object of their own in the program, by their coroutines.
std::unordered_map<const Object*, Ref<Task>> unseen_tasks(
    Interpreter& in, const std::vector<std::shared_ptr<EventLoop>>& loops) {
  std::unordered_map<const Object*, Ref<Task>> tasks;
  for (const std::shared_ptr<EventLoop>& loop : loops)
    for (const Ref<Task>& task : all_tasks(*loop)) {
      const auto* stepper = dynamic_cast<const CoroutineStepper*>(task->steppable());
      if (stepper && !in.is_wrapped(*task)) tasks.emplace(stepper->coroutine().get(), task);
    }
  return tasks;
}

}  // namespace

void Diagnostics::last_words() {
  const std::vector<std::shared_ptr<EventLoop>> loops = in_.loops();
  for (const std::shared_ptr<EventLoop>& loop : loops) close_forgotten(*loop);
  const std::unordered_map<const Object*, Ref<Task>> unseen = unseen_tasks(in_, loops);
  in_.visit_tracked([&](Tracked& object) {
    if (is_in_use(loops, object)) return;
    if (object.kind() == Kind::future)
      static_cast<FutureObject&>(object).future().speak();
    else
      object.finalize_once();
    // A task is made right after its coroutine, as a rule.
    if (const auto task = unseen.find(&object); task != unseen.end()) task->second->speak();
  });
  for (const std::shared_ptr<EventLoop>& loop : loops) {
    if (!loop->is_running()) FutureRegistry::of(*loop).say_last_words();
    loop->mute();
  }
}

/// BaseEventLoop.__del__: a loop that goes open is closed. The thread's own loop stays.
void Diagnostics::close_forgotten(EventLoop& loop) {
  if (loop.is_closed() || loop.is_running() || in_.thread().current.get() == &loop) return;
  if (in_.environment().debug_all)  // CPython's filters hide a ResourceWarning otherwise
    in_.write_err("sys:1: ResourceWarning: unclosed event loop " +
                  repr(in_, in_.wrap(loop.shared_from_this())) + "\n");
  loop.close();
}

}  // namespace loopscope::scenarios

// What a loop does with errors and warnings that no program code is there to catch.
#include <iostream>
#include <utility>

#include "core/loop/event_loop.h"
#include "core/trace/events.h"

namespace loopscope {

std::string default_log_text(const ErrorContext& context) {
  std::string text = context.message;
  if (!context.details.empty()) text += "\n" + context.details;
  if (!context.key.empty()) text += "\n" + std::string(context.key) + ": " + context.subject_text;
  // In order of the keys: "source_traceback" comes last but before "task".
  if (context.creation) {
    const std::string made =
        "\nsource_traceback: Object created at (most recent call last):\n" + context.creation->stack;
    const std::size_t task = context.key == "task" ? text.rfind("\ntask: ") : std::string::npos;
    text.insert(std::min(task, text.size()), made);
  } else if (context.handle_creation) {
    text +=
        "\nhandle_traceback: Handle created at (most recent call last):\n" + context.handle_creation->stack;
  }
  return text;
}

void log_to_stderr(const ErrorContext& context) {
  std::cerr << default_log_text(context) << '\n';
  if (context.error) std::cerr << describe(context.error) << '\n';
}

namespace {

std::string event_text(const ErrorContext& context) {
  return context.error ? context.message + ": " + describe(context.error) : context.message;
}

}  // namespace

void EventLoop::report(ErrorContext context) {
  if (muted_ || budget_.ended()) return;  // a run that a limit ends is no mistake of the program's
  if (!context.creation && current_handle_) context.handle_creation = current_handle_->creation();
  if (context.rule.empty())
    tracer_.emit(make::error(id_, position_task_, position_line_), {{TextField::text, event_text(context)}});
  else
    warn(context.rule, event_text(context));
  if (!exception_handler_) {
    if (options_.on_error) options_.on_error(context);
    return;
  }
  try {
    const ExceptionHandler handler = exception_handler_;  // it may set another one
    handler(context);
  } catch (const RunEnded&) {
    throw;
  } catch (...) {
    const std::exception_ptr error = std::current_exception();
    if (leaves_the_loop(error)) throw;
    handler_failed(context, error);
  }
}

/// The handler's own error goes to the default one.
void EventLoop::handler_failed(const ErrorContext& context, const std::exception_ptr& error) {
  ErrorContext failed{.message = "Unhandled error in exception handler", .error = error};
  failed.details = "context: " + (options_.show_context ? options_.show_context(context) : context.message);
  tracer_.emit(make::error(id_, position_task_, position_line_), {{TextField::text, event_text(failed)}});
  if (options_.on_error) options_.on_error(failed);
}

void EventLoop::warn(std::string_view rule, const std::string& text) {
  tracer_.emit(make::warning(id_, tracer_.label(rule), position_line_), {{TextField::text, text}});
}

void EventLoop::log(const std::string& text) const {
  if (options_.on_log) options_.on_log(text);
}

Ref<Creation> EventLoop::creation(const char* place, std::size_t most) const {
  if (!options_.debug || !options_.creation) return nullptr;
  Ref<Creation> creation = options_.creation(most);
  if (place) creation->place = place;
  return creation;
}

/// S77: a callback that kept the loop busy for long.
void EventLoop::check_duration(const Handle& handle, double began) {
  const double took = time() - began;
  const std::string step = task_state_ && handle.step_of_ ? task_state_->take_last_step() : std::string();
  if (took < options_.slow_callback_duration) return;
  const std::string text =
      "Executing " + (step.empty() ? handle.repr() : step) + " took " + fixed_number(took, 3) + " seconds";
  warn("slow_callback", text);
  log(text);
}

/// S76: a foreign thread may not touch a running loop, but for call_soon_threadsafe.
void EventLoop::check_thread() const {
  if (!options_.debug || !running_ || world_.threads.current().id == running_thread_) return;
  throw CoreError(CoreError::Type::RuntimeError,
                  "Non-thread-safe operation invoked on an event loop other than the current one");
}

}  // namespace loopscope

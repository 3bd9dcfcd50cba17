#include "scenarios/values/errors.h"

#include <algorithm>

#include "core/base/os_error.h"
#include "core/net/stream_reader.h"
#include "core/world/concurrent_future.h"
#include "scenarios/values/instance.h"
#include "scenarios/values/operators.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/sequences.h"
#include "scenarios/values/str.h"
#include "scenarios/values/unicode_errors.h"

namespace loopscope::scenarios {

namespace {

/// Lets go of what stands behind the first `count`: what that frees may come back here.
template <class T>
void cut(std::vector<T>& list, std::size_t count) {
  if (count >= list.size()) return;
  const auto from = list.begin() + static_cast<std::ptrdiff_t>(count);
  const std::vector<T> gone(std::make_move_iterator(from), std::make_move_iterator(list.end()));
  list.erase(from, list.end());
}

}  // namespace

std::string Exception::repr(Runtime& runtime) {
  if (auto text = program_text(runtime, *this, "__repr__")) return std::move(*text);
  return plain_repr(runtime);
}

std::string Exception::plain_repr(Runtime& runtime) {
  std::string text = type().name() + "(";
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (i > 0) text += ", ";
    text += scenarios::repr(runtime, args[i]);
    runtime.check_room(text.size());
  }
  return text + ")";
}

std::string Exception::str(Runtime& runtime) {
  if (auto text = program_text(runtime, *this, "__str__")) return std::move(*text);
  return plain_str(runtime);
}

std::string Exception::plain_str(Runtime& runtime) {
  if (const Tuple* members = grouped.get_if<Tuple>(); members && !args.empty()) {
    const std::size_t count = members->items().size();
    return scenarios::str(runtime, args[0]) + " (" + std::to_string(count) + " sub-exception" +
           (count == 1 ? ")" : "s)");
  }
  if (args.empty()) return "";
  if (args.size() == 1) {
    const bool quoted = type().is_subtype_of(runtime.exception_type("KeyError"));
    return quoted ? scenarios::repr(runtime, args[0]) : scenarios::str(runtime, args[0]);
  }
  if (args.size() >= 2 && args.size() <= 5 && type().is_subtype_of(runtime.exception_type("OSError")))
    return os_error_text(runtime);
  if (is_unicode_error(runtime, *this)) return unicode_error_text(runtime, *this);
  return scenarios::repr(runtime, new_tuple(runtime, args));
}

std::string Exception::os_error_text(Runtime& runtime) {
  std::string text = "[Errno " + scenarios::str(runtime, args[0]) + "] " + scenarios::str(runtime, args[1]);
  const Value filename = own_attribute(runtime, "filename"), second = own_attribute(runtime, "filename2");
  if (!filename.is_none()) text += ": " + scenarios::repr(runtime, filename);
  if (!filename.is_none() && !second.is_none()) text += " -> " + scenarios::repr(runtime, second);
  return text;
}

Value Exception::own_attribute(Runtime& runtime, std::string_view name) {
  if (name == "args") return new_tuple(runtime, args);
  if (name == "__cause__") return cause;
  if (name == "__context__") return context;
  if (name == "__suppress_context__") return Value::boolean(suppress_context);
  if (name == "__traceback__") return traceback.empty() ? Value() : Value(runtime.make<Traceback>(runtime));
  if (const auto found = attributes_.find(name); found != attributes_.end()) return found->second;
  const auto first = [&] { return args.empty() ? Value() : args[0]; };
  if (!grouped.is_none() && name == "exceptions") return grouped;
  if (!grouped.is_none() && name == "message") return first();
  if (name == "value" && type().is_subtype_of(runtime.exception_type("StopIteration"))) return first();
  if (name == "code" && type().is_subtype_of(runtime.exception_type("SystemExit")))
    return args.size() > 1 ? Value(new_tuple(runtime, args)) : first();
  if (type().is_subtype_of(runtime.exception_type("OSError"))) {
    const bool whole = args.size() >= 2 && args.size() <= 5;
    if (name == "errno") return whole ? args[0] : Value();
    if (name == "strerror") return whole ? args[1] : Value();
    if (name == "filename" || name == "filename2") return {};
  }
  if (is_unicode_error(runtime, *this)) return unicode_error_attribute(*this, name);
  return Value::missing();
}

bool Exception::set_attribute(Runtime& runtime, std::string_view name, const Value& value) {
  const auto exception_or_none = [&](std::string_view what) {
    if (!value.is_none() && !value.get_if<Exception>())
      type_error(runtime, "exception " + std::string(what) + " must be None or derive from BaseException");
  };
  if (name == "args") {
    args = collect(runtime, value);
  } else if (name == "__cause__") {
    exception_or_none("cause");
    cause = value;
    suppress_context = true;
  } else if (name == "__context__") {
    exception_or_none("context");
    context = value;
  } else if (name == "__suppress_context__") {
    suppress_context = scenarios::truthy(runtime, value);
  } else if (name == "__traceback__") {
    if (!value.is_none() && !value.get_if<Traceback>())
      type_error(runtime, "__traceback__ must be a traceback or None");
    if (value.is_none()) cut(traceback, 0), cut(kept_, 0);
  } else {
    attributes_.insert_or_assign(std::string(name), value);
  }
  return true;
}

bool Exception::delete_attribute(Runtime&, std::string_view name) {
  const auto found = attributes_.find(name);
  if (found == attributes_.end()) return false;
  attributes_.erase(found);
  return true;
}

void Exception::take_from_future() {
  cut(traceback, stored_levels_);
  cut(kept_, stored_kept_);
}

void Exception::clear_references() {
  // Moved out first: what they free may come back to this object.
  const auto old_args = std::move(args);
  const auto old_attributes = std::move(attributes_);
  const auto old_traceback = std::exchange(traceback, {});
  const auto old_kept = std::exchange(kept_, {});
  const auto old_sought = std::move(sought);
  args.clear();
  attributes_.clear();
  cause = context = grouped = Value();
}

ErrorCategory PyError::category() const {
  Runtime& runtime = exception_->runtime();
  const Type& type = exception_->type();
  if (type.is_subtype_of(runtime.exception_type("CancelledError"))) return ErrorCategory::cancelled;
  if (type.is_subtype_of(runtime.exception_type("KeyboardInterrupt")))
    return ErrorCategory::keyboard_interrupt;
  if (type.is_subtype_of(runtime.exception_type("SystemExit"))) return ErrorCategory::system_exit;
  return ErrorCategory::ordinary;
}

std::string PyError::message() const { return exception_->str(exception_->runtime()); }
std::string PyError::repr() const { return trace_repr(Value(exception_)); }

Ref<Exception> make_exception(Runtime& runtime, std::string_view type, std::string message) {
  std::vector<Value> args;
  if (!message.empty()) args.push_back(make_str(runtime, std::move(message)));
  return runtime.make<Exception>(runtime.exception_type(type), std::move(args));
}

Ref<Exception> make_exception_group(Runtime& runtime, std::string message, std::vector<Value> exceptions) {
  const Type& exception = runtime.exception_type("Exception");
  const bool ordinary = std::all_of(exceptions.begin(), exceptions.end(), [&](const Value& one) {
    return runtime.type_of(one).is_subtype_of(exception);
  });
  Type& type = runtime.exception_type(ordinary ? "ExceptionGroup" : "BaseExceptionGroup");
  const Value members = make_list(runtime, exceptions);
  Ref<Exception> group =
      runtime.make<Exception>(type, std::vector<Value>{make_str(runtime, std::move(message)), members});
  group->grouped = new_tuple(runtime, std::move(exceptions));
  return group;
}

void raise_error(Runtime& runtime, std::string_view type, std::string message) {
  throw PyError(make_exception(runtime, type, std::move(message)));
}

void type_error(Runtime& runtime, std::string message) {
  raise_error(runtime, "TypeError", std::move(message));
}
void value_error(Runtime& runtime, std::string message) {
  raise_error(runtime, "ValueError", std::move(message));
}
void index_error(Runtime& runtime, std::string message) {
  raise_error(runtime, "IndexError", std::move(message));
}
void overflow_error(Runtime& runtime, std::string message) {
  raise_error(runtime, "OverflowError", std::move(message));
}
void runtime_error(Runtime& runtime, std::string message) {
  raise_error(runtime, "RuntimeError", std::move(message));
}
void integer_overflow(Runtime& runtime) {
  overflow_error(runtime, "integer result does not fit in 64 bits (a limit of scenarios)");
}

Ref<Exception> exception_from(Runtime& runtime, const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const PyError& program) {
    return program.exception();
  } catch (const CoreError& core) {
    // CancelledError('') and CancelledError() print alike, but have different args.
    std::vector<Value> args;
    if (core.has_argument()) args.push_back(make_str(runtime, core.message()));
    Ref<Exception> exception =
        runtime.make<Exception>(runtime.exception_type(core.type_name()), std::move(args));
    if (core.cause()) {
      exception->cause = exception->context = exception_from(runtime, core.cause());
      exception->suppress_context = true;
    }
    if (core.context()) exception->context = exception_from(runtime, core.context());
    for (const Ref<RefCounted>& kept : core.kept()) exception->keep(kept);
    return exception;
  } catch (const ErrorGroup& group) {
    std::vector<Value> exceptions;
    for (const std::exception_ptr& one : group.errors()) exceptions.push_back(exception_from(runtime, one));
    Ref<Exception> exception = make_exception_group(runtime, group.title(), std::move(exceptions));
    exception->suppress_context = true;  // raised `from None`
    return exception;
  } catch (const concurrent::FutureError& foreign) {  // asyncio has types of the same names
    using Type = concurrent::FutureError::Type;
    const std::string module = foreign.type() == Type::BrokenPool ? "" : "concurrent.futures.";
    return make_exception(runtime, module + std::string(foreign.type_name()), foreign.message());
  } catch (const OsError& system) {
    std::vector<Value> args{Value::integer(system.code()), make_str(runtime, system.text())};
    return runtime.make<Exception>(runtime.exception_type(system.type_name()), std::move(args));
  } catch (const IncompleteReadError& cut) {
    Ref<Exception> made = make_exception(runtime, cut.type_name(), cut.message());
    made->set_attribute(runtime, "partial", make_bytes(runtime, cut.partial()));
    made->set_attribute(
        runtime, "expected",
        cut.expected() ? Value::integer(static_cast<std::int64_t>(*cut.expected())) : Value());
    return made;
  } catch (const LimitOverrunError& longer) {
    Ref<Exception> made = make_exception(runtime, longer.type_name(), longer.message());
    made->set_attribute(runtime, "consumed", Value::integer(static_cast<std::int64_t>(longer.consumed())));
    return made;
  } catch (const ProgramError& other) {
    return make_exception(runtime, other.type_name(), other.message());
  }
}

std::exception_ptr to_exception_ptr(const Ref<Exception>& exception) {
  exception->put_in_future();
  return std::make_exception_ptr(PyError(exception));
}

Value value_from(const AnyValue& any) {
  const Value* value = any.get_if<Value>();
  return value ? *value : Value();
}

std::string describe(Runtime& runtime, Exception& exception) {
  const std::string text = exception.str(runtime);
  return exception.type().full_name() + (text.empty() ? "" : ": " + text);
}

std::string type_name(Runtime& runtime, const Value& value) { return runtime.type_of(value).native_name(); }

}  // namespace loopscope::scenarios

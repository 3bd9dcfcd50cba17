#pragma once

#include <exception>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/any_value.h"
#include "core/base/errors.h"
#include "scenarios/values/runtime.h"

namespace loopscope::scenarios {

/// One level of a traceback: a function and the line it stood on.
struct TracebackEntry {
  std::string function;
  std::uint32_t line = 0;
  /// What keeps the function's variables alive as long as the exception lives, as Python's
  /// frames do; null when it never ran.
  Ref<Object> locals = {};
  bool operator==(const TracebackEntry& other) const {
    return function == other.function && line == other.line;
  }
};

/// An instance of BaseException or of one of its subclasses.
class Exception final : public Tracked {
 public:
  static constexpr Kind kKind = Kind::exception;
  Exception(Type& type, std::vector<Value> args) : Tracked(Kind::exception, type), args(std::move(args)) {}

  std::vector<Value> args;
  Value cause, context;                   ///< None when absent
  Value grouped;                          ///< of a group: the tuple of its exceptions
  bool suppress_context = false;          ///< `raise … from …` was used
  std::vector<TracebackEntry> traceback;  ///< innermost first

  /// The name that a lookup did not find.
  struct Sought {
    std::string name;
    Value object = {};                                 ///< of an attribute: whose
    const std::vector<std::string>* locals = nullptr;  ///< of a variable: the function's others
  };
  /// Set when such a lookup raised this: printed tracebacks suggest another name. Keeps the
  /// object, as CPython's `obj` does.
  std::unique_ptr<Sought> sought;

  /// A future takes the exception: each time it comes out again, its traceback is what
  /// it is now.
  void put_in_future() {
    stored_levels_ = traceback.size();
    stored_kept_ = kept_.size();
  }
  void take_from_future();
  /// What asyncio's own frames in the traceback keep alive.
  void keep(Ref<RefCounted> object) { kept_.push_back(std::move(object)); }

  std::string repr(Runtime& runtime) override;
  std::string str(Runtime& runtime) override;
  /// As BaseException's own methods do: no program code of this object runs.
  std::string plain_repr(Runtime& runtime);
  std::string plain_str(Runtime& runtime);
  Value own_attribute(Runtime& runtime, std::string_view name) override;
  bool set_attribute(Runtime& runtime, std::string_view name, const Value& value) override;
  bool delete_attribute(Runtime& runtime, std::string_view name) override;
  /// What the program has set on it.
  const std::map<std::string, Value, std::less<>>& attributes() const { return attributes_; }
  void clear_references() override;

 private:
  std::string os_error_text(Runtime& runtime);

  static constexpr auto kNotStored = static_cast<std::size_t>(-1);
  std::size_t stored_levels_ = kNotStored, stored_kept_ = kNotStored;
  std::vector<Ref<RefCounted>> kept_;
  std::map<std::string, Value, std::less<>> attributes_;
};

/// What __traceback__ is: something that is there, and nothing to look into.
class Traceback final : public Object {
 public:
  static constexpr Kind kKind = Kind::traceback;
  explicit Traceback(Runtime& runtime) : Object(Kind::traceback, *runtime.types().traceback) {}
};

/// A program's exception on its way through C++.
class PyError final : public ProgramError {
 public:
  explicit PyError(Ref<Exception> exception, bool again = false)
      : exception_(std::move(exception)), again_(again) {}

  const Ref<Exception>& exception() const { return exception_; }
  /// Raised again where it was caught: the traceback has this level already.
  bool again() const { return again_; }

  ErrorCategory category() const override;
  std::string_view type_name() const override { return exception_->type().name(); }
  std::string full_name() const override { return exception_->type().full_name(); }
  std::string message() const override;
  /// Cut when long: it is for traces.
  std::string repr() const override;
  void keep(const Ref<RefCounted>& object) const override { exception_->keep(object); }

 private:
  Ref<Exception> exception_;
  bool again_;
};

Ref<Exception> make_exception(Runtime& runtime, std::string_view type, std::string message);
/// An ExceptionGroup of exceptions; a BaseExceptionGroup when one of them is no Exception.
Ref<Exception> make_exception_group(Runtime& runtime, std::string message, std::vector<Value> exceptions);

/// Raises a new exception of the built-in type called `type`.
[[noreturn]] void raise_error(Runtime& runtime, std::string_view type, std::string message);
[[noreturn]] void type_error(Runtime& runtime, std::string message);
[[noreturn]] void value_error(Runtime& runtime, std::string message);
[[noreturn]] void index_error(Runtime& runtime, std::string message);
[[noreturn]] void overflow_error(Runtime& runtime, std::string message);
[[noreturn]] void runtime_error(Runtime& runtime, std::string message);
/// The result of an operation on ints does not fit 64 bits.
[[noreturn]] void integer_overflow(Runtime& runtime);

/// The program's exception that `error` holds; the core's own become values of the same name.
/// RunEnded and what is no ProgramError passes through as a C++ exception.
Ref<Exception> exception_from(Runtime& runtime, const std::exception_ptr& error);
/// For a future, or a task that ends with it.
std::exception_ptr to_exception_ptr(const Ref<Exception>& exception);

/// What a future carries, as a value.
Value value_from(const AnyValue& any);

/// "ValueError: no", as a traceback's last line.
std::string describe(Runtime& runtime, Exception& exception);

/// Name of the value's type, for messages.
std::string type_name(Runtime& runtime, const Value& value);

}  // namespace loopscope::scenarios

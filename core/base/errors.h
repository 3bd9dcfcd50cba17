#pragma once

#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <typeinfo>
#include <utility>
#include <vector>

#include "core/base/ref.h"

namespace loopscope {

/// What the loop must know of a program's exception; everything else is the program's.
enum class ErrorCategory { ordinary, cancelled, keyboard_interrupt, system_exit };

/// An exception of the traced program: it can be thrown into a task, stored in a
/// future, and caught by the program. `type_name` is Python's name for it.
class ProgramError : public std::exception {
 public:
  virtual ErrorCategory category() const { return ErrorCategory::ordinary; }
  virtual std::string_view type_name() const = 0;
  /// As tracebacks name the type: "asyncio.exceptions.CancelledError", "ValueError".
  virtual std::string full_name() const { return std::string(type_name()); }
  virtual std::string message() const = 0;
  /// As Python's repr: `RuntimeError('no')`.
  virtual std::string repr() const;
  const char* what() const noexcept override;

  /// The error leaves a call that works for `object`: as in Python, whose tracebacks hold
  /// frames, it keeps that alive as long as it lives itself. Ignored by default.
  virtual void keep(const Ref<RefCounted>& object) const { static_cast<void>(object); }

 private:
  mutable std::string what_;
};

/// The exceptions that the core itself raises, by CPython's names and with its texts.
class CoreError final : public ProgramError {
 public:
  enum class Type {
    CancelledError,
    InvalidStateError,
    TimeoutError,
    RuntimeError,
    TypeError,
    ValueError,
    KeyboardInterrupt,
    SystemExit,
    RecursionError,
    AssertionError,
    BrokenBarrierError,
    QueueEmpty,
    QueueFull,
  };
  /// As `TypeError('the message')`, also when the message is empty: `CancelledError('')`.
  CoreError(Type type, std::string message)
      : type_(type), message_(std::move(message)), has_argument_(true) {}
  /// As `CancelledError()`.
  explicit CoreError(Type type) : type_(type), has_argument_(false) {}
  /// As `raise TimeoutError() from cause`.
  CoreError(Type type, std::exception_ptr cause)
      : type_(type), has_argument_(false), cause_(std::move(cause)) {}
  /// As `raise KeyboardInterrupt()` in a clause that handles `handled`.
  struct While {
    std::exception_ptr handled;
  };
  CoreError(Type type, While context)
      : type_(type), has_argument_(false), context_(std::move(context.handled)) {}
  CoreError(Type type, std::string message, While context)
      : type_(type),
        message_(std::move(message)),
        has_argument_(true),
        context_(std::move(context.handled)) {}

  Type type() const { return type_; }
  bool has_argument() const { return has_argument_; }
  /// Its `__cause__`, or null.
  const std::exception_ptr& cause() const { return cause_; }
  /// Its `__context__` when it has no cause, or null.
  const std::exception_ptr& context() const { return context_; }
  ErrorCategory category() const override;
  std::string_view type_name() const override;
  std::string full_name() const override;
  std::string message() const override { return message_; }
  std::string repr() const override;
  void keep(const Ref<RefCounted>& object) const override { kept_.push_back(object); }
  const std::vector<Ref<RefCounted>>& kept() const { return kept_; }

 private:
  Type type_;
  std::string message_;
  bool has_argument_;
  std::exception_ptr cause_, context_;
  mutable std::vector<Ref<RefCounted>> kept_;
};

/// Several errors raised as one: ExceptionGroup, or BaseExceptionGroup when one of them is
/// no plain Exception. There is at least one.
class ErrorGroup final : public ProgramError {
 public:
  ErrorGroup(std::string title, std::vector<std::exception_ptr> errors);

  const std::string& title() const { return title_; }
  const std::vector<std::exception_ptr>& errors() const { return errors_; }
  std::string_view type_name() const override { return type_name_; }
  /// "unhandled errors in a TaskGroup (2 sub-exceptions)"
  std::string message() const override;
  /// "ExceptionGroup('unhandled errors in a TaskGroup', [ValueError('no')])"
  std::string repr() const override;

 private:
  std::string title_;
  std::vector<std::exception_ptr> errors_;
  std::string_view type_name_;
};

/// Ends a run from outside the program: a limit, a deadlock, a stop asked for by the
/// user. Not a ProgramError: no `except` and no task sees it.
class RunEnded final : public std::exception {
 public:
  enum class Why { limit, deadlock, stopped, terminated };
  /// `name` is the limit's ("iterations", "events", ...), or the signal's that terminated
  /// the program ("SIGTERM"), or empty.
  RunEnded(Why why, std::string name, std::string message)
      : why_(why), name_(std::move(name)), message_(std::move(message)) {}
  Why why() const { return why_; }
  const std::string& name() const { return name_; }
  const std::string& message() const { return message_; }
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  Why why_;
  std::string name_, message_;
};

/// ErrorCategory of whatever `error` holds; `ordinary` for foreign exceptions.
ErrorCategory category_of(const std::exception_ptr& error);
/// KeyboardInterrupt and SystemExit: they leave a running loop at once (S20, S27).
bool leaves_the_loop(const std::exception_ptr& error);
/// CancelledError or a kind of it.
bool is_cancellation(const std::exception_ptr& error);
/// A new CancelledError, with an argument when there is a `message`.
std::exception_ptr make_cancelled_error(const std::optional<std::string>& message);
/// "TypeError", or the C++ exception's name for foreign exceptions.
std::string type_name_of(const std::exception_ptr& error);
/// A C++ type's own name.
std::string type_name_of(const std::type_info& type);
/// "TypeError: the message", as a traceback's last line (only the type's full name when the
/// message is empty).
std::string describe(const std::exception_ptr& error);
/// Python's repr of the exception.
std::string repr_of(const std::exception_ptr& error);

}  // namespace loopscope

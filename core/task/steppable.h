#pragma once

#include <exception>
#include <string>
#include <variant>

#include "core/base/any_value.h"
#include "core/base/place.h"
#include "core/base/ref.h"
#include "core/task/future.h"

namespace loopscope {

class Task;

/// What a step may use: handed in with every step, so that coroutines need no globals.
struct StepContext {
  EventLoop& loop;
  Task& task;
};

/// What goes into a step.
struct Send {
  AnyValue value;
};
struct Throw {
  std::exception_ptr error;
};
using StepInput = std::variant<Send, Throw>;

/// What comes out of a step.
struct Yielded {};  ///< a bare yield: resume in the next iteration
struct Awaits {
  Ref<Future> future;
};  ///< resume when it is done; null is a bare yield, as Python's None
struct BadYield {
  std::string message;
};  ///< anything else was yielded: what its RuntimeError says
struct Returned {
  AnyValue value;
};
struct Raised {
  std::exception_ptr error;  ///< not null
};
using StepOutcome = std::variant<Yielded, Awaits, BadYield, Returned, Raised>;

/// What `raised` throws: its error, or TypeError when it has none.
std::exception_ptr raised_error(const Raised& raised);

/// Where a suspended coroutine stands, for the trace.
struct Position {
  std::uint32_t line = 0;  ///< the task's own outermost await's innermost listing line; 0 = unknown
  StackId stack = {};
};

/// Something that a Task drives: a C++ coroutine, or a scenario's.
class Steppable {
 public:
  virtual ~Steppable() = default;

  /// Runs until the next suspension or the end. The first step takes an empty Send, or
  /// a Throw, on which an unstarted coroutine raises at once (S35). Failures come back as
  /// `Raised`; what is thrown instead counts as raised, too, but for RunEnded, which passes through.
  /// Not called again after Returned or Raised.
  virtual StepOutcome step(StepContext& context, StepInput input) = 0;

  /// `__qualname__`: "task", "main", "sleep".
  virtual std::string name() const = 0;
  /// Short repr of the arguments, comma-separated: "'A', 2".
  virtual std::string args() const { return {}; }
  virtual Position position() const { return {}; }
  /// Where it stands, unless it is over, and where it is defined, for reprs; unknown by default.
  virtual Place running_at() const { return {}; }
  virtual Place defined_at() const { return {}; }
};

}  // namespace loopscope

#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "scenarios/run/code.h"
#include "scenarios/values/errors.h"

namespace loopscope::scenarios {

class Interpreter;
class Function;

/// A part of the function that catches, or cleans up after, what leaves it.
struct GuardedBlock {
  enum class Kind : std::uint8_t {
    except,        ///< exceptions go to `handler`
    finally,       ///< everything goes through `handler`
    handler,       ///< inside an except clause
    finally_body,  ///< inside a finally clause
    async_next,    ///< StopAsyncIteration ends an `async for`
  };
  Kind kind;
  std::uint32_t handler = 0;
  std::uint32_t iterators = 0;   ///< how many iterators were open outside
  const Target* name = nullptr;  ///< handler: the `as` name, unbound at its end
};

/// What a finally clause interrupted.
struct Pending {
  enum class Kind : std::uint8_t { nothing, raise, return_value, jump };
  Kind kind = Kind::nothing;
  Value value = {};                                     ///< the exception or the value to return
  std::uint32_t target = 0, blocks = 0, iterators = 0;  ///< jump: where to, and what stays open there
};

/// The variables of an activation that is over, while the traceback of an exception that
/// passed through it keeps them alive.
class KeptLocals final : public Tracked {
 public:
  KeptLocals(Runtime& runtime, std::size_t slots) : Tracked(Kind::plain, *runtime.types().traceback) {
    holds(slots * sizeof(Value));
  }
  void keep(std::vector<Value> slots) { slots_ = std::move(slots); }
  void clear_references() override { const std::vector<Value> gone = std::exchange(slots_, {}); }

 private:
  std::vector<Value> slots_;
};

/// One activation of a function, suspended or running.
struct Frame {
  Frame(Interpreter& interpreter, const Code& code)
      : interpreter(interpreter), code(code), slots(code.slots.size(), Value::missing()) {}
  ~Frame() { leave_locals(); }
  Frame(const Frame&) = delete;
  Frame& operator=(const Frame&) = delete;

  Interpreter& interpreter;
  const Code& code;
  std::shared_ptr<const FunctionNames> renamed;  ///< the function's own; null: the code's
  std::vector<Value> slots;                      ///< local variables; a Cell in those that closures share
  std::uint32_t pc = 0;                          ///< the next instruction
  std::uint32_t line = 0;                        ///< listing line that runs
  std::vector<Value> iterators;  ///< of the `for` loops, and exits of the `with` blocks, that are open
  std::vector<GuardedBlock> blocks;
  std::vector<Pending> pending;
  std::vector<Ref<Exception>> handled;  ///< exceptions that except and finally clauses deal with
  Value result;                         ///< of the last await, or the value to return
  Frame* back = nullptr;                ///< who called or resumed this frame; only while it runs
  Ref<KeptLocals> kept;                 ///< shared with the exceptions that passed through here

  const std::string& name() const { return renamed ? renamed->name : code.name; }
  const std::string& qualified_name() const {
    return renamed ? renamed->qualified_name : code.qualified_name;
  }

  /// This activation is over: its variables go, or on to the tracebacks that show it.
  void leave_locals() {
    if (const Ref<KeptLocals> tracebacks = std::exchange(kept, nullptr);
        tracebacks && tracebacks->is_shared())
      tracebacks->keep(std::exchange(slots, std::vector<Value>(slots.size(), Value::missing())));
  }

  void clear() {
    leave_locals();
    slots.assign(slots.size(), Value::missing());
    iterators.clear();
    blocks.clear();
    pending.clear();
    handled.clear();
    result = Value();
  }
};

}  // namespace loopscope::scenarios

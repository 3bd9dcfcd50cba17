#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/values/runtime.h"

namespace loopscope::scenarios {

struct Frame;

/// An expression, or a simple statement, ready to run. Runs natively: it can call but
/// never suspend.
class Node {
 public:
  virtual ~Node() = default;
  virtual Value evaluate(Frame& frame) const = 0;
};
using NodePtr = std::unique_ptr<const Node>;

/// Something that can be assigned to and deleted.
class Target {
 public:
  virtual ~Target() = default;
  virtual void store(Frame& frame, Value value) const = 0;
  virtual void remove(Frame& frame) const = 0;
};
using TargetPtr = std::unique_ptr<const Target>;

/// What an instruction does. `a` is an instruction's place unless said otherwise.
/// Suspension happens between instructions only: whatever suspends is an instruction of
/// its own.
enum class Op : std::uint8_t {
  line,           ///< a statement begins: `a` is its listing line
  run,            ///< evaluates `node` for its effects
  jump,           ///< goes to `a`
  jump_if_false,  ///< goes to `a` when `node` is false
  iterate,        ///< puts iter(`node`) on the stack of iterators
  next,           ///< stores the next item in `target`; at the end drops the iterator, goes to `a`
  await,          ///< awaits `node`; the frame's `result` is what came of it
  yield,          ///< yields `node`; `result` is what is sent back
  delegate,       ///< begins `yield from node`: its iterator goes on the stack of iterators
  yield_from,     ///< passes on what that iterator yields; then `result` is what it returned
  store_result,   ///< stores `result` in `target`, or drops it without one
  return_value,   ///< returns `node`, or `result` when there is none
  leave_loop,     ///< break and continue: to `a`, keeping `b` blocks and `c` iterators
  try_except,     ///< until leave_try, exceptions go to `a`
  try_finally,    ///< until enter_finally, whatever leaves goes through `a`
  leave_try,      ///< the guarded statements are done
  match,          ///< goes on when the exception is a `node` (any, when none), else to `a`
  bind,           ///< stores the exception in `target` for the rest of the handler
  leave_handler,  ///< the exception is dealt with
  reraise,        ///< no handler fits
  enter_finally,  ///< the guarded statements are done: falls into the `finally` part
  leave_finally,  ///< goes on with what the `finally` part interrupted
  iterate_async,  ///< puts aiter(`node`) on the stack of iterators
  next_async,     ///< awaits the next item into `result`; at the end drops the iterator, goes to `a`
  enter,          ///< enters the manager `node`: its exit goes on the stack of iterators, `result` is what
                  ///< its enter returned
  enter_async,    ///< the same; what was returned is awaited
  exit,           ///< calls that exit with what the `finally` part interrupted, into `result`; when that
                  ///< is an exception and `a` is not 0, line `a` begins
  exit_async,     ///< the same; what was returned is awaited
  leave_with,     ///< drops the exit; a true `result` means that the exception is dealt with
};

struct Instruction {
  Op op;
  std::uint32_t a = 0, b = 0, c = 0;
  const Node* node = nullptr;
  const Target* target = nullptr;
};

/// A parameter list. Parameters stand in the first slots, in this order: positional,
/// keyword-only, *args, **kwargs.
struct Signature {
  std::vector<std::string> positional, keyword_only;
  bool star = false, star_star = false;
};

/// One function, or the module, compiled. Immutable.
struct Code {
  std::string name, qualified_name;
  std::optional<std::string> doc;  ///< its docstring
  Signature signature;
  bool is_async = false, is_generator = false, is_class = false;
  std::uint32_t first_line = 0;      ///< of the def
  std::vector<std::string> slots;    ///< names of the local variables; free variables last
  std::vector<std::uint32_t> cells;  ///< slots that closures share: each holds a Cell
  std::uint32_t free_begin = 0;      ///< slots from here on are the closure's cells
  std::vector<Instruction> instructions;
  std::vector<NodePtr> nodes;  ///< owns what instructions point to
  std::vector<TargetPtr> targets;
};

/// What __name__ and __qualname__ of a function were set to.
struct FunctionNames {
  std::string name, qualified_name;
};

/// A compiled module.
struct Program {
  std::vector<std::unique_ptr<Code>> codes;  ///< the module's own is the first
  std::vector<std::string> globals;          ///< names of the module's variables and of builtins used
};

}  // namespace loopscope::scenarios

#pragma once

#include <unordered_map>

#include "scenarios/run/interpreter.h"

namespace loopscope::scenarios {

/// Copies values as pickle takes them from one process to another: what is in a module
/// stays as it is, containers and objects are copied, with what they share and their
/// circles; the rest is refused with pickle's errors.
class PickleCopier final {
 public:
  explicit PickleCopier(Interpreter& interpreter) : in_(interpreter) {}

  /// Raises what pickle.dumps() would raise.
  Value copy(const Value& value);
  std::vector<Value> copy_all(const std::vector<Value>& values);

 private:
  Value copy_object(const Value& value);
  Value copy_list(const Value& value);
  Value copy_dict(const Value& value);
  Value copy_set(const Value& value);
  Value copy_exception(const Value& value);
  Value copy_instance(const Value& value);
  Value by_name(const Value& value, const std::string& name, const std::string& shown);
  Value remember(const Value& original, Value made);

  Interpreter& in_;
  std::unordered_map<const Object*, Value> made_;
  std::vector<Value> originals_;  // kept, so that no address is used twice
};

/// The globals of a new process: copies of the present ones. What pickle refuses (a lock,
/// a loop) is of no use there and stays as it is.
Interpreter::Globals fork_globals(Interpreter& interpreter);

}  // namespace loopscope::scenarios

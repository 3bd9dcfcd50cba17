#pragma once

#include "scenarios/run/interpreter.h"

namespace loopscope::scenarios {

/// Calling a class of the program: makes an object and runs its __init__. values[0] is the
/// class.
Value construct_instance(Interpreter& interpreter, Arguments& arguments);

/// super(): an object's attributes as the classes above one of its own have them.
class Super final : public Object {
 public:
  static constexpr Kind kKind = Kind::super;
  Super(Runtime& runtime, Type& above, Value self)
      : Object(Kind::super, *runtime.types().super), above_(above), self_(std::move(self)) {}
  std::string repr(Runtime& runtime) override;
  Value own_attribute(Runtime& runtime, std::string_view name) override;

 private:
  Type& above_;  ///< lookups begin at its base
  Value self_;
};

/// super(): with no arguments, from the method that runs. values[0] is the type.
Value construct_super(Interpreter& interpreter, Arguments& arguments);

}  // namespace loopscope::scenarios

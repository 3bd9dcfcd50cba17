#pragma once

#include <memory>

#include "scenarios/run/code.h"

namespace loopscope::scenarios {

/// A variable that a function shares with the functions inside it.
class Cell final : public Tracked {
 public:
  static constexpr Kind kKind = Kind::cell;
  Cell(Runtime& runtime, Value value) : Tracked(Kind::cell, *runtime.types().cell), value(std::move(value)) {}
  Value value;  ///< `missing` while unbound
  void clear_references() override { value = Value::missing(); }
};

/// What `def` and `lambda` make.
class Function final : public Tracked {
 public:
  static constexpr Kind kKind = Kind::function;
  Function(Runtime& runtime, const Code& code)
      : Tracked(Kind::function, *runtime.types().function), code(code) {}

  const Code& code;
  std::vector<Value> defaults;          ///< of the last positional parameters
  std::vector<Value> keyword_defaults;  ///< of each keyword-only parameter; `missing`: none
  std::vector<Ref<Cell>> closure;
  std::shared_ptr<const FunctionNames> renamed;  ///< null: the code's

  const std::string& name() const { return renamed ? renamed->name : code.name; }
  const std::string& qualified_name() const {
    return renamed ? renamed->qualified_name : code.qualified_name;
  }

  std::string repr(Runtime& runtime) override;
  Value own_attribute(Runtime& runtime, std::string_view name) override;
  bool set_attribute(Runtime& runtime, std::string_view name, const Value& value) override;
  bool delete_attribute(Runtime& runtime, std::string_view name) override;
  void clear_references() override;

 private:
  std::map<std::string, Value, std::less<>> attributes_;
};

/// Puts the arguments into the slots of a call, as Python binds them. `slots` has the
/// size of the code's. TypeErrors have CPython's texts.
void bind_arguments(Runtime& runtime, const Function& function, Arguments& arguments,
                    std::vector<Value>& slots);
/// "'A', 2": the arguments that a frame was called with, for people.
std::string bound_arguments_repr(Runtime& runtime, const Code& code, const std::vector<Value>& slots);

}  // namespace loopscope::scenarios

#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/values/object.h"

namespace loopscope::scenarios {

class Interpreter;

/// What a call hands over.
struct Arguments {
  std::vector<Value> values;                            ///< positional
  std::vector<std::pair<std::string, Value>> keywords;  ///< in order of the call
};

/// A built-in's C++ side. For methods, values[0] is the object.
using NativeFunction = Value (*)(Interpreter& interpreter, Arguments& arguments);

/// A class, with its methods. Built-in types live as long as their runtime.
class Type final : public Object {
 public:
  static constexpr Kind kKind = Kind::type;

  /// `module` is empty for builtins; `base` is null for `object` only.
  Type(Runtime& runtime, Type* metatype, std::string module, std::string name, Type* base)
      : Object(Kind::type, metatype ? *metatype : *this),
        runtime_(runtime),
        module_(std::move(module)),
        name_(std::move(name)),
        base_(base) {}

  Runtime& owner() const { return runtime_; }
  const std::string& name() const { return name_; }
  /// "main.<locals>.C".
  const std::string& qualified_name() const { return qualified_name_.empty() ? name_ : qualified_name_; }
  /// True of classes that the program defines.
  bool is_program() const { return !qualified_name_.empty(); }
  const std::string& module() const { return module_; }
  /// "asyncio.exceptions.CancelledError", "ValueError": as tracebacks name it.
  std::string full_name() const {
    return module_.empty() || is_program() ? qualified_name() : module_ + "." + name_;
  }
  /// What C calls it: types of C modules have those in their names.
  std::string native_name() const {
    const bool in_c = module_ == "_asyncio" || module_ == "_thread" || module_ == "functools";
    return in_c ? full_name() : name_;
  }
  Type* base() const { return base_; }
  /// Of ExceptionGroup alone: its second base, Exception.
  void set_second_base(Type& base) { second_base_ = &base; }
  bool is_subtype_of(const Type& other) const;

  /// Calling the type; null: "cannot create 'X' instances".
  NativeFunction construct = nullptr;

  /// Looks `name` up along the bases; `missing` when absent.
  Value lookup(std::string_view name) const;
  void define(std::string name, Value value) {
    attributes_.insert_or_assign(std::move(name), std::move(value));
  }
  /// What the type itself has, without its bases.
  const std::map<std::string, Value, std::less<>>& attributes() const { return attributes_; }
  /// False: it has none of that name itself.
  bool undefine(std::string_view name);

  std::string repr(Runtime& runtime) override;
  Value own_attribute(Runtime& runtime, std::string_view name) override;
  void clear_references() override;

 private:
  friend class Runtime;
  Runtime& runtime_;
  std::string module_, name_, qualified_name_;
  Type* base_;
  Type* second_base_ = nullptr;
  std::map<std::string, Value, std::less<>> attributes_;
};

}  // namespace loopscope::scenarios

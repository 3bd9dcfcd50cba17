#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "scenarios/syntax/ast.h"

namespace loopscope::scenarios {

/// A local variable of a function, of the module's comprehensions, or of one comprehension.
struct Variable {
  std::string name;
  std::uint32_t slot = 0;
  bool shared = false;  ///< closures use it: it lives in a Cell
};

/// Where Python looks names up: the module, a function, a lambda, a class body or a comprehension.
/// A comprehension's variables live in the frame of the function around it.
class Scope {
 public:
  enum class Kind { module, function, comprehension, class_body };
  Scope(Kind kind, Scope* parent) : kind_(kind), parent_(parent) {}

  /// What a name means here. Exactly one is set; neither: a global.
  struct Meaning {
    const Variable* local = nullptr;  ///< in a slot of this frame, maybe a Cell
    int free = -1;                    ///< index among this function's free variables
  };
  Meaning resolve(const std::string& name);
  /// The same for a function inside that captures the name: a class body's own names are
  /// passed over, but for `__class__`.
  Meaning resolve_captured(const std::string& name);

  Kind kind() const { return kind_; }
  /// The function or module whose frame holds this scope's variables.
  Scope& frame_scope() { return kind_ == Kind::comprehension ? parent_->frame_scope() : *this; }
  Scope* parent() const { return parent_; }

  void declare(const std::string& name);
  void declare_global(const std::string& name) { globals_.insert(name); }
  void declare_nonlocal(const std::string& name) { nonlocals_.insert(name); }
  void use(const std::string& name) { uses_.insert(name); }
  const std::set<std::string>& uses() const { return uses_; }
  bool is_bound(const std::string& name) const { return variables_.contains(name); }

  /// Slots of a function or module, in order; comprehensions' included.
  const std::vector<Variable*>& slots() const { return slots_; }
  const std::map<std::string, std::unique_ptr<Variable>>& variables() const { return variables_; }
  const std::vector<std::string>& free_names() const { return free_names_; }

 private:
  /// The variable `name` of this scope or of one around it, shared; null: none.
  Variable* capture(const std::string& name);
  Variable* capture_outside(const std::string& name);
  Meaning resolve_outside(const std::string& name);

  Kind kind_;
  Scope* parent_;
  std::map<std::string, std::unique_ptr<Variable>> variables_;
  std::set<std::string> globals_, nonlocals_, uses_;
  std::vector<Variable*> slots_;
  std::vector<std::string> free_names_;
};

/// The scopes of a module: every name's meaning is fixed before code is made.
class Scopes {
 public:
  explicit Scopes(const ast::Block& module);
  ~Scopes();

  Scope& module() { return *all_.front(); }
  /// The scope that a FunctionDef, ClassDef, Lambda or ListComp opens.
  Scope& of(const void* node) { return *by_node_.at(node); }

 private:
  class Builder;
  std::vector<std::unique_ptr<Scope>> all_;
  std::map<const void*, Scope*> by_node_;
};

}  // namespace loopscope::scenarios

#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "scenarios/syntax/ast.h"

namespace loopscope::scenarios {

/// The names that one function, class body or the module binds.
struct BindingScope {
  using Words = std::set<std::string, std::less<>>;

  const BindingScope* parent = nullptr;  ///< null: the module
  Words bound = {}, params = {}, globals = {}, nonlocals = {};
  bool is_class = false;  ///< its names are no variables of the functions inside

  const BindingScope& module() const { return parent == nullptr ? *this : parent->module(); }
  /// Whether `name` here means a variable of the program.
  bool binds(std::string_view name) const;
  /// Whether `nonlocal name` here finds a variable.
  bool encloses(std::string_view name) const;
  /// Whether a class body is around it, near or far.
  bool in_class() const;
};

/// All scopes of a program, by Python's rules of binding.
class BindingScopes {
 public:
  explicit BindingScopes(const ast::Block& program);

  const BindingScope& module() const { return module_; }
  const BindingScope& of(const ast::FunctionDef& function) const { return *inner_.at(&function); }
  const BindingScope& of(const ast::ClassDef& definition) const { return *inner_.at(&definition); }

 private:
  void block(const ast::Block& block, BindingScope& scope);
  void statement(const ast::Stmt& statement, BindingScope& scope);
  void function(const ast::FunctionDef& function, BindingScope& parent);
  void class_body(const ast::ClassDef& definition, BindingScope& parent);

  BindingScope module_;
  std::unordered_map<const void*, std::unique_ptr<BindingScope>> inner_;  // by FunctionDef or ClassDef
};

/// Adds the names of a parameter list.
void collect_param_names(const ast::Params& params, BindingScope::Words& names);
/// Adds the names that a target binds.
void collect_target_names(const ast::Expr& target, BindingScope::Words& names);

}  // namespace loopscope::scenarios

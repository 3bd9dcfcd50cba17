#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "scenarios/syntax/ast.h"

namespace loopscope::scenarios {

/// The names that one function (or the module) binds.
struct Scope {
  using Words = std::set<std::string, std::less<>>;

  const Scope* parent = nullptr;  ///< null: the module
  Words bound = {}, params = {}, globals = {}, nonlocals = {};

  const Scope& module() const { return parent == nullptr ? *this : parent->module(); }
  /// Whether `name` here means a variable of the program.
  bool binds(std::string_view name) const;
  /// Whether `nonlocal name` here finds a variable.
  bool encloses(std::string_view name) const;
};

/// All scopes of a program, by Python's rules of binding.
class Scopes {
 public:
  explicit Scopes(const ast::Block& program);

  const Scope& module() const { return module_; }
  const Scope& of(const ast::FunctionDef& function) const { return *functions_.at(&function); }

 private:
  void block(const ast::Block& block, Scope& scope);
  void statement(const ast::Stmt& statement, Scope& scope);
  void function(const ast::FunctionDef& function, Scope& parent);

  Scope module_;
  std::unordered_map<const ast::FunctionDef*, std::unique_ptr<Scope>> functions_;
};

/// Adds the names of a parameter list.
void add_params(const ast::Params& params, Scope::Words& names);
/// Adds the names that a target binds.
void add_target_names(const ast::Expr& target, Scope::Words& names);

}  // namespace loopscope::scenarios

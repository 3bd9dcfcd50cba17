#include "scenarios/load/binding_scope.h"

#include "scenarios/syntax/walk.h"

namespace loopscope::scenarios {

bool BindingScope::binds(std::string_view name) const {
  if (globals.contains(name)) return module().bound.contains(name);
  if (bound.contains(name)) return true;
  if (!is_class && name == "__class__" && in_class()) return true;
  const BindingScope* outer = parent;
  while (outer != nullptr && outer->is_class) outer = outer->parent;
  return outer != nullptr && outer->binds(name);
}

bool BindingScope::in_class() const {
  for (const BindingScope* scope = this; scope != nullptr; scope = scope->parent)
    if (scope->is_class) return true;
  return false;
}

bool BindingScope::encloses(std::string_view name) const {
  for (const BindingScope* scope = parent; scope != nullptr && scope->parent != nullptr;
       scope = scope->parent) {
    if (!scope->is_class && scope->bound.contains(name)) return true;
  }
  return false;
}

BindingScopes::BindingScopes(const ast::Block& program) { block(program, module_); }

void BindingScopes::block(const ast::Block& block, BindingScope& scope) {
  for (const ast::Stmt& one : block) statement(one, scope);
  // A declaration counts for its whole function, wherever it stands.
  for (const auto* declared : {&scope.globals, &scope.nonlocals}) {
    for (const std::string& name : *declared) {
      const bool was_bound = scope.parent != nullptr && scope.bound.erase(name) > 0;
      if (was_bound && declared == &scope.globals) module_.bound.insert(name);
    }
  }
}

void BindingScopes::statement(const ast::Stmt& statement, BindingScope& scope) {
  const auto* node = &statement.node;
  if (const auto* assign = std::get_if<ast::Assign>(node)) {
    collect_target_names(*assign->target, scope.bound);
  } else if (const auto* augmented = std::get_if<ast::AugAssign>(node)) {
    collect_target_names(*augmented->target, scope.bound);
  } else if (const auto* del = std::get_if<ast::Del>(node)) {
    for (const ast::ExprPtr& target : del->targets) collect_target_names(*target, scope.bound);
  } else if (const auto* global = std::get_if<ast::Global>(node)) {
    scope.globals.insert(global->names.begin(), global->names.end());
  } else if (const auto* nonlocal = std::get_if<ast::Nonlocal>(node)) {
    scope.nonlocals.insert(nonlocal->names.begin(), nonlocal->names.end());
  } else if (const auto* def = std::get_if<ast::FunctionDef>(node)) {
    function(*def, scope);
  } else if (const auto* definition = std::get_if<ast::ClassDef>(node)) {
    class_body(*definition, scope);
  } else if (const auto* loop = std::get_if<ast::For>(node)) {
    collect_target_names(*loop->target, scope.bound);
  } else if (const auto* with = std::get_if<ast::With>(node)) {
    for (const ast::With::Item& item : with->items)
      if (item.target) collect_target_names(*item.target, scope.bound);
  } else if (const auto* guarded = std::get_if<ast::Try>(node)) {
    for (const ast::Try::Handler& handler : guarded->handlers)
      if (!handler.name.empty()) scope.bound.insert(handler.name);
  }
  ast::for_each_block(statement, [&](const ast::Block& inner) { block(inner, scope); });
}

void BindingScopes::class_body(const ast::ClassDef& definition, BindingScope& parent) {
  parent.bound.insert(definition.name);
  auto scope = std::make_unique<BindingScope>();
  scope->parent = &parent;
  scope->is_class = true;
  block(definition.body, *scope);
  inner_.emplace(&definition, std::move(scope));
}

void BindingScopes::function(const ast::FunctionDef& function, BindingScope& parent) {
  parent.bound.insert(function.name);
  auto scope = std::make_unique<BindingScope>();
  scope->parent = &parent;
  collect_param_names(function.params, scope->params);
  scope->bound = scope->params;
  block(function.body, *scope);
  inner_.emplace(&function, std::move(scope));
}

void collect_param_names(const ast::Params& params, BindingScope::Words& names) {
  for (const ast::Param& param : params.positional) names.insert(param.name);
  for (const ast::Param& param : params.keyword_only) names.insert(param.name);
  for (const std::string& star : {params.star, params.star_star}) {
    if (!star.empty()) names.insert(star);
  }
}

void collect_target_names(const ast::Expr& target, BindingScope::Words& names) {
  if (const auto* name = std::get_if<ast::Name>(&target.node)) {
    names.insert(name->id);
    return;
  }
  const bool unpacks = std::holds_alternative<ast::Tuple>(target.node) ||
                       std::holds_alternative<ast::List>(target.node) ||
                       std::holds_alternative<ast::Starred>(target.node);
  if (!unpacks) return;
  ast::for_each_child(target, [&](const ast::ExprPtr& child) { collect_target_names(*child, names); });
}

}  // namespace loopscope::scenarios

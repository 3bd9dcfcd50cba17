#include "scenarios/run/scope.h"

#include <algorithm>

#include "scenarios/syntax/walk.h"

namespace loopscope::scenarios {

void Scope::declare(const std::string& name) {
  if (kind_ == Kind::module || globals_.contains(name) || nonlocals_.contains(name)) return;
  auto& variable = variables_[name];
  if (variable) return;
  auto& slots = frame_scope().slots_;
  variable = std::make_unique<Variable>(Variable{name, static_cast<std::uint32_t>(slots.size())});
  slots.push_back(variable.get());
}

Variable* Scope::capture(const std::string& name) {
  // What a class body binds is no variable of its methods, but for the class itself.
  const bool in_class = kind_ == Kind::class_body;
  if (in_class && name == "__class__") declare(name);
  if (in_class && name != "__class__") return capture_outside(name);
  if (globals_.contains(name)) return nullptr;
  const auto found = variables_.find(name);
  if (found == variables_.end()) return capture_outside(name);
  found->second->shared = true;
  return found->second.get();
}

Variable* Scope::capture_outside(const std::string& name) {
  Variable* outer = parent_ ? parent_->capture(name) : nullptr;
  const bool known = std::find(free_names_.begin(), free_names_.end(), name) != free_names_.end();
  if (outer && kind_ != Kind::comprehension && !known) free_names_.push_back(name);
  return outer;
}

Scope::Meaning Scope::resolve(const std::string& name) {
  if (globals_.contains(name)) return {};
  if (const auto found = variables_.find(name); found != variables_.end()) return {found->second.get(), -1};
  if (kind_ == Kind::comprehension)
    return parent_->kind_ == Kind::class_body ? parent_->resolve_outside(name) : parent_->resolve(name);
  return kind_ == Kind::module ? Meaning{} : resolve_outside(name);
}

Scope::Meaning Scope::resolve_captured(const std::string& name) {
  return kind_ == Kind::class_body && name != "__class__" ? resolve_outside(name) : resolve(name);
}

Scope::Meaning Scope::resolve_outside(const std::string& name) {
  if (!capture_outside(name)) return {};
  const auto place = std::find(free_names_.begin(), free_names_.end(), name);
  return {nullptr, static_cast<int>(place - free_names_.begin())};
}

/// Walks the module once: opens scopes, notes what each binds and uses.
class Scopes::Builder {
 public:
  explicit Builder(Scopes& scopes) : scopes_(scopes) {}

  void block(const ast::Block& block, Scope& scope) {
    for (const ast::Stmt& statement : block)
      std::visit([&](const auto& node) { visit(node, scope); }, statement.node);
  }

  /// `global` and `nonlocal` hold for the whole function, wherever they stand.
  void declarations(const ast::Block& block, Scope& scope) {
    ast::for_each_statement(block, [&](const ast::Stmt& statement) {
      if (const auto* global = std::get_if<ast::Global>(&statement.node))
        for (const std::string& name : global->names) scope.declare_global(name);
      if (const auto* nonlocal = std::get_if<ast::Nonlocal>(&statement.node))
        for (const std::string& name : nonlocal->names) scope.declare_nonlocal(name), scope.use(name);
    });
  }

 private:
  Scope& open(Scope::Kind kind, Scope& parent, const void* node) {
    scopes_.all_.push_back(std::make_unique<Scope>(kind, &parent));
    scopes_.by_node_[node] = scopes_.all_.back().get();
    return *scopes_.all_.back();
  }

  void expr(const ast::ExprPtr& expr, Scope& scope) {
    if (!expr) return;
    if (const auto* name = std::get_if<ast::Name>(&expr->node)) {
      if (name->id == "super") scope.use("__class__");  // it asks for the class without naming it
      return scope.use(name->id);
    }
    if (const auto* lambda = std::get_if<ast::Lambda>(&expr->node)) {
      ast::for_each_default(lambda->params, [&](const ast::ExprPtr& value) { this->expr(value, scope); });
      Scope& inner = open(Scope::Kind::function, scope, lambda);
      params(lambda->params, inner);
      return this->expr(lambda->body, inner);
    }
    if (const auto* comp = std::get_if<ast::ListComp>(&expr->node)) return comprehension(*comp, scope);
    ast::for_each_child(*expr, [&](const ast::ExprPtr& child) { this->expr(child, scope); });
  }

  void comprehension(const ast::ListComp& comp, Scope& scope) {
    Scope& inner = open(Scope::Kind::comprehension, scope, &comp);
    for (const auto& loop : comp.loops) bind(loop.target, inner);
    for (std::size_t i = 0; i < comp.loops.size(); ++i) {
      expr(comp.loops[i].iterable, i == 0 ? scope : inner);
      target_parts(comp.loops[i].target, inner);
      for (const ast::ExprPtr& condition : comp.loops[i].conditions) expr(condition, inner);
    }
    expr(comp.element, inner);
  }

  /// The names that an assignment to `target` binds.
  void bind(const ast::ExprPtr& target, Scope& scope) {
    if (const auto* name = std::get_if<ast::Name>(&target->node)) {
      scope.declare(name->id);
      scope.use(name->id);
    } else if (const auto* starred = std::get_if<ast::Starred>(&target->node)) {
      bind(starred->value, scope);
    } else if (const auto* tuple = std::get_if<ast::Tuple>(&target->node)) {
      for (const ast::ExprPtr& item : tuple->items) bind(item, scope);
    } else if (const auto* list = std::get_if<ast::List>(&target->node)) {
      for (const ast::ExprPtr& item : list->items) bind(item, scope);
    }
  }

  /// The expressions inside a target: `a` and `i` of `a[i]`.
  void target_parts(const ast::ExprPtr& target, Scope& scope) {
    if (!std::holds_alternative<ast::Name>(target->node)) expr(target, scope);
  }

  void assign(const ast::ExprPtr& target, Scope& scope) {
    bind(target, scope);
    target_parts(target, scope);
  }

  void params(const ast::Params& params, Scope& scope) {
    for (const ast::Param& param : params.positional) scope.declare(param.name);
    for (const ast::Param& param : params.keyword_only) scope.declare(param.name);
    if (!params.star.empty()) scope.declare(params.star);
    if (!params.star_star.empty()) scope.declare(params.star_star);
  }

  void visit(const ast::ExprStmt& s, Scope& scope) { expr(s.value, scope); }
  void visit(const ast::Assign& s, Scope& scope) { expr(s.value, scope), assign(s.target, scope); }
  void visit(const ast::AugAssign& s, Scope& scope) { assign(s.target, scope), expr(s.value, scope); }
  void visit(const ast::Return& s, Scope& scope) { expr(s.value, scope); }
  void visit(const ast::Raise& s, Scope& scope) { expr(s.error, scope), expr(s.cause, scope); }
  void visit(const ast::Pass&, Scope&) {}
  void visit(const ast::Break&, Scope&) {}
  void visit(const ast::Continue&, Scope&) {}
  void visit(const ast::Global&, Scope&) {}
  void visit(const ast::Nonlocal&, Scope&) {}
  void visit(const ast::Comment&, Scope&) {}
  void visit(const ast::Assert& s, Scope& scope) { expr(s.condition, scope), expr(s.message, scope); }
  void visit(const ast::Del& s, Scope& scope) {
    for (const ast::ExprPtr& target : s.targets) assign(target, scope);
  }
  void visit(const ast::FunctionDef& s, Scope& scope) {
    scope.declare(s.name);
    scope.use(s.name);
    ast::for_each_default(s.params, [&](const ast::ExprPtr& value) { expr(value, scope); });
    Scope& inner = open(Scope::Kind::function, scope, &s);
    params(s.params, inner);
    declarations(s.body, inner);
    block(s.body, inner);
  }
  void visit(const ast::ClassDef& s, Scope& scope) {
    scope.declare(s.name);
    scope.use(s.name);
    expr(s.base, scope);
    Scope& inner = open(Scope::Kind::class_body, scope, &s);
    declarations(s.body, inner);
    block(s.body, inner);
  }
  void visit(const ast::With& s, Scope& scope) {
    for (const ast::With::Item& item : s.items) {
      expr(item.manager, scope);
      if (item.target) assign(item.target, scope);
    }
    block(s.body, scope);
  }
  void visit(const ast::If& s, Scope& scope) {
    for (const auto& branch : s.branches) expr(branch.condition, scope), block(branch.body, scope);
    block(s.otherwise, scope);
  }
  void visit(const ast::While& s, Scope& scope) { expr(s.condition, scope), block(s.body, scope); }
  void visit(const ast::For& s, Scope& scope) {
    expr(s.iterable, scope), assign(s.target, scope), block(s.body, scope);
  }
  void visit(const ast::Try& s, Scope& scope) {
    block(s.body, scope);
    for (const auto& handler : s.handlers) {
      expr(handler.type, scope);
      if (!handler.name.empty()) scope.declare(handler.name), scope.use(handler.name);
      block(handler.body, scope);
    }
    block(s.otherwise, scope);
    block(s.finally, scope);
  }

  Scopes& scopes_;
};

Scopes::Scopes(const ast::Block& module) {
  all_.push_back(std::make_unique<Scope>(Scope::Kind::module, nullptr));
  Builder(*this).block(module, *all_.front());
  // Every use once, so that it is known which variables closures share.
  for (const auto& scope : all_)
    for (const std::string& name : scope->uses()) scope->resolve(name);
}

Scopes::~Scopes() = default;

}  // namespace loopscope::scenarios

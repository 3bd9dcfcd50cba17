#include "scenarios/syntax/private_names.h"

#include "scenarios/syntax/walk.h"

namespace loopscope::scenarios {
namespace {

class Mangler {
 public:
  explicit Mangler(const std::string& of) : class_(of) {}

  void block(ast::Block& statements) {
    for (ast::Stmt& statement : statements)
      std::visit([this](auto& node) { this->node(node); }, statement.node);
  }

 private:
  void name(std::string& name) const { name = private_name(name, class_); }
  void names(std::vector<std::string>& names) const {
    for (std::string& one : names) name(one);
  }

  /// The tree is this class's own: its parts are changed where they stand.
  void expr(const ast::ExprPtr& expr) {
    if (!expr) return;
    if (auto* found = std::get_if<ast::Name>(&expr->node)) name(found->id);
    if (auto* found = std::get_if<ast::Attribute>(&expr->node)) name(found->name);
    if (auto* found = std::get_if<ast::Lambda>(&expr->node)) params(found->params);
    ast::for_each_child(*expr, [this](const ast::ExprPtr& child) { this->expr(child); });
  }

  void params(ast::Params& params) {
    for (auto* list : {&params.positional, &params.keyword_only})
      for (ast::Param& param : *list) name(param.name);
    name(params.star);
    name(params.star_star);
  }

  void node(ast::ExprStmt& s) { expr(s.value); }
  void node(ast::Assign& s) { expr(s.target), expr(s.value); }
  void node(ast::AugAssign& s) { expr(s.target), expr(s.value); }
  void node(ast::Return& s) { expr(s.value); }
  void node(ast::Raise& s) { expr(s.error), expr(s.cause); }
  void node(ast::Pass&) {}
  void node(ast::Break&) {}
  void node(ast::Continue&) {}
  void node(ast::Comment&) {}
  void node(ast::Global& s) { names(s.names); }
  void node(ast::Nonlocal& s) { names(s.names); }
  void node(ast::Assert& s) { expr(s.condition), expr(s.message); }
  void node(ast::Del& s) {
    for (const ast::ExprPtr& target : s.targets) expr(target);
  }
  void node(ast::FunctionDef& s) {
    if (s.written.empty()) s.written = s.name;
    name(s.name);
    params(s.params);
    ast::for_each_default(s.params, [this](const ast::ExprPtr& value) { expr(value); });
    block(s.body);
  }
  void node(ast::ClassDef& s) {
    if (s.written.empty()) s.written = s.name;
    name(s.name);
    expr(s.base);
    block(s.body);
  }
  void node(ast::If& s) {
    for (ast::If::Branch& branch : s.branches) expr(branch.condition), block(branch.body);
    block(s.otherwise);
  }
  void node(ast::While& s) { expr(s.condition), block(s.body); }
  void node(ast::For& s) { expr(s.target), expr(s.iterable), block(s.body); }
  void node(ast::With& s) {
    for (ast::With::Item& item : s.items) expr(item.manager), expr(item.target);
    block(s.body);
  }
  void node(ast::Try& s) {
    block(s.body);
    for (ast::Try::Handler& handler : s.handlers) expr(handler.type), name(handler.name), block(handler.body);
    block(s.otherwise), block(s.finally);
  }

  const std::string& class_;
};

}  // namespace

std::string private_name(const std::string& name, const std::string& of) {
  const std::size_t first = of.find_first_not_of('_');
  if (!name.starts_with("__") || name.ends_with("__") || first == std::string::npos) return name;
  return "_" + of.substr(first) + name;
}

void mangle_private_names(ast::ClassDef& definition) { Mangler(definition.name).block(definition.body); }

}  // namespace loopscope::scenarios

#include <algorithm>

#include "scenarios/syntax/parser.h"

/// What may stand left of `=`, after `for` and after `del`.
namespace loopscope::scenarios {

using ast::ExprPtr;

namespace {

/// CPython's words for what cannot be assigned to.
struct ExprName {
  std::string operator()(const ast::None&) const { return "None"; }
  std::string operator()(const ast::Bool& node) const { return node.value ? "True" : "False"; }
  std::string operator()(const ast::Int&) const { return "literal"; }
  std::string operator()(const ast::Float&) const { return "literal"; }
  std::string operator()(const ast::Str&) const { return "literal"; }
  std::string operator()(const ast::Bytes&) const { return "literal"; }
  std::string operator()(const ast::Name&) const { return "name"; }
  std::string operator()(const ast::FString&) const { return "f-string expression"; }
  std::string operator()(const ast::Starred&) const { return "starred"; }
  std::string operator()(const ast::List&) const { return "list"; }
  std::string operator()(const ast::Tuple&) const { return "tuple"; }
  std::string operator()(const ast::Set&) const { return "set display"; }
  std::string operator()(const ast::Dict&) const { return "dict literal"; }
  std::string operator()(const ast::ListComp&) const { return "list comprehension"; }
  std::string operator()(const ast::Binary&) const { return "expression"; }
  std::string operator()(const ast::Unary&) const { return "expression"; }
  std::string operator()(const ast::Compare&) const { return "comparison"; }
  std::string operator()(const ast::BoolOp&) const { return "expression"; }
  std::string operator()(const ast::Conditional&) const { return "conditional expression"; }
  std::string operator()(const ast::Slice&) const { return "slice"; }
  std::string operator()(const ast::Subscript&) const { return "subscript"; }
  std::string operator()(const ast::Attribute&) const { return "attribute"; }
  std::string operator()(const ast::Call&) const { return "function call"; }
  std::string operator()(const ast::Lambda&) const { return "lambda"; }
};

bool is_simple_target(const ast::Expr& expr) {
  return std::holds_alternative<ast::Name>(expr.node) || std::holds_alternative<ast::Attribute>(expr.node) ||
         std::holds_alternative<ast::Subscript>(expr.node);
}

const std::vector<ExprPtr>* items_of(const ast::Expr& expr) {
  if (const auto* tuple = std::get_if<ast::Tuple>(&expr.node)) return &tuple->items;
  if (const auto* list = std::get_if<ast::List>(&expr.node)) return &list->items;
  return nullptr;
}

}  // namespace

/// "a, b" before `in`.
ExprPtr Parser::target_list() {
  const std::size_t begin = token().begin;
  const auto one = [this] {
    const std::size_t item_begin = token().begin;
    if (accept("*")) return make(item_begin, ast::Starred{binary(1)});
    return binary(1);
  };
  ExprPtr target = one();
  if (at(",")) {
    ast::Tuple tuple;
    tuple.items.push_back(std::move(target));
    while (accept(",") && starts_expression()) tuple.items.push_back(one());
    target = make(begin, std::move(tuple));
  }
  check_target(*target, "assign to");
  return target;
}

void Parser::check_target(const ast::Expr& target, std::string_view verb) const {
  if (const auto* name = std::get_if<ast::Name>(&target.node); name != nullptr && name->id == "__debug__") {
    fail(begin_of(target), "cannot " + std::string(verb) + " __debug__");
  }
  if (is_simple_target(target)) return;
  if (const std::vector<ExprPtr>* items = items_of(target)) return check_target_items(*items, verb);
  if (std::holds_alternative<ast::Starred>(target.node)) {
    fail(begin_of(target),
         verb == "delete" ? "cannot delete starred" : "starred assignment target must be in a list or tuple");
  }
  std::string message = "cannot " + std::string(verb) + " " + std::visit(ExprName{}, target.node);
  if (at("=")) message += "; compare with '=='";
  fail(begin_of(target), std::move(message));
}

void Parser::check_target_items(const std::vector<ExprPtr>& items, std::string_view verb) const {
  int stars = 0;
  for (const ExprPtr& item : items) {
    const auto* starred = std::get_if<ast::Starred>(&item->node);
    if (starred == nullptr || verb == "delete") {
      check_target(*item, verb);
      continue;
    }
    if (++stars > 1) fail(begin_of(*item), "multiple starred expressions in assignment");
    check_target(*starred->value, verb);
  }
}

void Parser::check_augmented_target(const ast::Expr& target) const {
  if (is_simple_target(target)) return check_target(target, "assign to");
  fail(begin_of(target),
       in_quotes(std::visit(ExprName{}, target.node)) + " is an illegal expression for augmented assignment");
}

/// `del (a, b)` deletes a and b.
void Parser::flatten_deleted(ExprPtr target, std::vector<ExprPtr>& out) const {
  check_target(*target, "delete");
  auto* tuple = std::get_if<ast::Tuple>(&target->node);
  auto* list = std::get_if<ast::List>(&target->node);
  if (tuple == nullptr && list == nullptr) {
    out.push_back(std::move(target));
    return;
  }
  for (ExprPtr& item : tuple != nullptr ? tuple->items : list->items) flatten_deleted(std::move(item), out);
}

}  // namespace loopscope::scenarios

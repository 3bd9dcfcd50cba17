#pragma once

#include "scenarios/syntax/ast.h"

namespace loopscope::scenarios::ast {

/// Calls `visit(const ExprPtr&)` with each direct part of an expression, in the order in
/// which Python evaluates them. Parts that are left out (null) are passed over.
template <class Visit>
class ChildWalker {
 public:
  explicit ChildWalker(Visit& visit) : visit_(visit) {}

  void operator()(const None&) {}
  void operator()(const Bool&) {}
  void operator()(const Int&) {}
  void operator()(const Float&) {}
  void operator()(const Str&) {}
  void operator()(const Bytes&) {}
  void operator()(const Name&) {}
  void operator()(const FString& node) {
    for (const FString::Piece& piece : node.pieces) {
      if (!piece.field) continue;
      one(piece.field->value);
      if (piece.field->spec) (*this)(*piece.field->spec);
    }
  }
  void operator()(const Starred& node) { one(node.value); }
  void operator()(const List& node) { all(node.items); }
  void operator()(const Tuple& node) { all(node.items); }
  void operator()(const Set& node) { all(node.items); }
  void operator()(const Dict& node) {
    for (const auto& [key, value] : node.items) one(key), one(value);
  }
  void operator()(const ListComp& node) {
    for (const ListComp::For& loop : node.loops) {
      one(loop.iterable), one(loop.target);
      all(loop.conditions);
    }
    one(node.element);
  }
  void operator()(const Binary& node) { one(node.left), one(node.right); }
  void operator()(const Unary& node) { one(node.operand); }
  void operator()(const Compare& node) {
    one(node.first);
    for (const auto& [op, operand] : node.rest) one(operand);
  }
  void operator()(const BoolOp& node) { all(node.operands); }
  void operator()(const Conditional& node) { one(node.condition), one(node.then), one(node.otherwise); }
  void operator()(const Slice& node) { one(node.start), one(node.stop), one(node.step); }
  void operator()(const Subscript& node) { one(node.object), one(node.index); }
  void operator()(const Attribute& node) { one(node.object); }
  void operator()(const Call& node) {
    one(node.function);
    all(node.args);
    for (const Call::Keyword& keyword : node.keywords) one(keyword.value);
  }
  void operator()(const Lambda& node) {
    defaults(node.params);
    one(node.body);
  }
  /// The default values of a parameter list.
  void defaults(const Params& params) {
    for (const Param& param : params.positional) one(param.default_value);
    for (const Param& param : params.keyword_only) one(param.default_value);
  }

 private:
  void one(const ExprPtr& expr) {
    if (expr) visit_(expr);
  }
  void all(const std::vector<ExprPtr>& exprs) {
    for (const ExprPtr& expr : exprs) one(expr);
  }

  Visit& visit_;
};

template <class Visit>
void for_each_child(const Expr& expr, Visit visit) {
  std::visit(ChildWalker<Visit>(visit), expr.node);
}

/// Calls `visit(const Block&)` with each block of a statement that runs in the same function:
/// not the bodies of functions and classes.
template <class Visit>
void for_each_block(const Stmt& statement, Visit visit) {
  if (const auto* branches = std::get_if<If>(&statement.node)) {
    for (const If::Branch& branch : branches->branches) visit(branch.body);
    visit(branches->otherwise);
  } else if (const auto* loop = std::get_if<While>(&statement.node)) {
    visit(loop->body);
  } else if (const auto* loop = std::get_if<For>(&statement.node)) {
    visit(loop->body);
  } else if (const auto* with = std::get_if<With>(&statement.node)) {
    visit(with->body);
  } else if (const auto* guarded = std::get_if<Try>(&statement.node)) {
    visit(guarded->body);
    for (const Try::Handler& handler : guarded->handlers) visit(handler.body);
    visit(guarded->otherwise);
    visit(guarded->finally);
  }
}

/// Calls `visit(const Stmt&)` with each statement of a block and of the blocks in it, as far
/// as they run in the same function.
template <class Visit>
void for_each_statement(const Block& block, const Visit& visit) {
  for (const Stmt& statement : block) {
    visit(statement);
    for_each_block(statement, [&](const Block& inner) { for_each_statement(inner, visit); });
  }
}

template <class Visit>
void for_each_default(const Params& params, Visit visit) {
  ChildWalker<Visit>(visit).defaults(params);
}

}  // namespace loopscope::scenarios::ast

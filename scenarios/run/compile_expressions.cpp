#include "scenarios/run/compiler.h"
#include "scenarios/run/targets.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {

NodePtr Compiler::expr(const ast::ExprPtr& expr) {
  return std::visit([this](const auto& node) { return visit(node); }, expr->node);
}

std::vector<NodePtr> Compiler::exprs(const std::vector<ast::ExprPtr>& all) {
  std::vector<NodePtr> nodes;
  for (const ast::ExprPtr& one : all) nodes.push_back(expr(one));
  return nodes;
}

std::vector<Item> Compiler::items(const std::vector<ast::ExprPtr>& all) {
  std::vector<Item> items;
  for (const ast::ExprPtr& one : all) {
    const auto* starred = std::get_if<ast::Starred>(&one->node);
    items.push_back({expr(starred ? starred->value : one), starred != nullptr});
  }
  return items;
}

NodePtr Compiler::visit(const ast::None&) { return std::make_unique<ConstantNode>(Value()); }
NodePtr Compiler::visit(const ast::Bool& e) {
  return std::make_unique<ConstantNode>(Value::boolean(e.value));
}
NodePtr Compiler::visit(const ast::Int& e) { return std::make_unique<ConstantNode>(Value::integer(e.value)); }
NodePtr Compiler::visit(const ast::Float& e) {
  return std::make_unique<ConstantNode>(Value::floating(e.value));
}
NodePtr Compiler::visit(const ast::Str& e) {
  return std::make_unique<ConstantNode>(module_.runtime.intern(e.value));
}
NodePtr Compiler::visit(const ast::Bytes& e) {
  return std::make_unique<ConstantNode>(make_bytes(module_.runtime, e.value));
}
NodePtr Compiler::visit(const ast::Name& e) { return load_name(e.id); }

NodePtr Compiler::visit(const ast::FString& e) {
  std::vector<FStringNode::Piece> pieces;
  for (const ast::FString::Piece& piece : e.pieces) {
    FStringNode::Piece made;
    made.literal = piece.literal;
    if (piece.field) {
      made.literal += piece.field->debug_text;
      made.value = expr(piece.field->value);
      made.conversion = piece.field->conversion;
      // {x=} shows the repr, unless it says how.
      if (!piece.field->debug_text.empty() && made.conversion == 0 && !piece.field->spec)
        made.conversion = 'r';
      if (piece.field->spec) made.spec = visit(*piece.field->spec);
    }
    pieces.push_back(std::move(made));
  }
  return std::make_unique<FStringNode>(std::move(pieces));
}

NodePtr Compiler::visit(const ast::Starred& e) { return expr(e.value); }
NodePtr Compiler::visit(const ast::List& e) {
  return std::make_unique<DisplayNode>(DisplayNode::Type::list, items(e.items));
}
NodePtr Compiler::visit(const ast::Tuple& e) {
  return std::make_unique<DisplayNode>(DisplayNode::Type::tuple, items(e.items));
}
NodePtr Compiler::visit(const ast::Set& e) {
  return std::make_unique<DisplayNode>(DisplayNode::Type::set, items(e.items));
}

NodePtr Compiler::visit(const ast::Dict& e) {
  std::vector<std::pair<NodePtr, NodePtr>> all;
  for (const auto& [key, value] : e.items) {
    NodePtr made = expr_or_null(key);
    all.emplace_back(std::move(made), expr(value));
  }
  return std::make_unique<DictNode>(std::move(all));
}

NodePtr Compiler::visit(const ast::ListComp& e) {
  Scope* outer = scope_;
  Scope& inner = module_.scopes.of(&e);
  std::vector<ListCompNode::Loop> loops;
  for (const ast::ListComp::For& loop : e.loops) {
    NodePtr iterable = expr(loop.iterable);  // the first one is evaluated outside
    scope_ = &inner;
    TargetPtr into = target(loop.target);
    loops.push_back({std::move(iterable), std::move(into), exprs(loop.conditions)});
  }
  NodePtr element = expr(e.element);
  scope_ = outer;
  std::vector<SlotAccess> variables;
  for (const auto& [name, variable] : inner.variables())
    variables.push_back({variable->slot, variable->shared, false});
  return std::make_unique<ListCompNode>(std::move(element), std::move(loops), std::move(variables));
}

NodePtr Compiler::visit(const ast::Binary& e) {
  NodePtr left = expr(e.left);
  return std::make_unique<BinaryNode>(e.op, std::move(left), expr(e.right));
}
NodePtr Compiler::visit(const ast::Unary& e) { return std::make_unique<UnaryNode>(e.op, expr(e.operand)); }

NodePtr Compiler::visit(const ast::Compare& e) {
  NodePtr first = expr(e.first);
  std::vector<std::pair<ast::CompareOp, NodePtr>> rest;
  for (const auto& [op, operand] : e.rest) rest.emplace_back(op, expr(operand));
  return std::make_unique<CompareNode>(std::move(first), std::move(rest));
}

NodePtr Compiler::visit(const ast::BoolOp& e) {
  return std::make_unique<BoolNode>(e.is_and, exprs(e.operands));
}

NodePtr Compiler::visit(const ast::Conditional& e) {
  NodePtr condition = expr(e.condition), then = expr(e.then);
  return std::make_unique<ConditionalNode>(std::move(condition), std::move(then), expr(e.otherwise));
}

NodePtr Compiler::visit(const ast::Slice& e) {
  NodePtr start = expr_or_null(e.start), stop = expr_or_null(e.stop);
  return std::make_unique<SliceNode>(std::move(start), std::move(stop), expr_or_null(e.step));
}

NodePtr Compiler::visit(const ast::Subscript& e) {
  NodePtr object = expr(e.object);
  return std::make_unique<SubscriptNode>(std::move(object), expr(e.index));
}
NodePtr Compiler::visit(const ast::Attribute& e) {
  return std::make_unique<AttributeNode>(expr(e.object), e.name);
}

NodePtr Compiler::visit(const ast::Call& e) {
  NodePtr function = expr(e.function);
  std::vector<Item> args = items(e.args);
  std::vector<CallNode::Keyword> keywords;
  for (const ast::Call::Keyword& keyword : e.keywords)
    keywords.push_back({keyword.name, expr(keyword.value)});
  return std::make_unique<CallNode>(std::move(function), std::move(args), std::move(keywords));
}

NodePtr Compiler::visit(const ast::Lambda& e) {
  Scope& inner = module_.scopes.of(&e);
  Code& code = new_code("<lambda>", e.params);
  Compiler(module_, inner, code).compile_lambda(e, line_);
  return make_function(code, inner, e.params);
}

Signature Compiler::signature(const ast::Params& params) {
  Signature signature;
  for (const ast::Param& param : params.positional) signature.positional.push_back(param.name);
  for (const ast::Param& param : params.keyword_only) signature.keyword_only.push_back(param.name);
  signature.star = !params.star.empty();
  signature.star_star = !params.star_star.empty();
  return signature;
}

Code& Compiler::new_code(const std::string& bound, const ast::Params& params, const std::string& written) {
  const std::string& name = written.empty() ? bound : written;
  Code& code = *module_.program->codes.emplace_back(std::make_unique<Code>());
  code.name = name;
  const bool nested = scope_->frame_scope().kind() == Scope::Kind::function;
  const bool in_class = scope_->kind() == Scope::Kind::class_body;
  // A function declared global is named as one of the module.
  const bool is_global = name != "<lambda>" && !scope_->is_bound(bound);
  const std::string inside = code_.qualified_name + (in_class ? "." : ".<locals>.") + name;
  code.qualified_name = (nested || in_class) && !is_global ? inside : name;
  code.signature = signature(params);
  code.first_line = line_;
  return code;
}

NodePtr Compiler::make_function(const Code& code, const Scope& inner, const ast::Params& params) {
  std::vector<NodePtr> defaults, keyword_defaults;
  for (const ast::Param& param : params.positional)
    if (param.default_value) defaults.push_back(expr(param.default_value));
  for (const ast::Param& param : params.keyword_only)
    keyword_defaults.push_back(expr_or_null(param.default_value));
  return std::make_unique<FunctionNode>(code, std::move(defaults), std::move(keyword_defaults),
                                        closure_of(inner));
}

std::vector<std::uint32_t> Compiler::closure_of(const Scope& inner) {
  std::vector<std::uint32_t> closure;
  for (const std::string& name : inner.free_names())
    closure.push_back(access(scope_->resolve_captured(name)).slot);
  return closure;
}

SlotAccess Compiler::access(const Scope::Meaning& meaning) const {
  if (meaning.local) return {meaning.local->slot, meaning.local->shared, false};
  const std::size_t locals = scope_->frame_scope().slots().size();
  return {static_cast<std::uint32_t>(locals + static_cast<std::size_t>(meaning.free)), true, true};
}

NodePtr Compiler::load_name(const std::string& name) {
  const Scope::Meaning meaning = scope_->resolve(name);
  if (!meaning.local && meaning.free < 0) return std::make_unique<GlobalNode>(module_.global(name));
  if (scope_->kind() == Scope::Kind::class_body && meaning.local)
    return std::make_unique<ClassNameNode>(access(meaning), module_.global(name));
  return std::make_unique<SlotNode>(access(meaning));
}

TargetPtr Compiler::target_name(const std::string& name) {
  const Scope::Meaning meaning = scope_->resolve(name);
  if (!meaning.local && meaning.free < 0) return std::make_unique<GlobalTarget>(module_.global(name));
  return std::make_unique<SlotTarget>(access(meaning));
}

TargetPtr Compiler::target(const ast::ExprPtr& expr) {
  if (const auto* name = std::get_if<ast::Name>(&expr->node)) return target_name(name->id);
  if (const auto* starred = std::get_if<ast::Starred>(&expr->node)) return target(starred->value);
  if (const auto* tuple = std::get_if<ast::Tuple>(&expr->node)) return unpack(tuple->items);
  if (const auto* list = std::get_if<ast::List>(&expr->node)) return unpack(list->items);
  if (const auto* attribute = std::get_if<ast::Attribute>(&expr->node))
    return std::make_unique<AttributeTarget>(this->expr(attribute->object), attribute->name);
  const auto& item = std::get<ast::Subscript>(expr->node);
  NodePtr object = this->expr(item.object);
  return std::make_unique<ItemTarget>(std::move(object), this->expr(item.index));
}

TargetPtr Compiler::unpack(const std::vector<ast::ExprPtr>& targets) {
  std::vector<TargetPtr> made;
  int star = -1;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (std::holds_alternative<ast::Starred>(targets[i]->node)) star = static_cast<int>(i);
    made.push_back(target(targets[i]));
  }
  return std::make_unique<UnpackTarget>(std::move(made), star);
}

}  // namespace loopscope::scenarios

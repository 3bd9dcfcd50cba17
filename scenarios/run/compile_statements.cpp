#include "scenarios/run/compiler.h"
#include "scenarios/run/targets.h"

namespace loopscope::scenarios {
namespace {

/// A string that stands alone as the first statement of a function: no code.
bool is_docstring(const ast::Stmt& statement) {
  const auto* expression = std::get_if<ast::ExprStmt>(&statement.node);
  return expression && expression->via == ast::Via::plain &&
         std::holds_alternative<ast::Str>(expression->value->node);
}

bool runs(const ast::Stmt& statement) {
  return !std::holds_alternative<ast::Comment>(statement.node) &&
         !std::holds_alternative<ast::Global>(statement.node) &&
         !std::holds_alternative<ast::Nonlocal>(statement.node);
}

}  // namespace

std::unique_ptr<Program> compile(Runtime& runtime, const ast::Block& block) {
  ModuleCompiler module(runtime, block);
  Code& code = *module.program->codes.emplace_back(std::make_unique<Code>());
  code.name = code.qualified_name = "<module>";
  Compiler(module, module.scopes.module(), code).compile_module(block);
  return std::move(module.program);
}

std::uint32_t ModuleCompiler::global(const std::string& name) {
  const auto [place, added] = globals.try_emplace(name, static_cast<std::uint32_t>(program->globals.size()));
  if (added) program->globals.push_back(name);
  return place->second;
}

void Compiler::compile_module(const ast::Block& statements) {
  block(statements);
  emit({Op::return_value, 0, 0, 0, keep(std::make_unique<ConstantNode>(Value()))});
  finish(*scope_);
}

/// Remembers what the function or class says of itself. Null when it says nothing.
const ast::Stmt* Compiler::docstring(const ast::Block& body) {
  for (const ast::Stmt& statement : body) {
    if (!runs(statement)) continue;
    if (!is_docstring(statement)) break;
    code_.doc = std::get<ast::Str>(std::get<ast::ExprStmt>(statement.node).value->node).value;
    return &statement;
  }
  return nullptr;
}

void Compiler::compile_function(const ast::FunctionDef& def) {
  const ast::Stmt* docstring = this->docstring(def.body);
  for (const ast::Stmt& statement : def.body)
    if (&statement != docstring) this->statement(statement);
  emit({Op::return_value, 0, 0, 0, keep(std::make_unique<ConstantNode>(Value()))});
  finish(*scope_);
}

void Compiler::compile_class(const ast::ClassDef& definition) {
  line(code_.first_line);
  docstring(definition.body);
  block(definition.body);
  emit({Op::return_value, 0, 0, 0, keep(std::make_unique<ConstantNode>(Value()))});
  finish(*scope_);
}

void Compiler::compile_lambda(const ast::Lambda& lambda, std::uint32_t at) {
  line(at);
  emit({Op::return_value, 0, 0, 0, keep(expr(lambda.body))});
  finish(*scope_);
}

void Compiler::finish(const Scope& scope) {
  for (const Variable* variable : scope.slots()) code_.slots.push_back(variable->name);
  for (const auto& [name, variable] : scope.variables())
    if (variable->shared) code_.cells.push_back(variable->slot);
  code_.free_begin = static_cast<std::uint32_t>(code_.slots.size());
  for (const std::string& name : scope.free_names()) code_.slots.push_back(name);
}

const Node* Compiler::keep(NodePtr node) { return code_.nodes.emplace_back(std::move(node)).get(); }
const Target* Compiler::keep(TargetPtr target) { return code_.targets.emplace_back(std::move(target)).get(); }

std::uint32_t Compiler::emit(Instruction instruction) {
  code_.instructions.push_back(instruction);
  return here() - 1;
}

void Compiler::line(std::uint32_t number) {
  line_ = number;
  emit({Op::line, number});
}

void Compiler::block(const ast::Block& statements) {
  for (const ast::Stmt& statement : statements) this->statement(statement);
}

void Compiler::statement(const ast::Stmt& statement) {
  if (!runs(statement)) return;
  line(statement.listing_line);
  std::visit([this](const auto& node) { visit(node); }, statement.node);
}

void Compiler::visit(const ast::ExprStmt& s) {
  if (s.via == ast::Via::plain) return run(expr(s.value));
  waited(s.value, s.via);
  emit({Op::store_result});
}

/// Leaves in `result` what came of waiting.
void Compiler::waited(const ast::ExprPtr& value, ast::Via via) {
  NodePtr node = value ? expr(value) : std::make_unique<ConstantNode>(Value());
  if (via == ast::Via::await) {
    emit({Op::await, 0, 0, 0, keep(std::move(node))});
  } else if (via == ast::Via::yield) {
    emit({Op::yield, 0, 0, 0, keep(std::move(node))});
  } else {
    emit({Op::delegate, 0, 0, 0, keep(std::move(node))});
    emit({Op::yield_from});
  }
}

void Compiler::visit(const ast::Assign& s) {
  if (s.via == ast::Via::plain) {
    NodePtr value = expr(s.value);
    return run(std::make_unique<AssignNode>(target(s.target), std::move(value)));
  }
  waited(s.value, s.via);
  emit({Op::store_result, 0, 0, 0, nullptr, keep(target(s.target))});
}

void Compiler::visit(const ast::AugAssign& s) {
  if (const auto* name = std::get_if<ast::Name>(&s.target->node)) {
    NodePtr load = load_name(name->id);
    return run(
        std::make_unique<AugmentNameNode>(s.op, std::move(load), target_name(name->id), expr(s.value)));
  }
  if (const auto* attribute = std::get_if<ast::Attribute>(&s.target->node)) {
    NodePtr object = expr(attribute->object);
    return run(
        std::make_unique<AugmentAttributeNode>(s.op, std::move(object), attribute->name, expr(s.value)));
  }
  const auto& item = std::get<ast::Subscript>(s.target->node);
  NodePtr object = expr(item.object);
  NodePtr key = expr(item.index);
  run(std::make_unique<AugmentItemNode>(s.op, std::move(object), std::move(key), expr(s.value)));
}

void Compiler::visit(const ast::Return& s) {
  if (s.await) emit({Op::await, 0, 0, 0, keep(expr(s.value))});
  NodePtr value = s.await ? nullptr : s.value ? expr(s.value) : std::make_unique<ConstantNode>(Value());
  emit({Op::return_value, 0, 0, 0, value ? keep(std::move(value)) : nullptr});
}

void Compiler::visit(const ast::Raise& s) {
  NodePtr error = expr_or_null(s.error);
  run(std::make_unique<RaiseNode>(std::move(error), expr_or_null(s.cause)));
}

void Compiler::visit(const ast::Break&) {
  const Loop& loop = loops_.back();
  const std::uint32_t jump = emit({Op::leave_loop, 0, loop.blocks, loop.iterators});
  loops_.back().breaks.push_back(jump);
}

void Compiler::visit(const ast::Continue&) {
  const Loop& loop = loops_.back();
  // A `for` keeps its own iterator for the next round.
  emit({Op::leave_loop, loop.again, loop.blocks, loop.iterators + (loop.is_for ? 1 : 0)});
}

void Compiler::visit(const ast::Assert& s) {
  NodePtr condition = expr(s.condition);
  run(std::make_unique<AssertNode>(std::move(condition), expr_or_null(s.message)));
}

void Compiler::visit(const ast::Del& s) {
  std::vector<TargetPtr> targets;
  for (const ast::ExprPtr& one : s.targets) targets.push_back(target(one));
  run(std::make_unique<DeleteNode>(std::move(targets)));
}

void Compiler::visit(const ast::FunctionDef& s) {
  Scope& inner = module_.scopes.of(&s);
  Code& code = new_code(s.name, s.params, s.written);
  code.is_async = s.is_async;
  code.is_generator = s.is_generator;
  Compiler(module_, inner, code).compile_function(s);
  run(std::make_unique<AssignNode>(target_name(s.name), make_function(code, inner, s.params)));
}

void Compiler::visit(const ast::ClassDef& s) {
  NodePtr base = expr_or_null(s.base);
  Scope& inner = module_.scopes.of(&s);
  Code& code = new_code(s.name, {}, s.written);
  code.is_class = true;
  Compiler(module_, inner, code).compile_class(s);
  std::vector<ClassNode::Attribute> attributes;
  int class_cell = -1;
  for (const auto& [name, variable] : inner.variables()) {
    if (name == "__class__")
      class_cell = static_cast<int>(variable->slot);
    else
      attributes.push_back({name, variable->slot, variable->shared});
  }
  auto made = std::make_unique<ClassNode>(code, std::move(base), closure_of(inner), std::move(attributes),
                                          class_cell);
  run(std::make_unique<AssignNode>(target_name(s.name), std::move(made)));
}

void Compiler::visit(const ast::If& s) {
  std::vector<std::uint32_t> ends;
  for (std::size_t i = 0; i < s.branches.size(); ++i) {
    if (i > 0) line(s.branches[i].listing_line);
    const std::uint32_t skip = emit({Op::jump_if_false, 0, 0, 0, keep(expr(s.branches[i].condition))});
    block(s.branches[i].body);
    ends.push_back(emit({Op::jump}));
    land(skip);
  }
  block(s.otherwise);
  for (const std::uint32_t end : ends) land(end);
}

void Compiler::visit(const ast::While& s) {
  const std::uint32_t again = here() - 1;  // the header's line: said again for every round
  const std::uint32_t leave = emit({Op::jump_if_false, 0, 0, 0, keep(expr(s.condition))});
  loops_.push_back({again, blocks_, iterators_, {}, false});
  block(s.body);
  emit({Op::jump, again});
  land(leave);
  for (const std::uint32_t jump : loops_.back().breaks) land(jump);
  loops_.pop_back();
}

void Compiler::visit(const ast::For& s) {
  if (s.is_async) return async_for(s);
  const std::uint32_t header = line_;
  emit({Op::iterate, 0, 0, 0, keep(expr(s.iterable))});
  const std::uint32_t first = emit({Op::jump});
  const std::uint32_t again = here();
  line(header);
  land(first);
  const std::uint32_t next = emit({Op::next, 0, 0, 0, nullptr, keep(target(s.target))});
  loops_.push_back({again, blocks_, iterators_, {}, true});
  ++iterators_;
  block(s.body);
  --iterators_;
  emit({Op::jump, again});
  land(next);
  for (const std::uint32_t jump : loops_.back().breaks) land(jump);
  loops_.pop_back();
}

void Compiler::async_for(const ast::For& s) {
  const std::uint32_t header = line_;
  emit({Op::iterate_async, 0, 0, 0, keep(expr(s.iterable))});
  const std::uint32_t first = emit({Op::jump});
  const std::uint32_t again = here();
  line(header);
  land(first);
  const std::uint32_t next = emit({Op::next_async, 0, iterators_});
  emit({Op::leave_try});
  emit({Op::store_result, 0, 0, 0, nullptr, keep(target(s.target))});
  loops_.push_back({again, blocks_, iterators_, {}, true});
  ++iterators_;
  block(s.body);
  --iterators_;
  emit({Op::jump, again});
  land(next);
  for (const std::uint32_t jump : loops_.back().breaks) land(jump);
  loops_.pop_back();
}

void Compiler::visit(const ast::With& s) { with_items(s, 0); }

/// A `with` is a try with a finally clause that calls the manager's exit; several items
/// stand in each other.
void Compiler::with_items(const ast::With& s, std::size_t from) {
  if (from == s.items.size()) return block(s.body);
  const ast::With::Item& item = s.items[from];
  const std::uint32_t header = line_;
  emit({s.is_async ? Op::enter_async : Op::enter, 0, 0, 0, keep(expr(item.manager))});
  ++iterators_;  // the exit function is kept with the iterators
  const std::uint32_t guard = emit({Op::try_finally, 0, iterators_});
  ++blocks_;
  if (item.target) emit({Op::store_result, 0, 0, 0, nullptr, keep(target(item.target))});
  with_items(s, from + 1);
  emit({Op::enter_finally});
  land(guard);
  const bool innermost = from + 1 == s.items.size();
  if (innermost) line(header);
  emit({s.is_async ? Op::exit_async : Op::exit, innermost ? 0 : header});
  --blocks_;
  --iterators_;
  emit({Op::leave_with});
  emit({Op::leave_finally});
}

void Compiler::visit(const ast::Try& s) {
  if (s.finally.empty() && s.finally_line == 0) return guarded(s);
  const std::uint32_t guard = emit({Op::try_finally, 0, iterators_});
  ++blocks_;
  if (s.handlers.empty())
    block(s.body), block(s.otherwise);
  else
    guarded(s);
  emit({Op::enter_finally});
  land(guard);
  block(s.finally);  // at the same depth: now inside the finally clause
  --blocks_;
  emit({Op::leave_finally});
}

void Compiler::guarded(const ast::Try& s) {
  const std::uint32_t guard = emit({Op::try_except, 0, iterators_});
  ++blocks_;
  block(s.body);
  --blocks_;
  emit({Op::leave_try});
  block(s.otherwise);
  std::vector<std::uint32_t> ends = {emit({Op::jump})};
  land(guard);
  ++blocks_;
  for (const ast::Try::Handler& one : s.handlers) handler(one, ends);
  --blocks_;
  emit({Op::reraise});
  for (const std::uint32_t end : ends) land(end);
}

void Compiler::handler(const ast::Try::Handler& handler, std::vector<std::uint32_t>& ends) {
  line(handler.listing_line);
  const Node* type = handler.type ? keep(expr(handler.type)) : nullptr;
  const std::uint32_t skip = emit({Op::match, 0, 0, 0, type});
  if (!handler.name.empty()) emit({Op::bind, 0, 0, 0, nullptr, keep(target_name(handler.name))});
  block(handler.body);
  emit({Op::leave_handler});
  ends.push_back(emit({Op::jump}));
  land(skip);
}

}  // namespace loopscope::scenarios

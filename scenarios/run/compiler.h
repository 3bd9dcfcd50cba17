#pragma once

#include <map>

#include "scenarios/run/compile.h"
#include "scenarios/run/expressions.h"
#include "scenarios/run/scope.h"

namespace loopscope::scenarios {

/// What the compilers of one module's functions share.
struct ModuleCompiler {
  ModuleCompiler(Runtime& runtime, const ast::Block& module) : runtime(runtime), scopes(module) {}

  /// The index of a global variable, made when new.
  std::uint32_t global(const std::string& name);

  Runtime& runtime;
  Scopes scopes;
  std::unique_ptr<Program> program = std::make_unique<Program>();
  std::map<std::string, std::uint32_t> globals;
};

/// Compiles one function, or the module.
class Compiler {
 public:
  Compiler(ModuleCompiler& module, Scope& scope, Code& code) : module_(module), scope_(&scope), code_(code) {}

  void compile_module(const ast::Block& block);
  void compile_function(const ast::FunctionDef& def);
  void compile_class(const ast::ClassDef& definition);
  const ast::Stmt* docstring(const ast::Block& body);
  void compile_lambda(const ast::Lambda& lambda, std::uint32_t line);

 private:
  // statements (compile_statements.cpp)
  void finish(const Scope& scope);
  void block(const ast::Block& block);
  void statement(const ast::Stmt& statement);
  void emit_function(const ast::Stmt& statement, const ast::FunctionDef& def);
  void visit(const ast::ExprStmt& s);
  void visit(const ast::Assign& s);
  void visit(const ast::AugAssign& s);
  void visit(const ast::Return& s);
  void visit(const ast::Raise& s);
  void visit(const ast::Pass&) {}
  void visit(const ast::Break&);
  void visit(const ast::Continue&);
  void visit(const ast::Global&) {}
  void visit(const ast::Nonlocal&) {}
  void visit(const ast::Comment&) {}
  void visit(const ast::Assert& s);
  void visit(const ast::Del& s);
  void visit(const ast::FunctionDef& s);
  void visit(const ast::If& s);
  void visit(const ast::While& s);
  void visit(const ast::For& s);
  void visit(const ast::ClassDef& s);
  void visit(const ast::With& s);
  void with_items(const ast::With& s, std::size_t from);
  void async_for(const ast::For& s);
  void waited(const ast::ExprPtr& value, ast::Via via);
  void visit(const ast::Try& s);
  void guarded(const ast::Try& s);
  void handler(const ast::Try::Handler& handler, std::vector<std::uint32_t>& ends);

  std::uint32_t emit(Instruction instruction);
  std::uint32_t here() const { return static_cast<std::uint32_t>(code_.instructions.size()); }
  /// Lets the jump at `at` go to the next instruction.
  void land(std::uint32_t at) { code_.instructions[at].a = here(); }
  void line(std::uint32_t number);
  void run(NodePtr node) { emit({Op::run, 0, 0, 0, keep(std::move(node))}); }
  const Node* keep(NodePtr node);
  const Target* keep(TargetPtr target);

  // expressions (compile_expressions.cpp)
  NodePtr expr(const ast::ExprPtr& expr);
  NodePtr expr_or_null(const ast::ExprPtr& e) { return e ? expr(e) : nullptr; }
  NodePtr visit(const ast::None&);
  NodePtr visit(const ast::Bool& e);
  NodePtr visit(const ast::Int& e);
  NodePtr visit(const ast::Float& e);
  NodePtr visit(const ast::Str& e);
  NodePtr visit(const ast::Bytes& e);
  NodePtr visit(const ast::Name& e);
  NodePtr visit(const ast::FString& e);
  NodePtr visit(const ast::Starred& e);
  NodePtr visit(const ast::List& e);
  NodePtr visit(const ast::Tuple& e);
  NodePtr visit(const ast::Set& e);
  NodePtr visit(const ast::Dict& e);
  NodePtr visit(const ast::ListComp& e);
  NodePtr visit(const ast::Binary& e);
  NodePtr visit(const ast::Unary& e);
  NodePtr visit(const ast::Compare& e);
  NodePtr visit(const ast::BoolOp& e);
  NodePtr visit(const ast::Conditional& e);
  NodePtr visit(const ast::Slice& e);
  NodePtr visit(const ast::Subscript& e);
  NodePtr visit(const ast::Attribute& e);
  NodePtr visit(const ast::Call& e);
  NodePtr visit(const ast::Lambda& e);
  std::vector<NodePtr> exprs(const std::vector<ast::ExprPtr>& all);
  std::vector<Item> items(const std::vector<ast::ExprPtr>& all);
  NodePtr make_function(const Code& code, const Scope& inner, const ast::Params& params);
  /// The slots of this frame whose cells `inner` needs.
  std::vector<std::uint32_t> closure_of(const Scope& inner);
  Signature signature(const ast::Params& params);
  /// `written`: the name as it stands in the program, where `bound` is a class's private name.
  Code& new_code(const std::string& bound, const ast::Params& params, const std::string& written = {});

  TargetPtr target(const ast::ExprPtr& expr);
  TargetPtr target_name(const std::string& name);
  TargetPtr unpack(const std::vector<ast::ExprPtr>& targets);
  NodePtr load_name(const std::string& name);
  SlotAccess access(const Scope::Meaning& meaning) const;

  struct Loop {
    std::uint32_t again;                ///< where `continue` goes
    std::uint32_t blocks, iterators;    ///< open outside
    std::vector<std::uint32_t> breaks;  ///< to be landed
    bool is_for;                        ///< has an iterator of its own
  };

  ModuleCompiler& module_;
  Scope* scope_;
  Code& code_;
  std::uint32_t line_ = 0;
  std::uint32_t blocks_ = 0, iterators_ = 0;  ///< open here, at run time
  std::vector<Loop> loops_;
};

}  // namespace loopscope::scenarios

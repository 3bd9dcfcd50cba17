#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "scenarios/syntax/ast.h"
#include "scenarios/syntax/source_text.h"
#include "scenarios/syntax/syntax_error.h"

/// Python's statements, one string at a time. Every function takes any text and gives
/// either what it read or the first thing that is wrong; trees are at most
/// kMaxTreeHeight high.
namespace loopscope::scenarios {

inline constexpr int kMaxTreeHeight = 400;

template <class T>
using Parsed = std::variant<T, SyntaxError>;

using StatementNode = decltype(ast::Stmt::node);

/// What surrounds a statement.
struct StatementContext {
  bool in_function = false;  ///< a function, and no class inside it
  bool in_async = false;     ///< the innermost function is an `async def`
  bool in_loop = false;      ///< a loop of the innermost function
  int blocks = 0;            ///< loops and parts of `try` around it in the innermost function
};

/// One simple statement, or a comment.
Parsed<StatementNode> parse_simple_statement(const SourceText& source, const StatementContext& context);

/// The condition of `if`, `elif` or `while`.
Parsed<ast::ExprPtr> parse_condition(const SourceText& source, std::string_view keyword);

struct ForHeader {
  ast::ExprPtr target, iterable;
};
/// "x in xs".
Parsed<ForHeader> parse_for_header(const SourceText& source);

struct FunctionHeader {
  std::string name;
  ast::Params params;
};
/// "f(a, b=1, *args)".
Parsed<FunctionHeader> parse_function_header(const SourceText& source);

struct ClassHeader {
  std::string name;
  ast::ExprPtr base;  ///< null: none
};
/// "C(Base)", "C()" or "C".
Parsed<ClassHeader> parse_class_header(const SourceText& source);

struct WithHeader {
  std::vector<ast::With::Item> items;
};
/// "expr as x, expr2".
Parsed<WithHeader> parse_with_header(const SourceText& source);

struct CatchHeader {
  ast::ExprPtr type;
  std::string name;  ///< after `as`, or empty
};
/// "ValueError as e".
Parsed<CatchHeader> parse_catch_header(const SourceText& source);

}  // namespace loopscope::scenarios

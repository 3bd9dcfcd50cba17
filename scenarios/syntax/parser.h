#pragma once

#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/syntax/lexer.h"
#include "scenarios/syntax/parse.h"
#include "scenarios/syntax/string_literal.h"
#include "scenarios/syntax/walk.h"

namespace loopscope::scenarios {

/// Recursive descent with precedence climbing over one string's tokens; Python 3.11's
/// grammar without what the format leaves out. Throws SyntaxError: parse.h is the way in.
class Parser {
 public:
  explicit Parser(const SourceText& source)
      : Parser(source, source.trimmed_begin(), source.trimmed_end(), 0) {}
  /// The part [begin, end) of the text, already `depth` expressions deep.
  Parser(const SourceText& source, std::size_t begin, std::size_t end, int depth);

  // statement.cpp
  StatementNode simple_statement(const StatementContext& context);
  // header.cpp
  ast::ExprPtr condition(std::string_view keyword);
  ForHeader for_header();
  FunctionHeader function_header();
  ClassHeader class_header();
  WithHeader with_header();
  CatchHeader catch_header();

 private:
  /// One level of recursion; too many are an error, not a stack overflow.
  class Nest {
   public:
    explicit Nest(Parser& parser);
    ~Nest() { --parser_.depth_; }
    Nest(const Nest&) = delete;
    Nest& operator=(const Nest&) = delete;

   private:
    Parser& parser_;
  };

  /// What stood before an argument of a call.
  struct ArgumentsSeen {
    bool mapping = false;  ///< **mapping
    std::set<std::string> keywords = {};
  };

  // parser.cpp: tokens and errors
  const Token& token(std::size_t ahead = 0) const;
  const Token& previous() const { return tokens_[next_ == 0 ? 0 : next_ - 1]; }
  Token take() { return tokens_[next_ + 1 < tokens_.size() ? next_++ : next_]; }
  bool at(std::string_view text) const { return token().is(text); }
  bool at_end() const { return token().kind == TokenKind::end; }
  bool accept(std::string_view text);
  void expect(std::string_view text, std::string_view where);
  std::string expect_name(std::string_view what);
  void expect_end(std::string_view what);
  void expect_no_comment() const;
  bool starts_expression() const;
  [[noreturn]] void fail(std::size_t offset, std::string message) const;
  [[noreturn]] void fail(std::string message) const { fail(token().begin, std::move(message)); }
  [[noreturn]] void fail_outside_format() const;
  /// The token here cannot stand here; `wanted` could.
  [[noreturn]] void unexpected(std::string_view wanted) const;
  void explain_foreign_token() const;
  void explain_foreign_operator() const;

  // expression.cpp
  ast::ExprPtr star_expressions();
  ast::ExprPtr star_or_expression();
  ast::ExprPtr expression();
  ast::ExprPtr disjunction();
  ast::ExprPtr conjunction();
  ast::ExprPtr inversion();
  ast::ExprPtr comparison();
  bool comparison_operator(ast::CompareOp& op);
  ast::ExprPtr binary(int min_precedence);
  ast::ExprPtr unary();
  ast::ExprPtr minimum_integer();
  ast::ExprPtr power();
  ast::ExprPtr lambda();

  // primary.cpp
  ast::ExprPtr primary();
  ast::ExprPtr atom();
  ast::ExprPtr constant();
  ast::ExprPtr parenthesized();
  ast::ExprPtr list_display();
  ast::ExprPtr list_comprehension(std::size_t begin, ast::ExprPtr element);
  ast::ExprPtr brace_display();
  void dict_item(ast::Dict& dict);
  void reject_comprehension(std::string_view kind) const;
  ast::ExprPtr call(std::size_t begin, ast::ExprPtr function);
  void argument(ast::Call& call, ArgumentsSeen& seen);
  void keyword_argument(ast::Call& call, ArgumentsSeen& seen);
  ast::ExprPtr subscript(std::size_t begin, ast::ExprPtr object);
  ast::ExprPtr slice();

  // params.cpp
  ast::Params params(std::string_view closing);
  void plain_param(ast::Params& params, std::set<std::string>& seen, std::string_view closing);
  void star_param(ast::Params& params, std::set<std::string>& seen, std::string_view closing);
  std::string param_name(std::set<std::string>& seen);

  // fstring.cpp
  ast::ExprPtr strings();
  void fstring(ast::FString& out, const StringParts& parts, std::size_t& at, int level);
  std::string quotes_hint() const;
  void fstring_literal(ast::FString& out, const StringParts& parts, std::size_t& at, int level);
  ast::FString::Field fstring_field(const StringParts& parts, std::size_t& at, int level);
  void fstring_conversion(ast::FString::Field& field, const StringParts& parts, std::size_t& at) const;
  std::size_t fstring_expression_end(std::size_t at, std::size_t end) const;
  ast::ExprPtr fstring_expression(std::size_t begin, std::size_t end);

  // targets.cpp
  ast::ExprPtr target_list();
  void check_target(const ast::Expr& target, std::string_view verb) const;
  void check_target_items(const std::vector<ast::ExprPtr>& items, std::string_view verb) const;
  void check_augmented_target(const ast::Expr& target) const;
  void flatten_deleted(ast::ExprPtr target, std::vector<ast::ExprPtr>& out) const;

  // statement.cpp
  [[noreturn]] void fail_decorator() const;
  StatementNode keyword_statement(const StatementContext& context);
  StatementNode assignment_or_expression(const StatementContext& context);
  StatementNode assignment(ast::ExprPtr target, const StatementContext& context);
  StatementNode augmented(ast::ExprPtr target);
  StatementNode return_statement(const StatementContext& context);
  StatementNode raise_statement();
  StatementNode assert_statement();
  StatementNode del_statement();
  template <class Node>
  StatementNode name_list();
  StatementNode loop_exit(const StatementContext& context);
  ast::ExprPtr awaited(const StatementContext& context);
  ast::ExprPtr yielded(const StatementContext& context, ast::Via& via);
  ast::ExprPtr suspending(const StatementContext& context, ast::Via& via);
  ast::With::Item with_item();
  bool with_parentheses() const;
  const Token& header_colon() const;
  [[noreturn]] void fail_compound() const;
  void reject_statement() const;

  /// A node that begins at `begin`, its height measured.
  template <class Node>
  ast::ExprPtr make(std::size_t begin, Node node) const {
    auto expr = std::make_unique<ast::Expr>();
    expr->pos = source_.pos(begin);
    expr->column = source_.column(begin);
    expr->node = std::move(node);
    measure(*expr, begin);
    return expr;
  }
  void measure(ast::Expr& expr, std::size_t begin) const;
  /// Where an expression that this parser made begins.
  std::size_t begin_of(const ast::Expr& expr) const;

  const SourceText& source_;
  std::string_view text_;
  std::vector<Token> tokens_;
  std::size_t comment_;
  std::size_t next_ = 0;
  int depth_;
};

}  // namespace loopscope::scenarios

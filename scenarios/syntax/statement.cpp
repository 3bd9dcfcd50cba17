#include <array>

#include "scenarios/syntax/parser.h"

/// Simple statements.
namespace loopscope::scenarios {

using ast::BinaryOp;
using ast::ExprPtr;

namespace {

struct AugmentedRow {
  std::string_view text;
  BinaryOp op;
};

constexpr std::array<AugmentedRow, 7> kAugmented = {{{"+=", BinaryOp::add},
                                                     {"-=", BinaryOp::sub},
                                                     {"*=", BinaryOp::mul},
                                                     {"/=", BinaryOp::div},
                                                     {"//=", BinaryOp::floordiv},
                                                     {"%=", BinaryOp::mod},
                                                     {"**=", BinaryOp::pow}}};

/// `text` as the inside of a JSON string.
std::string json_escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

constexpr const char* kAwaitRest =
    "'await' takes a call, a name or parentheses and nothing behind it: split the line, x = await ...";

}  // namespace

StatementNode Parser::simple_statement(const StatementContext& context) {
  if (at_end()) {
    if (comment_ != std::string_view::npos) return ast::Comment{};
    fail("an empty statement: write pass, or remove it");
  }
  reject_statement();
  StatementNode node =
      token().kind == TokenKind::keyword ? keyword_statement(context) : assignment_or_expression(context);
  if (!at_end() && next_ == 1 && tokens_[0].text == "match" && tokens_[tokens_.size() - 2].is(":")) {
    fail(0, "'match' is not in the format: write an if / elif chain");
  }
  if (at(":") && next_ > 0) {
    fail(
        "unexpected ':'; annotations are not in the format, and a compound statement is an object with "
        "\"do\"");
  }
  expect_end("the statement");
  return node;
}

/// Statements that the format leaves out, or writes as objects.
void Parser::reject_statement() const {
  const Token& first = token();
  const std::size_t last = tokens_.size() - 2;
  if (first.is("import") || first.is("from")) {
    fail("'import' is not in the format: modules are there already, use asyncio.sleep and so on as they are");
  }
  if (first.is("@")) fail_decorator();
  if (first.kind == TokenKind::keyword && token(1).is("=") && first.text != "True" && first.text != "False" &&
      first.text != "None" && !first.is("yield") && !first.is("await"))
    fail(in_quotes(first.text) + " is a keyword of Python and no name; take another one, such as '" +
         std::string(first.text) + "_'");
  const bool soft = first.kind == TokenKind::name && (first.text == "match" || first.text == "case");
  if (soft && last > 1 && tokens_[last].is(":") && !token(1).is("=") && !token(1).is(".")) {
    fail("'match' is not in the format: write an if / elif chain");
  }
  static constexpr std::array<std::string_view, 12> kCompound = {
      "if", "elif", "else", "while", "for", "def", "async", "try", "except", "finally", "with", "class"};
  for (std::string_view word : kCompound) {
    if (first.is(word)) fail_compound();
  }
}

/// Says what stands for the decorator here.
void Parser::fail_decorator() const {
  const std::string start = "decorators are not in the format: write ";
  if (token(1).text == "property") fail(start + "a method, and call it");
  if (token(1).text == "staticmethod") fail(start + "a function outside the class");
  if (token(1).text == "classmethod") fail(start + "a function outside the class that takes the class");
  fail(start + "f = decorator(f) after the def");
}

/// The token of the colon that ends a header, or of the end.
const Token& Parser::header_colon() const {
  int depth = 0;
  for (const Token& t : tokens_) {
    if (t.is("(") || t.is("[") || t.is("{")) ++depth;
    if (t.is(")") || t.is("]") || t.is("}")) --depth;
    if (depth == 0 && t.is(":")) return t;
  }
  return tokens_.back();
}

/// Says how the compound statement here is written as an object.
void Parser::fail_compound() const {
  const Token& colon = header_colon();
  std::string word(token().text);
  std::size_t header = next_ + 1;
  if (word == "async" && token(1).kind == TokenKind::keyword)
    word += " " + std::string(tokens_[header++].text);
  std::string text = "...";
  if (tokens_[header].begin < colon.begin) {
    text = json_escaped(text_.substr(tokens_[header].begin, colon.begin - tokens_[header].begin));
    text.erase(text.find_last_not_of(' ') + 1);
    if (text.size() > 60) text = "...";
  }
  const std::string start = "a compound statement is an object: ";
  if (word == "try") fail(start + "{\"try\": [...], \"except\": [{\"catch\": \"...\", \"do\": [...]}]}");
  if (word == "except")
    fail("'except' belongs to its try object: {\"try\": [...], \"except\": [{\"catch\": \"" + text +
         "\", \"do\": [...]}]}");
  if (word == "elif")
    fail("'elif' belongs to its if object: {\"if\": \"...\", \"do\": [...], \"elif\": [{\"if\": \"" + text +
         "\", \"do\": [...]}]}");
  if (word == "else" || word == "finally")
    fail("'" + word + "' is a key of the object it belongs to: \"" + word + "\": [...]");
  fail(start + "{\"" + word + "\": \"" + text + "\", \"do\": [...]}");
}

StatementNode Parser::keyword_statement(const StatementContext& context) {
  if (at("await") || at("yield")) {
    ast::ExprStmt node;
    node.value = suspending(context, node.via);
    return node;
  }
  if (at("return")) return return_statement(context);
  if (at("raise")) return raise_statement();
  if (at("assert")) return assert_statement();
  if (at("del")) return del_statement();
  if (at("global")) return name_list<ast::Global>();
  if (at("nonlocal")) return name_list<ast::Nonlocal>();
  if (at("break") || at("continue")) return loop_exit(context);
  if (accept("pass")) return ast::Pass{};
  return assignment_or_expression(context);
}

StatementNode Parser::assignment_or_expression(const StatementContext& context) {
  ExprPtr first = at("*") ? nullptr : star_expressions();
  if (!first) {  // `*rest, last = xs` is a target, `*rest` alone is an error
    const std::size_t begin = token().begin;
    first = star_or_expression();
    if (at("=")) check_target(*first, "assign to");
    if (!at(",")) fail(begin, "can't use starred expression here");
    ast::Tuple tuple;
    tuple.items.push_back(std::move(first));
    while (accept(",") && starts_expression()) tuple.items.push_back(star_or_expression());
    first = make(begin, std::move(tuple));
  }
  if (at("=")) return assignment(std::move(first), context);
  if (at(":") && std::holds_alternative<ast::Name>(first->node) && !token(1).is("=") &&
      token(1).kind != TokenKind::end) {
    fail("annotations are not in the format: leave them out");
  }
  const std::string_view op = token().text;
  if (token().kind == TokenKind::op && op.size() >= 2 && op.back() == '=' && op != "==" && op != "!=" &&
      op != "<=" && op != ">=" && op != ":=") {
    return augmented(std::move(first));
  }
  return ast::ExprStmt{std::move(first)};
}

StatementNode Parser::assignment(ExprPtr target, const StatementContext& context) {
  check_target(*target, "assign to");
  take();
  ast::Assign node{std::move(target), nullptr};
  node.value = suspending(context, node.via);
  if (at("=") && node.via == ast::Via::plain) {
    check_target(*node.value, "assign to");
    fail("chained assignment is not in the format: write one assignment a line");
  }
  return node;
}

StatementNode Parser::augmented(ExprPtr target) {
  for (const AugmentedRow& row : kAugmented) {
    if (!at(row.text)) continue;
    check_augmented_target(*target);
    take();
    return ast::AugAssign{std::move(target), row.op, star_expressions()};
  }
  const std::string op(token().text);
  fail("'" + op + "' is not in the format: write x = x " + op.substr(0, op.size() - 1) + " y");
}

/// What stands behind `await`: a primary, and the end of the statement.
ExprPtr Parser::awaited(const StatementContext& context) {
  const std::size_t begin = take().begin;
  if (!context.in_async) {
    fail(begin, context.in_function
                    ? "'await' outside async function: make the def an \"async def\""
                    : "'await' outside function: put it into an async def and use asyncio.run(main())");
  }
  ExprPtr value = primary();
  if (!at_end() && !at(";") && !at("=") && token().kind == TokenKind::op) fail(kAwaitRest);
  if (token().kind == TokenKind::keyword) fail(kAwaitRest);
  return value;
}

/// What stands behind `yield`, null for nothing.
ExprPtr Parser::yielded(const StatementContext& context, ast::Via& via) {
  const std::size_t begin = take().begin;
  if (!context.in_function) fail(begin, "'yield' outside function");
  via = ast::Via::yield;
  if (accept("from")) {
    if (context.in_async) fail(begin, "'yield from' inside async function: use async for and yield");
    via = ast::Via::yield_from;
    return expression();
  }
  return at_end() ? nullptr : star_expressions();
}

/// The right side of an assignment, or a statement that waits.
ExprPtr Parser::suspending(const StatementContext& context, ast::Via& via) {
  if (at("yield")) return yielded(context, via);
  if (!at("await")) return star_expressions();
  via = ast::Via::await;
  return awaited(context);
}

StatementNode Parser::return_statement(const StatementContext& context) {
  const std::size_t begin = take().begin;
  if (!context.in_function) fail(begin, "'return' outside function");
  if (at_end()) return ast::Return{};
  if (at("await")) return ast::Return{awaited(context), true};
  return ast::Return{star_expressions(), false};
}

StatementNode Parser::raise_statement() {
  take();
  ast::Raise node;
  if (at_end()) return node;
  node.error = expression();
  if (accept("from")) node.cause = expression();
  return node;
}

StatementNode Parser::assert_statement() {
  take();
  ast::Assert node{expression(), nullptr};
  if (accept(",")) node.message = expression();
  return node;
}

StatementNode Parser::del_statement() {
  take();
  ast::Del node;
  do flatten_deleted(binary(1), node.targets);
  while (accept(",") && !at_end());
  return node;
}

template <class Node>
StatementNode Parser::name_list() {
  const std::string word(take().text);
  Node node;
  do {
    node.places.push_back(source_.pos(token().begin));
    node.names.push_back(expect_name("a name after '" + word + "'"));
  } while (accept(","));
  return node;
}

StatementNode Parser::loop_exit(const StatementContext& context) {
  const Token word = take();
  if (!context.in_loop) {
    fail(word.begin, word.text == "break" ? "'break' outside loop" : "'continue' not properly in loop");
  }
  if (word.text == "break") return ast::Break{};
  return ast::Continue{};
}

}  // namespace loopscope::scenarios

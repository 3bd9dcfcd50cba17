#include <array>
#include <limits>

#include "scenarios/syntax/parser.h"

/// Operators, from the loosest to the tightest.
namespace loopscope::scenarios {

using ast::BinaryOp;
using ast::CompareOp;
using ast::ExprPtr;
using ast::UnaryOp;

namespace {

struct BinaryRow {
  std::string_view text;
  int precedence;
  BinaryOp op;
};

constexpr std::array<BinaryRow, 11> kBinary = {{{"|", 1, BinaryOp::bit_or},
                                                {"^", 2, BinaryOp::bit_xor},
                                                {"&", 3, BinaryOp::bit_and},
                                                {"<<", 4, BinaryOp::shl},
                                                {">>", 4, BinaryOp::shr},
                                                {"+", 5, BinaryOp::add},
                                                {"-", 5, BinaryOp::sub},
                                                {"*", 6, BinaryOp::mul},
                                                {"/", 6, BinaryOp::div},
                                                {"//", 6, BinaryOp::floordiv},
                                                {"%", 6, BinaryOp::mod}}};

const BinaryRow* binary_row(const Token& token) {
  if (token.kind != TokenKind::op) return nullptr;
  for (const BinaryRow& row : kBinary) {
    if (row.text == token.text) return &row;
  }
  return nullptr;
}

}  // namespace

/// One expression, or a tuple without parentheses.
ExprPtr Parser::star_expressions() {
  const std::size_t begin = token().begin;
  ExprPtr first = star_or_expression();
  if (!at(",")) {
    if (std::holds_alternative<ast::Starred>(first->node)) fail(begin, "can't use starred expression here");
    return first;
  }
  ast::Tuple tuple;
  tuple.items.push_back(std::move(first));
  while (accept(",") && starts_expression()) tuple.items.push_back(star_or_expression());
  return make(begin, std::move(tuple));
}

ExprPtr Parser::star_or_expression() {
  const std::size_t begin = token().begin;
  if (!accept("*")) return expression();
  return make(begin, ast::Starred{binary(1)});
}

ExprPtr Parser::expression() {
  const Nest nest(*this);
  if (at("lambda")) return lambda();
  const std::size_t begin = token().begin;
  ExprPtr value = disjunction();
  if (!accept("if")) return value;
  ExprPtr condition = disjunction();
  expect("else", "after the 'if' of a conditional expression");
  ExprPtr otherwise = expression();
  return make(begin, ast::Conditional{std::move(condition), std::move(value), std::move(otherwise)});
}

ExprPtr Parser::disjunction() {
  const std::size_t begin = token().begin;
  ExprPtr first = conjunction();
  if (!at("or")) return first;
  ast::BoolOp node{false, {}};
  node.operands.push_back(std::move(first));
  while (accept("or")) node.operands.push_back(conjunction());
  return make(begin, std::move(node));
}

ExprPtr Parser::conjunction() {
  const std::size_t begin = token().begin;
  ExprPtr first = inversion();
  if (!at("and")) return first;
  ast::BoolOp node{true, {}};
  node.operands.push_back(std::move(first));
  while (accept("and")) node.operands.push_back(inversion());
  return make(begin, std::move(node));
}

ExprPtr Parser::inversion() {
  const std::size_t begin = token().begin;
  if (!accept("not")) return comparison();
  const Nest nest(*this);
  return make(begin, ast::Unary{UnaryOp::logical_not, inversion()});
}

ExprPtr Parser::comparison() {
  const std::size_t begin = token().begin;
  ExprPtr first = binary(1);
  ast::Compare node{nullptr, {}};
  CompareOp op{};
  while (comparison_operator(op)) node.rest.emplace_back(op, binary(1));
  if (node.rest.empty()) return first;
  node.first = std::move(first);
  return make(begin, std::move(node));
}

bool Parser::comparison_operator(CompareOp& op) {
  struct Row {
    std::string_view text;
    CompareOp op;
  };
  static constexpr std::array<Row, 8> kRows = {{{"==", CompareOp::eq},
                                                {"!=", CompareOp::ne},
                                                {"<", CompareOp::lt},
                                                {"<=", CompareOp::le},
                                                {">", CompareOp::gt},
                                                {">=", CompareOp::ge},
                                                {"in", CompareOp::in},
                                                {"is", CompareOp::is}}};
  if (at("not") && token(1).is("in")) {
    take(), take();
    op = CompareOp::not_in;
    return true;
  }
  for (const Row& row : kRows) {
    if (!accept(row.text)) continue;
    op = row.op;
    if (op == CompareOp::lt && at(">")) fail(previous().begin, "'<>' is written '!='");
    if (op == CompareOp::is && accept("not")) op = CompareOp::is_not;
    return true;
  }
  return false;
}

/// Left-associative operators that bind at least as tightly as `min_precedence`.
ExprPtr Parser::binary(int min_precedence) {
  const std::size_t begin = token().begin;
  ExprPtr left = unary();
  while (const BinaryRow* row = binary_row(token())) {
    if (row->precedence < min_precedence) break;
    take();
    ExprPtr right = binary(row->precedence + 1);
    left = make(begin, ast::Binary{row->op, std::move(left), std::move(right)});
  }
  if (at("@")) fail("matrix multiplication is not in the format");
  return left;
}

ExprPtr Parser::unary() {
  const std::size_t begin = token().begin;
  if (ExprPtr value = minimum_integer()) return value;
  UnaryOp op{};
  if (accept("-")) {
    op = UnaryOp::negative;
  } else if (accept("+")) {
    op = UnaryOp::positive;
  } else if (accept("~")) {
    op = UnaryOp::invert;
  } else {
    return power();
  }
  const Nest nest(*this);
  ExprPtr operand = unary();
  return make(begin, ast::Unary{op, std::move(operand)});
}

/// -9223372036854775808: the one integer whose literal is out of range without its sign.
ExprPtr Parser::minimum_integer() {
  constexpr std::uint64_t kMagnitude = std::uint64_t{1} << 63;
  const Token& literal = token(1);
  if (!at("-") || literal.kind != TokenKind::integer || literal.too_large || literal.integer != kMagnitude)
    return nullptr;
  const Token& after = token(2);
  if (after.is("**") || after.is(".") || after.is("[") || after.is("(")) return nullptr;
  const std::size_t begin = take().begin;
  take();
  return make(begin, ast::Int{std::numeric_limits<std::int64_t>::min()});
}

ExprPtr Parser::power() {
  const std::size_t begin = token().begin;
  ExprPtr base = primary();
  if (!accept("**")) return base;
  const Nest nest(*this);
  ExprPtr exponent = unary();
  return make(begin, ast::Binary{BinaryOp::pow, std::move(base), std::move(exponent)});
}

ExprPtr Parser::lambda() {
  const std::size_t begin = take().begin;
  ast::Lambda node;
  node.params = params(":");
  expect(":", "after the parameters of a lambda");
  node.body = expression();
  return make(begin, std::move(node));
}

}  // namespace loopscope::scenarios

#include "scenarios/syntax/parser.h"

/// Headers of compound statements: what stands between the keyword and the colon.
namespace loopscope::scenarios {

using ast::ExprPtr;

ExprPtr Parser::condition(std::string_view keyword) {
  expect_no_comment();
  if (at_end()) fail("the condition is empty; write what '" + std::string(keyword) + "' tests");
  if (at(keyword)) fail("leave '" + std::string(keyword) + "' out: the key says it");
  ExprPtr value = expression();
  if (at(":")) fail("leave the colon out: the listing prints it");
  expect_end("the condition");
  return value;
}

ForHeader Parser::for_header() {
  expect_no_comment();
  if (at("for") || at("async")) fail("leave 'for' out: the key says it");
  ForHeader header;
  header.target = target_list();
  expect("in", "after the loop variable");
  header.iterable = star_expressions();
  if (at(":")) fail("leave the colon out: the listing prints it");
  expect_end("the header");
  return header;
}

FunctionHeader Parser::function_header() {
  expect_no_comment();
  if (at("def") || at("async")) fail("leave 'def' out: the key says it");
  FunctionHeader header;
  header.name = expect_name("the name of the function");
  if (at_end()) fail("the parameters are missing: write " + header.name + "()");
  expect("(", "before the parameters");
  header.params = params(")");
  expect(")", "or ','");
  if (at("->")) fail("annotations are not in the format: leave '-> type' out");
  if (at(":")) fail("leave the colon out: the listing prints it");
  expect_end("the header");
  return header;
}

ClassHeader Parser::class_header() {
  expect_no_comment();
  if (at("class")) fail("leave 'class' out: the key says it");
  ClassHeader header;
  header.name = expect_name("the name of the class");
  if (accept("(")) {
    if (!at(")")) header.base = expression();
    if (at("=")) fail("keywords of a class, such as metaclass=, are not in the format: leave them out");
    if (accept(",") && !at(")")) fail("a class has one base in the format: leave the others out");
    expect(")", "after the base class");
  }
  if (at(":")) fail("leave the colon out: the listing prints it");
  expect_end("the header");
  return header;
}

/// Whether parentheses stand around all items: "(a as x, b as y)".
bool Parser::with_parentheses() const {
  if (!at("(")) return false;
  int depth = 0;
  bool named = false;
  for (std::size_t i = next_; i < tokens_.size(); ++i) {
    const Token& t = tokens_[i];
    if (t.is("(") || t.is("[") || t.is("{")) ++depth;
    if (t.is(")") || t.is("]") || t.is("}")) --depth;
    named |= depth == 1 && t.is("as");
    if (depth == 0) return named && tokens_[i + 1].kind == TokenKind::end;
  }
  return false;
}

ast::With::Item Parser::with_item() {
  ast::With::Item item;
  item.manager = expression();
  if (!accept("as")) return item;
  if (at("*")) fail("starred assignment target must be in a list or tuple");
  item.target = primary();
  check_target(*item.target, "assign to");
  return item;
}

WithHeader Parser::with_header() {
  expect_no_comment();
  if (at_end()) fail("the header is empty; write the context manager: \"lock\"");
  if (at("with") || at("async")) fail("leave 'with' out: the key says it");
  WithHeader header;
  const bool parentheses = with_parentheses();
  if (parentheses) take();
  do {
    if (parentheses && at(")")) break;
    header.items.push_back(with_item());
  } while (accept(","));
  if (parentheses) expect(")", "or ','");
  if (at(":")) fail("leave the colon out: the listing prints it");
  expect_end("the header");
  return header;
}

CatchHeader Parser::catch_header() {
  expect_no_comment();
  if (at_end()) fail("'catch' is empty; leave it out for a bare except");
  if (at("except")) fail("leave 'except' out: the key says it");
  if (at("*")) fail("'except*' is not in the format: catch the group and look at its exceptions");
  CatchHeader header;
  header.type = expression();
  if (at(",")) fail("multiple exception types must be parenthesized");
  if (accept("as")) header.name = expect_name("a name after 'as'");
  if (at(":")) fail("leave the colon out: the listing prints it");
  expect_end("the header");
  return header;
}

namespace {

template <class Read>
auto parsed(const SourceText& source, Read read) -> Parsed<decltype(read(std::declval<Parser&>()))> {
  try {
    Parser parser(source);
    return read(parser);
  } catch (SyntaxError& error) {
    return std::move(error);
  }
}

}  // namespace

Parsed<StatementNode> parse_simple_statement(const SourceText& source, const StatementContext& context) {
  return parsed(source, [&](Parser& parser) { return parser.simple_statement(context); });
}

Parsed<ExprPtr> parse_condition(const SourceText& source, std::string_view keyword) {
  return parsed(source, [&](Parser& parser) { return parser.condition(keyword); });
}

Parsed<ForHeader> parse_for_header(const SourceText& source) {
  return parsed(source, [](Parser& parser) { return parser.for_header(); });
}

Parsed<FunctionHeader> parse_function_header(const SourceText& source) {
  return parsed(source, [](Parser& parser) { return parser.function_header(); });
}

Parsed<ClassHeader> parse_class_header(const SourceText& source) {
  return parsed(source, [](Parser& parser) { return parser.class_header(); });
}

Parsed<WithHeader> parse_with_header(const SourceText& source) {
  return parsed(source, [](Parser& parser) { return parser.with_header(); });
}

Parsed<CatchHeader> parse_catch_header(const SourceText& source) {
  return parsed(source, [](Parser& parser) { return parser.catch_header(); });
}

}  // namespace loopscope::scenarios

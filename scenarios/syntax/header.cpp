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

Parsed<CatchHeader> parse_catch_header(const SourceText& source) {
  return parsed(source, [](Parser& parser) { return parser.catch_header(); });
}

}  // namespace loopscope::scenarios

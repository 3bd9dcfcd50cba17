#include <limits>

#include "scenarios/syntax/parser.h"

/// Atoms, displays, and what follows them: calls, subscripts, attributes.
namespace loopscope::scenarios {

using ast::ExprPtr;

ExprPtr Parser::primary() {
  const std::size_t begin = token().begin;
  ExprPtr value = atom();
  while (true) {
    if (accept(".")) {
      const std::size_t name_begin = token().begin;
      std::string name = expect_name("the name of an attribute");
      value = make(begin, ast::Attribute{std::move(value), std::move(name), source_.pos(name_begin)});
    } else if (at("(")) {
      value = call(begin, std::move(value));
    } else if (at("[")) {
      value = subscript(begin, std::move(value));
    } else {
      return value;
    }
  }
}

ExprPtr Parser::atom() {
  switch (token().kind) {
    case TokenKind::name: {
      const Token name = take();
      return make(name.begin, ast::Name{std::string(name.text)});
    }
    case TokenKind::integer:
    case TokenKind::floating:
      return constant();
    case TokenKind::string:
      return strings();
    default:
      break;
  }
  if (at("None") || at("True") || at("False")) return constant();
  if (at("(")) return parenthesized();
  if (at("[")) return list_display();
  if (at("{")) return brace_display();
  unexpected("an expression");
}

ExprPtr Parser::constant() {
  const Token literal = take();
  if (literal.text == "None") return make(literal.begin, ast::None{});
  if (literal.text == "True" || literal.text == "False")
    return make(literal.begin, ast::Bool{literal.text == "True"});
  if (literal.kind == TokenKind::floating) return make(literal.begin, ast::Float{literal.floating});
  constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (literal.too_large || literal.integer > kMax) {
    fail(literal.begin,
         "integer literal out of range: integers have 64 bits here, from -9223372036854775808 to "
         "9223372036854775807");
  }
  return make(literal.begin, ast::Int{static_cast<std::int64_t>(literal.integer)});
}

/// (a), (a, b), ().
ExprPtr Parser::parenthesized() {
  const std::size_t begin = take().begin;
  ast::Tuple tuple;
  if (accept(")")) return make(begin, std::move(tuple));
  const std::size_t first_begin = token().begin;
  ExprPtr first = star_or_expression();
  reject_comprehension("generator expressions are not in the format: write a list comprehension, [...]");
  if (!at(",")) {
    if (std::holds_alternative<ast::Starred>(first->node))
      fail(first_begin, "can't use starred expression here");
    expect(")", "or ','");
    return first;
  }
  tuple.items.push_back(std::move(first));
  while (accept(",") && starts_expression()) tuple.items.push_back(star_or_expression());
  expect(")", "or ','");
  return make(begin, std::move(tuple));
}

ExprPtr Parser::list_display() {
  const std::size_t begin = take().begin;
  ast::List list;
  while (!at("]")) {
    list.items.push_back(star_or_expression());
    if (list.items.size() == 1 && (at("for") || at("async"))) {
      return list_comprehension(begin, std::move(list.items[0]));
    }
    if (!accept(",")) break;
  }
  expect("]", "or ','");
  return make(begin, std::move(list));
}

ExprPtr Parser::list_comprehension(std::size_t begin, ExprPtr element) {
  if (std::holds_alternative<ast::Starred>(element->node)) {
    fail(begin_of(*element), "iterable unpacking cannot be used in comprehension");
  }
  ast::ListComp node;
  node.element = std::move(element);
  while (!at("]")) {
    if (at("async")) fail("async comprehensions are not in the format: write an async for loop");
    expect("for", "or ']'");
    ast::ListComp::For loop;
    loop.target = target_list();
    expect("in", "after the loop variable");
    loop.iterable = disjunction();
    while (accept("if")) loop.conditions.push_back(disjunction());
    node.loops.push_back(std::move(loop));
  }
  expect("]", "");
  return make(begin, std::move(node));
}

void Parser::reject_comprehension(std::string_view message) const {
  if (at("for")) fail(std::string(message));
  if (at("async")) fail("async comprehensions are not in the format: write an async for loop");
}

/// {a, b} or {a: b}.
ExprPtr Parser::brace_display() {
  const std::size_t begin = take().begin;
  if (accept("}")) return make(begin, ast::Dict{});
  ast::Dict dict;
  ast::Set set;
  if (at("**")) {
    dict_item(dict);
  } else {
    ExprPtr first = star_or_expression();
    if (at(":") && std::holds_alternative<ast::Starred>(first->node)) unexpected("'}' or ','");
    if (accept(":")) {
      dict.items.emplace_back(std::move(first), expression());
    } else {
      set.items.push_back(std::move(first));
    }
  }
  reject_comprehension(set.items.empty()
                           ? "dict comprehensions are not in the format: fill the dict in a for loop"
                           : "set comprehensions are not in the format: use set([... for ...])");
  while (accept(",") && !at("}")) {
    if (set.items.empty()) {
      dict_item(dict);
    } else {
      set.items.push_back(star_or_expression());
    }
  }
  expect("}", "or ','");
  return set.items.empty() ? make(begin, std::move(dict)) : make(begin, std::move(set));
}

void Parser::dict_item(ast::Dict& dict) {
  if (accept("**")) {
    dict.items.emplace_back(nullptr, binary(1));
    return;
  }
  ExprPtr key = expression();
  expect(":", "after the key of a dict");
  dict.items.emplace_back(std::move(key), expression());
}

ExprPtr Parser::call(std::size_t begin, ExprPtr function) {
  take();
  ast::Call node;
  node.function = std::move(function);
  ArgumentsSeen seen;
  while (!at(")")) {
    argument(node, seen);
    if (!accept(",")) break;
  }
  node.close_column = source_.column(token().begin);
  expect(")", "or ','");
  return make(begin, std::move(node));
}

void Parser::argument(ast::Call& call, ArgumentsSeen& seen) {
  const std::size_t begin = token().begin;
  if (accept("**")) {
    seen.mapping = true;
    call.keywords.push_back({"", expression()});
    return;
  }
  if (accept("*")) {
    if (seen.mapping) fail(begin, "iterable argument unpacking follows keyword argument unpacking");
    call.args.push_back(make(begin, ast::Starred{expression()}));
    return;
  }
  if (token(1).is("=") && (token().kind == TokenKind::name || token().kind == TokenKind::keyword)) {
    return keyword_argument(call, seen);
  }
  ExprPtr value = expression();
  reject_comprehension("generator expressions are not in the format: write a list comprehension, [...]");
  if (at("=")) fail(begin, "expression cannot contain assignment; perhaps you meant '=='");
  if (seen.mapping) fail(begin, "positional argument follows keyword argument unpacking");
  if (!call.keywords.empty()) fail(begin, "positional argument follows keyword argument");
  call.args.push_back(std::move(value));
}

void Parser::keyword_argument(ast::Call& call, ArgumentsSeen& seen) {
  const Token name = take();
  if (name.kind == TokenKind::keyword) fail(name.begin, "cannot assign to " + std::string(name.text));
  if (!seen.keywords.insert(std::string(name.text)).second) {
    fail(name.begin, "keyword argument repeated: " + std::string(name.text));
  }
  take();
  call.keywords.push_back({std::string(name.text), expression()});
}

ExprPtr Parser::subscript(std::size_t begin, ExprPtr object) {
  take();
  const std::size_t index_begin = token().begin;
  if (at("]")) unexpected("an index");
  ExprPtr index = slice();
  if (at(",") || std::holds_alternative<ast::Starred>(index->node)) {
    ast::Tuple tuple;
    tuple.items.push_back(std::move(index));
    while (accept(",") && !at("]")) tuple.items.push_back(slice());
    index = make(index_begin, std::move(tuple));
  }
  expect("]", "or ','");
  return make(begin, ast::Subscript{std::move(object), std::move(index)});
}

/// One item of a subscript: an expression or start:stop:step.
ExprPtr Parser::slice() {
  const std::size_t begin = token().begin;
  if (accept("*")) return make(begin, ast::Starred{expression()});
  ExprPtr start = at(":") ? nullptr : expression();
  if (!accept(":")) return start;
  const auto ends = [&] { return at(":") || at("]") || at(","); };
  ast::Slice node;
  node.start = std::move(start);
  if (!ends()) node.stop = expression();
  if (accept(":") && !ends()) node.step = expression();
  return make(begin, std::move(node));
}

}  // namespace loopscope::scenarios

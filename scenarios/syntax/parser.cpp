#include "scenarios/syntax/parser.h"

#include <algorithm>
#include <array>

#include "scenarios/syntax/unicode.h"

namespace loopscope::scenarios {

namespace {

constexpr int kMaxNesting = 200;
constexpr const char* kTooDeep = "the expression is nested too deeply; split it into several statements";

}  // namespace

Parser::Parser(const SourceText& source, std::size_t begin, std::size_t end, int depth)
    : source_(source), text_(source.text()), depth_(depth) {
  TokenList list = tokenize(text_, begin, end);
  tokens_ = std::move(list.tokens);
  comment_ = list.comment;
}

Parser::Nest::Nest(Parser& parser) : parser_(parser) {
  if (parser.depth_ >= kMaxNesting) parser.fail(kTooDeep);
  ++parser.depth_;
}

const Token& Parser::token(std::size_t ahead) const {
  return tokens_[std::min(next_ + ahead, tokens_.size() - 1)];
}

bool Parser::accept(std::string_view text) {
  if (!at(text)) return false;
  take();
  return true;
}

void Parser::expect(std::string_view text, std::string_view where) {
  if (accept(text)) return;
  unexpected("'" + std::string(text) + "' " + std::string(where));
}

std::string Parser::expect_name(std::string_view what) {
  if (token().kind == TokenKind::name) return std::string(take().text);
  if (token().kind == TokenKind::keyword) fail(in_quotes(token().text) + " is a keyword, no name");
  unexpected(what);
}

void Parser::expect_end(std::string_view what) {
  if (at_end()) return;
  unexpected("the end of " + std::string(what));
}

void Parser::expect_no_comment() const {
  if (comment_ == std::string_view::npos) return;
  fail(comment_, "a comment cannot stand in a header: put it on its own line of the body");
}

bool Parser::starts_expression() const {
  const Token& t = token();
  if (t.kind == TokenKind::keyword) {
    static constexpr std::array<std::string_view, 7> kWords = {"None",   "True",  "False", "not",
                                                               "lambda", "await", "yield"};
    return std::find(kWords.begin(), kWords.end(), t.text) != kWords.end();
  }
  if (t.kind != TokenKind::op) return t.kind != TokenKind::end;
  static constexpr std::array<std::string_view, 8> kOps = {"(", "[", "{", "+", "-", "~", "*", "..."};
  return std::find(kOps.begin(), kOps.end(), t.text) != kOps.end();
}

void Parser::fail(std::size_t offset, std::string message) const {
  throw SyntaxError{offset, std::move(message)};
}

/// Words and operators of Python that the format leaves out, and where this version stops.
void Parser::fail_outside_format() const {
  const Token& t = token();
  if (t.is(":=")) fail("':=' is not in the format: assign on a line of its own");
  if (t.is(";")) fail("one statement per string: split the line at ';'");
  if (t.is("...")) fail("'...' is not in the format: write pass or None");
  if (t.is("@")) fail("'@' is not in the format");
  if (t.is("yield")) fail("'yield' stands at the head of a statement or right after '=': split the line");
  if (t.is("await")) {
    fail(
        "'await' stands at the head of a statement or right after '=' or 'return' only: split the line, x = "
        "await ...");
  }
  fail(in_quotes(t.text) + " is not in the format");
}

void Parser::explain_foreign_token() const {
  for (std::string_view text : {":=", ";", "...", "@", "yield", "await"}) {
    if (at(text)) fail_outside_format();
  }
  if (at("->")) fail("annotations are not in the format: leave '-> type' out");
  if (at("=")) fail("'=' assigns and cannot stand here; compare with '=='");
  if (at("!")) fail("unexpected '!'; write not");
  if (at("lambda")) fail("put the lambda in parentheses");
}

void Parser::explain_foreign_operator() const {
  const Token& before = previous();
  if (next_ == 0 || before.kind != TokenKind::op) return;
  const bool twice = next_ >= 2 && tokens_[next_ - 2].text == before.text;
  const bool here_too = token().text == before.text && token().kind == TokenKind::op;
  if (here_too && before.is("&")) fail(before.begin, "'&&' is written 'and'");
  if (here_too && before.is("|")) fail(before.begin, "'||' is written 'or'");
  if (here_too && before.is("=")) fail("unexpected '='");
  if (at_end() && twice && (before.is("+") || before.is("-"))) {
    const std::string sign(before.text);
    fail(tokens_[next_ - 2].begin, "'" + sign + sign + "' is not Python: write x " + sign + "= 1");
  }
}

void Parser::unexpected(std::string_view wanted) const {
  explain_foreign_operator();
  explain_foreign_token();
  const Token& before = previous();
  const bool after_value = next_ > 0 && before.kind == TokenKind::name;
  if (after_value && (before.text == "print" || before.text == "exec") && starts_expression()) {
    fail(before.begin, "missing parentheses in call to '" + std::string(before.text) + "': write " +
                           std::string(before.text) + "(...)");
  }
  if (at_end()) fail("unexpected end: " + std::string(wanted) + " is missing");
  const std::string what = token().kind == TokenKind::string ? "a string" : in_quotes(token().text);
  fail("unexpected " + what + ": " + std::string(wanted) + " was expected");
}

void Parser::measure(ast::Expr& expr, std::size_t begin) const {
  int height = 0;
  ast::for_each_child(expr,
                      [&](const ast::ExprPtr& child) { height = std::max<int>(height, child->height); });
  if (height >= kMaxTreeHeight) fail(begin, kTooDeep);
  expr.height = static_cast<std::uint16_t>(height + 1);
}

std::size_t Parser::begin_of(const ast::Expr& expr) const {
  std::size_t offset = source_.trimmed_begin();
  while (offset < text_.size() && source_.column(offset) < expr.column) {
    offset += std::max<std::size_t>(decode_utf8(text_, offset).size, 1);
  }
  return offset;
}

}  // namespace loopscope::scenarios

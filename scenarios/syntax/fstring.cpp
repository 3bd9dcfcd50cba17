#include <string>

#include "scenarios/syntax/parser.h"

/// String literals; f-strings by the rules of CPython 3.11, which first reads the whole
/// literal as a string and then looks for replacement fields in it.
namespace loopscope::scenarios {

using ast::ExprPtr;
using ast::FString;

namespace {

void append_literal(FString& out, std::string text) {
  if (text.empty()) return;
  if (!out.pieces.empty() && !out.pieces.back().field) {
    out.pieces.back().literal += text;
  } else {
    out.pieces.push_back({std::move(text), std::nullopt});
  }
}

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

}  // namespace

/// One or more adjacent literals, joined.
ExprPtr Parser::strings() {
  const std::size_t begin = token().begin;
  const bool bytes = split_string(token()).bytes;
  bool formatted = false;
  FString joined;
  while (token().kind == TokenKind::string) {
    const StringParts parts = split_string(token());
    if (parts.bytes != bytes) fail("cannot mix bytes and nonbytes literals");
    formatted |= parts.formatted;
    if (parts.formatted) {
      std::size_t at = parts.begin;
      fstring(joined, parts, at, 0);
    } else {
      append_literal(joined, decode_string(text_, parts.begin, parts.end, parts));
    }
    take();
  }
  if (formatted) return make(begin, std::move(joined));
  std::string value = joined.pieces.empty() ? std::string() : std::move(joined.pieces[0].literal);
  if (bytes) return make(begin, ast::Bytes{std::move(value)});
  return make(begin, ast::Str{std::move(value)});
}

/// Literals and fields up to the end, or, in a format spec (level > 0), up to its "}".
void Parser::fstring(FString& out, const StringParts& parts, std::size_t& at, int level) {
  while (true) {
    fstring_literal(out, parts, at, level);
    if (at >= parts.end || text_[at] == '}') return;
    out.pieces.push_back({"", fstring_field(parts, at, level)});
  }
}

void Parser::fstring_literal(FString& out, const StringParts& parts, std::size_t& at, int level) {
  std::size_t begin = at;
  while (at < parts.end) {
    if (!parts.raw && text_[at] == '\\' && at + 1 < parts.end && text_[at + 1] != '{' &&
        text_[at + 1] != '}') {
      at += 2;
      continue;
    }
    const char c = text_[at];
    if (c == '{' || c == '}') {
      const bool doubled = level == 0 && at + 1 < parts.end && text_[at + 1] == c;
      if (!doubled) {
        if (level == 0 && c == '}') fail(at, "f-string: single '}' is not allowed; write '}}'");
        break;
      }
      append_literal(out, decode_string(text_, begin, at + 1, parts));
      begin = at += 2;
      continue;
    }
    ++at;
  }
  append_literal(out, decode_string(text_, begin, at, parts));
}

/// What follows the literal here at once is the rest of a field that its own quotes have cut.
std::string Parser::quotes_hint() const {
  const Token& next = token(1);
  const bool cut = next.begin == token().end() && next.kind != TokenKind::end && next.kind != TokenKind::op;
  return cut ? ": inside the braces, use the other kind of quotes" : "";
}

/// {expression [=] [!conversion] [:spec]}, from its "{" to behind its "}".
FString::Field Parser::fstring_field(const StringParts& parts, std::size_t& at, int level) {
  if (level >= 2) fail(at, "f-string: expressions nested too deeply");
  const std::size_t open = at++;
  const std::size_t begin = at;
  at = fstring_expression_end(begin, parts.end);
  FString::Field field;
  if (at >= parts.end) fail(open, "f-string: expecting '}'" + quotes_hint());
  field.value = fstring_expression(begin, at);
  if (text_[at] == '=') {
    do ++at;
    while (at < parts.end && is_space(text_[at]));
    field.debug_text = text_.substr(begin, at - begin);
  }
  fstring_conversion(field, parts, at);
  if (at < parts.end && text_[at] == ':') {
    ++at;
    field.spec = std::make_unique<FString>();
    fstring(*field.spec, parts, at, level + 1);
  }
  if (at >= parts.end || text_[at] != '}') fail(std::min(at, parts.end), "f-string: expecting '}'");
  ++at;
  if (!field.debug_text.empty() && !field.spec && field.conversion == 0) field.conversion = 'r';
  return field;
}

void Parser::fstring_conversion(FString::Field& field, const StringParts& parts, std::size_t& at) const {
  if (at >= parts.end || text_[at] != '!') return;
  ++at;
  const char c = at < parts.end ? text_[at] : '\0';
  if (c != 's' && c != 'r' && c != 'a') {
    fail(at, "f-string: invalid conversion character: expected 's', 'r', or 'a'");
  }
  field.conversion = c;
  ++at;
}

/// Where the expression of a field ends: at `!`, `:`, `=` or `}` outside brackets and strings.
std::size_t Parser::fstring_expression_end(std::size_t at, std::size_t end) const {
  std::string quote, brackets;
  for (; at < end; ++at) {
    const char c = text_[at];
    if (c == '\\')
      fail(at, "f-string expression part cannot include a backslash: name the value on a line before");
    if (!quote.empty()) {
      if (text_.substr(at, quote.size()) != quote) continue;
      at += quote.size() - 1;
      quote.clear();
    } else if (c == '\'' || c == '"') {
      quote.assign(text_.substr(at, 3) == std::string(3, c) ? 3 : 1, c);
      at += quote.size() - 1;
    } else if (c == '[' || c == '{' || c == '(') {
      brackets += c;
    } else if (c == '#') {
      fail(at, "f-string expression part cannot include '#'");
    } else if (brackets.empty() && (c == '!' || c == '=' || c == '<' || c == '>' || c == ':' || c == '}')) {
      const bool pair = c != ':' && c != '}' && at + 1 < end && text_[at + 1] == '=';
      if (pair) ++at;
      if (!pair && c != '<' && c != '>') return at;
    } else if (c == ']' || c == '}' || c == ')') {
      if (brackets.empty()) fail(at, std::string("f-string: unmatched '") + c + "'");
      const char open = brackets.back();
      if ((open == '(') != (c == ')') || (open == '[') != (c == ']')) {
        fail(at, std::string("f-string: closing parenthesis '") + c +
                     "' does not match opening parenthesis '" + open + "'");
      }
      brackets.pop_back();
    }
  }
  if (!quote.empty()) fail(at, "f-string: unterminated string; use the other kind of quotes inside");
  if (!brackets.empty())
    fail(at, std::string("f-string: '") + brackets.back() + "' was never closed" + quotes_hint());
  return at;
}

ExprPtr Parser::fstring_expression(std::size_t begin, std::size_t end) {
  const Nest nest(*this);
  std::size_t first = begin;
  while (first < end && is_space(text_[first])) ++first;
  if (first == end) fail(begin, "f-string: empty expression not allowed");
  Parser inner(source_, begin, end, depth_);
  ExprPtr value = inner.star_expressions();
  inner.expect_end("the expression in an f-string");
  return value;
}

}  // namespace loopscope::scenarios

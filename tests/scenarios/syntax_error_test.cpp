#include <gtest/gtest.h>

#include "scenarios/syntax/parse.h"

namespace loopscope::scenarios {
namespace {

/// "COLUMN: message" of a statement in the loop of an async function.
std::string error_of(const std::string& text, const StatementContext& context = {true, true, true}) {
  const SourceText source(text, {1, 1});
  auto parsed = parse_simple_statement(source, context);
  const auto* error = std::get_if<SyntaxError>(&parsed);
  if (error == nullptr) return "no error";
  return std::to_string(source.pos(error->offset).column) + ": " + error->message;
}

struct Case {
  const char* text;
  const char* error;
  friend void PrintTo(const Case& one, std::ostream* out) { *out << one.text; }
};

class StatementErrors : public testing::TestWithParam<Case> {};

TEST_P(StatementErrors, Say_where_and_what_to_do) { EXPECT_EQ(error_of(GetParam().text), GetParam().error); }

INSTANTIATE_TEST_SUITE_P(
    NotInTheFormat, StatementErrors,
    testing::Values(
        Case{"import os",
             "1: 'import' is not in the format: modules are there already, use asyncio.sleep and so on as "
             "they are"},
        Case{"from os import path",
             "1: 'import' is not in the format: modules are there already, use asyncio.sleep and so on as "
             "they are"},
        Case{"@decorator", "1: decorators are not in the format: write f = decorator(f) after the def"},
        Case{"@property", "1: decorators are not in the format: write a method, and call it"},
        Case{"@staticmethod", "1: decorators are not in the format: write a function outside the class"},
        Case{"if = 3", "1: 'if' is a keyword of Python and no name; take another one, such as 'if_'"},
        Case{"x = `y`", "5: invalid character '`' (U+0060); strings stand in ' or \""},
        Case{"x = a ? b : c", "7: invalid character '?' (U+003F); a ? b : c is written b if a else c"},
        Case{"f'{d['a']}'",
             "6: f-string: '[' was never closed: inside the braces, use the other kind of quotes"},
        Case{"match x:", "1: 'match' is not in the format: write an if / elif chain"},
        Case{"x = (y := 3)", "8: ':=' is not in the format: assign on a line of its own"},
        Case{"x: int = 3", "2: annotations are not in the format: leave them out"},
        Case{"x: int", "2: annotations are not in the format: leave them out"},
        Case{"a = b = c", "7: chained assignment is not in the format: write one assignment a line"},
        Case{"x = {a for a in b}", "8: set comprehensions are not in the format: use set([... for ...])"},
        Case{"x = {a: b for a in c}",
             "11: dict comprehensions are not in the format: fill the dict in a for loop"},
        Case{"x = (a for a in b)",
             "8: generator expressions are not in the format: write a list comprehension, [...]"},
        Case{"sum(a for a in b)",
             "7: generator expressions are not in the format: write a list comprehension, [...]"},
        Case{"x = [a async for a in b]",
             "8: async comprehensions are not in the format: write an async for loop"},
        Case{"a = 1; b = 2", "6: one statement per string: split the line at ';'"},
        Case{"a = 1;", "6: one statement per string: split the line at ';'"},
        Case{"x = 'a\nb'", "7: a line break in a statement; write one statement per string"},
        Case{"a\nb", "2: a line break in a statement; write one statement per string"},
        Case{"x = a @ b", "7: matrix multiplication is not in the format"},
        Case{"x |= y", "3: '|=' is not in the format: write x = x | y"},
        Case{"x >>= y", "3: '>>=' is not in the format: write x = x >> y"},
        Case{"x = ...", "5: '...' is not in the format: write pass or None"},
        Case{"x = 1j", "5: complex numbers are not in the format"},
        Case{"lambda a, /: a", "11: positional-only parameters ('/') are not in the format"},
        Case{"x = '\\N{DASH}'",
             "6: character names (\\N{...}) are not in the format: write the character itself"}));

INSTANTIATE_TEST_SUITE_P(
    Yield, StatementErrors,
    testing::Values(Case{"yield from x", "1: 'yield from' inside async function: use async for and yield"},
                    Case{"x = y = yield",
                         "7: chained assignment is not in the format: write one assignment a line"},
                    Case{"yield = 3", "7: '=' assigns and cannot stand here; compare with '=='"},
                    Case{"f((yield))",
                         "4: 'yield' stands at the head of a statement or right after '=': split the line"}));

INSTANTIATE_TEST_SUITE_P(
    CompoundStatements, StatementErrors,
    testing::Values(
        Case{"if x:", "1: a compound statement is an object: {\"if\": \"x\", \"do\": [...]}"},
        Case{"if x == \"a\": pass",
             "1: a compound statement is an object: {\"if\": \"x == \\\"a\\\"\", \"do\": [...]}"},
        Case{"while True:", "1: a compound statement is an object: {\"while\": \"True\", \"do\": [...]}"},
        Case{"for x in xs[1:]:",
             "1: a compound statement is an object: {\"for\": \"x in xs[1:]\", \"do\": [...]}"},
        Case{"def f(a, b):", "1: a compound statement is an object: {\"def\": \"f(a, b)\", \"do\": [...]}"},
        Case{"async def f():",
             "1: a compound statement is an object: {\"async def\": \"f()\", \"do\": [...]}"},
        Case{"async with lock:",
             "1: a compound statement is an object: {\"async with\": \"lock\", \"do\": [...]}"},
        Case{"try:",
             "1: a compound statement is an object: {\"try\": [...], \"except\": [{\"catch\": \"...\", "
             "\"do\": [...]}]}"},
        Case{"except E as e:",
             "1: 'except' belongs to its try object: {\"try\": [...], \"except\": [{\"catch\": \"E as e\", "
             "\"do\": [...]}]}"},
        Case{"elif x:",
             "1: 'elif' belongs to its if object: {\"if\": \"...\", \"do\": [...], \"elif\": [{\"if\": "
             "\"x\", \"do\": [...]}]}"},
        Case{"else:", "1: 'else' is a key of the object it belongs to: \"else\": [...]"},
        Case{"class C:", "1: a compound statement is an object: {\"class\": \"C\", \"do\": [...]}"}));

INSTANTIATE_TEST_SUITE_P(Await, StatementErrors,
                         testing::Values(Case{"x = 1 + await y",
                                              "9: 'await' stands at the head of a statement or right after "
                                              "'=' or 'return' only: split the line, x = await ..."},
                                         Case{"print(await y)",
                                              "7: 'await' stands at the head of a statement or right after "
                                              "'=' or 'return' only: split the line, x = await ..."},
                                         Case{"x = (await y)",
                                              "6: 'await' stands at the head of a statement or right after "
                                              "'=' or 'return' only: split the line, x = await ..."},
                                         Case{"x += await y",
                                              "6: 'await' stands at the head of a statement or right after "
                                              "'=' or 'return' only: split the line, x = await ..."},
                                         Case{"assert await y",
                                              "8: 'await' stands at the head of a statement or right after "
                                              "'=' or 'return' only: split the line, x = await ..."},
                                         Case{"f'{await x}'",
                                              "4: 'await' stands at the head of a statement or right after "
                                              "'=' or 'return' only: split the line, x = await ..."},
                                         Case{"x = await y + 1",
                                              "13: 'await' takes a call, a name or parentheses and nothing "
                                              "behind it: split the line, x = await ..."},
                                         Case{"await a, b",
                                              "8: 'await' takes a call, a name or parentheses and nothing "
                                              "behind it: split the line, x = await ..."},
                                         Case{"await a if b else c",
                                              "9: 'await' takes a call, a name or parentheses and nothing "
                                              "behind it: split the line, x = await ..."},
                                         Case{"await", "6: unexpected end: an expression is missing"}));

INSTANTIATE_TEST_SUITE_P(
    Targets, StatementErrors,
    testing::Values(Case{"f() = 1", "1: cannot assign to function call; compare with '=='"},
                    Case{"1 = x", "1: cannot assign to literal; compare with '=='"},
                    Case{"None = x", "1: cannot assign to None; compare with '=='"},
                    Case{"a + b = x", "1: cannot assign to expression; compare with '=='"},
                    Case{"a == b = x", "1: cannot assign to comparison; compare with '=='"},
                    Case{"(a, f(b)) = x", "5: cannot assign to function call; compare with '=='"},
                    Case{"*a = x", "1: starred assignment target must be in a list or tuple"},
                    Case{"*a, *b = x", "5: multiple starred expressions in assignment"},
                    Case{"a, b += 1", "1: 'tuple' is an illegal expression for augmented assignment"},
                    Case{"f() += 1", "1: 'function call' is an illegal expression for augmented assignment"},
                    Case{"del f()", "5: cannot delete function call"},
                    Case{"del a, *b", "8: unexpected '*': an expression was expected"},
                    Case{"__debug__ = 1", "1: cannot assign to __debug__"},
                    Case{"x = *a", "5: can't use starred expression here"},
                    Case{"*a", "1: can't use starred expression here"},
                    Case{"x = (*a)", "6: can't use starred expression here"},
                    Case{"[1 for f() in x]", "8: cannot assign to function call"}));

INSTANTIATE_TEST_SUITE_P(
    CallsAndParameters, StatementErrors,
    testing::Values(Case{"f(a=1, b)", "8: positional argument follows keyword argument"},
                    Case{"f(**a, b)", "8: positional argument follows keyword argument unpacking"},
                    Case{"f(**a, *b)", "8: iterable argument unpacking follows keyword argument unpacking"},
                    Case{"f(a=1, a=2)", "8: keyword argument repeated: a"},
                    Case{"f(a.b=1)", "3: expression cannot contain assignment; perhaps you meant '=='"},
                    Case{"f(True=1)", "3: cannot assign to True"},
                    Case{"f(a b)", "5: unexpected 'b': ')' or ',' was expected"},
                    Case{"lambda a, a: 1", "11: duplicate argument 'a' in function definition"},
                    Case{"lambda a=1, b: 1", "13: non-default argument follows default argument"},
                    Case{"lambda *: 1", "8: named arguments must follow bare *"},
                    Case{"lambda *a, *b: 1", "12: * argument may appear only once"},
                    Case{"lambda **a, b: 1", "13: arguments cannot follow var-keyword argument"},
                    Case{"lambda if: 1", "8: 'if' is a keyword, no name"}));

INSTANTIATE_TEST_SUITE_P(
    Literals, StatementErrors,
    testing::Values(
        Case{"x = 9223372036854775808",
             "5: integer literal out of range: integers have 64 bits here, from -9223372036854775808 to "
             "9223372036854775807"},
        Case{"x = 007",
             "5: leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal "
             "integers"},
        Case{"x = 0b12", "8: invalid digit '2' in binary literal"},
        Case{"x = 0x", "5: invalid hexadecimal literal"},
        Case{"x = 1__0", "6: invalid decimal literal: '_' stands between two digits"},
        Case{"x = 1abc", "5: invalid decimal literal"},
        Case{"x = 'abc", "5: unterminated string literal: its closing ' is missing"},
        Case{"x = '\\x4'", "6: truncated \\xXX escape"},
        Case{"x = '\\ud800'",
             "6: half a surrogate pair is not supported: write the character itself or \\UXXXXXXXX"},
        Case{"x = '\\U00110000'", "6: illegal Unicode character: the last one is \\U0010FFFF"},
        Case{"x = b'\xc3\xa9'", "7: bytes can only contain ASCII literal characters"},
        Case{"x = b'a' 'b'", "10: cannot mix bytes and nonbytes literals"}));

INSTANTIATE_TEST_SUITE_P(
    FStrings, StatementErrors,
    testing::Values(
        Case{"f'{}'", "4: f-string: empty expression not allowed"},
        Case{"f'{a'", "3: f-string: expecting '}'"},
        Case{"f'a}'", "4: f-string: single '}' is not allowed; write '}}'"},
        Case{"f'{a!x}'", "6: f-string: invalid conversion character: expected 's', 'r', or 'a'"},
        Case{"f'{a\\n}'",
             "5: f-string expression part cannot include a backslash: name the value on a line before"},
        Case{"f'{a#}'", "5: f-string expression part cannot include '#'"},
        Case{"f'{a b}'", "6: unexpected 'b': the end of the expression in an f-string was expected"},
        Case{"f'{a)}'", "5: f-string: unmatched ')'"},
        Case{"f'{a[}'", "6: f-string: closing parenthesis '}' does not match opening parenthesis '['"}));

INSTANTIATE_TEST_SUITE_P(
    Slips, StatementErrors,
    testing::Values(Case{"print x", "1: missing parentheses in call to 'print': write print(...)"},
                    Case{"x++", "2: '++' is not Python: write x += 1"},
                    Case{"a && b", "3: '&&' is written 'and'"}, Case{"a || b", "3: '||' is written 'or'"},
                    Case{"x = !a", "5: unexpected '!'; write not"}, Case{"a <> b", "3: '<>' is written '!='"},
                    Case{"f(a", "2: '(' was never closed"},
                    Case{"f(a]", "4: closing parenthesis ']' does not match opening parenthesis '('"},
                    Case{"a)", "2: unmatched ')'"},
                    Case{"x = ", "4: unexpected end: an expression is missing"},
                    Case{"x = a if b",
                         "11: unexpected end: 'else' after the 'if' of a conditional expression is missing"},
                    Case{"x = a b", "7: unexpected 'b': the end of the statement was expected"},
                    Case{"x = \xe2\x80\x9chello\xe2\x80\x9d",
                         "5: invalid character '\xe2\x80\x9c' (U+201C); strings stand in ' or \""},
                    Case{"a\xc2\xa0= 1", "2: invalid non-printable character U+00A0"},
                    Case{"x = $a", "5: invalid character '$' (U+0024)"},
                    Case{"x = a \\", "7: a line cannot be continued with '\\': a statement is one line"},
                    Case{"", "1: an empty statement: write pass, or remove it"},
                    Case{"global", "7: unexpected end: a name after 'global' is missing"},
                    Case{"a.1", "2: unexpected '.1': the end of the statement was expected"},
                    Case{"x = 1 + lambda: 2", "9: put the lambda in parentheses"}));

TEST(StatementErrors, Await_and_return_and_break_need_their_surroundings) {
  EXPECT_EQ(error_of("await x", {}),
            "1: 'await' outside function: put it into an async def and use asyncio.run(main())");
  EXPECT_EQ(error_of("x = await y", {true, false, false}),
            "5: 'await' outside async function: make the def an \"async def\"");
  EXPECT_EQ(error_of("return 1", {}), "1: 'return' outside function");
  EXPECT_EQ(error_of("break", {}), "1: 'break' outside loop");
  EXPECT_EQ(error_of("continue", {}), "1: 'continue' not properly in loop");
}

std::string repeated(const std::string& part, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += part;
  return text;
}

TEST(StatementErrors, Hostile_depth_is_an_error_and_no_crash) {
  constexpr int kMany = 100'000;
  EXPECT_EQ(error_of(repeated("(", kMany)), "201: too many nested parentheses");
  for (const char* part :
       {"[", "{", "f(", "not ", "- ", "lambda: ", "a if b else ", "a ** ", "1 + ", "a.", "a[", "f'{", "~"}) {
    EXPECT_NE(error_of(repeated(part, kMany) + "a"), "no error") << part;
  }
  EXPECT_NE(error_of("a" + repeated(".b", kMany)), "no error");
  EXPECT_NE(error_of("a" + repeated("()", kMany)), "no error");
  EXPECT_NE(error_of("a" + repeated(" + 1", kMany)), "no error");
}

TEST(StatementErrors, A_deep_but_reasonable_expression_is_none) {
  EXPECT_EQ(error_of(repeated("(", 150) + "a" + repeated(")", 150)), "no error");
  EXPECT_EQ(error_of("a" + repeated(" + 1", 300)), "no error");
  EXPECT_EQ(error_of("f(" + repeated("1, ", 100'000) + ")"), "no error");
  EXPECT_EQ(error_of("x = a" + repeated(" and a", 100'000)), "no error");
}

}  // namespace
}  // namespace loopscope::scenarios

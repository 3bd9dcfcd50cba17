#include <gtest/gtest.h>

#include "tests/scenarios/ast_dump.h"

namespace loopscope::scenarios {
namespace {

std::string tree(const std::string& text) {
  const SourceText source(text, {1, 1});
  auto parsed = parse_simple_statement(source, {true, true, true});
  if (const auto* error = std::get_if<SyntaxError>(&parsed)) return "error: " + error->message;
  return dump(std::get<StatementNode>(parsed));
}

struct Case {
  const char* text;
  const char* tree;
  friend void PrintTo(const Case& one, std::ostream* out) { *out << one.text; }
};

class Expressions : public testing::TestWithParam<Case> {};

TEST_P(Expressions, Parse_as_Python_parses_them) { EXPECT_EQ(tree(GetParam().text), GetParam().tree); }

INSTANTIATE_TEST_SUITE_P(
    Operators, Expressions,
    testing::Values(Case{"a + b * c", "(+ a (* b c))"}, Case{"(a + b) * c", "(* (+ a b) c)"},
                    Case{"a - b - c", "(- (- a b) c)"}, Case{"a ** b ** c", "(** a (** b c))"},
                    Case{"-a ** b", "(neg (** a b))"}, Case{"a ** -b", "(** a (neg b))"},
                    Case{"a // b % c / d", "(/ (% (// a b) c) d)"},
                    Case{"a | b ^ c & d << e + f", "(| a (^ b (& c (<< d (+ e f)))))"},
                    Case{"~a + +b", "(+ (inv a) (pos b))"}, Case{"not a == b", "(not (cmp a == b))"},
                    Case{"a < b <= c != d", "(cmp a < b <= c != d)"},
                    Case{"a not in b is not c in d is e", "(cmp a not-in b is-not c in d is e)"},
                    Case{"a or b and not c or d", "(or a (and b (not c)) d)"},
                    Case{"a if b else c if d else e", "(if b a (if d c e))"},
                    Case{"a if b or c else d", "(if (or b c) a d)"},
                    Case{"lambda: a if b else c", "(lambda (params) (if b a c))"},
                    Case{"a < b == (c > d)", "(cmp a < b == (cmp c > d))"}));

INSTANTIATE_TEST_SUITE_P(
    Primaries, Expressions,
    testing::Values(Case{"a.b(c)[d].e", "(. (item (call (. a b) c) d) e)"}, Case{"-a.b", "(neg (. a b))"},
                    Case{"f(a, *b, c=1, *d, **e)", "(call f a (star b) (star d) c=1 **e)"},
                    Case{"f(a,)", "(call f a)"}, Case{"f()()", "(call (call f))"},
                    Case{"a[1:2]", "(item a (slice 1 2 _))"}, Case{"a[::-1]", "(item a (slice _ _ (neg 1)))"},
                    Case{"a[:]", "(item a (slice _ _ _))"},
                    Case{"a[1, 2:3]", "(item a (tuple 1 (slice 2 3 _)))"},
                    Case{"a[1,]", "(item a (tuple 1))"}, Case{"a[*b]", "(item a (tuple (star b)))"}));

INSTANTIATE_TEST_SUITE_P(
    Displays, Expressions,
    testing::Values(
        Case{"()", "(tuple)"}, Case{"(a)", "a"}, Case{"(a,)", "(tuple a)"}, Case{"a, b", "(tuple a b)"},
        Case{"[a, *b, c,]", "(list a (star b) c)"}, Case{"{}", "(dict)"}, Case{"{a, *b}", "(set a (star b))"},
        Case{"{a: b, **c, 'd': e}", "(dict a:b **:c 'd':e)"}, Case{"[a for a in b]", "(comp a (for a b))"},
        Case{"[a for b, *c in d if e if f for g in h]", "(comp a (for (tuple b (star c)) d e f) (for g h))"},
        Case{"[(a, b) for a in c or d]", "(comp (tuple a b) (for a (or c d)))"}));

INSTANTIATE_TEST_SUITE_P(Functions, Expressions,
                         testing::Values(Case{"lambda a, b=1, *c, d, e=2, **f: a",
                                              "(lambda (params a b=1 *c d e=2 **f) a)"},
                                         Case{"lambda *, a: a", "(lambda (params * a) a)"},
                                         Case{"lambda a,: a", "(lambda (params a) a)"},
                                         Case{"f(lambda: 1, key=lambda x: x)",
                                              "(call f (lambda (params) 1) key=(lambda (params x) x))"}));

INSTANTIATE_TEST_SUITE_P(
    Numbers, Expressions,
    testing::Values(Case{"0x1F", "31"}, Case{"0b101", "5"}, Case{"0o17", "15"}, Case{"1_000", "1000"},
                    Case{"00", "0"}, Case{"9223372036854775807", "9223372036854775807"},
                    Case{"-9223372036854775808", "-9223372036854775808"}, Case{"1e3", "1000f"},
                    Case{".5", "0.5f"}, Case{"5.", "5f"}, Case{"1_0.5e-1", "1.05f"}, Case{"1e400", "inff"},
                    Case{"1e-400", "0f"}, Case{"0.1", "0.10000000000000001f"},
                    Case{"1.0.real", "(. 1f real)"}, Case{"1if a else 2", "(if a 1 2)"}));

INSTANTIATE_TEST_SUITE_P(
    Strings, Expressions,
    testing::Values(Case{"'a' \"b\"", "'ab'"},
                    Case{R"('\n\t\\\'\"\a\0\x41\101')", R"('\x0a\x09\x5c\x27"\x07\x00AA')"},
                    Case{R"('\u00e9\U0001F600')", R"('\xc3\xa9\xf0\x9f\x98\x80')"},
                    Case{R"('\q')", R"('\x5cq')"}, Case{R"(r'\n')", R"('\x5cn')"},
                    Case{R"(b'a\xff\u0041')", R"(b'a\xff\x5cu0041')"}, Case{"'''it's'''", R"('it\x27s')"},
                    Case{"''", "''"}, Case{"'#' # not a comment in quotes", "'#'"}));

INSTANTIATE_TEST_SUITE_P(
    FStrings, Expressions,
    testing::Values(Case{"f'a{b}c'", "(f 'a' {b} 'c')"},
                    Case{"f'{a!r:>{w}.{p}f}'", "(f {a !r :(f '>' {w} '.' {p} 'f')})"},
                    Case{"f'{{{a}}}'", "(f '{' {a} '}')"}, Case{"f'{a=}'", "(f 'a=' {a !r})"},
                    Case{"f'{a = !s:3}'", "(f 'a = ' {a !s :(f '3')})"},
                    Case{"f'{a=:3}'", "(f 'a=' {a :(f '3')})"}, Case{"f\"{a['k']}\"", "(f {(item a 'k')})"},
                    Case{"f'{a != b}'", "(f {(cmp a != b)})"}, Case{"f'{a:{{}}}'", "(f {a :(f {(dict)})})"},
                    Case{"f'{a:{b:{c}}}'", "error: f-string: expressions nested too deeply"},
                    Case{"'x' f'{a}' 'y' f'z'", "(f 'x' {a} 'yz')"}, Case{"f''", "(f)"},
                    Case{R"(rf'\n{a}' f'\n')", R"((f '\x5cn' {a} '\x0a'))"},
                    Case{"f'{a, b}'", "(f {(tuple a b)})"},
                    Case{"f'{ {1: 2}[1] }'", "(f {(item (dict 1:2) 1)})"},
                    Case{"f'{f\"{a}\"}'", "(f {(f {a})})"},
                    Case{"f'{(lambda x: x)(1):5}'", "(f {(call (lambda (params x) x) 1) :(f '5')})"}));

INSTANTIATE_TEST_SUITE_P(
    Statements, Expressions,
    testing::Values(Case{"x = 1, 2", "(= x (tuple 1 2))"},
                    Case{"a, (b, *c), [d] = e", "(= (tuple a (tuple b (star c)) (list d)) e)"},
                    Case{"*a, b = c", "(= (tuple (star a) b) c)"}, Case{"x, = y", "(= (tuple x) y)"},
                    Case{"a.b = c", "(= (. a b) c)"},
                    Case{"a[0] = await f(x)", "(= (item a 0) (await (call f x)))"},
                    Case{"await f(x).g[0]", "(await (item (. (call f x) g) 0))"},
                    Case{"await (a or b)", "(await (or a b))"}, Case{"x += 1", "(+= x 1)"},
                    Case{"a.b -= c", "(-= (. a b) c)"}, Case{"a[i] *= 1, 2", "(*= (item a i) (tuple 1 2))"},
                    Case{"x /= 1", "(/= x 1)"}, Case{"x //= 1", "(//= x 1)"}, Case{"x %= 1", "(%= x 1)"},
                    Case{"x **= 1", "(**= x 1)"}, Case{"return", "(return _)"},
                    Case{"return a, *b", "(return (tuple a (star b)))"},
                    Case{"return await x", "(return (await x))"}, Case{"raise", "(raise _ _)"},
                    Case{"raise E('x') from e", "(raise (call E 'x') e)"}, Case{"pass  # why", "(pass)"},
                    Case{"# a comment", "(comment)"}, Case{"break", "(break)"},
                    Case{"continue", "(continue)"}, Case{"global a, b", "(global a b)"},
                    Case{"nonlocal a", "(nonlocal a)"}, Case{"assert a, 'm'", "(assert a 'm')"},
                    Case{"del a, b.c, (d[0], [e])", "(del a (. b c) (item d 0) e)"}));

}  // namespace
}  // namespace loopscope::scenarios

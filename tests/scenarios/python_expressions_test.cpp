// Every expression is evaluated by the interpreter and by CPython; what they print must be equal.
#include <gtest/gtest.h>

#include <random>
#include <sstream>

#include "tests/scenarios/python_judge.h"
#include "tests/scenarios/script.h"

namespace loopscope::scenarios::test {
namespace {

/// One program that prints each expression's repr, or its exception.
std::string program_of(const std::vector<std::string>& expressions) {
  std::string source;
  for (std::size_t i = 0; i < expressions.size(); ++i)
    source += "def case" + std::to_string(i) + "():\n    return " + expressions[i] + "\n";
  source += "for case in [";
  for (std::size_t i = 0; i < expressions.size(); ++i) source += "case" + std::to_string(i) + ", ";
  source += "]:\n    try:\n        print(repr(case()))\n    except Exception as e:\n"
            "        print(type(e).__name__, e.args)\n";
  return source;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

void compare(const std::vector<std::string>& expressions) {
  const std::string source = program_of(expressions);
  const std::vector<Verdict> verdicts = judge({source});
  if (verdicts.empty()) GTEST_SKIP() << "no /usr/bin/python3 to compare with";
  ASSERT_EQ(verdicts[0].error, "");
  const std::vector<std::string> expected = lines_of(verdicts[0].out), actual = lines_of(output_of(source));
  ASSERT_EQ(expected.size(), expressions.size());
  for (std::size_t i = 0; i < expressions.size(); ++i)
    EXPECT_EQ(i < actual.size() ? actual[i] : "(nothing)", expected[i]) << expressions[i];
}

TEST(PythonExpressions, Integers_print_and_fail_as_in_CPython) {
  compare({
      "7 // 2", "-7 // 2", "7 // -2", "-7 // -2", "7 % 3", "-7 % 3", "7 % -3", "-7 % -3", "0 // 5", "7 / 2", "8 / 2",
      "1 // 0", "1 % 0", "1 / 0", "divmod(-7, 2)", "divmod(7, 0)", "2 ** 10", "2 ** -1", "2 ** 0", "0 ** 0", "0 ** -1",
      "(-2) ** 63", "-2 ** 2", "9223372036854775807", "-9223372036854775807 - 1", "9007199254740993 / 3",
      "9223372036854775807 / 3", "9223372036854775807 / 9223372036854775806", "1 / 9223372036854775807",
      "9223372036854775807 // -1", "5 & 3", "5 | 3", "5 ^ 3", "~5", "1 << 10", "-1 << 3", "-16 >> 2", "1 >> 100", "-1 >> 100",
      "1 << -1", "1 >> -1", "True + True", "True & False", "True | 2", "True ^ True", "-True", "+True", "~True", "not 0",
      "0x1F", "0b101", "0o17", "1_000_000", "int('42')", "int(' -42 ')", "int('0x1f', 16)", "int('z', 36)", "int('1_0')",
      "int('')", "int('4.2')", "int('_1')", "int(3.9)", "int(-3.9)", "int('12', 1)", "int(None)", "int([])", "int('077', 0)",
      "int('0b11', 0)", "int(float('nan'))", "int(float('inf'))", "abs(-5)", "abs(-5.5)", "abs('x')", "round(5)", "round(25, -1)",
      "round(35, -1)", "round(-25, -1)", "round(12345, -2)", "round(1, 2)", "min(3, 1, 2)", "max([1, 5, 3])", "max([])", "min()",
      "max([], default=7)", "max(1, 2, default=3)", "min(['bb', 'a'], key=len)", "sum([1, 2, 3])", "sum([[1], [2]], [])",
      "sum(['a'])", "sum(['a'], '')", "sum([1, 2], start=10)", "sum()", "bool(0)", "bool([])", "bool('0')", "int()", "float()",
      "chr(65)", "chr(-1)", "ord('é')", "ord('ab')", "ord(5)", "1 if 0 else 2", "1 < 2 < 3", "1 < 3 < 2", "1 == 1.0 == True",
      "5 .bit_count() if 0 else 1", "len(5)", "len('héllo')", "id(1) == id(1)", "callable(len)", "callable(3)",
  });
}

TEST(PythonExpressions, Floats_print_and_fail_as_in_CPython) {
  compare({
      "0.1 + 0.2", "1e16", "1e15", "123456789012345680.0", "1e-4", "1e-5", "0.0001", "1.5e300 * 1e10", "1e308 * 10",
      "-0.0", "0.0", "1e22", "1e23", "5e-324", "1.7976931348623157e308", "float('nan')", "float('-inf')", "float('1_0.5')",
      "float('1e5')", "float(' 3.5 ')", "float('')", "float('x')", "float([])", "float('infinity')", "float('0x1p3')", "1.0 // 0",
      "1.0 % 0", "1.0 / 0", "7.5 // 2", "-7.5 // 2", "7.5 % 2", "-7.5 % 2", "7.5 % -2", "-0.0 // 1", "0.0 % -1", "1e300 // 1e-300",
      "divmod(7.5, 2)", "divmod(-7.5, 2)", "divmod(1.0, 0)", "5.0 % 3", "-1e-20 % 3.0", "2.0 ** 0.5", "2.0 ** -1", "0.0 ** -1",
      "10.0 ** 400", "(-8.0) ** 2", "(-8) ** 3.0", "1 == 1.0", "9007199254740993 == 9007199254740992.0", "2**53 + 1 > 2.0**53",
      "9223372036854775807 < 9223372036854775808.0", "float('nan') == float('nan')", "float('nan') < 1", "1 < float('inf')",
      "round(2.5)", "round(3.5)", "round(-2.5)", "round(2.675, 2)", "round(0.5)", "round(1.5)", "round(1234.5678, -2)", "round(5e15, -15)",
      "round(1e300, -299)", "round(2.5, 0)", "round(-0.4)", "round(float('nan'))", "round(float('inf'))", "round(1.23456, 400)", "round('x')",
      "round(0.15, 1)", "round(0.25, 1)", "round(0.35, 1)", "round(25.0, -1)", "round(35.0, -1)", "round(15.5, -1)", "round(1.7e308, -308)",
      "int(1e18)", "float(10**17)", "3.0 == 3", "str(3.0)", "repr(1e100)", "1e400", "3.14.is_integer() if 0 else 0", "abs(-0.0)", "min(1.5, 1)",
      "sum([0.1] * 10)", "1.0 & 1", "~1.5", "-(1.5)", "0.1 * 3", "1 / 3", "100.0", "1234567.0", "12345678901234567890.0", "1e21", "0.30000000000000004",
  });
}

TEST(PythonExpressions, Texts_print_and_fail_as_in_CPython) {
  compare({
      R"('it\'s')", R"("it's")", R"('say "hi"')", R"('both \' and "')", R"('tab\tnew\nline\\')", R"('\x00\x1f\x7f')", R"('\u00e9\u2028\U0001F600')",
      R"('é' 'ü')", R"(r'\n')", R"(b'abc\x00\xff\'')", R"(b"it's")", "'abc'[1]", "'abc'[-1]", "'abc'[5]", "'abc'['x']", "'héllo'[1]", "'héllo'[1:3]", "'hello'[::-1]", "'hello'[::2]",
      "'hello'[4:1:-1]", "'hello'[10:]", "'hello'[-3:-1]", "'hello'[::0]", "'abc'[1.5]", "'a' + 1", "1 + 'a'", "'a' * 3", "3 * 'ab'", "'a' * -1", "'a' * 'b'", "'a' * 1.5", "'b' in 'abc'", "1 in 'abc'",
      "'' in ''", "'a' < 'b'", "'a' < 1", "'Z' < 'a'", "'é' > 'z'", "', '.join(['a', 'b'])", "''.join([])", "','.join([1])", "','.join(5)", "'a b  c '.split()", "'a,b,,c'.split(',')", "'a,b,c'.split(',', 1)", "' a b '.split(None, 1)",
      "'abc'.split('')", "''.split()", "''.split(',')", "'a b c'.split(maxsplit=1)", "'aXbXc'.split(sep='X')", "'Abc'.upper()", "'ABC'.lower()", "'straße'.upper()", "'ÉÀ'.lower()", "'  x '.strip()", "'xxaxx'.strip('x')", "'abc'.strip(5)", "'aaa'.replace('a', 'b')",
      "'aaa'.replace('a', 'b', 2)", "'abc'.replace('', '-')", "'abc'.replace('', '-', 2)", "'abc'.replace(1, 2)", "'abc'.startswith('ab')", "'abc'.startswith(('x', 'a'))", "'abc'.startswith('b', 1)", "'abc'.endswith('bc')", "'abc'.endswith('a', 0, 1)", "'abc'.startswith('', 5)",
      "'abc'.startswith(1)", "'abc'.encode()", "'é'.encode('utf-8')", "'é'.encode('ascii') if 0 else 0", "b'\\xc3\\xa9'.decode()", "b'\\xff'.decode() if 0 else 0", "'a'.encode('nope')", "b'abc'[0]", "b'abc'[0:2]", "b'a' + b'b'", "b'a' + 'b'", "97 in b'abc'", "b'b' in b'abc'", "bytes(3)", "bytes([1, 2])", "bytes([300])",
      "bytes('a')", "bytes('é', 'utf-8')", "str(5)", "str(None)", "str('x')", "str([1, 'a'])", "str(b'x')", "repr('x')", "'abc'.foo", "'abc'.upper(1)", "'abc'.join()", "'%s and %s' % ('a', 1)", "'%d' % 3.7", "'%5.2f|%-6s|%06d' % (3.14159, 'ab', 42)", "'%x %X %o %#x' % (255, 255, 8, 255)", "'%r' % 'a'", "'%s' % (1,)", "'%s %s' % (1,)", "'%s' % (1, 2)", "'%d' % 'x'", "'%(a)s' % {'a': 1}", "'%%'  % ()", "'%c%c' % (65, 'b')", "'%e' % 12345.678", "'%g' % 0.0001", "'%+d % d' % (5, 5)", "'%.3s' % 'abcdef'", "'%*d' % (5, 42)", "'%z' % 1", "'%' % 1", "'%5s|' % 'é'",
      "len('😀')", "'😀'[0]", "sorted('hello')", "list('abc')", "tuple('ab')", "min('hello')", "'a' == b'a'", "'x'.__class__", "'a' 'b' 'c'", "f'{1}' 'x' f'{2}'", "'abc' is 'abc'", "'{' '}'",
  });
}

TEST(PythonExpressions, Formatting_prints_and_fails_as_in_CPython) {
  compare({
      "f'{3.14159:.2f}'", "f'{3.14159:10.2f}|'", "f'{3.14159:<10.2f}|'", "f'{3.14159:^10.2f}|'", "f'{-3.5:=+10}'", "f'{42:05}'", "f'{-42:05}'", "f'{42:+}'", "f'{42: }'", "f'{42:x}'", "f'{42:#x}'", "f'{42:#010b}'", "f'{42:o}'", "f'{255:X}'", "f'{1234567:,}'", "f'{1234567:_}'", "f'{1234567.891:,.2f}'", "f'{123456:_x}'",
      "f'{1:08,}'", "f'{12345:010,}'", "f'{0.5:%}'", "f'{0.12345:.1%}'", "f'{1e10:g}'", "f'{1e-10:e}'", "f'{123456789.0:g}'", "f'{100000.0:g}'", "f'{1000000.0:g}'", "f'{0.0001:g}'", "f'{1.0:g}'", "f'{1.0:#g}'", "f'{3:f}'", "f'{3:.1f}'", "f'{1.5:.0f}'", "f'{2.5:.0f}'", "f'{3.0:.3}'", "f'{1234.5:.3}'", "f'{1e20:.3}'", "f'{0.00001234:.3}'", "f'{12.0:.2}'", "f'{123.0:.2}'", "f'{1.0:.1}'",
      "f'{10.0:.2}'", "f'{99.9:.2}'", "f'{float(\"nan\"):f}'", "f'{float(\"inf\"):08.2f}'", "f'{float(\"nan\"):F}'", "f'{-0.0:.1f}'", "f'{-0.0:z.1f}'", "f'{-0.04:z.1f}'", "f'{\"abc\":>5}'", "f'{\"abc\":*^9}'", "f'{\"abcdef\":.3}'", "f'{\"abc\":5}|'", "f'{\"é\":>3}'", "f'{\"a\":é<3}'", "f'{\"abc\":05}'", "f'{\"abc\":d}'", "f'{\"abc\":+}'", "f'{\"abc\":=5}'", "f'{\"abc\":,}'", "f'{3:s}'", "f'{3.5:d}'", "f'{3:.2}'", "f'{3:q}'", "f'{3:c}'", "f'{65:c}|'", "f'{True}'", "f'{True:d}'", "f'{True:5}'", "f'{None}'", "f'{None:5}'",
      "f'{[1]:5}'", "f'{[1]}'", "f'{\"a\"!r}'", "f'{\"a\"!r:>6}'", "f'{\"é\"!a}'", "f'{1 + 1}'", "f'{1+1=}'", "f'{\"a\"=}'", "f'{1 + 1 = }'", "f'{3.14159=:.2f}'", "f'{{}}'", "f'{{{1}}}'", "f'{42:{5}}'", "f'{3.14159:{10}.{2}f}'", "f'{\"a\":{\"*\"}^{5}}'", "'{} {}'.format(1, 2)", "'{1} {0}'.format(1, 2)", "'{a} {b}'.format(a=1, b=2)", "'{0[1]} {a.real}'.format([1, 2], a=3) if 0 else 0", "'{:>5}|{:<5}|'.format('a', 'b')", "'{0!r}'.format('x')", "'{:{}}'.format(3, 5)", "'{} {1}'.format(1, 2)", "'{1} {}'.format(1, 2)", "'{}'.format()", "'{a}'.format()", "'{'.format()", "'}'.format()", "'{{}}'.format()", "'{0[a]}'.format({'a': 1})", "'{0[5]}'.format([1])",
      "'{:,}'.format(10**9)", "'{:.3e}'.format(0)", "'{:10}|'.format(1.5)", "'{:<10}|'.format(True)", "f'{10**15:,}'", "f'{-1234.5:,}'", "f'{0:,}'", "f'{1e16:,}'", "f'{1.5:_}'", "f'{5:>+5}'", "f'{5:*>+5}'", "f'{5:0>5}'", "f'{-5:0>5}'", "f'{5:<05}'", "f'{1e100:.0f}'", "f'{123:n}'", "f'{1.5:n}'", "f'{12:#o}'", "f'{-255:#X}'", "f'{3:,d}'", "f'{3:,x}'", "f'{3:,s}'", "f'{0.1:.20f}'", "f'{1.1:.0e}'", "f'{5e-324:.3g}'", "f'{9.999:.2f}'", "f'{0.000001}'", "f'{1e5}'", "f'{1_000_000.0}'", "f'{2**53:.1f}'", "f'{3:10.3f}|'",
  });
}

TEST(PythonExpressions, Containers_print_and_fail_as_in_CPython) {
  compare({
      "[1, 2.0, 'a', None, True]", "()", "(1,)", "(1, 2)", "{}", "{1: 'a', 'b': 2}", "{1, 1.0, True}", "set()", "[*range(3), *'ab']", "{**{'a': 1}, 'b': 2}", "(*[1], 2)", "[1, 2][0]", "[1, 2][2]", "[1, 2][-3]", "[1, 2]['a']", "(1, 2)[5]", "(1, 2)['x']", "{1: 2}[3]", "{'a': 1}['b']", "{1: 2}[[]]", "{[]: 1}", "{(1, []): 1}", "[1, 2, 3][1:]", "[1, 2, 3][::-1]", "[1, 2, 3][::0]", "(1, 2, 3)[0:2]",
      "[1] + [2]", "[1] + (2,)", "(1,) + [2]", "[1] * 3", "2 * (1, 2)", "[1] * 'a'", "[1] == [1.0]", "[1] == (1,)", "[1, 2] < [1, 3]", "[1, 2] < [1]", "[] < [1]", "[1] < ['a']", "[1] < (1,)", "(1, 'a') < (1, 'b')", "{1: 2} == {1: 2.0}", "{1: 2} < {1: 3}", "{1, 2} == {2, 1}", "{1} < {1, 2}", "{1} <= {1}", "{1, 2} > {1}", "{1, 2} | {3}", "{1, 2} & {2, 3}", "{1, 2} - {2}", "{1, 2} ^ {2, 3}", "{1} | [2]", "{1: 1} | {2: 2}", "1 in [1, 2]", "1.0 in [1, 2]", "'a' not in {'a': 1}", "1 in 5", "[] in [[]]", "float('nan') in [1]", "[[]] * 2",
      "len([1, 2])", "len({1: 2})", "list(range(5))", "list(range(5, 0, -2))", "list(range(0))", "range(5)", "range(1, 10, 3)", "range(10)[2]", "range(10)[-1]", "range(10)[2:5]", "range(10)[::-1]", "range(10)[20]", "len(range(0, 10, 3))", "5 in range(0, 10, 5)", "5.0 in range(10)", "range(3) == range(0, 3, 1)", "range(0) == range(5, 5)", "range(1, 2, 0)", "range('a')", "range(1.5)", "range()", "range(1, 2, 3, 4)", "dict(a=1, b=2)", "dict([(1, 2), (3, 4)])", "dict([1])", "dict([(1, 2, 3)])", "dict(5)", "dict({'a': 1}, b=2)", "list({'a': 1}.items())", "list({'a': 1}.keys())", "list({'a': 1}.values())", "{'a': 1}.items()",
      "{'a': 1}.keys()", "{1: 2}.get(1)", "{1: 2}.get(5)", "{1: 2}.get(5, 'x')", "{1: 2}.pop(1)", "{1: 2}.pop(5)", "{1: 2}.pop(5, None)", "{1: 2}.get()", "[3, 1, 2].sort()", "sorted([3, 1, 2])", "sorted([3, 1, 2], reverse=True)", "sorted(['bb', 'a', 'cc'], key=len)", "sorted(['bb', 'a', 'cc'], key=len, reverse=True)", "sorted([1, 'a'])", "sorted(5)", "sorted([1], foo=1)", "sorted()", "list(reversed([1, 2, 3]))", "list(reversed('abc'))", "list(reversed(range(4)))", "list(reversed({1: 2, 3: 4}))", "reversed(5)", "reversed({1})", "list(enumerate('ab'))", "list(enumerate('ab', 5))", "list(enumerate('ab', start=1))", "enumerate()", "list(zip([1, 2], 'ab'))", "list(zip([1], [2], [3, 4]))", "list(zip())", "list(zip([1], [1, 2], strict=True))", "list(zip([1, 2], [1], strict=True))", "list(map(str, [1, 2]))",
      "list(map(lambda a, b: a + b, [1, 2], [3, 4]))", "list(filter(None, [0, 1, '', 2]))", "list(filter(lambda x: x > 1, [1, 2, 3]))", "any([0, 1])", "all([0, 1])", "all([])", "any(5)", "next(iter([1, 2]))", "next(iter([]))", "next(iter([]), 'end')", "next([1])", "iter(5)", "list(iter(lambda: 1, 1))", "isinstance(1, int)", "isinstance(True, int)", "isinstance(1, (str, int))", "isinstance(1, 5)", "type(1)", "type([])", "type(None)", "type(type)", "type(len)", "type(lambda: 0)", "type(range(1))", "type({}.keys())", "type(ValueError())", "int", "str", "ValueError", "list(5)", "tuple([1, 2])", "set('aab') == {'a', 'b'}", "list((1, 2))", "[].pop()", "[1].pop(5)", "[1, 2].pop(0)", "[1, 2].index(2)", "[1, 2].index(5)", "[1, 2, 1].count(1)", "[1].remove(2)", "[1].foo", "[1].append()", "[1].append(1, 2)", "[1].insert(1)", "{1}.remove(2)", "set().pop()", "{1}.add([])", "[x * 2 for x in range(3)]",
      "[x for x in range(10) if x % 2 if x > 3]", "[(x, y) for x in range(2) for y in 'ab']", "[[y for y in range(x)] for x in range(3)]", "[x for x in 5]", "[a + b for a, b in [(1, 2), (3, 4)]]", "[1, [2, [3, [4]]]]", "{'a': {'b': []}}", "[None] * 3", "hasattr([], 'append')", "getattr([], 'foo', 5)", "getattr([], 'foo')", "getattr([], 5)", "callable([].append)", "[1, 2, 3][True]", "[0, 1][1.0]", "{1.0: 'a'}[1]", "{True: 'a'}[1.0]", "{1: 'a', True: 'b'}", "None[0]", "None.x", "5()", "5[0]", "5 .foo", "(1).foo", "None + 1", "[] - []", "{} + {}", "-'a'", "-None", "+[]", "~{}", "not []", "[] and 5", "[] or 5", "0 or '' or None", "1 and 2 and 3", "None is None", "[] is []", "1 is not None",
  });
}

/// Random expressions over small values: types clash often, which is half of the point.
class RandomExpressions {
 public:
  explicit RandomExpressions(unsigned seed) : random_(seed) {}

  std::string make(int depth) {
    if (depth == 0 || pick(5) == 0) return leaf();
    switch (pick(9)) {
      case 0: case 1: case 2: case 3: return "(" + make(depth - 1) + " " + any_of({"+", "-", "*", "/", "//", "%", "&", "|", "^"}) + " " + make(depth - 1) + ")";
      case 4: return "(" + make(depth - 1) + " " + any_of({"<", "<=", "==", "!=", ">", ">=", "in", "not in"}) + " " + make(depth - 1) + ")";
      case 5: return "(" + make(depth - 1) + " " + any_of({"and", "or"}) + " " + make(depth - 1) + ")";
      case 6: return "(" + any_of({"-", "not ", "+", "str", "repr", "len", "bool", "abs", "round", "sorted", "list"}) + "(" + make(depth - 1) + "))";
      case 7: return "[" + make(depth - 1) + ", " + make(depth - 1) + "][" + any_of({"0", "1", "-1", "::-1", "1:", "2"}) + "]";
      default: return "(" + make(depth - 1) + " if " + make(depth - 1) + " else " + make(depth - 1) + ")";
    }
  }

 private:
  std::string leaf() {
    return any_of({"0", "1", "-3", "7", "12", "2.5", "-0.5", "1e3", "0.1", "'a'", "'bc'", "''", "'é'", "True", "False", "None",
                   "[]", "[1, 2]", "(3,)", "()", "{}", "{'k': 1}", "{1}", "b'x'", "[0.5]"});
  }
  int pick(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  std::string any_of(const std::vector<const char*>& all) { return all[static_cast<std::size_t>(pick(static_cast<int>(all.size())))]; }

  std::mt19937 random_;
};

TEST(PythonExpressions, Random_expressions_print_and_fail_as_in_CPython) {
  RandomExpressions random(20240607);
  std::vector<std::string> expressions;
  for (int i = 0; i < 1500; ++i) expressions.push_back(random.make(1 + i % 4));
  compare(expressions);
}

}  // namespace
}  // namespace loopscope::scenarios::test

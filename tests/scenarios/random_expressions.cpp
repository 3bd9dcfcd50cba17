#include "tests/scenarios/random_expressions.h"

namespace loopscope::scenarios::test {
namespace {

using Words = std::vector<std::string>;

const Words kInts = {"0",
                     "1",
                     "2",
                     "3",
                     "7",
                     "10",
                     "-1",
                     "-2",
                     "255",
                     "256",
                     "100",
                     "999",
                     "1000",
                     "0x1f",
                     "0b101",
                     "0o17",
                     "-17",
                     "12_345",
                     "65536",
                     "1000000007",
                     "5",
                     "-5",
                     "48",
                     "97",
                     "1234567",
                     "-999",
                     "31",
                     "64",
                     "9007199254740993",
                     "9223372036854775807",
                     "-9223372036854775808"};
const Words kFloats = {"0.0",
                       "1.0",
                       "-1.5",
                       "2.5",
                       "0.1",
                       "3.14159",
                       "1e10",
                       "1e16",
                       "1e17",
                       "1e-5",
                       "1e-4",
                       "1e300",
                       "-0.0",
                       "1e-300",
                       "123456.789",
                       "0.5",
                       "1.5",
                       "2.675",
                       "1e22",
                       "1e23",
                       "5e-324",
                       "1.7976931348623157e308",
                       "float('inf')",
                       "float('nan')",
                       "float('-inf')",
                       "99999.5",
                       "0.30000000000000004",
                       "1234.5678",
                       "1e100",
                       "-2.5",
                       "1e15"};
const Words kTexts = {"''",
                      "'a'",
                      "'abc'",
                      "'Hello, World'",
                      "' padded '",
                      "'x,y,,z'",
                      "'1'",
                      "'-42'",
                      "'3.5'",
                      "'aAbB'",
                      "'äöü'",
                      "'日本'",
                      "'it\\'s'",
                      "'\"q\"'",
                      "'tab\\there'",
                      "'line\\nbreak'",
                      "'a' 'b'",
                      "r'\\d'",
                      "'\\x00\\x7f'",
                      "'ß'",
                      "'🙂!'",
                      "'abcabc'",
                      "'  '",
                      "'{} {}'",
                      "'é\\u200b'",
                      "'ǅ'",
                      "'0x1F'",
                      "'1e3'",
                      "'one two  three'"};
const Words kBytes = {"b''", "b'abc'", "b'\\x00\\xff'", "b'a\\nb'", "b'\"'", "b\"it's\"", "b'12'"};
const Words kKeys = {"1", "'a'", "(1, 2)", "None", "True", "2.0", "'b'", "b'k'"};
const Words kFills = {"", "", "", "<", ">", "^", "=", "*<", "*>", "0=", "é^", "_^"};
const Words kSigns = {"", "", "", "+", "-", " "};
const Words kTypes = {"", "", "d", "b", "o", "x", "X", "e", "E", "f", "F", "g", "G", "%", "s", "c", "n"};

}  // namespace

std::string RandomExpressions::any_of(const Makers& simple, const Makers& deep) {
  const bool leaf = depth_ >= 4 || chance(25 + depth_ * 10);
  ++depth_;
  const std::string made = (this->*pick(leaf ? simple : deep))();
  --depth_;
  return made;
}

std::string RandomExpressions::several(std::string (RandomExpressions::*make)(), std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += (i > 0 ? ", " : "") + (this->*make)();
  return text;
}

using R = RandomExpressions;

std::string R::next() { return chance(40) ? text() : any(); }

std::string R::any() {
  return any_of(
      {&R::int_literal, &R::float_literal, &R::text_literal, &R::bytes_literal, &R::boolean, &R::key},
      {&R::integer, &R::real, &R::number, &R::text, &R::bytes, &R::list, &R::tuple, &R::dict, &R::boolean,
       &R::conditional, &R::lookup, &R::mixed, &R::formatted});
}
std::string R::integer() {
  return any_of({&R::int_literal}, {&R::int_literal, &R::arithmetic, &R::bits, &R::whole, &R::measure});
}
std::string R::real() { return any_of({&R::float_literal}, {&R::float_literal, &R::float_operation}); }
std::string R::number() {
  return any_of({&R::int_literal, &R::float_literal}, {&R::integer, &R::real, &R::boolean});
}
std::string R::text() {
  return any_of({&R::text_literal},
                {&R::text_literal, &R::text_operation, &R::text_method, &R::shown, &R::formatted, &R::fstring,
                 &R::percent, &R::template_text, &R::sliced_text});
}
std::string R::bytes() {
  if (depth_ >= 4 || chance(50)) return bytes_literal();
  ++depth_;
  const std::string left = bytes_literal();
  const Words all = {left + " + " + bytes_literal(), left + "[" + slice() + "]", text() + ".encode()",
                     left + " * " + std::to_string(below(4)),
                     "bytes([" + several(&R::int_literal, below(3)) + "])"};
  --depth_;
  return "(" + pick(all) + ")";
}
std::string R::list() {
  if (depth_ >= 4) return "[" + several(&R::int_literal, below(3)) + "]";
  return any_of({&R::made_list}, {&R::made_list, &R::list_operation, &R::sliced_list, &R::comprehension});
}
std::string R::tuple() {
  ++depth_;
  const std::size_t count = below(4);
  const std::string made = "(" + several(&R::any, count) + (count == 1 ? ",)" : ")");
  --depth_;
  return made;
}
std::string R::dict() {
  ++depth_;
  std::string text = "{";
  for (std::size_t i = below(4); i > 0; --i) text += key() + ": " + any() + (i > 1 ? ", " : "");
  --depth_;
  return text + "}";
}
std::string R::boolean() { return any_of({&R::test}, {&R::test, &R::comparison, &R::logic}); }
std::string R::key() { return pick(kKeys); }

std::string R::int_literal() {
  if (chance(60)) return pick(kInts);
  return std::to_string(static_cast<int>(below(2000)) - 1000);
}
std::string R::float_literal() {
  if (chance(60)) return pick(kFloats);
  const std::string digits = std::to_string(below(1000000));
  return digits + "." + std::to_string(below(100000)) +
         (chance(30) ? "e" + std::to_string(static_cast<int>(below(60)) - 30) : "");
}
std::string R::text_literal() { return pick(kTexts); }
std::string R::bytes_literal() { return pick(kBytes); }

std::string R::arithmetic() {
  static const Words kOps = {"+", "-", "*", "//", "%", "+", "-"};
  if (chance(10)) return "(" + integer() + " ** " + std::to_string(below(6)) + ")";
  return "(" + integer() + " " + pick(kOps) + " " + integer() + ")";
}
std::string R::bits() {
  static const Words kOps = {"&", "|", "^"};
  if (chance(25)) return "(" + integer() + (chance(50) ? " << " : " >> ") + std::to_string(below(66)) + ")";
  if (chance(25)) return "(~" + integer() + ")";
  return "(" + integer() + " " + pick(kOps) + " " + integer() + ")";
}
std::string R::whole() {
  switch (below(5)) {
    case 0:
      return "int(" + (chance(60) ? number() : text()) + ")";
    case 1:
      return "round(" + number() + ")";
    case 2:
      return "abs(" + number() + ")";
    case 3:
      return "ord(" + text() + "[:1])";
    default:
      return "sum(" + list() + ")";
  }
}
std::string R::measure() {
  static const Words kCounted = {".count('a')", ".index(1)"};
  if (chance(20)) return list() + pick(kCounted);
  const Words all = {text(), list(), tuple(), dict(), bytes()};
  return "len(" + pick(all) + ")";
}
std::string R::float_operation() {
  static const Words kOps = {"+", "-", "*", "/", "//", "%"};
  switch (below(5)) {
    case 0:
      return "round(" + real() + ", " + std::to_string(static_cast<int>(below(8)) - 2) + ")";
    case 1:
      return "float(" + (chance(60) ? number() : text()) + ")";
    case 2:
      return chance(50) ? "(abs(" + number() + ") ** 0.5)"
                        : "(" + number() + " ** -" + std::to_string(below(4)) + ")";
    default:
      return "(" + number() + " " + pick(kOps) + " " + number() + ")";
  }
}

std::string R::text_operation() {
  switch (below(3)) {
    case 0:
      return "(" + text() + " + " + text() + ")";
    case 1:
      return "(" + text() + " * " + std::to_string(below(4)) + ")";
    default:
      return "chr(" + std::to_string(below(chance(70) ? 0x250 : 0x1F700)) + ")";
  }
}
std::string R::text_method() {
  static const Words kPlain = {
      ".upper()", ".lower()", ".strip()", ".strip('a ')", ".replace('a', 'zz')", ".replace('', '-', 2)"};
  switch (below(4)) {
    case 0:
      return text_literal() + ".join([" + several(&R::text, below(4)) + "])";
    case 1:
      return "str(" + text() + ".split(" + (chance(50) ? "" : chance(50) ? "','" : "None, 1") + "))";
    case 2:
      return "repr(" + text() + (chance(50) ? ".startswith(" : ".endswith(") + text() + "))";
    default:
      return text() + pick(kPlain);
  }
}
std::string R::shown() { return (chance(50) ? "repr(" : "str(") + any() + ")"; }

std::string R::spec() {
  std::string made = pick(kFills) + pick(kSigns);
  if (chance(15)) made += "z";
  if (chance(15)) made += "#";
  if (chance(20)) made += "0";
  if (chance(55)) made += std::to_string(1 + below(20));
  if (chance(15)) made += chance(50) ? "," : "_";
  if (chance(40)) made += "." + std::to_string(below(12));
  return made + pick(kTypes);
}
std::string R::formatted() { return "'[{:" + spec() + "}]'.format(" + (chance(80) ? number() : any()) + ")"; }
std::string R::fstring() {
  // Parts without quotes, backslashes and braces of their own, which no f-string of 3.11 may hold.
  static const Words kParts = {"1.5",      "12345",   "-7",        "True",     "None",
                               "[1, 2]",   "(1,)",    "3 * 4.25",  "10 ** 10", "1 / 3",
                               "len([1])", "2 ** 62", "0.1 + 0.2", "1e16",     "255"};
  static const Words kConversions = {"", "", "!r", "!s", "!a"};
  std::string made = "f'";
  for (std::size_t i = 1 + below(3); i > 0; --i)
    made += "{" + pick(kParts) + (chance(10) ? "=" : "") + pick(kConversions) +
            (chance(60) ? ":" + spec() : "") + "}" + (chance(50) ? "é|" : "");
  return made + "'";
}
std::string R::percent() {
  static const Words kKinds = {"d", "i", "s",   "r",     "f",   "e",  "g",    "x",   "X",
                               "o", "c", "5d",  "-5d|",  "05d", "+d", "8.3f", ".2f", "#x",
                               "%", "a", "10s", "-10s|", ".2s", "G",  "E",    " d"};
  if (chance(30)) return "('%(k)" + pick(kKinds) + "' % {'k': " + number() + "})";
  std::string pattern = "'";
  const std::size_t count = 1 + below(2);
  for (std::size_t i = 0; i < count; ++i) pattern += "%" + pick(kKinds) + " ";
  return "(" + pattern + "' % (" + several(chance(80) ? &R::number : &R::any, count) + ",))";
}
std::string R::template_text() {
  static const Words kTemplates = {"'{} {}'",  "'{1} {0}'", "'{0!r:>8}'", "'{a}'",
                                   "'{0[0]}'", "'{{}}{}'",  "'{:{w}}'"};
  return pick(kTemplates) + ".format(" + several(&R::any, 1 + below(2)) + ", a=" + any() + ", w=5)";
}
std::string R::slice() {
  const auto part = [&] {
    return chance(40) ? std::string() : std::to_string(static_cast<int>(below(9)) - 4);
  };
  if (chance(30)) return part() + ":" + part();
  if (chance(40)) return part() + ":" + part() + ":" + part();
  return std::to_string(static_cast<int>(below(7)) - 3);
}
std::string R::sliced_text() { return text() + "[" + slice() + "]"; }
std::string R::sliced_list() { return (chance(70) ? list() : tuple()) + "[" + slice() + "]"; }

std::string R::made_list() { return "[" + several(chance(50) ? &R::integer : &R::any, below(4)) + "]"; }
std::string R::list_operation() {
  switch (below(8)) {
    case 0:
      return "(" + list() + " + " + list() + ")";
    case 1:
      return "(" + list() + " * " + std::to_string(below(3)) + ")";
    case 2:
      return "sorted(" + list() + (chance(30) ? ", reverse=True)" : ")");
    case 3:
      return "list(reversed(" + (chance(60) ? list() : text()) + "))";
    case 4:
      return "list(zip(" + list() + ", " + text() + "))";
    case 5:
      return "list(enumerate(" + (chance(50) ? list() : text()) + "))";
    case 6:
      return "list(range(" + std::to_string(below(9)) + ", " + std::to_string(below(30)) + ", " +
             std::to_string(static_cast<int>(below(9)) - 4) + "))";
    default:
      return "list(" + (chance(50) ? text() : dict()) + ")";
  }
}
std::string R::comprehension() {
  static const Words kElements = {"x", "str(x)", "(x, x)", "[x]", "repr(x)", "x == x", "x * 2"};
  return "[" + pick(kElements) + " for x in " + (chance(60) ? list() : text()) + (chance(30) ? " if x" : "") +
         "]";
}

std::string R::comparison() {
  static const Words kOps = {"<", "<=", ">", ">=", "==", "!=", "=="};
  if (chance(25))
    return "(" + number() + " " + pick(kOps) + " " + number() + " " + pick(kOps) + " " + number() + ")";
  if (chance(25))
    return "(" + any() + (chance(50) ? " in " : " not in ") + (chance(70) ? list() : tuple()) + ")";
  if (chance(50)) return "(" + number() + " " + pick(kOps) + " " + number() + ")";
  return "(" + any() + " " + pick(kOps) + " " + any() + ")";
}
std::string R::logic() {
  if (chance(30)) return "(not " + any() + ")";
  return "(" + any() + (chance(50) ? " and " : " or ") + any() + ")";
}
std::string R::test() {
  static const Words kTests = {"True", "False", "True", "False", "None"};
  if (chance(70) || depth_ >= 4) return pick(kTests);
  const Words all = {"bool(" + any() + ")", "any(" + list() + ")", "all(" + list() + ")",
                     "isinstance(" + any() + ", (int, str))", "callable(" + any() + ")"};
  return pick(all);
}
std::string R::conditional() { return "(" + any() + " if " + boolean() + " else " + any() + ")"; }
std::string R::lookup() {
  switch (below(4)) {
    case 0:
      return dict() + "[" + key() + "]";
    case 1:
      return dict() + ".get(" + key() + ", " + any() + ")";
    case 2:
      return "list(" + dict() + (chance(50) ? ".items())" : ".values())");
    default:
      return (chance(50) ? "min(" : "max(") + (chance(60) ? list() : number() + ", " + number()) + ")";
  }
}
std::string R::mixed() {
  static const Words kOps = {"+", "-", "*", "/", "//", "%", "&", "|", "<<", "**"};
  switch (below(4)) {
    case 0:
      return "divmod(" + number() + ", " + number() + ")";
    case 1:
      return "type(" + any() + ").__name__";
    case 2:  // wrong types, mostly; small, so that ** ends
      return "(" + pick(kKeys) + " " + pick(kOps) + " " + pick(kKeys) + ")";
    default:
      return "tuple(" + list() + ")";
  }
}

}  // namespace loopscope::scenarios::test

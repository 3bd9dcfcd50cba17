// Every expression is evaluated by the interpreter and by CPython; what they print must be equal.
#include <gtest/gtest.h>
#include <random>

#include "tests/scenarios/python_compare.h"

namespace loopscope::scenarios::test {
namespace {

TEST(PythonExpressions, Integers_print_and_fail_as_in_CPython) {
  compare_expressions(expressions_in("integers.txt"));
}

TEST(PythonExpressions, Floats_print_and_fail_as_in_CPython) {
  compare_expressions(expressions_in("floats.txt"));
}

TEST(PythonExpressions, Texts_print_and_fail_as_in_CPython) {
  compare_expressions(expressions_in("texts.txt"));
}

TEST(PythonExpressions, Formatting_prints_and_fails_as_in_CPython) {
  compare_expressions(expressions_in("formatting.txt"));
}

TEST(PythonExpressions, Containers_print_and_fail_as_in_CPython) {
  compare_expressions(expressions_in("containers.txt"));
}

TEST(PythonExpressions, What_people_get_wrong_fails_as_in_CPython) {
  compare_expressions(expressions_in("mistakes.txt"));
}

/// Random expressions over small values whose types clash often.
class ClashingExpressions {
 public:
  explicit ClashingExpressions(unsigned seed) : random_(seed) {}

  std::string make(int depth) {
    if (depth == 0 || pick(5) == 0) return leaf();
    switch (pick(9)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return "(" + make(depth - 1) + " " + any_of({"+", "-", "*", "/", "//", "%", "&", "|", "^"}) + " " +
               make(depth - 1) + ")";
      case 4:
        return "(" + make(depth - 1) + " " + any_of({"<", "<=", "==", "!=", ">", ">=", "in", "not in"}) +
               " " + make(depth - 1) + ")";
      case 5:
        return "(" + make(depth - 1) + " " + any_of({"and", "or"}) + " " + make(depth - 1) + ")";
      case 6:
        return "(" +
               any_of({"-", "not ", "+", "str", "repr", "len", "bool", "abs", "round", "sorted", "list"}) +
               "(" + make(depth - 1) + "))";
      case 7:
        return "[" + make(depth - 1) + ", " + make(depth - 1) + "][" +
               any_of({"0", "1", "-1", "::-1", "1:", "2"}) + "]";
      default:
        return "(" + make(depth - 1) + " if " + make(depth - 1) + " else " + make(depth - 1) + ")";
    }
  }

 private:
  std::string leaf() {
    return any_of({"0",    "1",    "-3", "7",        "12",   "2.5",   "-0.5", "1e3", "0.1",
                   "'a'",  "'bc'", "''", "'é'",      "True", "False", "None", "[]",  "[1, 2]",
                   "(3,)", "()",   "{}", "{'k': 1}", "{1}",  "b'x'",  "[0.5]"});
  }
  int pick(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  std::string any_of(const std::vector<const char*>& all) {
    return all[static_cast<std::size_t>(pick(static_cast<int>(all.size())))];
  }

  std::mt19937 random_;
};

TEST(PythonExpressions, Clashing_types_print_and_fail_as_in_CPython) {
  ClashingExpressions random(20240607);
  std::vector<std::string> expressions;
  for (int i = 0; i < 1500; ++i) expressions.push_back(random.make(1 + i % 4));
  compare_expressions(expressions);
}

}  // namespace
}  // namespace loopscope::scenarios::test

// Ten thousand expressions and format specs: their values, reprs and errors are CPython's.
#include "tests/scenarios/random_expressions.h"

#include <gtest/gtest.h>

#include "tests/scenarios/python_compare.h"
#include "tests/scenarios/python_judge.h"

namespace loopscope::scenarios::test {
namespace {

constexpr std::size_t kExpressions = 10'000, kPerProgram = 500;

/// Integers have 64 bits here: what leaves them is an error of its own.
bool beyond_64_bits(const std::string& line) {
  return line.find("does not fit in 64 bits") != std::string::npos;
}

TEST(RandomExpressions, Ten_thousand_have_CPythons_values_and_errors) {
  RandomExpressions generator(20240607);
  std::vector<std::string> expressions(kExpressions);
  for (std::string& expression : expressions) expression = generator.next();
  const std::vector<std::string> wanted = judge_expressions(expressions);
  if (wanted.empty()) GTEST_SKIP() << "no /usr/bin/python3 to compare with";
  ASSERT_EQ(wanted.size(), kExpressions);
  std::size_t masked = 0, different = 0;
  for (std::size_t from = 0; from < kExpressions; from += kPerProgram) {
    const auto begin = expressions.begin() + static_cast<std::ptrdiff_t>(from);
    const std::vector<std::string> found = values_of({begin, begin + kPerProgram});
    ASSERT_EQ(found.size(), kPerProgram);
    for (std::size_t i = 0; i < kPerProgram; ++i) {
      if (beyond_64_bits(found[i])) {
        ++masked;
      } else if (found[i] != wanted[from + i] && ++different <= 20) {
        ADD_FAILURE() << expressions[from + i] << "\n  here:    " << found[i]
                      << "\n  CPython: " << wanted[from + i];
      }
    }
  }
  EXPECT_EQ(different, 0U);
  EXPECT_LT(masked, kExpressions / 20);
}

TEST(RandomExpressions, The_same_seed_makes_the_same_ones) {
  RandomExpressions one(7), two(7);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(one.next(), two.next());
}

}  // namespace
}  // namespace loopscope::scenarios::test

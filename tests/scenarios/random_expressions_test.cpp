// Ten thousand expressions and format specs: their values, reprs and errors are CPython's.
#include "tests/scenarios/random_expressions.h"

#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "scenarios/load/loader.h"
#include "scenarios/run/runner.h"
#include "tests/scenarios/python_judge.h"
#include "tests/scenarios/script.h"
#include "tests/support/paths.h"

namespace loopscope::scenarios::test {
namespace {

constexpr std::size_t kExpressions = 10'000, kPerProgram = 500;

std::vector<std::string> split_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// One line for each expression: its value's repr, or the error.
std::vector<std::string> values_here(const std::vector<std::string>& expressions) {
  nlohmann::json program = nlohmann::json::array();
  for (const std::string& expression : expressions)
    program.push_back(
        {{"try", {"print(repr(" + expression + "))"}},
         {"except", {{{"catch", "Exception as e"}, {"do", {"print(type(e).__name__, repr(str(e)))"}}}}}});
  const nlohmann::json file = {{"loopscope", 1}, {"program", program}};
  LoadResult loaded = load_scenario(file.dump(), "expressions");
  if (const auto* errors = std::get_if<std::vector<Diagnostic>>(&loaded)) {
    for (const Diagnostic& error : *errors) ADD_FAILURE() << to_string(error, "expressions");
    return {};
  }
  std::string out, err;
  Run run(std::get<Scenario>(loaded), {}, nullptr,
          {.out = [&](std::string_view text) { out += text; },
           .err = [&](std::string_view text) { err += text; }});
  EXPECT_EQ(run.execute().exit_code, 0) << err;
  return split_lines(out);
}

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
    const std::vector<std::string> found = values_here({begin, begin + kPerProgram});
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

std::string without_addresses(const std::string& text) {
  static const std::regex address("0x[0-9a-f]{6,}");
  return std::regex_replace(text, address, "0x");
}

/// What people who learn and who write programs get wrong, a line each.
TEST(Expressions, Of_the_table_have_CPythons_values_and_errors) {
  std::ifstream file(support::source_dir() / "tests/scenarios/expressions.txt");
  std::vector<std::string> expressions;
  for (std::string line; std::getline(file, line);) expressions.push_back(line);
  ASSERT_GT(expressions.size(), 800U);
  const std::vector<std::string> wanted = judge_expressions(expressions);
  if (wanted.empty()) GTEST_SKIP() << "no /usr/bin/python3 to compare with";
  const std::vector<std::string> found = values_here(expressions);
  ASSERT_EQ(found.size(), expressions.size());
  for (std::size_t i = 0; i < found.size(); ++i)
    EXPECT_EQ(without_addresses(found[i]), without_addresses(wanted[i])) << expressions[i];
}

TEST(RandomExpressions, The_same_seed_makes_the_same_ones) {
  RandomExpressions one(7), two(7);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(one.next(), two.next());
}

}  // namespace
}  // namespace loopscope::scenarios::test

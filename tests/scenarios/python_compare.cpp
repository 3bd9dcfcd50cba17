#include "tests/scenarios/python_compare.h"

#include <algorithm>
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

std::vector<std::string> lines_of(std::istream& stream) {
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> lines_of_file(const std::string& name) {
  std::ifstream file(support::source_dir() / "tests/scenarios/python" / name);
  EXPECT_TRUE(file) << "no " << name;
  return lines_of(file);
}

std::string without_addresses(const std::string& text) {
  static const std::regex kAddress("0x[0-9a-f]+");
  return std::regex_replace(text, kAddress, "0x");
}

void expect_same_lines(const std::vector<int>& ran, const std::vector<int>& wanted,
                       const std::string& listing) {
  const auto [at, there] = std::mismatch(ran.begin(), ran.end(), wanted.begin(), wanted.end());
  if (at == ran.end() && there == wanted.end()) return;
  ADD_FAILURE() << "after " << at - ran.begin() << " lines: " << (at == ran.end() ? 0 : *at)
                << " runs, on CPython " << (there == wanted.end() ? 0 : *there) << "\n"
                << listing;
}

}  // namespace

std::vector<std::string> programs_in(const std::string& file) {
  std::vector<std::string> programs(1);
  for (const std::string& line : lines_of_file(file)) {
    if (line == "# ---")
      programs.emplace_back();
    else
      programs.back() += line + "\n";
  }
  return programs;
}

std::vector<std::string> expressions_in(const std::string& file) { return lines_of_file(file); }

void compare_programs(const std::vector<std::string>& programs) {
  std::vector<ScriptRun> runs;
  std::vector<std::string> listings;
  for (const std::string& program : programs) {
    runs.push_back(run_script(program));
    std::string& listing = listings.emplace_back();
    for (const std::string& line : runs.back().listing) listing += line + "\n";
  }
  const std::vector<Verdict> verdicts = judge(listings);
  if (verdicts.empty()) GTEST_SKIP() << "no /usr/bin/python3 to compare with";
  ASSERT_EQ(verdicts.size(), programs.size());
  for (std::size_t i = 0; i < programs.size(); ++i) {
    const ScriptRun& run = runs[i];
    EXPECT_EQ(without_addresses(run.out), without_addresses(verdicts[i].out)) << listings[i] << run.err;
    EXPECT_EQ(without_addresses(run.result.error), without_addresses(verdicts[i].error)) << listings[i];
    expect_same_lines(run.lines(), verdicts[i].lines, listings[i]);
  }
}

std::vector<std::string> values_of(const std::vector<std::string>& expressions) {
  nlohmann::json program = nlohmann::json::array();
  for (const std::string& expression : expressions)
    program.push_back(
        {{"try", {"print(repr(" + expression + "))"}},
         {"except", {{{"catch", "Exception as e"}, {"do", {"print(type(e).__name__, repr(e.args))"}}}}}});
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
  std::istringstream lines(out);
  return lines_of(lines);
}

void compare_expressions(const std::vector<std::string>& expressions) {
  ASSERT_FALSE(expressions.empty());
  const std::vector<std::string> wanted = judge_expressions(expressions);
  if (wanted.empty()) GTEST_SKIP() << "no /usr/bin/python3 to compare with";
  const std::vector<std::string> found = values_of(expressions);
  ASSERT_EQ(found.size(), expressions.size());
  ASSERT_EQ(wanted.size(), expressions.size());
  for (std::size_t i = 0; i < found.size(); ++i)
    EXPECT_EQ(without_addresses(found[i]), without_addresses(wanted[i])) << expressions[i];
}

}  // namespace loopscope::scenarios::test

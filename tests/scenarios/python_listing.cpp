#include "tests/scenarios/python_listing.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <regex>

#include "tests/scenarios/python_judge.h"
#include "tests/scenarios/script.h"

namespace loopscope::scenarios::test {
namespace {

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

void compare_listings(const std::vector<std::string>& programs) {
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

}  // namespace loopscope::scenarios::test

// with, async with and async for, run by the interpreter and by CPython.
#include <gtest/gtest.h>

#include "tests/scenarios/python_judge.h"
#include "tests/scenarios/script.h"

namespace loopscope::scenarios::test {
namespace {

/// Runs each program here, and its listing on CPython: output, error and lines are the same.
void compare(const std::vector<std::string>& programs) {
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
    EXPECT_EQ(run.out, verdicts[i].out) << programs[i] << run.err;
    EXPECT_EQ(run.result.error, verdicts[i].error) << programs[i];
    EXPECT_EQ(run.lines(), verdicts[i].lines) << programs[i];
  }
}

TEST(PythonContext, Objects_without_the_protocols_are_refused_in_CPythons_words) {
  compare({
      "with 5 as x:\n    print('in')\n",
      "with [], 3:\n    pass\n",
      "async def main():\n    async with 'a' as x:\n        print('in')\nasyncio.run(main())\n",
      "async def main():\n    async for x in [1]:\n        print('in')\nasyncio.run(main())\n",
      "async def main():\n    with asyncio.sleep(0):\n        print('in')\nasyncio.run(main())\n",
  });
}

}  // namespace
}  // namespace loopscope::scenarios::test

// Programs of strangers: whatever they do, a limit or an exception ends them soon, and in
// bounded memory.
#include <chrono>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "scenarios/load/loader.h"
#include "scenarios/run/runner.h"
#include "tests/scenarios/script.h"

namespace loopscope::scenarios::test {
namespace {

struct Hostile {
  const char* name;
  const char* source;
  const char* ends;  ///< the limit's name, or how the last exception begins
  friend void PrintTo(const Hostile& one, std::ostream* out) { *out << one.name; }
};

/// Without keeping what the program prints.
RunResult run_silently(const char* source) {
  LoadResult loaded = load_scenario(scenario_json(source), "hostile");
  if (const auto* errors = std::get_if<std::vector<Diagnostic>>(&loaded)) {
    ADD_FAILURE() << to_string(errors->front(), "hostile");
    return {};
  }
  return Run(std::get<Scenario>(loaded), {}, nullptr, {}).execute();
}

class HostilePrograms : public testing::TestWithParam<Hostile> {};

TEST_P(HostilePrograms, End_soon_and_in_bounded_memory) {
  const auto begin = std::chrono::steady_clock::now();
  const RunResult result = run_silently(GetParam().source);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  EXPECT_EQ(result.exit_code, 1) << result.error.substr(0, 2000);
  const std::string ended = result.limit.empty() ? result.error : result.limit;
  EXPECT_TRUE(ended.starts_with(GetParam().ends)) << ended.substr(0, 200);
  EXPECT_LT(took.count(), 60) << "a loaded machine needs a few seconds";
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  EXPECT_LT(used.ru_maxrss, 1024 * 1024) << "KiB";
}

INSTANTIATE_TEST_SUITE_P(
    Memory, HostilePrograms,
    testing::Values(
        Hostile{"a list that doubles", "x = [1]\nwhile True:\n    x = x + x\n", "memory"},
        Hostile{"a list that doubles in place", "x = [1]\nwhile True:\n    x += x\n", "memory"},
        Hostile{"a string that doubles", "x = 'a'\nwhile True:\n    x = x + x\n", "memory"},
        Hostile{"a string of 10**12", "x = 'a' * 10**12\n", "memory"},
        Hostile{"a list of 10**12", "x = [0] * 10**12\n", "memory"},
        Hostile{"a range of 10**12 as a list", "x = list(range(10**12))\n", "memory"},
        Hostile{"a width of 10**9", "x = f'{1:>1000000000}'\n", "memory"},
        Hostile{"a %-width of 10**9", "x = '%999999999d' % 1\n", "memory"},
        Hostile{"a join of the same", "x = ''.join(['a' * 1000000] * 1000000)\n", "memory"},
        Hostile{"a replacement that squares", "x = 'a' * 100000\ny = x.replace('a', x)\n", "memory"},
        Hostile{"a dict that grows", "d = {}\ni = 0\nwhile True:\n    d[i] = str(i)\n    i += 1\n", "memory"},
        Hostile{"bound methods kept",
                "class A:\n    def m(self):\n        pass\nx = A()\nxs = []\nwhile True:\n    xs += [x.m, "
                "x.m, x.m, x.m]\n",
                "memory"},
        Hostile{"classes without end", "while True:\n    class A:\n        x = 1\n", "memory"},
        Hostile{
            "instances in a chain",
            "class N:\n    def __init__(self, n):\n        self.n = n\nn = None\nwhile True:\n    n = N(n)\n",
            "memory"},
        Hostile{
            "tasks that make tasks in one step",
            "async def bomb():\n    while True:\n        asyncio.create_task(bomb())\nasyncio.run(bomb())\n",
            "memory"},
        Hostile{"timers without end",
                "async def main():\n    loop = asyncio.get_running_loop()\n    while True:\n"
                "        loop.call_later(1000, print)\nasyncio.run(main())\n",
                "memory"}));

INSTANTIATE_TEST_SUITE_P(
    Time, HostilePrograms,
    testing::Values(
        Hostile{"a loop", "while True:\n    pass\n", "events"},
        Hostile{"a loop with await",
                "async def main():\n    while True:\n        await asyncio.sleep(0)\nasyncio.run(main())\n",
                "iterations"},
        Hostile{"a sum of 10**12", "x = sum(range(10**12))\n", "steps"},
        Hostile{"a finally that never lets go",
                "def f():\n    while True:\n        try:\n            return 1\n        finally:\n           "
                " continue\nf()\n",
                "events"},
        Hostile{"callbacks that double",
                "loop = asyncio.new_event_loop()\ndef cb():\n    loop.call_soon(cb)\n    loop.call_soon(cb)\n"
                "loop.call_soon(cb)\nloop.run_forever()\n",
                ""},
        Hostile{"comparison of a tree that shares itself",
                "x = []\ny = []\nfor i in range(40):\n    x = [x, x]\n    y = [y, y]\nprint(x == y)\n",
                "steps"},
        Hostile{"output without end", "while True:\n    print('x' * 100000)\n", "steps"},
        Hostile{"copies of a large text", "x = 'ab' * 5000000\nwhile True:\n    y = x[1:]\n    y = x[::-1]\n",
                "steps"},
        Hostile{"a slice of wide characters", "x = 'é' * 1000000\nwhile True:\n    y = x[::2]\n", "steps"},
        Hostile{"groups in groups",
                "e = ValueError(1)\nfor i in range(60):\n    e = ExceptionGroup('g', [e, e])\nraise e\n",
                ""}));

INSTANTIATE_TEST_SUITE_P(
    Depth, HostilePrograms,
    testing::Values(
        Hostile{"a function", "def f(n):\n    return f(n + 1)\nf(0)\n", "RecursionError"},
        Hostile{"a repr", "class A:\n    def __repr__(self):\n        return repr(self)\nprint(A())\n",
                "RecursionError"},
        Hostile{"an equality", "class A:\n    def __eq__(self, o):\n        return self == o\nA() == A()\n",
                "RecursionError"},
        Hostile{"a sort key", "def key(x):\n    return sorted([2, 1], key=key)\nsorted([1, 2], key=key)\n",
                "RecursionError"},
        Hostile{"an __init__", "class A:\n    def __init__(self):\n        self.a = A()\nA()\n",
                "RecursionError"},
        Hostile{"an __iter__", "class A:\n    def __iter__(self):\n        return iter(self)\nlist(A())\n",
                "RecursionError"},
        Hostile{"a yield from", "def g():\n    yield from g()\nlist(g())\n", "RecursionError"},
        Hostile{"an await", "async def f():\n    await f()\nasyncio.run(f())\n", "RecursionError"},
        Hostile{"an exception in its handler",
                "def f(n):\n    try:\n        raise ValueError(n)\n    except ValueError:\n        f(n + "
                "1)\nf(0)\n",
                "RecursionError"},
        Hostile{"a hundred thousand nested lists", "x = []\nfor i in range(100000):\n    x = [x]\nprint(x)\n",
                "RecursionError"},
        Hostile{"a hundred thousand nested generators",
                "def g(x):\n    for i in x:\n        yield i\nx = [1]\nfor i in range(100000):\n    x = "
                "g(x)\nprint(list(x))\n",
                "RecursionError"}));

}  // namespace
}  // namespace loopscope::scenarios::test

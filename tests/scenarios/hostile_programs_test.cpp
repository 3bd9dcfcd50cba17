// Programs of strangers: whatever they do, a limit or an exception ends them soon, and in
// bounded memory.
#include <ctime>
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

/// Without keeping what the program prints. What the limit of steps ends gets a fifth of the
/// usual ones: the time that it takes is in proportion to them.
RunResult run_silently(const char* source, bool fewer_steps) {
  LoadResult loaded = load_scenario(scenario_json(source), "hostile");
  if (const auto* errors = std::get_if<std::vector<Diagnostic>>(&loaded)) {
    ADD_FAILURE() << to_string(errors->front(), "hostile");
    return {};
  }
  Scenario& scenario = std::get<Scenario>(loaded);
  if (fewer_steps) scenario.loop.limits.steps /= 5;
  return Run(scenario, {}, nullptr, {}).execute();
}

class HostilePrograms : public testing::TestWithParam<Hostile> {};

TEST_P(HostilePrograms, End_soon_and_in_bounded_memory) {
  const std::clock_t begin = std::clock();
  const RunResult result = run_silently(GetParam().source, GetParam().ends == std::string("steps"));
  // Of the processor, not of the clock on the wall: a machine that is busy with other things may take its
  // time.
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  EXPECT_EQ(result.exit_code, 1) << result.error.substr(0, 2000);
  const std::string ended = result.limit.empty() ? result.error : result.limit;
  EXPECT_TRUE(ended.starts_with(GetParam().ends)) << ended.substr(0, 200);
  EXPECT_LT(seconds, 60);
#ifndef __SANITIZE_ADDRESS__  // which keeps what was freed, and a shadow of everything
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  EXPECT_LT(used.ru_maxrss, 1024 * 1024) << "KiB";
#endif
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
                "memory"},
        Hostile{"a gather of one future, again and again",
                "async def main():\n    f = asyncio.get_running_loop().create_future()\n    while True:\n    "
                "    g = asyncio.gather(*[f] * 100000)\nasyncio.run(main())\n",
                "memory"},
        Hostile{"jobs of a pool without end",
                "p = concurrent.futures.ProcessPoolExecutor(60)\nwhile True:\n    p.submit(len, 'a')\n",
                "memory"},
        Hostile{"a list of 10**9", "x = [0] * 10**9\n", "memory"},
        Hostile{"a tuple of 10**9", "x = (1, 2) * 10**9\n", "memory"},
        Hostile{"bytes of 10**12", "x = bytes(10**12)\n", "memory"},
        Hostile{"a width given as an argument", "x = '{:{w}}'.format(1, w=10**9)\n", "memory"},
        Hostile{"a precision of 2 * 10**9", "x = f'{1.5:.2000000000f}'\n", "memory"},
        Hostile{"an f-string that quadruples", "x = 'a' * 1000000\nwhile True:\n    x = f'{x}{x}{x}{x}'\n",
                "memory"},
        Hostile{"an iterator without end, unpacked",
                "class A:\n    def __iter__(self):\n        return self\n    def __next__(self):\n        "
                "return 1\na, *b = A()\n",
                ""},
        Hostile{"callbacks of one future without end",
                "loop = asyncio.new_event_loop()\nf = loop.create_future()\nwhile True:\n    "
                "f.add_done_callback(print)\n",
                "memory"},
        Hostile{"a word of every letter", "x = 'a ' * 50000000\ny = x.split()\n", "memory"}));

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
        Hostile{"zeros before grouped digits", "while True:\n    x = f'{1:020000000,}'\n", "steps"},
        Hostile{"two hundred thousand keywords",
                "d = {}\nfor i in range(200000):\n    d['k' + str(i)] = i\ndef f(**kw):\n    pass\n"
                "p = functools.partial(f, **d)\nwhile True:\n    f(**d)\n    p(**d)\n",
                "steps"},
        Hostile{"output without end", "while True:\n    print('x' * 100000)\n", "steps"},
        Hostile{"copies of a large text", "x = 'ab' * 5000000\nwhile True:\n    y = x[1:]\n    y = x[::-1]\n",
                "steps"},
        Hostile{"a slice of wide characters", "x = 'é' * 1000000\nwhile True:\n    y = x[::2]\n", "steps"},
        Hostile{"groups in groups",
                "e = ValueError(1)\nfor i in range(60):\n    e = ExceptionGroup('g', [e, e])\nraise e\n", ""},
        Hostile{"large precisions", "while True:\n    x = f'{1.5:.1000000f}'\n", "steps"},
        Hostile{"a search that always nearly finds",
                "x = 'a' * 5000000\nwhile True:\n    y = ('a' * 2000000 + 'b') in x\n", "steps"},
        Hostile{"a split that always nearly finds",
                "x = 'a' * 5000000\nwhile True:\n    y = x.split('a' * 2000000 + 'b')\n", "steps"},
        Hostile{"a replacement that always nearly finds",
                "x = 'a' * 5000000\nwhile True:\n    y = x.replace('a' * 2000000 + 'b', 'c')\n", "steps"},
        Hostile{"sorting long texts",
                "x = ['a' * 10000 + str(i) for i in range(3000)]\nwhile True:\n    y = sorted(x)\n", "steps"},
        Hostile{"sorting lists",
                "z = [0] * 100000\nx = [z + [i] for i in range(100)]\nwhile True:\n    y = sorted(x)\n",
                "steps"},
        Hostile{"words", "x = 'a,' * 500000\nwhile True:\n    y = x.split(',')\n", "steps"},
        Hostile{"letters of another case", "x = 'ß' * 3000000\nwhile True:\n    y = x.upper()\n", "steps"},
        Hostile{"reprs of control characters", "x = '\\x00' * 10000000\nwhile True:\n    y = repr(x)\n",
                "steps"},
        Hostile{"reprs of a long list", "x = list(range(1000000))\nwhile True:\n    y = str(x)\n", "steps"},
        Hostile{"stripping by a large set",
                "x = ' ' * 1000000\ny = 'a' * 1000000 + ' '\nwhile True:\n    z = x.strip(y)\n", "steps"},
        Hostile{"copies of dicts",
                "d = {}\nfor i in range(300000):\n    d[i] = i\nwhile True:\n    e = dict(d)\n", "steps"},
        Hostile{"unions of sets", "s = set(range(500000))\nwhile True:\n    t = s | s\n    t = s & s\n",
                "steps"},
        Hostile{"encoding", "x = 'é' * 10000000\nwhile True:\n    y = x.encode().decode()\n", "steps"},
        Hostile{
            "removing a callback that is not there",
            "f = asyncio.new_event_loop().create_future()\ndef cb(f):\n    pass\nfor i in range(50000):\n    "
            "f.add_done_callback(cb)\nwhile True:\n    f.remove_done_callback(print)\n",
            "steps"},
        Hostile{"waiting for very many futures",
                "async def main():\n    loop = asyncio.get_running_loop()\n    fs = [loop.create_future() "
                "for i in range(20000)]\n    while True:\n        await asyncio.wait(fs, "
                "timeout=0.001)\nasyncio.run(main())\n",
                ""},
        Hostile{"all tasks, again and again",
                "async def f():\n    await asyncio.sleep(1)\nasync def main():\n    ts = "
                "[asyncio.create_task(f()) for i in range(10000)]\n    while True:\n        "
                "asyncio.all_tasks()\nasyncio.run(main())\n",
                "steps"},
        Hostile{"handles cancelled by the million",
                "loop = asyncio.new_event_loop()\nwhile True:\n    loop.call_later(1, print).cancel()\n", ""},
        Hostile{"a generator that never lets go",
                "def g():\n    try:\n        yield 1\n    finally:\n        while True:\n            pass\nx "
                "= g()\nnext(x)\nx = None\n",
                "events"},
        Hostile{"the largest of 10**18", "print(max(range(10**18)))\n", "steps"},
        Hostile{"an __iter__ that is its own end",
                "class A:\n    def __iter__(self):\n        return self\n    def __next__(self):\n        "
                "return 1\nprint(sum(A()))\n",
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
                "RecursionError"},
        Hostile{"a hundred thousand zips",
                "x = [1]\nfor i in range(100000):\n    x = zip(x)\nprint(list(x))\n", "RecursionError"},
        Hostile{"a hundred thousand lists compared",
                "x = []\ny = []\nfor i in range(100000):\n    x = [x]\n    y = [y]\nprint(x == y)\n",
                "RecursionError"},
        Hostile{"a hundred thousand tuples ordered",
                "x = ()\ny = ()\nfor i in range(100000):\n    x = (x,)\n    y = (y,)\nprint(x < y)\n",
                "RecursionError"},
        Hostile{"a hundred thousand closures",
                "def f(g):\n    def h():\n        return g()\n    return h\nx = print\nfor i in "
                "range(100000):\n    x = f(x)\nx()\n",
                "RecursionError"},
        Hostile{"five thousand tasks that wait for each other",
                "async def f(n):\n    if n:\n        await asyncio.create_task(f(n - 1))\n    else:\n        "
                "await "
                "asyncio.sleep(9)\nasync def main():\n    t = asyncio.create_task(f(5000))\n    await "
                "asyncio.sleep(1)\n    t.cancel()\n    await t\nasyncio.run(main())\n",
                "RecursionError"},
        Hostile{"a hundred thousand causes",
                "e = ValueError(0)\nfor i in range(100000):\n    try:\n        raise ValueError(i) from e\n  "
                "  except ValueError as n:\n        e = n\nraise e\n",
                "ValueError"}));

}  // namespace
}  // namespace loopscope::scenarios::test

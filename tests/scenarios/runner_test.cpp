// How runs end: exit codes, limits, deadlocks, requests to stop.
#include <chrono>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>

#include "scenarios/load/loader.h"
#include "scenarios/names.h"
#include "tests/scenarios/script.h"

namespace loopscope::scenarios::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(Runner, Exit_codes_are_Pythons) {
  EXPECT_EQ(run_script("print('fine')").result.exit_code, 0);
  EXPECT_EQ(run_script("raise ValueError('no')").result.exit_code, 1);
  EXPECT_EQ(run_script("raise SystemExit").result.exit_code, 0);
  EXPECT_EQ(run_script("raise SystemExit(7)").result.exit_code, 7);
  EXPECT_EQ(run_script("raise SystemExit(None)").result.exit_code, 0);
  EXPECT_EQ(run_script("raise SystemExit(True)").result.exit_code, 1);
  EXPECT_EQ(run_script("raise KeyboardInterrupt").result.exit_code, 130);
  const ScriptRun text = run_script("raise SystemExit('bye')");
  EXPECT_EQ(text.result.exit_code, 1);
  EXPECT_EQ(text.err, "bye\n");
  const ScriptRun inside = run_script("async def main():\n    raise SystemExit(4)\nasyncio.run(main())");
  EXPECT_EQ(inside.result.exit_code, 4);
  EXPECT_EQ(inside.err, "");
}

TEST(Runner, A_result_counts_iterations_events_statements_and_loop_time) {
  const ScriptRun run = run_script("async def main():\n    await asyncio.sleep(1.5)\nasyncio.run(main())");
  EXPECT_EQ(run.result.duration, 1.5);
  EXPECT_EQ(run.result.steps, 3U);
  EXPECT_EQ(run.result.events, run.trace.size());
  EXPECT_EQ(run.result.iterations, run.events("iteration.begin").size());
  const ScriptRun untraced =
      run_script("async def main():\n    await asyncio.sleep(1.5)\nasyncio.run(main())", "", false);
  EXPECT_EQ(untraced.result.events, run.result.events);
}

TEST(Runner, The_same_scenario_gives_the_same_trace) {
  const std::string source = R"(
async def f(n):
    await asyncio.sleep(n / 10)
    print(n, {1, 2, 'x'}, object if 0 else asyncio.current_task())
async def main():
    await asyncio.gather(f(3), f(1), f(2))
asyncio.run(main())
)";
  const std::string fixed =
      source.substr(0, source.find("object if 0")) + source.substr(source.find("asyncio.current"));
  EXPECT_EQ(run_script(fixed).trace, run_script(fixed).trace);
}

TEST(Runner, Work_and_sleep_take_virtual_time) {
  EXPECT_EQ(output_of(R"(
work(2.5)
print(time.time())
time.sleep(1)
print(time.monotonic(), time.perf_counter())
try:
    time.sleep(-1)
except ValueError as e:
    print(e)
async def main():
    loop = asyncio.get_running_loop()
    start = loop.time()
    work(0.25)
    await asyncio.sleep(1)
    print(loop.time() - start)
asyncio.run(main())
)"),
            "2.5\n3.5 3.5\nsleep length must be non-negative\n1.25\n");
}

struct Endless {
  const char* source;
  const char* limit;
  const char* settings = "";
};

class Limits : public testing::TestWithParam<Endless> {};

TEST_P(Limits, End_a_run_with_a_clear_line_and_keep_the_trace) {
  const ScriptRun run = run_script(GetParam().source, GetParam().settings);
  EXPECT_EQ(run.result.exit_code, 1);
  EXPECT_EQ(run.result.limit, GetParam().limit) << run.err;
  EXPECT_THAT(run.err, StartsWith(std::string("limit reached: ") + GetParam().limit));
  ASSERT_FALSE(run.trace.empty());
  EXPECT_THAT(run.last_event(), StartsWith("error text=limit reached: "));
  EXPECT_EQ(run.events("iteration.begin").size(), run.events("iteration.end").size());
  EXPECT_EQ(run.events("handle.begin").size(), run.events("handle.end").size());
  EXPECT_EQ(run.events("loop.run").size(), run.events("loop.idle").size());
  EXPECT_EQ(run.events("ready.begin").size(), run.events("ready.end").size());
}

constexpr const char* kFew = R"("loop": {"limits": {"steps": 5000, "iterations": 500, "time": 1000}})";
constexpr const char* kLittle = R"("loop": {"limits": {"memory": 10000000}})";
constexpr const char* kFewEvents = R"("loop": {"limits": {"events": 2000}})";

INSTANTIATE_TEST_SUITE_P(
    EndlessPrograms, Limits,
    testing::Values(
        Endless{"while True:\n    pass", "steps", kFew},
        Endless{"while True:\n    pass", "events", kFewEvents},
        Endless{"async def main():\n    while True:\n        pass\nasyncio.run(main())", "steps", kFew},
        Endless{"async def main():\n    while True:\n        await asyncio.sleep(0)\nasyncio.run(main())",
                "iterations", kFew},
        Endless{"async def main():\n    while True:\n        await asyncio.sleep(0)\nasyncio.run(main())",
                "events", kFewEvents},
        Endless{"async def main():\n    while True:\n        await asyncio.sleep(100)\nasyncio.run(main())",
                "time", kFew},
        Endless{"async def main():\n    while True:\n        try:\n            while True:\n                "
                "await asyncio.sleep(0)\n"
                "        except BaseException:\n            print('never')\n        finally:\n            "
                "pass\nasyncio.run(main())",
                "iterations", kFew},
        Endless{"while True:\n    try:\n        while True:\n            x = 1\n    except BaseException:\n  "
                "      pass",
                "steps", kFew},
        Endless{"time.sleep(1e9)", "time", kFew}, Endless{"sum(range(10 ** 15))", "steps", kFew},
        Endless{"list(map(lambda x: x, iter(lambda: 1, 0)))", "steps", kFew},
        Endless{"max(range(10 ** 18), key=abs)", "steps", kFew},
        Endless{"10 ** 18 in map(abs, range(10 ** 17))", "steps", kFew},
        Endless{"any(iter(int, 1))", "steps", kFew}));

INSTANTIATE_TEST_SUITE_P(
    HungryPrograms, Limits,
    testing::Values(Endless{"'x' * 10 ** 12", "memory"}, Endless{"[0] * 10 ** 10", "memory"},
                    Endless{"(0,) * 10 ** 18", "memory"}, Endless{"bytes(10 ** 12)", "memory"},
                    Endless{"list(range(10 ** 12))", "memory"}, Endless{"f'{1:1000000000}'", "memory"},
                    Endless{"'%1000000000d' % 5", "memory"}, Endless{"f'{1.5:.1000000000f}'", "memory"},
                    Endless{"'{:>1000000000}'.format('a')", "memory"},
                    Endless{"x = 'x' * 1000000\nwhile True:\n    x += x", "memory"},
                    Endless{"x = [1]\nwhile True:\n    x = x + x", "memory"},
                    Endless{"x = [1]\nwhile True:\n    x.extend(x)", "memory"},
                    Endless{"x = [1]\nwhile True:\n    x += x", "memory"},
                    Endless{"x = [1]\nwhile True:\n    x *= 2", "memory"},
                    Endless{"x = 'ab' * 1000\nwhile True:\n    x = x.replace('a', x)", "memory"},
                    Endless{"x = ['a' * 1000] * 100000\n','.join(x * 10)", "memory"},
                    Endless{"x = 'a'\nfor i in range(40):\n    x = f'{x}{x}'", "memory"},
                    Endless{"x = []\nfor i in range(40):\n    x = [x, x]\nprint(x)", "memory", kLittle},
                    Endless{"d = {}\nfor i in range(10 ** 9):\n    d[i] = 'x' * 10000", "memory"},
                    Endless{"sorted(range(10 ** 9))", "memory"},
                    Endless{"[i for i in range(10 ** 9)]", "memory", kLittle},
                    Endless{"def f():\n    x = 'y' * 100000000\n    g()\ndef g():\n    x = 'z' * 100000000\n "
                            "   h()\ndef h():\n    x = 'w' * 100000000\nf()",
                            "memory"}));

TEST(Runner, Memory_that_is_given_back_can_be_used_again) {
  EXPECT_EQ(output_of("for i in range(20):\n    x = 'x' * 100000000\nprint(len(x))"), "100000000\n");
}

TEST(Runner, Containers_that_are_emptied_again_and_again_do_not_pile_up) {
  EXPECT_EQ(run_script(R"(
xs = []
d = {}
s = set()
for i in range(50):
    xs.extend(range(20000))
    xs.sort(key=lambda x: -x)
    xs.clear()
    xs = xs + list(range(1000))
    del xs[::2]
    del xs[:]
    for j in range(2000):
        d[j] = s.add(j)
    for j in range(2000):
        d.pop(j)
        s.pop()
print('fine')
)",
                       R"("loop": {"limits": {"memory": 4000000}})", false)
                .out,
            "fine\n");
}

TEST(Runner, A_wait_that_nothing_can_end_is_a_deadlock) {
  const ScriptRun run = run_script(R"(
async def main():
    await asyncio.get_running_loop().create_future()
asyncio.run(main())
)");
  EXPECT_TRUE(run.result.deadlock);
  EXPECT_EQ(run.result.exit_code, 1);
  EXPECT_THAT(run.err, StartsWith("deadlock: "));
  EXPECT_THAT(run.last_event(), StartsWith("error text=deadlock: "));
  EXPECT_TRUE(run_script("asyncio.new_event_loop().run_forever()").result.deadlock);
}

TEST(Runner, A_request_to_stop_ends_an_endless_run) {
  const LoadResult loaded = load_scenario(
      scenario_json("while True:\n    pass", R"("loop": {"limits": {"steps": 1e15, "events": 1e15}})"), "x");
  if (const auto* errors = std::get_if<std::vector<Diagnostic>>(&loaded)) FAIL() << (*errors)[0].message;
  scenarios::Run run(std::get<Scenario>(loaded), {}, nullptr, {});
  std::thread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    run.request_stop();
  });
  const RunResult result = run.execute();
  stopper.join();
  EXPECT_TRUE(result.stopped);
  EXPECT_EQ(result.exit_code, 1);
}

TEST(Runner, A_thousand_nested_calls_fit_whatever_stands_between_them) {
  std::string deep(100, '(');
  deep += "f(n + 1)";
  deep.append(100, ')');
  EXPECT_EQ(output_of("def f(n):\n    return " + deep +
                      "\ntry:\n    f(0)\nexcept RecursionError as e:\n    print(e)"),
            "maximum recursion depth exceeded\n");
  EXPECT_EQ(output_of("def f(x):\n    return sorted([1, 2], key=lambda y: f(y) + [x for x in map(f, "
                      "[y])][0])\ntry:\n    f(0)\n"
                      "except RecursionError as e:\n    print(str(e)[:32])"),
            "maximum recursion depth exceeded\n");
  EXPECT_EQ(output_of("async def f(n):\n    x = await f(n + 1)\n    return x\ntry:\n    "
                      "asyncio.run(f(0))\nexcept RecursionError as e:\n"
                      "    print(e)"),
            "maximum recursion depth exceeded\n");
  EXPECT_EQ(error_of("def f():\n    f()\nf()"), "RecursionError: maximum recursion depth exceeded");
}

TEST(Runner, Debug_turns_on_what_asyncio_run_makes) {
  const std::string source =
      "async def main():\n    print(asyncio.get_running_loop().get_debug())\nasyncio.run(main())";
  EXPECT_EQ(run_script(source).out, "False\n");
  EXPECT_EQ(run_script(source, R"("loop": {"debug": true})").out, "True\n");
}

TEST(SupportedNames, Are_the_registrys) {
  const Names& names = supported_names();
  for (const char* name :
       {"print", "len", "ValueError", "enumerate", "work", "__name__", "KeyboardInterrupt"})
    EXPECT_TRUE(names.is_builtin(name)) << name;
  for (const char* name : {"eval", "open", "input", "asyncio"})
    EXPECT_FALSE(names.is_builtin(name)) << name;
  for (const char* name :
       {"run", "sleep", "gather", "CancelledError", "TimeoutError", "Future", "Queue", "TaskGroup"})
    EXPECT_TRUE(names.is_member("asyncio", name)) << name;
  EXPECT_FALSE(names.is_member("asyncio", "create_subprocess_exec"));
  EXPECT_FALSE(names.is_member("nope", "run"));
  for (const char* module : {"asyncio", "concurrent.futures", "functools", "queue", "selectors", "signal",
                             "socket", "threading", "time"})
    EXPECT_TRUE(names.is_module(module)) << module;
}

}  // namespace
}  // namespace loopscope::scenarios::test

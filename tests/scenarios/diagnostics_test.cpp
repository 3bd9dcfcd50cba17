// What a program's mistakes look like on its standard error and in its trace.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/script.h"

namespace loopscope::scenarios::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Diagnostics, S78_a_coroutine_that_is_not_awaited_is_told_of_where_it_goes) {
  const ScriptRun run = run_script(R"(
async def nop():
    pass
def f():
    nop()
f()
nop()
)");
  EXPECT_EQ(run.err,
            "<listing>:5: RuntimeWarning: coroutine 'nop' was never awaited\n  nop()\n"
            "RuntimeWarning: Enable tracemalloc to get the object allocation traceback\n"
            "<listing>:8: RuntimeWarning: coroutine 'nop' was never awaited\n  nop()\n"
            "RuntimeWarning: Enable tracemalloc to get the object allocation traceback\n");
  EXPECT_THAT(run.events("warning"),
              ElementsAre("warning rule=never_awaited text=coroutine 'nop' was never awaited line=5",
                          "warning rule=never_awaited text=coroutine 'nop' was never awaited line=8"));
}

TEST(Diagnostics, S78_it_is_told_of_once_for_each_line_and_at_the_programs_end) {
  const ScriptRun run = run_script(R"(
async def nop():
    pass
for i in range(3):
    nop()
kept = nop()
print('over')
)");
  EXPECT_EQ(run.err,
            "<listing>:5: RuntimeWarning: coroutine 'nop' was never awaited\n  nop()\n"
            "RuntimeWarning: Enable tracemalloc to get the object allocation traceback\n"
            "sys:1: RuntimeWarning: coroutine 'nop' was never awaited\n");
}

TEST(Diagnostics, S76_debug_mode_says_where_a_coroutine_was_made) {
  const ScriptRun run = run_script(R"(
async def nop():
    pass
async def main():
    lost = nop()
    lost = None
asyncio.run(main(), debug=True)
)");
  EXPECT_EQ(run.err,
            "<listing>:8: RuntimeWarning: coroutine 'nop' was never awaited\n"
            "Coroutine created at (most recent call last)\n"
            "  File \"<listing>\", line 10, in <module>\n    asyncio.run(main(), debug=True)\n"
            "  File \"<listing>\", line 7, in main\n    lost = nop()\n"
            "  lost = None\n"
            "RuntimeWarning: Enable tracemalloc to get the object allocation traceback\n");
}

TEST(Diagnostics, S78_a_tasks_error_that_nobody_asked_for_is_logged_with_its_traceback) {
  const ScriptRun run = run_script(R"(
async def bad():
    raise ValueError('no')
async def main():
    task = asyncio.create_task(bad())
    await asyncio.sleep(0)
    del task
asyncio.run(main())
)");
  EXPECT_EQ(run.err,
            "Task exception was never retrieved\n"
            "future: <Task finished name='Task-2' coro=<bad() done, defined at <listing>:3> "
            "exception=ValueError('no')>\n"
            "Traceback (most recent call last):\n  File \"<listing>\", line 4, in bad\n"
            "    raise ValueError('no')\nValueError: no\n");
  EXPECT_THAT(
      run.events("warning"),
      ElementsAre("warning rule=never_retrieved text=Task exception was never retrieved: ValueError: no "
                  "line=9"));
}

TEST(Diagnostics, S77_the_threshold_of_slow_callbacks_can_be_set_in_the_file) {
  const std::string source = R"(
async def main():
    time.sleep(0.125)
asyncio.run(main())
)";
  EXPECT_THAT(run_script(source, "\"loop\": {\"debug\": true, \"slow_callback\": 0.5}").err, IsEmpty());
  EXPECT_EQ(run_script(source, "\"loop\": {\"debug\": true, \"slow_callback\": 0.125}").err,
            "Executing <Task finished name='Task-1' coro=<main() done, defined at <listing>:4> result=None "
            "created at /usr/lib/python3.11/asyncio/runners.py:100> took 0.125 seconds\n");
}

TEST(Diagnostics, S20_an_exception_handler_may_keep_what_it_is_told_of) {
  EXPECT_EQ(output_of(R"(
kept = []
async def bad():
    raise ValueError('no')
async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: kept.append(context))
    asyncio.create_task(bad())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
asyncio.run(main())
print(kept[0]['message'], kept[0]['future'].exception() is kept[0]['exception'])
)"),
            "Task exception was never retrieved True\n");
}

TEST(Diagnostics, Frames_that_are_suspended_at_the_programs_end_are_closed) {
  EXPECT_EQ(output_of(R"(
def numbers():
    try:
        yield 1
    finally:
        print('closed')
kept = numbers()
print(next(kept))
)"),
            "1\nclosed\n");
}

TEST(Diagnostics, A_finally_clause_that_never_ends_is_ended_by_a_limit_also_at_the_programs_end) {
  const ScriptRun run = run_script(R"(
def numbers():
    try:
        yield 1
    finally:
        while True:
            pass
kept = numbers()
next(kept)
)",
                                   "\"loop\": {\"limits\": {\"steps\": 1000}}");
  EXPECT_EQ(run.result.limit, "steps");
  EXPECT_EQ(run.result.exit_code, 1);
}

TEST(Diagnostics, A_handler_that_never_ends_is_ended_by_a_limit) {
  const ScriptRun run = run_script(R"(
def handler(loop, context):
    while True:
        pass
async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)
    future = loop.create_future()
    future.set_exception(ValueError())
    del future
    print('never')
asyncio.run(main())
)",
                                   "\"loop\": {\"limits\": {\"steps\": 1000}}");
  EXPECT_EQ(run.result.limit, "steps");
  EXPECT_EQ(run.out, "");
}

TEST(LoopModels, What_needs_timers_says_so_on_the_trampoline_and_can_be_caught) {
  const ScriptRun run = run_script(R"(
async def main():
    try:
        asyncio.get_running_loop().call_later(1, print)
    except RuntimeError as e:
        print(e)
asyncio.run(main())
)",
                                   "\"loop\": {\"model\": \"trampoline\"}");
  EXPECT_EQ(
      run.out,
      "call_later() needs a timer heap and a selector, and the 'trampoline' loop model has none; use the "
      "'asyncio' or 'drain' model\n");
  EXPECT_EQ(run.result.exit_code, 0);
}

TEST(LoopModels, The_cost_of_a_turn_is_in_the_file) {
  const ScriptRun run = run_script(R"(
async def main():
    await asyncio.sleep(1)
    print(asyncio.get_running_loop().time())
asyncio.run(main())
)",
                                   "\"loop\": {\"model\": \"trampoline\", \"turn_cost\": 0.25}");
  EXPECT_EQ(run.out, "1.5\n");
}

TEST(LoopModels, Generators_and_exceptions_pass_through_children_on_the_trampoline) {
  const ScriptRun run = run_script(R"(
async def inner(x):
    if x == 2:
        raise ValueError(x)
    await asyncio.sleep(0)
    return x * 10
async def numbers():
    for i in range(3):
        value = await inner(i)
        yield value
async def main():
    try:
        async for n in numbers():
            print(n)
    except ValueError as e:
        print('caught', e)
    print(asyncio.current_task().get_name(), len(asyncio.all_tasks()))
asyncio.run(main())
)",
                                   "\"loop\": {\"model\": \"trampoline\"}");
  EXPECT_EQ(run.out, "0\n10\ncaught 2\nTask-1 1\n");
}

TEST(Diagnostics, S78_a_closed_coroutine_awaits_without_a_task) {
  const ScriptRun run = run_script(R"(
async def inner():
    return 'inner'
async def stubborn(delay):
    try:
        await asyncio.sleep(10)
    finally:
        said = await inner()
        print(said)
        await asyncio.sleep(delay)
loop = asyncio.new_event_loop()
kept = [loop.create_task(stubborn(0.5)), loop.create_task(stubborn(0))]
loop.call_later(1, loop.stop)
loop.run_forever()
loop.close()
)");
  EXPECT_EQ(run.out, "inner\ninner\n");
  EXPECT_THAT(run.err, testing::HasSubstr("RuntimeError: no running event loop\n"));
  EXPECT_THAT(run.err, testing::HasSubstr("RuntimeError: coroutine ignored GeneratorExit\n"));
}

TEST(Diagnostics, S71_what_shutdown_meets_was_raised_while_the_programs_error_was_handled) {
  const ScriptRun run = run_script(R"(
def fail():
    raise ValueError('callback')
async def left_over():
    try:
        await asyncio.sleep(100)
    finally:
        asyncio.get_running_loop().call_soon(fail)
        await asyncio.sleep(0)
async def main():
    task = asyncio.create_task(left_over())
    await asyncio.sleep(0)
    raise KeyError('main')
asyncio.run(main())
)");
  const std::size_t link = run.err.find("During handling of the above exception");
  EXPECT_LT(run.err.find("KeyError: 'main'"), link);
  EXPECT_LT(link, run.err.find("ValueError: callback"));
}

}  // namespace
}  // namespace loopscope::scenarios::test

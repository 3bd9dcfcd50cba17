// What runs tell the trace, and how they suspend, clean up and release.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/script.h"

namespace loopscope::scenarios::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Interpreter, A_line_event_stands_before_what_its_statement_does) {
  const ScriptRun run = run_script(R"(
def f():
    print('in f')
f()
print('x', end='')
)");
  EXPECT_THAT(run.trace,
              ElementsAre("thread.started name=MainThread", "line line=1", "line line=4", "line line=2",
                          "output text=in f line=2", "line line=5", "output text=x line=5", "thread.ended"));
}

TEST(Interpreter, Headers_speak_once_for_every_time_they_are_evaluated) {
  const ScriptRun run = run_script(R"(
# comment
x = 0
while x < 2:
    x += 1
for i in []:
    pass
if x == 5:
    pass
elif x == 2:
    # nothing
    pass
try:
    1 / 0
except ValueError:
    pass
except ZeroDivisionError as e:
    pass
)");
  EXPECT_THAT(run.lines(), ElementsAre(2, 3, 4, 3, 4, 3, 5, 7, 9, 11, 12, 13, 14, 16, 17));
}

TEST(Interpreter, Lines_and_output_name_the_loop_and_task_that_they_belong_to) {
  const ScriptRun run = run_script(R"(
async def main():
    print('hello')
def callback():
    print('called')
asyncio.run(main())
loop = asyncio.new_event_loop()
loop.call_soon(callback)
loop.call_soon(print, 'direct')
loop.call_soon(loop.stop)
loop.run_forever()
loop.close()
)");
  EXPECT_THAT(run.events("output"), ElementsAre("output text=hello task=1 line=4",
                                                "output text=called line=7", "output text=direct"));
}

TEST(Interpreter, A_task_is_created_with_name_coroutine_arguments_and_line) {
  const ScriptRun run = run_script(R"(
async def main():
    async def inner(a, b=2, *rest, key, **more):
        pass
    await asyncio.create_task(inner('x', 3, 4, key=5, z=6), name='mine')
    await asyncio.create_task(inner('a' * 100, key=1))
asyncio.run(main())
)");
  const std::vector<std::string> created = run.events("task.created");
  ASSERT_EQ(created.size(), 5U);
  EXPECT_EQ(created[0], "task.created task=1 name=Task-1 named=false coro=main line=9");
  EXPECT_EQ(created[1],
            "task.created task=2 name=mine named=true coro=main.<locals>.inner args='x', 3, 4, key=5, z=6 "
            "parent=1 line=6");
  EXPECT_THAT(created[2], HasSubstr("args='aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…"));
}

TEST(Interpreter, A_suspended_task_shows_the_innermost_line_and_the_whole_chain) {
  const ScriptRun run = run_script(R"(
async def leaf():
    await asyncio.sleep(1)
async def middle():
    await leaf()
async def main():
    await middle()
asyncio.run(main())
)");
  const std::vector<std::string> suspended = run.events("task.suspended");
  ASSERT_FALSE(suspended.empty());
  EXPECT_THAT(suspended[0], HasSubstr("on=sleep:"));
  EXPECT_THAT(suspended[0], HasSubstr("line=4 stack=main:10>middle:7>leaf:4"));
  EXPECT_EQ(run.result.duration, 1.0);
}

TEST(Interpreter, S28_awaiting_a_coroutine_is_a_call_without_a_task_or_an_iteration) {
  const ScriptRun direct = run_script("async def main():\n    pass\nasyncio.run(main())\n");
  const ScriptRun nested = run_script(R"(
async def a():
    return 1
async def b():
    x = await a()
    return x
async def main():
    await b()
    await a()
asyncio.run(main())
)");
  EXPECT_EQ(direct.result.iterations, nested.result.iterations);
  EXPECT_EQ(direct.events("task.created").size(), nested.events("task.created").size());
}

TEST(Interpreter, S35_a_task_cancelled_before_its_first_step_never_runs_its_body) {
  EXPECT_EQ(output_of(R"(
async def body():
    print('runs')
async def main():
    t = asyncio.create_task(body())
    t.cancel()
    await asyncio.sleep(0)
    print(t.cancelled())
asyncio.run(main())
)"),
            "True\n");
}

TEST(Interpreter, A_coroutine_left_suspended_runs_its_finally_clauses_innermost_first_at_the_end) {
  EXPECT_EQ(output_of(R"(
async def inner():
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print('inner')
async def outer():
    try:
        await inner()
    finally:
        print('outer')
async def main():
    asyncio.create_task(outer())
    await asyncio.sleep(0)
loop = asyncio.new_event_loop()
loop.run_until_complete(main())
print('closing')
loop.close()
print('end')
)"),
            "closing\nend\ninner\nouter\n");  // a cycle: it goes when the program is over
}

TEST(Interpreter, The_name_of_an_except_clause_goes_with_the_clause) {
  EXPECT_EQ(output_of(R"(
def f():
    e = 'before'
    try:
        raise ValueError
    except ValueError as e:
        pass
    try:
        e
    except UnboundLocalError as err:
        print(err)
    for i in range(2):
        try:
            raise KeyError(i)
        except KeyError as e:
            continue
    try:
        e
    except UnboundLocalError:
        print('gone again')
f()
)"),
            "cannot access local variable 'e' where it is not associated with a value\ngone again\n");
}

TEST(Interpreter, A_failed_task_shows_the_same_traceback_however_often_it_is_awaited) {
  const ScriptRun run = run_script(R"(
async def bad():
    raise ValueError('bad')
async def main():
    t = asyncio.create_task(bad())
    for i in range(3):
        try:
            await t
        except ValueError:
            pass
    await t
asyncio.run(main())
)");
  EXPECT_EQ(run.err, R"(Traceback (most recent call last):
  File "<listing>", line 15, in <module>
    asyncio.run(main())
  File "<listing>", line 13, in main
    await t
  File "<listing>", line 4, in bad
    raise ValueError('bad')
ValueError: bad
)");
}

TEST(Interpreter, Chained_exceptions_are_told_as_CPython_tells_them) {
  const ScriptRun run = run_script(R"(
def f():
    try:
        {}['k']
    except KeyError as e:
        raise RuntimeError('wrapped') from e
try:
    f()
except RuntimeError:
    x = [1][5]
)");
  EXPECT_EQ(run.err, R"(Traceback (most recent call last):
  File "<listing>", line 3, in f
    {}['k']
KeyError: 'k'

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "<listing>", line 8, in <module>
    f()
  File "<listing>", line 5, in f
    raise RuntimeError('wrapped') from e
RuntimeError: wrapped

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "<listing>", line 10, in <module>
    x = [1][5]
IndexError: list index out of range
)");
  EXPECT_EQ(run.result.error, "IndexError: list index out of range");
  EXPECT_EQ(run.last_event(), "error text=IndexError: list index out of range line=10");
}

TEST(Interpreter, S20_an_error_in_a_callback_is_logged_and_the_loop_goes_on) {
  const ScriptRun run = run_script(R"(
def bad(x):
    raise ValueError(x)
async def main():
    asyncio.get_running_loop().call_soon(bad, 'no')
    await asyncio.sleep(0)
    print('goes on')
asyncio.run(main())
)");
  EXPECT_EQ(run.out, "goes on\n");
  EXPECT_EQ(run.result.exit_code, 0);
  EXPECT_EQ(run.err,
            "Exception in callback bad('no') at <listing>:3\nhandle: <Handle bad('no') at <listing>:3>\n"
            "Traceback (most recent call last):\n"
            "  File \"<listing>\", line 4, in bad\n    raise ValueError(x)\nValueError: no\n");
  EXPECT_EQ(run.events("error").size(), 1U);
}

TEST(Interpreter, Objects_that_refer_to_each_other_are_freed_at_the_end) {
  // The leak sanitizer is the judge.
  EXPECT_EQ(output_of(R"(
def make():
    xs = []
    def f():
        return xs
    xs.append(f)
    xs.append(xs)
    f.self = f
    d = {'d': xs}
    d['me'] = d
    e = ValueError(d)
    e.again = e
    return f
make()
async def main():
    loop = asyncio.get_running_loop()
    fut = loop.create_future()
    async def waits():
        await fut
    t = asyncio.create_task(waits())
    fut.add_done_callback(lambda f: (fut, t, loop))
    loop.call_later(100, lambda: (loop, t))
    keep = [t, fut, loop]
    keep.append(keep)
    await asyncio.sleep(0)
loop = asyncio.new_event_loop()
loop.run_until_complete(main())
loop.call_soon(print, loop)
g = loop.create_future()
g.set_result([g])
)"),
            "");
}

TEST(Interpreter, The_trace_cuts_long_arguments_and_results_without_making_all_of_them) {
  const ScriptRun run = run_script(R"(
async def f(xs):
    return xs
async def main():
    big = ['x' * 1000] * 1000
    nested = []
    for i in range(10000):
        nested = [nested]
    await asyncio.gather(f(big), f({'k': big}), f(nested), f('y' * 10000000))
    asyncio.get_running_loop().call_soon(f, big)
asyncio.run(main())
)");
  EXPECT_EQ(run.result.exit_code, 0) << run.err;
  for (const std::string& event : run.trace) EXPECT_LT(event.size(), 2000U) << event.substr(0, 200);
}

TEST(Interpreter, Tasks_whose_results_hold_each_other_are_shown_all_the_same) {
  const ScriptRun run = run_script(R"(
async def f(tasks):
    await asyncio.sleep(0)
    return tasks
async def main():
    tasks = []
    for i in range(8):
        tasks.append(asyncio.create_task(f(tasks)))
    await asyncio.gather(*tasks)
    one = []
    one.append(asyncio.create_task(f(one)))
    await one[0]
    print(one)
    layer = [1]
    for i in range(30):
        layer = [asyncio.create_task(f(layer)), asyncio.create_task(f(layer))]
        await asyncio.gather(*layer)
    print(layer)
asyncio.run(main())
)",
                                   R"("loop": {"limits": {"steps": 20000}})");
  EXPECT_THAT(
      run.out,
      HasSubstr("[<Task finished name='Task-10' coro=<f() done, defined at <listing>:3> result=[...]>]\n"));
  EXPECT_EQ(run.result.limit, "steps");  // the layers can be shown in 2 ** 30 ways
}

TEST(Interpreter, Labels_of_callbacks_name_the_function_and_its_arguments) {
  const ScriptRun run = run_script(R"(
def tick(name, n=0):
    pass
async def main():
    loop = asyncio.get_running_loop()
    def inner():
        pass
    loop.call_soon(tick, 'First')
    loop.call_soon(inner)
    loop.call_soon(functools.partial(tick, 'p'), 5)
    loop.call_soon(lambda: 0)
    loop.call_later(1, print, 'x' * 100)
asyncio.run(main())
)");
  std::vector<std::string> labels;
  for (const std::string& event : run.events("handle.queued"))
    if (event.find("cause=call_soon") != std::string::npos)
      labels.push_back(
          event.substr(event.find("label=") + 6, event.find(" cause") - event.find("label=") - 6));
  EXPECT_THAT(labels, ElementsAre("tick('First')", "inner()", "tick('p', 5)", "<lambda>()"));
  EXPECT_THAT(run.events("timer.scheduled")[0], HasSubstr("label=print('xxxxxxxxx"));
}

TEST(Interpreter, Long_chains_of_objects_are_freed_without_a_deep_stack) {
  EXPECT_EQ(output_of(R"(
x = []
for i in range(200000):
    x = [x]
x = None
t = ()
for i in range(200000):
    t = (t,)
t = None
print('freed')
)"),
            "freed\n");
}

TEST(Interpreter, Deeply_nested_values_raise_RecursionError_instead_of_overflowing_the_stack) {
  EXPECT_EQ(output_of(R"(
x = []
y = []
t = ()
for i in range(100000):
    x = [x]
    y = [y]
    t = (t,)
for action in [lambda: repr(x), lambda: x == y, lambda: {t: 1}, lambda: x < y, lambda: str(t)]:
    try:
        action()
    except RecursionError as e:
        print(e)
)"),
            "maximum recursion depth exceeded while getting the repr of an object\n"
            "maximum recursion depth exceeded in comparison\n"
            "maximum recursion depth exceeded\n"
            "maximum recursion depth exceeded in comparison\n"
            "maximum recursion depth exceeded while getting the repr of an object\n");
}

}  // namespace
}  // namespace loopscope::scenarios::test

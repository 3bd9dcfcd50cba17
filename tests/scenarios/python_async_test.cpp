// Programs with tasks and futures, run by the interpreter and by CPython. Without timers,
// so that the real clock cannot play a part: time is the conformance harness's concern.
#include <gtest/gtest.h>

#include "tests/scenarios/python_judge.h"
#include "tests/scenarios/script.h"

namespace loopscope::scenarios::test {
namespace {

void compare(const std::vector<std::string>& programs) {
  const std::vector<Verdict> verdicts = judge(programs);
  if (verdicts.empty()) GTEST_SKIP() << "no /usr/bin/python3 to compare with";
  ASSERT_EQ(verdicts.size(), programs.size());
  for (std::size_t i = 0; i < programs.size(); ++i) {
    const ScriptRun run = run_script(programs[i], "", false);
    EXPECT_EQ(run.out, verdicts[i].out) << programs[i] << run.err;
    EXPECT_EQ(run.result.error, verdicts[i].error) << programs[i];
  }
}

TEST(PythonAsync, Await_chains_and_results_are_CPythons) {
  compare({
      R"(
async def leaf(x):
    await asyncio.sleep(0)
    return x * 2
async def middle(x):
    y = await leaf(x)
    return y + 1
async def main():
    print('start')
    a = await middle(1)
    t = asyncio.create_task(middle(10))
    print(a, t.done(), t.get_name())
    b = await t
    print(b, t.done(), t.result(), t.exception())
    return 'main result'
print(asyncio.run(main()))
)",
      R"(
async def worker(name, n):
    for i in range(n):
        print(name, i)
        await asyncio.sleep(0)
    return name
async def main():
    results = await asyncio.gather(worker('a', 2), worker('b', 3), worker('c', 1))
    print(results)
    got = await asyncio.gather()
    print(got)
    c = worker('d', 1)
    got = await asyncio.gather(c, c)
    print(got)
asyncio.run(main())
)",
      R"(
async def bad():
    await asyncio.sleep(0)
    raise ValueError('bad')
async def good():
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print('good goes on')
    return 1
async def main():
    try:
        await asyncio.gather(bad(), good())
    except ValueError as e:
        print(repr(e))
    got = await asyncio.gather(bad(), good(), return_exceptions=True)
    print(got)
    try:
        await bad()
    except ValueError as e:
        print('again', e)
    t = asyncio.create_task(bad())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(t.done(), repr(t.exception()), t.cancelled())
    try:
        t.result()
    except ValueError as e:
        print(e is t.exception())
    await bad()
asyncio.run(main())
)",
      R"(
async def main():
    loop = asyncio.get_running_loop()
    f = loop.create_future()
    print(f, f.done())
    loop.call_soon(f.set_result, 42)
    got = await f
    print(got, f)
    g = loop.create_future()
    g.add_done_callback(lambda fut: print('callback', fut is g, fut.cancelled()))
    def second(fut):
        print('second')
    g.add_done_callback(second)
    g.add_done_callback(second)
    print(g.remove_done_callback(second))
    g.cancel('why')
    try:
        await g
    except asyncio.CancelledError as e:
        print(repr(e), e.args)
    h = loop.create_future()
    h.set_exception(KeyError('k'))
    for action in [lambda: h.set_result(1), lambda: loop.create_future().result(), lambda: loop.create_future().exception(), lambda: g.result(), lambda: h.result(), lambda: h.set_exception(5)]:
        try:
            action()
        except (asyncio.InvalidStateError, asyncio.CancelledError, KeyError, TypeError) as e:
            print(type(e), e)
    await asyncio.sleep(0)
    print(h.get_loop() is loop, isinstance(h, asyncio.Future), isinstance(asyncio.current_task(), asyncio.Future))
asyncio.run(main())
)",
  });
}

TEST(PythonAsync, Cancellation_is_CPythons) {
  compare({
      R"(
async def sleeper(name):
    try:
        print(name, 'sleeps')
        await asyncio.sleep(1000)
    except asyncio.CancelledError:
        print(name, 'cancelled')
        raise
    finally:
        print(name, 'cleanup')
async def main():
    t = asyncio.create_task(sleeper('t'))
    await asyncio.sleep(0)
    print(t.cancel('message'), t.cancelling())
    try:
        await t
    except asyncio.CancelledError as e:
        print('main sees', repr(e))
    print(t.cancelled(), t.done(), t.cancel())
    never = asyncio.create_task(sleeper('never'))
    never.cancel()
    try:
        await never
    except asyncio.CancelledError:
        print('never ran')
asyncio.run(main())
)",
      R"(
async def stubborn():
    while True:
        try:
            await asyncio.sleep(1000)
        except asyncio.CancelledError:
            print('no', asyncio.current_task().cancelling())
            asyncio.current_task().uncancel()
            break
    return 'survived'
async def inner():
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print('inner finally')
async def outer():
    try:
        await asyncio.create_task(inner())
    finally:
        print('outer finally')
async def main():
    t = asyncio.create_task(stubborn())
    o = asyncio.create_task(outer())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    t.cancel()
    o.cancel()
    got = await t
    print(got, t.cancelled())
    try:
        await o
    except asyncio.CancelledError:
        print('outer cancelled', o.cancelled())
    me = asyncio.current_task()
    me.cancel()
    print('still here')
    try:
        await asyncio.sleep(0)
    except asyncio.CancelledError:
        print('now')
    print(len(asyncio.all_tasks()), asyncio.all_tasks() == {me})
asyncio.run(main())
)",
      R"(
async def left_over():
    try:
        await asyncio.sleep(1000)
    finally:
        print('cancelled at the end')
async def main():
    asyncio.create_task(left_over())
    await asyncio.sleep(0)
    print('main ends')
    raise RuntimeError('from main')
asyncio.run(main())
)",
  });
}

TEST(PythonAsync, Wrong_arguments_are_told_in_CPythons_words) {
  compare({
      R"(
async def nothing():
    pass
async def main():
    loop = asyncio.get_running_loop()
    fut = loop.create_future()
    calls = [lambda: loop.call_later(None, print), lambda: loop.call_later('x', print), lambda: loop.call_soon(), lambda: loop.call_later(1), lambda: asyncio.sleep(), lambda: asyncio.sleep(1, 2, 3), lambda: asyncio.sleep(1, foo=2), lambda: asyncio.gather(5), lambda: asyncio.run(), lambda: asyncio.set_event_loop(5), lambda: loop.run_until_complete(), lambda: list.append(), lambda: list.append([], 1), lambda: str.upper(5), lambda: dict.get([], 1), lambda: list.sort('x'), lambda: fut.done(1), lambda: fut.set_result(), lambda: asyncio.iscoroutine(obj=5), lambda: asyncio.create_task(), lambda: asyncio.create_task(5, naam='x'), lambda: asyncio.ensure_future(5), lambda: functools.partial(), lambda: functools.partial(5), lambda: loop.set_debug(), lambda: asyncio.gather(return_exceptions=True, x=1), lambda: loop.time(1)]
    for call in calls:
        try:
            print(call())
        except (TypeError, ValueError, RuntimeError, AttributeError) as e:
            print(type(e).__name__, e)
    try:
        await asyncio.sleep('x')
    except TypeError as e:
        print(e)
    got = await asyncio.sleep(delay=0, result='named')
    print(got)
    t = asyncio.create_task(coro=nothing(), name='n')
    await t
    h = loop.call_soon(callback=print)
    h.cancel()
    shared = []
    async def own():
        await shared[0]
    shared.append(own())
    try:
        await shared[0]
    except (ValueError, RuntimeError) as e:
        print(type(e).__name__, e)
asyncio.run(main())
)",
  });
}

TEST(PythonAsync, Futures_show_their_results_as_CPythons_do) {
  compare({R"(
async def f(x):
    return x
async def main():
    for v in [1, 'a' * 100, 'short', list(range(20)), {'a': 1, 'b': [1, [2, [3, [4, [5, [6, [7]]]]]]]}, (1,), (), [], {1, 2}, None, 1.5, 'é' * 40, {1: 2, 3: 4, 5: 6, 7: 8, 9: 10}, b'x' * 50, ValueError('x' * 50)]:
        t = asyncio.create_task(f(v))
        await t
        print(repr(t).split(' result=')[1])
    one = []
    t = asyncio.create_task(f(one))
    one.append(t)
    await t
    print(repr(t).split(' result=')[1])
    u = asyncio.get_running_loop().create_future()
    u.set_exception(ValueError('x' * 50))
    print(u)
    try:
        await u
    except ValueError:
        pass
asyncio.run(main())
)"});
}

TEST(PythonAsync, Loops_and_their_misuse_are_CPythons) {
  compare({
      R"(
def plain():
    pass
async def coro():
    return 'done'
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
print(asyncio.get_event_loop() is loop, loop.is_running(), loop.is_closed(), loop)
print(loop.run_until_complete(coro()))
for action in [lambda: loop.run_until_complete(plain), lambda: asyncio.get_running_loop(), lambda: asyncio.run(3), lambda: asyncio.create_task(3), lambda: asyncio.ensure_future(3)]:
    try:
        action()
    except (TypeError, RuntimeError, ValueError) as e:
        print(type(e).__name__, str(e).split(' at 0x')[0])
async def nested():
    other = asyncio.new_event_loop()
    for action in [lambda: loop.run_forever(), lambda: other.run_forever(), lambda: loop.close(), lambda: asyncio.run(None)]:
        try:
            action()
        except (RuntimeError, ValueError) as e:
            print(e)
    other.close()
    print(loop.is_running())
    try:
        await 5
    except TypeError as e:
        print(e)
    try:
        asyncio.create_task('x')
    except TypeError as e:
        print(e)
loop.run_until_complete(nested())
loop.call_soon(print, 'a', 1)
loop.call_soon(loop.stop)
h = loop.call_soon(print, 'cancelled')
h.cancel()
print(h.cancelled())
loop.run_forever()
loop.close()
loop.close()
for action in [lambda: loop.run_forever(), lambda: loop.call_soon(print), lambda: loop.call_later(1, print)]:
    try:
        action()
    except RuntimeError as e:
        print(e)
asyncio.run(coro())
try:
    asyncio.get_event_loop()
except RuntimeError as e:
    print(e)
print(asyncio.iscoroutine(5))
)",
      R"(
async def f():
    pass
async def main():
    c = f()
    print(asyncio.iscoroutine(c), type(c))
    await c
    try:
        await c
    except RuntimeError as e:
        print(e)
    async def waits(c):
        await c
    s = asyncio.sleep(0, 'result')
    got = await s
    print(got)
    t = asyncio.create_task(f(), name='named')
    print(t.get_name(), asyncio.current_task().get_name()[:5])
    t.set_name('renamed')
    print(t.get_name(), t.get_coro().__name__)
    await t
    loop = asyncio.get_running_loop()
    def callback(x):
        print('callback', x, asyncio.current_task() is None)
    loop.call_soon(functools.partial(callback, 'partial'))
    loop.call_soon(callback, 'plain')
    await asyncio.sleep(0)
    u = loop.create_task(f())
    print(u.get_name()[:5])
    async def returns_early():
        return 5
    got = await asyncio.ensure_future(returns_early())
    print(got)
    try:
        asyncio.current_task().set_result(5)
    except RuntimeError as e:
        print(e)
    async def stops():
        raise StopIteration
    try:
        await stops()
    except RuntimeError as e:
        print(e, repr(e.__cause__))
    async def waits_for_itself():
        await asyncio.current_task()
    w = asyncio.create_task(waits_for_itself())
    try:
        await w
    except RuntimeError as e:
        print(str(e)[:27])
asyncio.run(main())
)",
      R"(
async def main():
    raise SystemExit(3)
try:
    asyncio.run(main())
except SystemExit as e:
    print('exit', e.code)
async def finals():
    try:
        await asyncio.sleep(0)
        return 'try'
    finally:
        await asyncio.sleep(0)
        print('awaited in finally')
print(asyncio.run(finals()))
async def loops():
    for i in range(3):
        try:
            await asyncio.sleep(0)
            if i == 1:
                continue
            print(i)
        finally:
            await asyncio.sleep(0)
    async def inner():
        nonlocal i
        i = 'changed'
        await asyncio.sleep(0)
    await inner()
    return i
print(asyncio.run(loops()))
async def contexts():
    try:
        raise ValueError('first')
    except ValueError:
        try:
            await fails()
        except KeyError as e:
            print(repr(e.__context__))
async def fails():
    await asyncio.sleep(0)
    raise KeyError('second')
asyncio.run(contexts())
)",
  });
}

}  // namespace
}  // namespace loopscope::scenarios::test

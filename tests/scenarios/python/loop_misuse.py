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
# ---
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
# ---
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

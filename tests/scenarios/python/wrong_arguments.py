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

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
# ---
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
# ---
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
# ---
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

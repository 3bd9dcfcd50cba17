"""What as_completed and wait were given lives as long as the errors that came through them."""
async def s(n, d, bad=False):
    await asyncio.sleep(d)
    if bad:
        raise ValueError(n)
    return n

async def main():
    for f in asyncio.as_completed([s(1, 0.3), s(2, 0.1), s(3, 1)], timeout=0.5):
        try:
            r1 = await f
            print(r1)
        except TimeoutError as e:
            print(repr(e))
    ts = [asyncio.create_task(s(i, 0.1 * i, i == 2), name='T%d' % i) for i in range(1, 5)]
    d, p = await asyncio.wait(ts, return_when=asyncio.FIRST_EXCEPTION)
    print(sorted([t.get_name() for t in d]), sorted([t.get_name() for t in p]))
    d, p = await asyncio.wait(ts, timeout=0.01)
    print(len(d), len(p))
    for t in p:
        t.cancel()
    d, p = await asyncio.wait(ts)
    print(len(d), len(p), [t.cancelled() for t in ts])
    for bad in ([], [s(1, 1)], s(1, 1)):
        try:
            await asyncio.wait(bad)
        except (ValueError, TypeError) as e:
            print(repr(e))
    try:
        await asyncio.wait(ts, return_when='NOPE')
    except ValueError as e:
        print(e)
    try:
        asyncio.as_completed(s(1, 1))
    except TypeError as e:
        print(e)
    it = asyncio.as_completed([asyncio.create_task(s(1, 0.1, True))])
    try:
        r2 = await next(it)
        print(r2)
    except ValueError as e:
        print(repr(e))
    try:
        next(it)
    except StopIteration as e:
        print('stop')
asyncio.run(main())

import asyncio
async def fetch(n, d):
    print('begin', n); await asyncio.sleep(d); print('end', n); return n * 2
async def name(d):
    await asyncio.sleep(d); return 'name'
async def none(): await asyncio.sleep(0)
async def main():
    a, b, c = await asyncio.gather(fetch(1, 2), name(1), none())
    print(a, b, c is None)
    print(sum(await asyncio.gather(*[fetch(i, 5 - i) for i in range(5)])))
    t = asyncio.create_task(fetch(10, 1))
    print(await t + 1)
    t = asyncio.create_task(fetch(11, 3))
    try: await asyncio.wait_for(asyncio.shield(t), 1)
    except TimeoutError: print('shielded')
    print(await t)
    async with asyncio.TaskGroup() as g:
        x = g.create_task(fetch(20, 1)); y = g.create_task(name(2))
    print(x.result(), y.result())
    try:
        async with asyncio.timeout(1): print(await fetch(30, 5))
    except TimeoutError: print('late')
    async with asyncio.timeout(9): print(await fetch(31, 5))
    for c in asyncio.as_completed([asyncio.create_task(fetch(i, 3 - i)) for i in (0, 1, 2)]): print(await c)
    done, pending = await asyncio.wait([asyncio.create_task(fetch(i, i)) for i in (1, 2)], timeout=1.5)
    print(len(done), len(pending))
    for p in pending: p.cancel()
    await asyncio.wait(pending)
asyncio.run(main())

"""Errors that nobody asked for, in many ways."""
async def bad(n):
    await asyncio.sleep(0)
    raise ValueError(n)

async def main():
    asyncio.create_task(bad(1))
    await asyncio.sleep(0.1)
    print('one')
    t = asyncio.create_task(bad(2), name='two')
    await asyncio.sleep(0.1)
    t = asyncio.create_task(bad(3))
    await asyncio.sleep(0.1)
    print('two')
    g = asyncio.gather(bad(4), bad(5))
    await asyncio.sleep(0.1)
    del g
    print('three')
    await asyncio.wait([asyncio.create_task(bad(6))])
    print('four')
    f = asyncio.get_running_loop().create_future()
    f.set_exception(OSError(7))
    f = None
    s = asyncio.shield(bad(8))
    await asyncio.sleep(0.1)
    s = None
    print('five')
    ts = [asyncio.create_task(bad(i)) for i in (9, 10)]
    await asyncio.sleep(0.1)
    print([repr(t.exception()) for t in ts[:1]])
    ts.clear()
    print('six')
    return t
print(asyncio.run(main()))

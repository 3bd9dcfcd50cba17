"""gather: the first failure, cancelled children, cancelling the outer future, return_exceptions."""
async def value(x, delay=0):
    try:
        await asyncio.sleep(delay)
    except asyncio.CancelledError:
        print(x, 'cancelled')
        raise
    return x

async def bad(delay):
    await asyncio.sleep(delay)
    raise ValueError(delay)

async def try_it(future):
    try:
        result = await future
        print('result', result)
    except BaseException as e:
        print('raised', repr(e))

async def main():
    await try_it(asyncio.gather(value('a', 1), bad(0.5), bad(0.7)))
    await asyncio.sleep(1)
    await try_it(asyncio.gather(value('b', 1), bad(0.5), return_exceptions=True))
    child = asyncio.create_task(value('c', 1))
    outer = asyncio.gather(child, value('d', 0.5))
    asyncio.get_running_loop().call_later(0.2, child.cancel)
    await try_it(outer)
    await asyncio.sleep(1)
    for flag in [False, True]:
        outer = asyncio.gather(value('e', 1), value('f', 2), return_exceptions=flag)
        asyncio.get_running_loop().call_later(0.5, outer.cancel)
        await try_it(outer)
        print(outer.cancelled(), outer.done())
    child = asyncio.create_task(value('g', 1))
    waiter = asyncio.create_task(try_it(asyncio.gather(child, value('h', 1), return_exceptions=True)))
    await asyncio.sleep(0.1)
    child.cancel('only g')
    await waiter

asyncio.run(main())

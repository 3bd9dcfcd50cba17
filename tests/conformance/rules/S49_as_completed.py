"""as_completed: order of completion, timeouts, what it refuses."""
async def job(name, delay, fail=None):
    await asyncio.sleep(delay)
    if fail:
        raise fail
    return name

async def show(things, **options):
    try:
        for coro in asyncio.as_completed(things, **options):
            try:
                result = await coro
                print('result', result)
            except (ValueError, TimeoutError) as e:
                print(repr(e))
    except TypeError as e:
        print(e)

async def main():
    await show([job('a', 2), job('b', 1), job('c', 0)])
    await show([job('d', 1), job('e', 1), job('f', 0.5, ValueError('f'))])
    tasks = [asyncio.create_task(job('g', 2)), asyncio.create_task(job('h', 1)), asyncio.create_task(job('i', 3))]
    await show(tasks, timeout=1.5)
    await show(tasks, timeout=0)
    await show(tasks)
    await show(tasks)
    await show([tasks[0], tasks[0]])
    await show([])
    await show([job('j', 1), job('k', 2)], timeout=2)
    await show([job('j', 1), job('k', 2)], timeout=1)
    await asyncio.sleep(2)
    await show(tasks[0])
    await show(3)
    coros = []
    for coro in asyncio.as_completed([job('l', 1), job('m', 0.5)]):
        coros.append(coro)
    print(coros[0].__qualname__)
    got = await asyncio.gather(*coros)
    print(got)
    first = asyncio.as_completed([job('n', 1), job('o', 2)])
    task = asyncio.create_task(next(first))
    await asyncio.sleep(0.5)
    task.cancel()
    rest = await next(first)
    print(rest, task.cancelled())

asyncio.run(main())

"""gather: order of results, duplicates, done arguments, nothing at all."""
async def value(x, delay=0):
    await asyncio.sleep(delay)
    return x

async def at_once(x):
    return x

async def main():
    results = await asyncio.gather(value(1, 0.3), value(2, 0.1), at_once(3))
    print(results)
    results = await asyncio.gather()
    print(results)
    task = asyncio.create_task(value('t', 0.2))
    results = await asyncio.gather(task, at_once('x'), task)
    print(results)
    results = await asyncio.gather(task, task)
    print(results)
    same = at_once('same')
    results = await asyncio.gather(same, same)
    print(results)

asyncio.run(main())

import asyncio
async def producer(q, n):
    for i in range(n):
        await q.put(i)
        print('put', i)
        if i % 3 == 0: await asyncio.sleep(0.1)
async def consumer(name, q):
    try:
        while True:
            item = await q.get()
            print(name, 'got', item)
            await asyncio.sleep(0.05 * (item % 4))
            q.task_done()
    except asyncio.CancelledError:
        print(name, 'cancelled')
        raise
async def main():
    q = asyncio.Queue(3)
    cs = [asyncio.create_task(consumer('c%d' % i, q)) for i in range(3)]
    ps = [asyncio.create_task(producer(q, 7)) for _ in range(2)]
    await asyncio.gather(*ps)
    print('produced')
    await q.join()
    for c in cs: c.cancel()
    r = await asyncio.gather(*cs, return_exceptions=True)
    print([type(x).__name__ for x in r])
asyncio.run(main())

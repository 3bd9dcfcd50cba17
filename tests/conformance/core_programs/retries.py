import asyncio
class Retry(Exception): pass
attempts = {}
async def call(n):
    attempts[n] = attempts.get(n, 0) + 1
    await asyncio.sleep(0.1 * n)
    if attempts[n] < n % 3 + 1: raise Retry(n)
    return n * n
async def with_retry(n, sem):
    async with sem:
        for i in range(4):
            try:
                async with asyncio.timeout(0.35): return await call(n)
            except Retry as e:
                print('retry', n, i); await asyncio.sleep(0.2 * 2 ** i)
            except TimeoutError: print('timeout', n); return -1
async def ticker(stop):
    n = 0
    while not stop.is_set():
        n += 1
        try: await asyncio.wait_for(stop.wait(), 0.5)
        except TimeoutError: print('tick', n)
    print('ticker ends')
async def main():
    sem, stop = asyncio.Semaphore(2), asyncio.Event()
    t = asyncio.create_task(ticker(stop))
    print(await asyncio.gather(*[with_retry(i, sem) for i in range(6)]))
    stop.set(); await t
    q = asyncio.PriorityQueue(); results = []
    async def worker(n):
        while True:
            item = await q.get()
            try:
                await asyncio.sleep(0.01 * item); results.append([n, item])
            finally: q.task_done()
    async with asyncio.TaskGroup() as g:
        ws = [g.create_task(worker(i)) for i in range(3)]
        for x in (5, 3, 9, 1, 7): q.put_nowait(x)
        await q.join()
        for w in ws: w.cancel()
    print(results)
asyncio.run(main())

import asyncio
async def locker(n, lock):
    async with lock:
        print('in', n); await asyncio.sleep(0.5); print('out', n)
async def semer(n, s):
    async with s: print('sem', n); await asyncio.sleep(1)
async def waiter(n, c, box):
    async with c:
        await c.wait_for(lambda: box[0] >= n); print('saw', n, box[0])
async def party(n, b):
    await asyncio.sleep(n * 0.1)
    i = await b.wait(); print('party', n, i)
async def evwait(n, e):
    await e.wait(); print('event', n)
async def main():
    lock = asyncio.Lock()
    ts = [asyncio.create_task(locker(i, lock)) for i in range(3)]
    await asyncio.sleep(0.1); ts[1].cancel()
    print([type(x).__name__ for x in await asyncio.gather(*ts, return_exceptions=True)])
    try: lock.release()
    except RuntimeError as e: print(e)
    s = asyncio.Semaphore(2)
    await asyncio.gather(*[semer(i, s) for i in range(5)])
    b = asyncio.BoundedSemaphore(1)
    try: b.release()
    except ValueError as e: print(e)
    c = asyncio.Condition(); box = [0]
    ts = [asyncio.create_task(waiter(i, c, box)) for i in (2, 1, 3)]
    for _ in range(3):
        await asyncio.sleep(0.1)
        async with c: box[0] += 1; c.notify_all()
    await asyncio.gather(*ts)
    try: c.notify()
    except RuntimeError as e: print(e)
    bar = asyncio.Barrier(3)
    await asyncio.gather(*[party(i, bar) for i in range(6)])
    t = asyncio.create_task(party(0, bar)); await asyncio.sleep(0); await asyncio.sleep(0); await bar.abort()
    try: await t
    except asyncio.BrokenBarrierError as e: print(type(e).__name__, e)
    e = asyncio.Event()
    ts = [asyncio.create_task(evwait(i, e)) for i in range(3)]
    await asyncio.sleep(1); e.set(); e.clear(); await asyncio.gather(*ts)
    pq = asyncio.PriorityQueue(); lq = asyncio.LifoQueue(2)
    for x in (3, 1, 2): pq.put_nowait(x)
    print([pq.get_nowait() for _ in range(3)])
    lq.put_nowait(1); lq.put_nowait(2)
    try: lq.put_nowait(3)
    except asyncio.QueueFull: print('full')
    print(await lq.get(), await lq.get())
    try: lq.get_nowait()
    except asyncio.QueueEmpty: print('empty')
asyncio.run(main())

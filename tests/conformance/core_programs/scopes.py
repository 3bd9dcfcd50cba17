import asyncio
async def work(n, d, fail=None):
    try:
        await asyncio.sleep(d)
        if fail: raise fail
        return n
    except asyncio.CancelledError: print('x', n); raise
async def main():
    loop = asyncio.get_running_loop()
    # nested groups
    async def nested():
        try:
            async with asyncio.TaskGroup() as outer:
                outer.create_task(work('o', 5))
                async with asyncio.TaskGroup() as inner:
                    inner.create_task(work('i', 1, ValueError('inner')))
                    inner.create_task(work('j', 2))
        except ExceptionGroup as e: print('group', len(e.exceptions), type(e.exceptions[0]).__name__)
        print(asyncio.current_task().cancelling())
    await asyncio.create_task(nested())
    # group in timeout
    try:
        async with asyncio.timeout(1):
            async with asyncio.TaskGroup() as g:
                g.create_task(work('t', 3)); g.create_task(work('u', 4))
    except TimeoutError: print('timeout', loop.time())
    # FIRST_EXCEPTION
    ts = [asyncio.create_task(work(i, i, KeyError(i) if i == 2 else None)) for i in (1, 2, 3)]
    d, p = await asyncio.wait(ts, return_when=asyncio.FIRST_EXCEPTION)
    print(len(d), len(p)); await asyncio.wait(ts)
    print(ts[1].exception())
    # uncancel
    async def unc():
        me = asyncio.current_task()
        try: await asyncio.sleep(10)
        except asyncio.CancelledError: print('cancelling', me.cancelling(), me.uncancel())
        await asyncio.sleep(1); return 'survived'
    t = asyncio.create_task(unc()); await asyncio.sleep(0.1); t.cancel(); print(await t)
    # several wait for one
    t = asyncio.create_task(work('shared', 1))
    async def w(n): print('w', n, await t)
    await asyncio.gather(w(1), w(2), w(3))
    # cancel gather parent while child shielded
    inner = asyncio.create_task(work('s', 2))
    async def par(): await asyncio.gather(asyncio.shield(inner), work('plain', 3))
    t = asyncio.create_task(par()); await asyncio.sleep(0.5); t.cancel('bye')
    try: await t
    except asyncio.CancelledError as e: print('par', e.args)
    print(await inner)
    # condition: cancel a waiter, barrier reset
    c = asyncio.Condition()
    async def cw(n):
        async with c:
            try: await c.wait(); print('notified', n)
            except asyncio.CancelledError: print('cw cancelled', n, c.locked()); raise
    ts = [asyncio.create_task(cw(i)) for i in range(3)]
    await asyncio.sleep(0); await asyncio.sleep(0); await asyncio.sleep(0)
    ts[0].cancel()
    async with c: c.notify(1)
    await asyncio.sleep(0.1)
    async with c: c.notify(3)
    print([r is None for r in await asyncio.gather(*ts, return_exceptions=True)])
    b = asyncio.Barrier(2)
    async def bw():
        try: await b.wait(); print('passed')
        except asyncio.BrokenBarrierError: print('broken')
    t = asyncio.create_task(bw()); await asyncio.sleep(0); await b.reset(); await t
    await asyncio.gather(bw(), bw())
    print(b.n_waiting, b.broken)
    # queue: cancelled getter, join
    q = asyncio.Queue(1)
    async def get(n): x = await q.get(); print('get', n, x); q.task_done()
    ts = [asyncio.create_task(get(i)) for i in range(3)]
    await asyncio.sleep(0); ts[0].cancel()
    for x in 'ab': await q.put(x)
    await q.join(); print(q.qsize(), ts[0].cancelled())
    try: q.task_done()
    except ValueError as e: print(e)
asyncio.run(main())

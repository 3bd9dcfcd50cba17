import asyncio
async def work(n, d):
    try: await asyncio.sleep(d); print('done', n); return n
    except asyncio.CancelledError: print('cancelled', n); raise
async def main():
    loop = asyncio.get_running_loop()
    print(await asyncio.wait_for(work('a', 1), 2))
    try: await asyncio.wait_for(work('b', 3), 1)
    except TimeoutError: print('timeout b')
    print(await asyncio.wait_for(work('c', 1), None))
    t = asyncio.create_task(work('d', 3))
    try: await asyncio.wait_for(asyncio.shield(t), 1)
    except TimeoutError: print('timeout d', t.done())
    print(await t)
    f = loop.create_future()
    loop.call_later(1, f.set_result, 7)
    print(await asyncio.wait_for(f, 5))
    ts = [asyncio.create_task(work(i, 3 - i)) for i in range(3)]
    done, pending = await asyncio.wait(ts, return_when=asyncio.FIRST_COMPLETED)
    print(len(done), len(pending))
    done, pending = await asyncio.wait(ts, timeout=0.5)
    print(len(done), len(pending))
    done, pending = await asyncio.wait(ts)
    print(len(done), len(pending))
    async def shielded():
        try: await asyncio.shield(work('s', 2))
        except asyncio.CancelledError: print('shielded cancelled'); raise
    t = asyncio.create_task(shielded())
    await asyncio.sleep(0.5); t.cancel()
    try: await t
    except asyncio.CancelledError: print('gone')
    await asyncio.sleep(3)
    try: await asyncio.wait_for(work('z', 1), 0)
    except TimeoutError: print('timeout z')
    try: await asyncio.wait([])
    except ValueError as e: print('ValueError', e)
asyncio.run(main())

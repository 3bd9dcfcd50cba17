import asyncio
class MyError(Exception): pass
async def work(n, d, fail=False):
    try:
        await asyncio.sleep(d)
        if fail: raise MyError('no %d' % n)
        print('done', n); return n * 10
    except asyncio.CancelledError: print('cancelled', n); raise
async def main():
    print(await asyncio.gather(work(1, 2), work(2, 1)))
    try: await asyncio.gather(work(3, 1, True), work(4, 2))
    except MyError as e: print('error', e)
    await asyncio.sleep(3)
    r = await asyncio.gather(work(5, 1, True), work(6, 0.5), return_exceptions=True)
    print(repr(r[0]), r[1])
    print(await asyncio.gather())
    g = asyncio.gather(work(7, 5), work(8, 6))
    await asyncio.sleep(1)
    g.cancel()
    try: await g
    except asyncio.CancelledError: print('gather cancelled')
    t = asyncio.create_task(work(9, 1))
    print(await asyncio.gather(t, t, work(10, 0)))
    print(await asyncio.gather(asyncio.gather(work(11, 1), work(12, 1)), work(13, 0.5)))
asyncio.run(main())

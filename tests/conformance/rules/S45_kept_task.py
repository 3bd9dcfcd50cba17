"""What wait_for cancels lives as long as the error that comes through wait_for."""
tasks = []
async def w5(n):
    await asyncio.sleep(0)
    raise asyncio.CancelledError('why')
async def w3():
    x6s = [asyncio.create_task(w5(3))]
    x6 = asyncio.gather(*x6s)
    await asyncio.sleep(0.5)
async def w2():
    x5 = asyncio.create_task(w3())
    await x5
async def w0():
    await asyncio.wait_for(w2(), 0.3)
async def main():
    t = asyncio.create_task(w0())
    tasks.append(t)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    t.cancel()
    await asyncio.sleep(0.5)
    print('end')
asyncio.run(main())

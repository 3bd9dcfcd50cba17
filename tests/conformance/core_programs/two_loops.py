import asyncio, threading
loops = {}
async def tick(n, d):
    for i in range(3):
        await asyncio.sleep(d); print(n, i, threading.current_thread().name)
    return n
def other():
    async def m():
        loops['other'] = asyncio.get_running_loop()
        r = await asyncio.gather(tick('x', 0.3), tick('y', 0.5))
        print(r)
        await asyncio.sleep(1)
        return 'over'
    print(asyncio.run(m()))
async def main():
    t = threading.Thread(target=other, name='other'); t.start()
    await tick('main', 0.4)
    f = asyncio.run_coroutine_threadsafe(tick('guest', 0.1), loops['other'])
    print(await asyncio.wrap_future(f))
    loops['other'].call_soon_threadsafe(lambda: print('hello from main', threading.current_thread().name))
    await asyncio.to_thread(t.join)
    print('joined')
asyncio.run(main())

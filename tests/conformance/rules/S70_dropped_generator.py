"""An async generator that nobody holds any more is closed by a task of its loop, woken through the self-pipe."""
async def ticks(name):
    try:
        yield 1
        yield 2
    finally:
        print(name, 'closes')
        await asyncio.sleep(0.1)
        print(name, 'closed')

async def main():
    async for tick in ticks('dropped'):
        print(tick)
        break
    print('on')
    await asyncio.sleep(1)
    kept = ticks('kept')
    async for tick in kept:
        break
    print('main over')

asyncio.run(main())

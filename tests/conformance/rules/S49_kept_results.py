"""An error out of as_completed's coroutine keeps the others that are done: its frame holds their queue."""
async def cancelled():
    asyncio.current_task().cancel()
    await asyncio.sleep(1)

async def bad(text):
    await asyncio.sleep(0)
    raise ValueError(text)

async def first():
    for one in asyncio.as_completed([cancelled(), bad('b')]):
        await one

async def main():
    task = asyncio.create_task(first())
    await asyncio.wait([task])
    await asyncio.sleep(0.1)
    print('done', task.cancelled())
    try:
        await task
    except asyncio.CancelledError:
        print('caught')
    print('gone')
    await asyncio.sleep(0.1)

asyncio.run(main())

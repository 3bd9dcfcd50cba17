"""A coroutine that goes with a function's variables is told of at the line that called or awaited the function."""
async def work(n):
    return n

async def forgets(n):
    forgotten = work(n)
    return n

async def forgets_later(n):
    forgotten = work(n)
    await asyncio.sleep(0.1)

def forgets_at_once(n):
    forgotten = work(n)

async def calls(n):
    await forgets(n)
    return n

async def main():
    await forgets(1)
    result = await calls(2)
    await forgets_later(3)
    forgets_at_once(4)
    await asyncio.create_task(forgets(5))
    kept = work(6)
    print('main ends', result)

asyncio.run(main())
forgets_at_once(7)

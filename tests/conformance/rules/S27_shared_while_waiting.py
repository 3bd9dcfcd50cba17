"""Two tasks drive one coroutine: while it waits for a future, each that comes waits for it, too."""
async def work(n):
    print('work', n)
    got = await asyncio.sleep(0.1, 'slept')
    print(got, n)
    return n

async def main():
    shared = work(1)
    tasks = [asyncio.create_task(shared) for _ in range(3)]
    result = await asyncio.gather(*tasks, return_exceptions=True)
    print(result)
    shared = asyncio.wait_for(work(2), 1)
    tasks = [asyncio.create_task(shared) for _ in range(2)]
    result = await asyncio.gather(*tasks, return_exceptions=True)
    print(result)

asyncio.run(main())

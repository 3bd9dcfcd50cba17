"""More than half of more than 100 timers cancelled: all cancelled ones go, ties are heapified anew."""
def tick(i):
    print('tick', i)

async def crowd(size, cancelled):
    loop = asyncio.get_running_loop()
    timers = []
    for i in range(size):
        timers.append(loop.call_later(1 + i % 3, tick, i))
    for i in range(cancelled):
        timers[(i * 7) % size].cancel()
    print(size, cancelled)
    await asyncio.sleep(0)
    await asyncio.sleep(5)

async def main():
    for size, cancelled in [(100, 51), (101, 50), (101, 51), (102, 51), (102, 52), (200, 100), (200, 101)]:
        await crowd(size, cancelled)

asyncio.run(main())

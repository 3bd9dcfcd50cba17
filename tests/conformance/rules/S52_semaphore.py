"""Semaphore and BoundedSemaphore: permits handed over in order, cancelled waiters."""
async def using(semaphore, name, delay):
    try:
        async with semaphore:
            print(name, 'in', semaphore)
            await asyncio.sleep(delay)
    except asyncio.CancelledError:
        print(name, 'cancelled', semaphore)
        raise
    print(name, 'out', semaphore)

async def settle(tasks):
    got = await asyncio.gather(*tasks, return_exceptions=True)
    print(got)

async def main():
    semaphore = asyncio.Semaphore(2)
    print(semaphore, asyncio.Semaphore(), asyncio.Semaphore(0), asyncio.BoundedSemaphore(3))
    await settle([using(semaphore, i, i % 3) for i in range(6)])
    for victims in [[0], [2], [3], [2, 3], [0, 2], [2, 4], [0, 1, 2, 3]]:
        tasks = [asyncio.create_task(using(semaphore, f'{victims} {i}', 1)) for i in range(5)]
        await asyncio.sleep(0.5)
        for i in victims:
            tasks[i].cancel()
        await settle(tasks)
    zero = asyncio.Semaphore(0)
    tasks = [asyncio.create_task(using(zero, f'zero {i}', 0)) for i in range(4)]
    await asyncio.sleep(0)
    zero.release()
    zero.release()
    print(zero, zero.locked())
    zero.release()
    print(zero)
    tasks[1].cancel()
    tasks.append(asyncio.create_task(using(zero, 'newcomer', 0)))
    await settle(tasks)
    print(zero)
    bounded = asyncio.BoundedSemaphore(1)
    await bounded.acquire()
    bounded.release()
    try:
        bounded.release()
    except ValueError as e:
        print(e)
    waiting = asyncio.Semaphore(1)
    await waiting.acquire()
    task = asyncio.create_task(using(waiting, 'woken', 0))
    await asyncio.sleep(0)
    waiting.release()
    task.cancel()
    other = asyncio.create_task(using(waiting, 'other', 0))
    await settle([task, other])
    print(waiting)
    for bad in [lambda: asyncio.Semaphore(-1), lambda: asyncio.Semaphore('1'), lambda: asyncio.Semaphore(1, 2)]:
        try:
            bad()
        except (TypeError, ValueError) as e:
            print(repr(e))

asyncio.run(main())

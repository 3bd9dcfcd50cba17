"""Lock: order of arrival, no barging, cancelled waiters, wrong releases, other loops."""
async def holder(lock, name, steps):
    await lock.acquire()
    print(name, 'has it', lock)
    try:
        for i in range(steps):
            await asyncio.sleep(0)
    finally:
        lock.release()
    print(name, 'gave it up', lock.locked())

async def using(lock, name, delay):
    try:
        async with lock as nothing:
            print(name, 'in', nothing)
            await asyncio.sleep(delay)
    except asyncio.CancelledError as e:
        print(name, repr(e), lock)
        raise

async def greedy(lock):
    for i in range(3):
        await lock.acquire()
        print('greedy', i)
        lock.release()
        print(lock)

async def settle(tasks):
    got = await asyncio.gather(*tasks, return_exceptions=True)
    print(got)

async def main():
    lock = asyncio.Lock()
    print(lock, lock.locked())
    got = await lock.acquire()
    print(got, lock)
    lock.release()
    try:
        lock.release()
    except RuntimeError as e:
        print(e)
    await settle([holder(lock, 'a', 0), holder(lock, 'b', 2), holder(lock, 'c', 1), greedy(lock)])
    for victims in [[0], [1], [2], [0, 1], [1, 2], [1, 3], [0, 1, 2, 3]]:
        tasks = [asyncio.create_task(using(lock, f'{victims} {i}', 1)) for i in range(4)]
        await asyncio.sleep(0.5)
        for i in victims:
            tasks[i].cancel()
        await settle(tasks)
    for first in [True, False]:
        await lock.acquire()
        tasks = [asyncio.create_task(using(lock, f'late {i}', 0)) for i in range(3)]
        await asyncio.sleep(0)
        if first:
            tasks[0].cancel()
        lock.release()
        if not first:
            tasks[0].cancel()
        tasks.append(asyncio.create_task(using(lock, 'newcomer', 0)))
        await settle(tasks)
    await lock.acquire()
    task = asyncio.create_task(using(lock, 'woken', 0))
    await asyncio.sleep(0)
    lock.release()
    print(lock, lock.locked())
    await greedy(lock)
    await task
    for wait in [0, 1]:
        await lock.acquire()
        task = asyncio.create_task(asyncio.wait_for(using(lock, 'timed', 2), 1))
        await asyncio.sleep(wait)
        lock.release()
        await settle([task])
    async def outer():
        async with asyncio.timeout(1):
            async with lock:
                await asyncio.sleep(5)
    await settle([outer(), using(lock, 'after', 0)])
    for bad in [lambda: asyncio.Lock(1), lambda: lock.acquire(1), lambda: asyncio.Lock(loop=None)]:
        try:
            bad()
        except TypeError as e:
            print(e)
    return lock

async def elsewhere(lock):
    await lock.acquire()
    try:
        await lock.acquire()
    except RuntimeError as e:
        print(str(e)[-32:])

lock = asyncio.run(main())
asyncio.run(elsewhere(lock))

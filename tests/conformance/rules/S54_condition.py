"""Condition: notify in order, re-acquiring one by one, cancellation in each phase, shared locks."""
async def waiter(condition, name, hold=0):
    async with condition:
        try:
            got = await condition.wait()
            print(name, 'notified', got, condition)
        except asyncio.CancelledError as e:
            print(name, repr(e), condition)
            raise
        for i in range(hold):
            await asyncio.sleep(0)
    print(name, 'out')

async def settle(tasks):
    got = await asyncio.gather(*tasks, return_exceptions=True)
    print(got)

async def notify(condition, n):
    async with condition:
        condition.notify(n)
        print('notified', n, condition)

async def start(condition, hold, count=3):
    tasks = [asyncio.create_task(waiter(condition, f'w{i}', hold)) for i in range(count)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return tasks

async def main():
    condition = asyncio.Condition()
    print(condition)
    for bad in [condition.notify, condition.notify_all]:
        try:
            bad()
        except RuntimeError as e:
            print(e)
    try:
        await condition.wait()
    except RuntimeError as e:
        print(e)
    for hold in [0, 1, 2]:
        tasks = await start(condition, hold)
        async with condition:
            condition.notify_all()
        await settle(tasks)
    tasks = await start(condition, 0, 4)
    await notify(condition, 1)
    await notify(condition, 2)
    await notify(condition, 2)
    await settle(tasks)
    for victims in [[0], [1], [0, 2]]:
        tasks = await start(condition, 1)
        for i in victims:
            tasks[i].cancel('early')
        await notify(condition, 1)
        await asyncio.sleep(1)
        async with condition:
            condition.notify_all()
        await settle(tasks)
        tasks = await start(condition, 1)
        async with condition:
            condition.notify(2)
            for i in victims:
                tasks[i].cancel('late')
        await asyncio.sleep(1)
        async with condition:
            condition.notify_all()
        await settle(tasks)
        tasks = await start(condition, 1)
        async with condition:
            condition.notify_all()
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            for i in victims:
                tasks[i].cancel('in reacquire')
            await asyncio.sleep(0)
            tasks[0].cancel('again')
        await settle(tasks)
    items = []
    async def consumer(n):
        async with condition:
            got = await condition.wait_for(lambda: len(items) >= n and items)
            print('consumer', n, got)
    async def bad_consumer():
        async with condition:
            await condition.wait_for(lambda: items[7])
    async def producer():
        for i in range(4):
            async with condition:
                items.append(i)
                condition.notify_all()
            await asyncio.sleep(0)
    await settle([consumer(3), consumer(1), consumer(2), bad_consumer(), producer()])
    lock = asyncio.Lock()
    first = asyncio.Condition(lock)
    second = asyncio.Condition(lock=lock)
    tasks = [asyncio.create_task(waiter(first, 'first')), asyncio.create_task(waiter(second, 'second'))]
    await asyncio.sleep(0)
    async with lock:
        print(first, second, first.locked())
        first.notify_all()
        second.notify_all()
    await settle(tasks)
    try:
        async with asyncio.timeout(1):
            await waiter(condition, 'timed')
    except TimeoutError as e:
        print(repr(e), condition)
    try:
        asyncio.Condition(3)
    except AttributeError as e:
        print(e)

asyncio.run(main())

"""Barrier: rounds, latecomers while it drains, reset, abort, cancelled parties."""
async def party(barrier, name, rounds=1, delay=0):
    await asyncio.sleep(delay)
    for i in range(rounds):
        try:
            index = await barrier.wait()
            print(name, i, index, barrier)
        except asyncio.BrokenBarrierError as e:
            print(name, repr(e), barrier)
        except asyncio.CancelledError:
            print(name, 'cancelled', barrier)
            raise
    return name

async def settle(tasks):
    got = await asyncio.gather(*tasks, return_exceptions=True)
    print(got)

async def main():
    barrier = asyncio.Barrier(3)
    print(barrier, barrier.parties, barrier.n_waiting, barrier.broken)
    await settle([party(barrier, 'a', 2), party(barrier, 'b', 2), party(barrier, 'c', 2)])
    await settle([party(barrier, f'p{i}') for i in range(6)])
    await settle([party(barrier, f'q{i}', 2, i % 2) for i in range(3)])
    tasks = [asyncio.create_task(party(barrier, f'r{i}')) for i in range(2)]
    await asyncio.sleep(1)
    print(barrier, barrier.n_waiting)
    tasks[0].cancel()
    await asyncio.sleep(1)
    print(barrier)
    tasks.append(asyncio.create_task(party(barrier, 'r2')))
    tasks.append(asyncio.create_task(party(barrier, 'r3')))
    await settle(tasks)
    for action in ['reset', 'abort']:
        tasks = [asyncio.create_task(party(barrier, f'{action} {i}')) for i in range(2)]
        await asyncio.sleep(1)
        if action == 'reset':
            await barrier.reset()
            tasks.append(asyncio.create_task(party(barrier, 'more')))
            tasks.append(asyncio.create_task(party(barrier, 'and more')))
            tasks.append(asyncio.create_task(party(barrier, 'last')))
        else:
            await barrier.abort()
        print(action, barrier, barrier.broken)
        await settle(tasks)
        print(barrier)
    await settle([party(barrier, 'broken')])
    await barrier.reset()
    print(barrier)
    await settle([party(barrier, f's{i}') for i in range(3)])
    one = asyncio.Barrier(1)
    index = await one.wait()
    print(index, one)
    async with one as position:
        print(position)
    async def limited():
        async with asyncio.timeout(1):
            await barrier.wait()
    await settle([limited()])
    print(barrier)
    for bad in [lambda: asyncio.Barrier(0), lambda: asyncio.Barrier(), lambda: asyncio.Barrier('3')]:
        try:
            bad()
        except (TypeError, ValueError) as e:
            print(repr(e))

asyncio.run(main())

"""Event: all waiters wake in order, clear() does not undo it, cancelled waiters."""
async def waits(event, name):
    try:
        got = await event.wait()
        print(name, got, event.is_set())
    except asyncio.CancelledError:
        print(name, 'cancelled', event)
        raise

async def settle(tasks):
    got = await asyncio.gather(*tasks, return_exceptions=True)
    print(got)

async def main():
    event = asyncio.Event()
    print(event, event.is_set())
    tasks = [asyncio.create_task(waits(event, i)) for i in range(4)]
    await asyncio.sleep(0)
    print(event)
    event.set()
    event.clear()
    print(event)
    tasks[1].cancel()
    late = asyncio.create_task(waits(event, 'late'))
    await settle(tasks)
    event.set()
    event.set()
    await settle([late, waits(event, 'at once')])
    event.clear()
    for delay in [0.5, 1]:
        asyncio.get_running_loop().call_later(1, event.set)
        try:
            got = await asyncio.wait_for(event.wait(), delay)
            print(got)
        except TimeoutError as e:
            print(repr(e), event)
        await asyncio.sleep(1)
        event.clear()
    asyncio.get_running_loop().call_soon(event.set)
    await event.wait()
    print(event.wait.__qualname__)
    try:
        asyncio.Event(1)
    except TypeError as e:
        print(e)

asyncio.run(main())

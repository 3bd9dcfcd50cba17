"""Cancelled when the wake-up is queued already: the result is lost. A task that cancels itself ends cancelled."""
async def waits(future):
    try:
        value = await future
        print('got', value)
    except asyncio.CancelledError:
        print('lost', future.result())
        raise

async def cancels_itself(value):
    asyncio.current_task().cancel('self')
    print('still here')
    return value

async def swallows():
    asyncio.current_task().cancel()
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError:
        print('caught', asyncio.current_task().cancelling())
    print(asyncio.current_task().uncancel(), asyncio.current_task().uncancel())
    await asyncio.sleep(0.5)
    return 'alive'

async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    task = asyncio.create_task(waits(future))
    await asyncio.sleep(0)
    future.set_result('the value')
    task.cancel()
    for other in [task, asyncio.create_task(cancels_itself(1)), asyncio.create_task(swallows())]:
        try:
            result = await other
            print(result)
        except asyncio.CancelledError as e:
            print('cancelled', repr(e))

asyncio.run(main())

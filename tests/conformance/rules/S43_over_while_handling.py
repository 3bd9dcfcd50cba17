"""A coroutine that another task has run to its end: the refusal has the error being handled as context."""
async def child():
    try:
        await asyncio.sleep(5)
    except asyncio.CancelledError as e:
        print('caught', repr(e))

async def main():
    shared = child()
    tasks = [asyncio.create_task(shared), asyncio.create_task(shared)]
    tasks[1].add_done_callback(lambda t: print('context', repr(t.exception().__context__)))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    raise KeyError('main')

try:
    asyncio.run(main())
except KeyError as e:
    print(repr(e))

"""What a cancelled gather says is the message of its last argument, whichever ends last."""
async def job(name, delay, swallow=False):
    while True:
        try:
            await asyncio.sleep(delay)
            return name
        except asyncio.CancelledError as e:
            print(name, repr(e))
            if not swallow:
                raise
            swallow = False

async def attempt(cancels, *jobs):
    outer = asyncio.gather(*jobs, return_exceptions=True)
    await asyncio.sleep(0.5)
    for message in cancels:
        print(outer.cancel(message))
    try:
        await outer
    except asyncio.CancelledError as e:
        print(repr(e), outer.cancelled())

async def main():
    await attempt(['one'], job('a', 2), job('b', 0))
    await attempt(['one', 'two'], job('c', 2), job('d', 0))
    await attempt(['one'], job('e', 0), job('f', 2))
    await attempt(['one', 'two'], job('g', 0), job('h', 2))
    await attempt(['one'], job('i', 2), job('j', 2, True))
    await attempt(['one', 'two'], job('k', 2), job('l', 2, True))
    future = asyncio.get_running_loop().create_future()
    await attempt(['one'], job('m', 2), future)
    other = asyncio.create_task(job('n', 2))
    other.cancel('early')
    await attempt(['late'], job('o', 2), other)

asyncio.run(main())

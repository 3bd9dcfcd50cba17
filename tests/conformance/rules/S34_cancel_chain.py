"""Cancellation before the first step, in a sleep, through awaited tasks, refused, and when the wake-up is queued."""
async def sleeper(name, refuse=False):
    try:
        await asyncio.sleep(10)
        return 'slept'
    except asyncio.CancelledError as e:
        print(name, 'sees', repr(e))
        if refuse:
            await asyncio.sleep(1)
            return 'refused'
        raise

async def outer(name, inner):
    try:
        result = await inner
        print(name, 'got', result)
    except asyncio.CancelledError:
        print(name, 'cancelled', inner.done())
        raise

async def main():
    unstarted = asyncio.create_task(sleeper('unstarted'))
    print(unstarted.cancel(), unstarted.cancel('twice'), unstarted.cancelling())
    inner = asyncio.create_task(sleeper('inner'))
    chain = asyncio.create_task(outer('middle', inner))
    top = asyncio.create_task(outer('top', chain))
    stubborn = asyncio.create_task(sleeper('stubborn', True))
    above = asyncio.create_task(outer('above', stubborn))
    await asyncio.sleep(0.5)
    print(top.cancel('from the top'), above.cancel())
    await asyncio.sleep(0)
    print(top.cancelling(), chain.cancelling(), inner.cancelling())
    await asyncio.sleep(2)
    for task in [unstarted, inner, chain, top, stubborn, above]:
        print(task.done(), task.cancelled(), task.cancel())

asyncio.run(main())

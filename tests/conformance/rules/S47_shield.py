"""shield: the waiter is cancelled, the job is not; results and errors pass through."""
async def job(name, delay, fail=None):
    try:
        await asyncio.sleep(delay)
    except asyncio.CancelledError:
        print(name, 'cancelled')
        raise
    print(name, 'done')
    if fail:
        raise fail
    return name

async def show(name, future):
    try:
        result = await future
        print(name, 'result', result)
    except BaseException as e:
        print(name, repr(e))

async def shielded(name, task):
    try:
        result = await asyncio.shield(task)
        print(name, result)
    except asyncio.CancelledError:
        print(name, 'cancelled')
        raise

async def main():
    loop = asyncio.get_running_loop()
    await show('coroutine', asyncio.shield(job('a', 0)))
    await show('slow', asyncio.shield(job('b', 1)))
    await show('fails', asyncio.shield(job('c', 1, ValueError('c'))))
    task = asyncio.create_task(job('d', 0))
    await task
    print(asyncio.shield(task) is task)
    inner = asyncio.create_task(job('e', 2))
    waiter = asyncio.create_task(shielded('waiter', inner))
    await asyncio.sleep(1)
    waiter.cancel()
    await show('waiter', waiter)
    await show('inner', inner)
    inner = asyncio.create_task(job('f', 2))
    outer = asyncio.shield(inner)
    loop.call_later(1, inner.cancel)
    await show('inner cancelled', outer)
    print(outer.cancelled())
    inner = asyncio.create_task(job('g', 1, KeyError('g')))
    outer = asyncio.shield(inner)
    outer.cancel()
    await show('outer cancelled', outer)
    await asyncio.sleep(2)
    print(inner.done())
    inner = asyncio.create_task(job('h', 1))
    outer = asyncio.shield(inner)
    await asyncio.sleep(0.5)
    inner.add_done_callback(lambda task: outer.cancel())
    await show('cancelled as it ends', outer)
    twice = asyncio.shield(asyncio.shield(asyncio.create_task(job('i', 1))))
    await show('twice', twice)
    try:
        asyncio.shield(3)
    except TypeError as e:
        print(e)

asyncio.run(main())

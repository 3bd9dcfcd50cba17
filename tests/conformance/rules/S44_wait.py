"""wait: done and pending, return_when, timeouts, what it refuses."""
async def job(name, delay, fail=None):
    try:
        await asyncio.sleep(delay)
    except asyncio.CancelledError:
        print(name, 'cancelled')
        raise
    print(name, 'ends')
    if fail:
        raise fail
    return name

async def cancel_later(task, delay):
    await asyncio.sleep(delay)
    task.cancel()

def names(tasks):
    return sorted([task.get_name() for task in tasks])

def task(name, delay, fail=None):
    return asyncio.create_task(job(name, delay, fail), name=name)

async def show(fs, **options):
    try:
        done, pending = await asyncio.wait(fs, **options)
        print('done', names(done), 'pending', names(pending))
    except BaseException as e:
        print(repr(e))

async def main():
    await show([task('a', 1), task('b', 0), task('c', 2)])
    fresh = [task('d', 1), task('e', 0), task('f', 0.5)]
    await show(fresh, return_when=asyncio.FIRST_COMPLETED)
    await show(fresh, timeout=0.25)
    await show(fresh, timeout=0)
    await show(fresh)
    await show(fresh)
    await show([fresh[0], fresh[0], fresh[0]], return_when='FIRST_EXCEPTION')
    failing = [task('g', 1), task('h', 0.5, ValueError('h')), task('i', 0.25)]
    failing[0].add_done_callback(lambda task: print("callback"))
    asyncio.create_task(cancel_later(failing[2], 0.1))
    await show(failing, return_when=asyncio.FIRST_EXCEPTION)
    await show(failing[:1], timeout=0.5)
    both = [task('j', 1), task('k', 1)]
    await show(both, return_when=asyncio.FIRST_COMPLETED)
    await show(both, timeout=1)
    same_time = [task('l', 1), task('m', 2)]
    await show(same_time, timeout=1)
    waiter = asyncio.create_task(show([task('n', 1)], timeout=5))
    await asyncio.sleep(0.5)
    waiter.cancel()
    await waiter
    await show([])
    await show(fresh[0])
    await show(fresh, return_when='SOMETIMES')
    await show([3])
    await show(3)
    await show(fresh, timeout='soon')
    coroutine = job('z', 0)
    await show([coroutine])
    await show(coroutine)
    w = asyncio.wait(fresh)
    print(w.__qualname__)
    await w
    for f in same_time:
        f.cancel()
    await show(same_time)

asyncio.run(main())

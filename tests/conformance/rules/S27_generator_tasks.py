"""Generators are coroutines to asyncio still: tasks drive them by their yields."""
def old(name, rounds):
    print(name, 'starts')
    for n in range(rounds):
        yield
        print(name, n)
    return name * 2

def waits(future):
    try:
        result = yield from future
        print('waited', result)
        return result
    finally:
        print('waits ends')

def through(*steps):
    results = []
    for step in steps:
        result = yield from step
        results.append(result)
    return results

def bad(value):
    try:
        yield value
    except RuntimeError as error:
        print('bad:', str(error).split(' at 0x')[0].split('cb=')[0])
    yield
    return 'recovered'

def fails():
    yield
    raise KeyError('inside')

async def kinds():
    for value in [asyncio.iscoroutine(old('a', 1)), asyncio.iscoroutine(old), asyncio.iscoroutine(iter([]))]:
        print(value)
    task = asyncio.create_task(old('a', 2), name='old')
    print(task.get_coro().__name__, str(task).split(' cb=')[0])
    await asyncio.sleep(0)
    print(str(task).split(' cb=')[0])
    result = await task
    print(result, task)
    results = await asyncio.gather(old('b', 1), asyncio.sleep(0, 'c'), through(old('d', 1), old('e', 0)))
    print(results)
    result = await asyncio.wait_for(waits(asyncio.ensure_future(asyncio.sleep(0.5, 'slept'))), 1)
    print(result)
    async with asyncio.TaskGroup() as group:
        group.create_task(old('g', 1))
    result = await asyncio.shield(old('s', 1))
    print(result)

async def mistakes():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    for value in [1, 'text', future, old('x', 1), asyncio.sleep, (None,)]:
        result = await asyncio.create_task(bad(value))
        print(result)
    for step in [old('y', 1), None]:
        try:
            await step
        except TypeError as error:
            print(error)
    try:
        await asyncio.wait_for(old('z', 1), None)
    except TypeError as error:
        print(error)
    for call in [lambda: list(future), lambda: [*future]]:
        future = loop.create_future()
        try:
            call()
        except RuntimeError as error:
            print(error)
    done = loop.create_future()
    done.set_result([1, 2])
    print(list(done), next(iter(loop.create_future())))
    sleeps = asyncio.sleep(1)
    try:
        await asyncio.create_task(through(sleeps))
    except TypeError as error:
        print(error)
    sleeps.close()
    results = await asyncio.gather(fails(), waits(failed()), return_exceptions=True)
    print(results)

def failed():
    future = asyncio.get_running_loop().create_future()
    future.set_exception(ValueError('of the future'))
    return future

async def cancelled():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(through(waits(future)))
    await asyncio.sleep(0.1)
    print(task.cancel('enough'))
    results = await asyncio.gather(task, return_exceptions=True)
    print(results, future.cancelled())
    task = asyncio.create_task(old('never', 1))
    task.cancel()
    results = await asyncio.gather(task, return_exceptions=True)
    print(results)
    try:
        await asyncio.wait_for(waits(asyncio.Future()), 0.2)
    except TimeoutError:
        print('timed out')

asyncio.run(kinds())
asyncio.run(mistakes())
asyncio.run(cancelled())
print(asyncio.run(old('top', 1)))
with asyncio.Runner() as runner:
    print(runner.run(old('runner', 0)))
loop = asyncio.new_event_loop()
print(loop.run_until_complete(old('loop', 1)))
left = loop.create_task(old('left', 3))
loop.run_until_complete(asyncio.sleep(0))
loop.close()
del left
asyncio.run(through(fails()))

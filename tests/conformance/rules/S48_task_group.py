"""TaskGroup: joining, failures, aborts, cancellation of the parent, misuse."""
async def job(name, delay, fail=None, swallow=False):
    print(name, 'starts')
    try:
        await asyncio.sleep(delay)
    except asyncio.CancelledError as e:
        print(name, repr(e))
        if not swallow:
            raise
    if fail:
        raise fail
    print(name, 'ends')
    return name

def show_error(e, level=0):
    print('  ' * level + repr(e), e.__cause__, e.__suppress_context__)
    if isinstance(e, BaseExceptionGroup):
        print('  ' * level + str(e), e.message, type(e.exceptions))
        for inner in e.exceptions:
            show_error(inner, level + 1)

async def attempt(name, coro):
    print('--', name)
    try:
        result = await coro
        print(name, 'result', result)
    except BaseException as e:
        show_error(e)
    print(name, asyncio.current_task().cancelling())

async def empty():
    async with asyncio.TaskGroup() as group:
        print(group)
    return group

async def joins():
    async with asyncio.TaskGroup() as group:
        a = group.create_task(job('a', 1))
        b = group.create_task(job('b', 0), name='bee')
        print(group, b.get_name())
    print(a.result(), b.result(), group)

async def one_fails():
    async with asyncio.TaskGroup() as group:
        group.create_task(job('a', 2))
        group.create_task(job('b', 1, ValueError('b')))
        group.create_task(job('c', 3, None, True))
        await asyncio.sleep(10)

async def two_fail():
    async with asyncio.TaskGroup() as group:
        group.create_task(job('a', 1, ValueError('a')))
        group.create_task(job('b', 1, KeyError('b')))
        group.create_task(job('c', 2, OSError('c'), True))

async def body_fails():
    async with asyncio.TaskGroup() as group:
        group.create_task(job('never', 1))
        raise RuntimeError('body')

async def body_fails_later():
    async with asyncio.TaskGroup() as group:
        group.create_task(job('a', 1, TypeError('a'), True))
        await asyncio.sleep(0.5)
        raise RuntimeError('body')

async def adds_while_joining(group):
    await asyncio.sleep(1)
    group.create_task(job('late', 1))
    print(group)

async def grows():
    async with asyncio.TaskGroup() as group:
        group.create_task(adds_while_joining(group))

async def nested():
    async with asyncio.TaskGroup() as outer:
        outer.create_task(job('outer', 3))
        async with asyncio.TaskGroup() as inner:
            inner.create_task(job('inner', 1, ValueError('inner')))
            inner.create_task(job('inner2', 2))

async def swallows_group():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(job('a', 1, ValueError('a')))
            await asyncio.sleep(5)
    except Exception as e:
        print('caught', repr(e))
    await asyncio.sleep(1)
    return 'went on'

async def misuse():
    group = asyncio.TaskGroup()
    coroutine = job('x', 0)
    try:
        group.create_task(coroutine)
    except RuntimeError as e:
        print(e)
    async with group:
        pass
    try:
        group.create_task(coroutine)
    except RuntimeError as e:
        print(e)
    try:
        async with group:
            pass
    except RuntimeError as e:
        print(e)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(job('a', 1, None, True))
            await asyncio.sleep(0)
            raise ValueError('down')
    except ExceptionGroup as e:
        print(repr(e))
    async with asyncio.TaskGroup() as group:
        try:
            group.create_task(3)
        except TypeError as e:
            print(e)
    await coroutine

async def base_error():
    async with asyncio.TaskGroup() as group:
        group.create_task(job('a', 1, ValueError('a')))
        group.create_task(job('b', 5))
        raise KeyboardInterrupt('b')

async def cancels_itself():
    async with asyncio.TaskGroup() as group:
        group.create_task(job('a', 1))
        asyncio.current_task().cancel()

async def main():
    await attempt('empty', empty())
    await attempt('joins', joins())
    await attempt('one fails', one_fails())
    await attempt('two fail', two_fail())
    await attempt('body fails', body_fails())
    await attempt('body fails later', body_fails_later())
    await attempt('grows', grows())
    await attempt('nested', nested())
    await attempt('swallows', swallows_group())
    await attempt('misuse', misuse())
    await attempt('base error', base_error())
    for delay in [0, 0.5, 1, 1.5]:
        task = asyncio.create_task(attempt('cancelled', joins()))
        await asyncio.sleep(delay)
        task.cancel('stop')
        await task
        task = asyncio.create_task(attempt('cancelled failing', one_fails()))
        await asyncio.sleep(delay)
        task.cancel('stop')
        await attempt('join', task)
    task = asyncio.create_task(attempt('twice', one_fails()))
    await asyncio.sleep(0.5)
    task.cancel('first')
    await asyncio.sleep(0)
    task.cancel('second')
    await attempt('join', task)
    await attempt('cancels itself', asyncio.create_task(cancels_itself()))

asyncio.run(main())

"""timeout: expiry, rescheduling, nesting, cancellation from outside, ties."""
async def sleeper(delay):
    try:
        await asyncio.sleep(delay)
    except asyncio.CancelledError:
        print('sleeper cancelled')
        raise

async def limited(name, delay, job):
    try:
        async with asyncio.timeout(delay) as scope:
            print(name, 'in', scope.when(), scope.expired())
            await job
            print(name, 'worked')
    except BaseException as e:
        print(name, repr(e), repr(e.__cause__), repr(e.__context__))
    print(name, scope, scope.expired(), asyncio.current_task().cancelling())

async def nested(first, second):
    try:
        async with asyncio.timeout(first) as outer:
            try:
                async with asyncio.timeout(second) as inner:
                    await asyncio.sleep(10)
            except TimeoutError as e:
                print('inner', repr(e))
                await asyncio.sleep(10)
    except TimeoutError as e:
        print('outer', repr(e))
    print(outer.expired(), inner.expired(), outer, inner)

async def rescheduled():
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(1) as scope:
        scope.reschedule(loop.time() + 3)
        print(scope)
        await asyncio.sleep(2)
        scope.reschedule(None)
        print(scope, scope.when())
        await asyncio.sleep(5)
        scope.reschedule(loop.time() + 1)
    print(scope)
    try:
        scope.reschedule(1)
    except RuntimeError as e:
        print(e)
    try:
        async with asyncio.timeout(None) as scope:
            scope.reschedule(0)
            print('still here')
            await asyncio.sleep(0)
            print('never')
    except TimeoutError as e:
        print(repr(e), scope)

async def swallowing():
    async with asyncio.timeout(1) as scope:
        try:
            await asyncio.sleep(2)
        except asyncio.CancelledError:
            print('swallowed')
    print(scope)

async def busy():
    async with asyncio.timeout(1):
        raise ValueError('own')

async def main():
    print(asyncio.timeout_at(None), asyncio.timeout_at(2.34567))
    await limited('quick', 1, asyncio.sleep(0.5))
    await limited('slow', 1, sleeper(2))
    await limited('zero', 0, sleeper(2))
    await limited('negative', -1, sleeper(2))
    await limited('none', None, sleeper(2))
    await limited('equal', 1, sleeper(1))
    task = asyncio.create_task(limited('cancelled', 5, sleeper(3)))
    await asyncio.sleep(1)
    task.cancel('from outside')
    await task
    task = asyncio.create_task(limited('both', 1, sleeper(3)))
    asyncio.get_running_loop().call_later(1, task.cancel)
    await asyncio.sleep(0)
    await task
    await asyncio.sleep(0.5)
    task = asyncio.create_task(limited('both2', 1, sleeper(3)))
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_later(1, task.cancel)
    await task
    await nested(2, 1)
    await nested(1, 2)
    await nested(1, 1)
    await rescheduled()
    await swallowing()
    try:
        await busy()
    except ValueError as e:
        print(repr(e))
    async with asyncio.timeout_at(asyncio.get_running_loop().time() + 1) as scope:
        await asyncio.sleep(0.5)
        print(scope, scope.when())
    try:
        asyncio.timeout(1).reschedule(1)
    except AssertionError as e:
        print(repr(e))

asyncio.run(main())

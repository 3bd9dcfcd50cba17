"""Groups in groups, in timeouts, with bodies that raise, and after their end."""
async def ok(n, d):
    try:
        await asyncio.sleep(d)
        print('ok', n)
    except asyncio.CancelledError:
        print('c', n)
        raise

async def bad(n, d):
    await asyncio.sleep(d)
    raise ValueError(n)

async def stubborn():
    try:
        await asyncio.sleep(5)
    except asyncio.CancelledError:
        raise KeyError('stubborn')

async def main():
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(ok(1, 1))
            tg.create_task(bad(2, 0.1))
            tg.create_task(stubborn())
            print(tg)
    except BaseExceptionGroup as eg:
        print('V', repr(eg), eg.exceptions)
    try:
        async with asyncio.TaskGroup() as tg:
            async with asyncio.TaskGroup() as tg2:
                tg2.create_task(bad(3, 0.1))
            print('unreached')
    except ExceptionGroup as eg:
        print(repr(eg))
    try:
        tg.create_task(ok(1, 1))
    except RuntimeError as e:
        print(e)
    try:
        asyncio.TaskGroup().create_task(ok(1, 1))
    except RuntimeError as e:
        print(e)
    try:
        async with tg:
            pass
    except RuntimeError as e:
        print(e)
    try:
        async with asyncio.timeout(0.2):
            async with asyncio.TaskGroup() as tg:
                tg.create_task(ok(5, 1))
    except TimeoutError as e:
        print(repr(e), asyncio.current_task().cancelling())
    async with asyncio.TaskGroup() as tg:
        t = tg.create_task(ok(6, 1))
        await asyncio.sleep(0)
        t.cancel()
    print('fine', t.cancelled())
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(ok(7, 1))
            await asyncio.sleep(0)
            raise TypeError('body')
    except BaseExceptionGroup as e:
        print(repr(e))
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(ok(8, 1))
            await asyncio.sleep(0)
            raise asyncio.CancelledError('me')
    except BaseException as e:
        print(repr(e))
asyncio.run(main())

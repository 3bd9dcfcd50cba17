"""What an error that is thrown into a coroutine, or comes out of an await, has as its context."""
async def cleanup(n):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        raise ValueError('cleanup failed')

async def outer():
    try:
        raise KeyError('first')
    except KeyError:
        await cleanup(2)

async def other():
    try:
        {}['x']
    except KeyError:
        try:
            await asyncio.wait_for(asyncio.sleep(5), 0.1)
        except TimeoutError as e:
            print(repr(e), repr(e.__context__), repr(e.__context__.__context__))
        f = asyncio.get_running_loop().create_future()
        f.set_exception(OSError(1))
        try:
            await f
        except OSError as e:
            print(repr(e), repr(e.__context__))
        t = asyncio.create_task(bad())
        try:
            await t
        except TypeError as e:
            print(repr(e), repr(e.__context__))
        try:
            await bad()
        except TypeError as e:
            print(repr(e), repr(e.__context__))
        q = asyncio.Queue()
        q.put_nowait(1)
        await q.get()
        try:
            q.get_nowait()
        except asyncio.QueueEmpty as e:
            print(repr(e), repr(e.__context__))
        try:
            async with asyncio.timeout(0.1):
                await asyncio.sleep(1)
        except TimeoutError as e:
            print(repr(e), repr(e.__context__), repr(e.__context__.__context__))
        try:
            async with asyncio.TaskGroup() as tg:
                tg.create_task(bad())
        except ExceptionGroup as e:
            print(repr(e), repr(e.__context__))
        try:
            await asyncio.gather(bad(), asyncio.sleep(1))
        except TypeError as e:
            print(repr(e), repr(e.__context__))

async def bad():
    raise TypeError('bad')

async def main():
    asyncio.create_task(cleanup(1))
    asyncio.create_task(outer())
    await other()
    await asyncio.sleep(0)
    raise RuntimeError('main')
asyncio.run(main())

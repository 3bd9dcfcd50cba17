"""A gather that was cancelled raises what its last child would, with that child's last message, also when it returned."""
async def stubborn(n):
    for i in range(2):
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError as error:
            print(n, 'swallows', repr(error))
    if n == 3:
        asyncio.current_task().cancel('by itself')
        try:
            await asyncio.sleep(0)
        except asyncio.CancelledError as error:
            print(n, 'swallows', repr(error))
    return n

async def outer():
    try:
        await asyncio.gather(stubborn(1), stubborn(2), stubborn(3))
    except BaseException as error:
        print('outer', repr(error))
        raise

async def plain(name):
    await asyncio.sleep(1)
    return name

async def main():
    task = asyncio.create_task(outer())
    await asyncio.sleep(0.1)
    task.cancel('stop it')
    try:
        await task
    except BaseException as error:
        print('main', repr(error))
    task = asyncio.ensure_future(asyncio.gather(plain('a'), plain('b')))
    await asyncio.sleep(0.1)
    task.cancel('no')
    try:
        await task
    except BaseException as error:
        print('main', repr(error))

asyncio.run(main())

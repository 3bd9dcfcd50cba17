"""A task or future whose exception nobody asked for says so when it goes."""
async def bad(text):
    raise ValueError(text)

def handler(loop, context):
    print(sorted(context), context['message'], context['future'])

async def main():
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(bad('a'), name='A')
    await asyncio.sleep(0)
    print('still held', task.done())
    task = None
    print('gone')
    asked = asyncio.create_task(bad('b'))
    await asyncio.sleep(0)
    print(repr(asked.exception()))
    asked = None
    future = loop.create_future()
    future.set_exception(KeyError('k'))
    future = loop.create_future()
    future.set_exception(KeyError('retrieved'))
    try:
        await future
    except KeyError:
        pass
    future = None
    group = asyncio.gather(bad('c'), bad('d'))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    group = None
    loop.set_exception_handler(handler)
    last = asyncio.create_task(bad('e'), name='E')
    await asyncio.sleep(0)
    last = None
    kept = asyncio.create_task(bad('f'), name='F')
    await asyncio.sleep(0)
    return kept

kept = asyncio.run(main())
print('over')

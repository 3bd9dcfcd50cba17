"""What a wake-up throws into a task lives until the step is over, and with it the variables of the frames it met."""
def count(name):
    try:
        yield 1
    finally:
        print(name, 'over in', asyncio.current_task())

async def swallow(name):
    numbers = count(name)
    next(numbers)
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError:
        print(name, 'swallowed')
    print(name, 'ends')

async def at_once(name):
    numbers = count(name)
    next(numbers)
    asyncio.current_task().cancel()
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError:
        print(name, 'swallowed')
    print(name, 'ends')

async def main():
    task = asyncio.create_task(swallow('a'), name='A')
    await asyncio.sleep(0.1)
    task.cancel()
    await task
    print('after a')
    await asyncio.create_task(at_once('b'), name='B')
    print('after b')

asyncio.run(main())

"""An exception keeps the variables of the functions that it left alive, as long as it lives itself."""
def count(name):
    try:
        yield 1
    finally:
        print(name, 'over')

def fail(name):
    numbers = count(name)
    next(numbers)
    raise ValueError(name)

async def work(name):
    numbers = count(name)
    next(numbers)
    await asyncio.sleep(1)
    raise ValueError(name)

async def main():
    try:
        fail('a')
    except ValueError as error:
        print('caught', error)
    print('after a')
    kept = []
    try:
        fail('b')
    except ValueError as error:
        kept.append(error)
    print('after b')
    kept.clear()
    print('forgotten b')
    task = asyncio.create_task(work('c'))
    await asyncio.gather(task, return_exceptions=True)
    print('done', task.exception())
    task = None
    print('after c')
    task = asyncio.create_task(work('d'))
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print('cancelled d')
    print('after d')

asyncio.run(main())

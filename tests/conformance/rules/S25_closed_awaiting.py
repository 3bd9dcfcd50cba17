"""A coroutine that goes unfinished may await in its finally clauses: without a loop, what has to wait fails."""
async def inner(name):
    print(name, 'inner')
    return 'inner of ' + name

async def stubborn(name, delay):
    try:
        await asyncio.sleep(10)
    except BaseException as error:
        print(name, repr(error))
    said = await inner(name)
    print(said)
    try:
        await asyncio.sleep(delay)
    except RuntimeError as error:
        print(name, repr(error))
    print(name, 'over')

loop = asyncio.new_event_loop()
first = loop.create_task(stubborn('first', 0.5))
second = loop.create_task(stubborn('second', 0))
third = loop.create_task(stubborn('third', -1))
loop.call_later(1, loop.stop)
loop.run_forever()
loop.close()

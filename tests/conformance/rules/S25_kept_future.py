"""An error that leaves run_until_complete keeps the future that it ran, and what that holds, as long as it lives."""
def count(name):
    try:
        yield 1
    finally:
        print(name, 'over')

async def never(name):
    numbers = count(name)
    next(numbers)
    await asyncio.get_running_loop().create_future()

async def ends(name):
    numbers = count(name)
    next(numbers)
    await asyncio.sleep(0.1)
    raise ValueError(name)

loop = asyncio.new_event_loop()
loop.call_later(0.5, loop.stop)
try:
    loop.run_until_complete(never('stopped'))
except RuntimeError as error:
    print(repr(error))
print('after stopped')
try:
    loop.run_until_complete(ends('failed'))
except ValueError as error:
    print(repr(error))
print('after failed')
loop.close()
try:
    asyncio.run(ends('run'))
except ValueError as error:
    print(repr(error))
print('end')

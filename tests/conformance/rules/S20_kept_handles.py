"""A callback that fails, its arguments and its error keep each other until the program's end."""
def count(name):
    try:
        yield name
    finally:
        print(name, 'gone')

class Box:
    def __init__(self, numbers):
        self.numbers = numbers

    def __repr__(self):
        return 'Box()'

def begun(name):
    numbers = count(name)
    next(numbers)
    return Box(numbers)

def fails(numbers):
    raise ValueError('no')

def works(numbers):
    print('works')

async def never():
    pass

async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(fails, begun('of a callback'))
    loop.call_soon(works, begun('of one that works'))
    loop.call_later(0.1, fails, begun('of a timer'))
    future = loop.create_future()
    future.add_done_callback(functools.partial(fails, begun('of a done-callback')))
    future.set_result(1)
    loop.call_soon(never())
    future = None
    await asyncio.sleep(0.2)
    print('main ends')

asyncio.run(main())
print('end')

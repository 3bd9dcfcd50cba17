"""close() lets go of what is ready from the left, then of the timers from the right; only then the loop has closed."""
def count(name):
    try:
        yield name
    finally:
        print(name, 'gone')

def begun(name):
    numbers = count(name)
    next(numbers)
    return numbers

async def nop():
    pass

loop = asyncio.new_event_loop()
for name in ('a', 'b'):
    loop.call_soon(print, begun(name))
    loop.call_later(1, print, begun(name + ' later'))
loop.create_task(nop())
loop.close()
print('closed')

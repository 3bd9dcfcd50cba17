"""A pending task that goes says so: at once when nothing refers to it, at the end when it is in a circle."""
async def nop():
    pass

async def waits(future):
    await future

loop = asyncio.new_event_loop()
first = loop.create_task(nop())
loop.close()
print('closed')
first = None
print('gone')
loop = asyncio.new_event_loop()
future = loop.create_future()
task = loop.create_task(waits(future), name='W')
loop.call_soon(loop.stop)
loop.run_forever()
task = None
print('only the future has it')
loop.close()
print('over')

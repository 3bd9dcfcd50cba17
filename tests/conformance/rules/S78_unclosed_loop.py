"""A loop that nobody closed is closed when it goes, with what is in it."""
async def nop():
    pass

async def bad():
    raise ValueError('kept')

loop = asyncio.new_event_loop()
loop.run_until_complete(nop())
loop.call_later(5, print, 'never')
waiting = loop.create_task(nop())
other = asyncio.new_event_loop()
failed = other.create_task(bad())
other.call_soon(other.stop)
other.run_forever()
print('over')

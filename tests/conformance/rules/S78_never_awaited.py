"""A coroutine that nobody awaits says so when it goes, once for each line."""
async def nop(x=0):
    pass

async def outer():
    async def inner():
        pass
    inner()
    kept = nop(1)
    print('kept')
    kept = None
    for i in range(3):
        nop(i)
    lost = asyncio.sleep(1)
    lost = 2
    loop = asyncio.get_running_loop()
    loop.call_soon(nop, 5)
    await asyncio.sleep(0)
    print('end')

def call():
    nop()
    return 1

nop()
call()
asyncio.run(outer())
task = None
loop = asyncio.new_event_loop()
task = loop.create_task(nop())
loop.close()
coroutine = nop()
print('over')

"""How many iterations run_until_complete takes."""
async def none():
    print('none')

async def turn():
    await asyncio.sleep(0)

async def short():
    await asyncio.sleep(0.25)
    return 'slept'

loop = asyncio.new_event_loop()
for coroutine in [none, turn, short]:
    print(loop.run_until_complete(coroutine()))
future = loop.create_future()
future.set_result('done before')
print(loop.run_until_complete(future))
loop.close()

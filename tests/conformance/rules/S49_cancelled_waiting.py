"""A task cancelled in as_completed keeps the futures that are done: they tell of errors later."""
async def works(seconds):
    await asyncio.sleep(seconds)
    if seconds < 0.2:
        raise KeyError(seconds)
    return seconds

async def collects():
    for item in asyncio.as_completed([works(0.1), works(0.3)]):
        result = await item
        print('got', result)

async def main():
    loop = asyncio.get_running_loop()
    collector = asyncio.create_task(collects())
    loop.call_later(0.1, collector.cancel)
    await asyncio.sleep(0.2)
    print(collector)
    collector = None
    print('gone')
    await asyncio.sleep(0.2)

asyncio.run(main())

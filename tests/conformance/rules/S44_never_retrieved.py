"""wait asks for the errors of what is done only when it goes by them: others are never retrieved."""
async def bad(text):
    await asyncio.sleep(0.1)
    raise ValueError(text)

async def fine():
    await asyncio.sleep(0.2)

async def main():
    task = asyncio.create_task(bad('all'))
    await asyncio.wait([task])
    task = None
    print('all')
    task = asyncio.create_task(bad('last'))
    await asyncio.wait([task], return_when='FIRST_EXCEPTION')
    task = None
    print('last of FIRST_EXCEPTION')
    task = asyncio.create_task(bad('first'))
    other = asyncio.create_task(fine())
    await asyncio.wait([task, other], return_when='FIRST_EXCEPTION')
    task = None
    print('first of FIRST_EXCEPTION')

asyncio.run(main())

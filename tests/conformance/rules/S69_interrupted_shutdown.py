"""An interrupt while asyncio.run shuts down has what main failed with as its context.
{"world": [{"at": 1.5, "signal": "SIGINT"}]}"""
async def stubborn():
    try:
        await asyncio.sleep(10)
    finally:
        await asyncio.sleep(1)
        print('stubborn is over')

async def main():
    asyncio.create_task(stubborn())
    await asyncio.sleep(1)
    raise ValueError('main')

asyncio.run(main())

"""asyncio.to_thread has what it was given until it ends: a coroutine that it could not call is told of last."""
async def forgotten():
    pass

def take(value):
    return value is None

async def main():
    result = await asyncio.to_thread(take, None)
    print(result)
    await asyncio.to_thread(forgotten())

asyncio.run(main())

"""When a coroutine goes that a call refused: with the call, or with the error that the call raised."""
async def f(n):
    return n

async def main():
    try:
        asyncio.create_task(f(1), nam=1)
    except TypeError as error:
        print(error)
    try:
        asyncio.create_task(f(2), f(3))
    except TypeError as error:
        print(error)
    try:
        await asyncio.wait(f(4))
    except TypeError as error:
        print(error)
    try:
        await asyncio.wait([f(5)])
    except TypeError as error:
        print(error)
    try:
        asyncio.gather(f(6), 6)
    except TypeError as error:
        print(error)
    try:
        asyncio.run(f(7))
    except RuntimeError as error:
        print(error)
    print('end')

asyncio.run(main())

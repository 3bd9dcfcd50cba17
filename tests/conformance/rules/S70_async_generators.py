"""S70: asyncio.run closes the async generators that were begun, all at once; a forgotten one is closed before"""
import asyncio


async def numbers(name):
    try:
        for i in range(3):
            yield i
            await asyncio.sleep(0.1)
    finally:
        print(f'{name}: closing')
        await asyncio.sleep(0.1)
        print(f'{name}: closed')


kept = [numbers('first'), numbers('second')]


async def main():
    for generator in kept:
        value = await generator.__anext__()
        print(value)
    forgotten = numbers('forgotten')
    async for value in forgotten:
        print(value)
        if value == 1:
            break
    del forgotten
    print('deleted')
    await asyncio.sleep(0)
    print('an iteration later')
    await asyncio.sleep(0.5)
    print('main ends')


asyncio.run(main())

"""Deadlines are doubles: 0.1 + 0.2 is later than 0.3."""
async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(0.1 + 0.2, print, '0.1 + 0.2')
    loop.call_later(0.3, print, '0.3')
    loop.call_later(0.2 + 0.1, print, '0.2 + 0.1')
    await asyncio.sleep(0.1)
    loop.call_later(0.2, print, '0.2 after 0.1', loop.time())
    await asyncio.sleep(0.7)
    print(loop.time())
    for i in range(10):
        await asyncio.sleep(0.1)
        print(loop.time())

asyncio.run(main())

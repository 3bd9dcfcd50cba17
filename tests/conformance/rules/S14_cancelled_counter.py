"""A cancelled timer that is promoted stays counted, and a later bulk purge feels it."""
def tick(i):
    print('tick', i)

async def main():
    loop = asyncio.get_running_loop()
    early = []
    for i in range(40):
        early.append(loop.call_later(1, tick, i))
    loop.call_later(0.5, print, 'keeps the head alive')
    for i in range(1, 40):
        early[i].cancel()
    await asyncio.sleep(2)
    late = []
    for i in range(110):
        late.append(loop.call_later(1 + i % 2, tick, 100 + i))
    for i in range(20, 56):
        late[i].cancel()
    await asyncio.sleep(0)
    late[60].cancel()
    await asyncio.sleep(0)
    await asyncio.sleep(3)

asyncio.run(main())

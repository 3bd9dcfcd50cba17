"""Cancelled timers go only while they are at the head of the heap."""
async def main():
    loop = asyncio.get_running_loop()
    timers = []
    for i in range(5):
        timers.append(loop.call_later(1 + i, print, 'timer', i))
    timers[0].cancel()
    timers[1].cancel()
    timers[3].cancel()
    timers[3].cancel()
    await asyncio.sleep(0)
    await asyncio.sleep(7)

asyncio.run(main())

"""The wait is clamped to 0 and to a day; an idle day turns the loop once."""
async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(2.5 * 86400, print, 'two days and a half')
    await asyncio.sleep(3 * 86400)
    loop.call_at(loop.time() - 5, print, 'past')
    await asyncio.sleep(0.001)

asyncio.run(main())

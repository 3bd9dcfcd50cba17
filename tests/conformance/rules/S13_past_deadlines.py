"""What is due already still goes through the heap, behind all that is ready."""
async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(0, print, 'later 0')
    loop.call_at(loop.time() - 1, print, 'past')
    loop.call_later(-3, print, 'negative')
    loop.call_soon(print, 'soon')
    await asyncio.sleep(0)
    print('first turn')
    await asyncio.sleep(0)
    print('second turn')

asyncio.run(main())

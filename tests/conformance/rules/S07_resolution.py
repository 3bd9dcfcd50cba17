"""A timer due exactly one clock resolution from now is not due; cancelled ones that are due are promoted."""
async def main():
    loop = asyncio.get_running_loop()
    loop.call_at(1e-9, print, 'at the resolution')
    loop.call_at(9e-10, print, 'before it')
    loop.call_at(0, print, 'now')
    gone = loop.call_later(1, print, 'never')
    also = loop.call_later(1, print, 'never either')
    loop.call_later(1, gone.cancel)
    loop.call_later(0.5, also.cancel)
    await asyncio.sleep(0)
    print('turn')
    await asyncio.sleep(0)
    print('turn')
    await asyncio.sleep(2)

asyncio.run(main())

"""A cancelled handle in the ready queue uses up its slot."""
async def main():
    loop = asyncio.get_running_loop()
    handles = []
    for i in range(4):
        handles.append(loop.call_soon(print, 'handle', i))
    handles[1].cancel()
    loop.call_soon(handles[0].cancel)
    later = loop.call_soon(print, 'cancelled by the one before')
    handles[3].cancel()
    handles[3].cancel()
    print(handles[3].cancelled(), handles[0].cancelled(), later.cancelled())
    await asyncio.sleep(0)
    await asyncio.sleep(0)

asyncio.run(main())
